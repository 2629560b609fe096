"""The table of commands: the one place that names them all. Loads nothing, so that help is quick.

What a command that writes a report consists of is found by its name, and loaded when it is used:

    commands/NAME.py         `run`, the work on a log
    results/NAME.py          the class of its result, a subclass of `Run`
    report/page/NAME.py      `content`, its page as data; a package where it is large
    api/NAME.py              its function in Python, generated

A command that writes no report is one function, `tool`.

The command line, the overview, the options, the writers of page, screen and JSON, the functions of
Python and the public names read this table.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

_EVENTS: Final = (
    "Parquet, CSV, JSON lines or another format of docs/options.md (.gz, .zst too), globs in"
    " quotes, folders, file.duckdb::table, spark::table. Several inputs are one log."
)


class Printed(NamedTuple):
    """What a command that writes no report has to say.

    Attributes:
        data: For standard output.
        done: What is done by now, for a message where standard output is full.
        notice: A line for people, or empty.
        screen: More lines for people, before it.
        code: The exit code.
    """

    data: bytes
    done: str
    notice: str = ""
    code: int = 0
    screen: tuple[str, ...] = ()


class Command(NamedTuple):
    """One command.

    Attributes:
        name: On the command line, in Python and in `Run.command`.
        summary: What it does, in one sentence.
        result: The class of its result; empty for a command that writes no report.
        screen: The function `(result)` that returns the lines that its screen has besides the
            page's first screen and what was read, as `module:name`; empty where there are none.
        complete: The function `(content, result)` that puts sentences beside the codes of
            its own part of `summary.json`, as `module:name`; empty where there is nothing to add.
        prediction: The function `(result)` that returns the bytes of `prediction.json` or None,
            as `module:name`; empty where there is none.
        argument: What its positional arguments are called in the help.
        argument_help: What they are.
        several: There may be several, all of one log; otherwise one or none.
        after: What those behind the first one are called, where they are something else.
        required: There must be one.
        tool: The work of a command that writes no report, as `module:name`: a function
            `(arguments, given, announce)` that returns a `Printed`.
    """

    name: str
    summary: str
    result: str = ""
    screen: str = ""
    complete: str = ""
    prediction: str = ""
    argument: str = "EVENTS"
    argument_help: str = _EVENTS
    several: bool = True
    after: str = ""
    required: bool = True
    tool: str = ""

    @property
    def python_name(self) -> str:
        """Its name in Python."""
        return self.name.replace("-", "_")

    @property
    def function(self) -> str:
        """Where its function of Python is."""
        return f"resume_gap.api.{self.python_name}:{self.python_name}"

    @property
    def result_class(self) -> str:
        """Where the class of its result is."""
        return f"resume_gap.results.{self.python_name}:{self.result}"

    @property
    def report(self) -> str:
        """The class of what its function of Python returns, in `api/reports.py`."""
        return f"{self.result}Report"

    @property
    def run(self) -> str:
        """Where its work is."""
        return f"resume_gap.commands.{self.python_name}:run"

    @property
    def page(self) -> str:
        """Where its page is built."""
        return f"resume_gap.report.page.{self.python_name}:content"


def load(place: str) -> Callable[..., Any]:
    """What stands at `module:name`; empty: a function that returns None."""
    if not place:
        return _nothing
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _nothing(*_: object) -> None:
    """What a command does that has no such part."""


COMMANDS: Final[Mapping[str, Command]] = {
    command.name: command
    for command in (
        Command(
            "analyze",
            "Find interruptions in a log, measure re-orientation, size a resume marker.",
            result="Analysis",
            screen="resume_gap.report.screen.analyze:lines",
            complete="resume_gap.report.render.summaries:analyze",
            prediction="resume_gap.output.prediction:prediction",
        ),
        Command(
            "evaluate",
            "After a randomized launch: did the resume marker help?",
            result="Evaluated",
            screen="resume_gap.report.screen.evaluate:lines",
            complete="resume_gap.report.render.launch_summaries:evaluate",
            prediction="resume_gap.output.prediction:copied",
        ),
        Command(
            "compare",
            "After a launch that was not randomized: what changed with it, before/after?",
            result="Compared",
            screen="resume_gap.report.screen.compare:lines",
            complete="resume_gap.report.render.launch_summaries:compare",
            prediction="resume_gap.output.prediction:copied",
        ),
        Command(
            "plan",
            "Before a trial: how many users and weeks does it need?",
            result="Planned",
            screen="resume_gap.report.screen.plan:lines",
        ),
        Command(
            "simulate",
            "Write a synthetic log of working days with interruptions, and its truth.",
            argument="PRESET",
            argument_help="workday (the default), trial, rollout, launch, switch, null, selection,"
            " steady, reload, residual_calls, give_ups, restoration, staged, companies, novelty,"
            " learning, churn, new_ids or hostile: docs/options.md says what each is.",
            several=False,
            required=False,
            tool="resume_gap.commands.simulate:main",
        ),
        Command(
            "share",
            "The first screen of a report as a picture, and three sentences for a message.",
            argument="REPORT_DIR",
            argument_help="The folder of a report of analyze, evaluate, compare or plan.",
            several=False,
            tool="resume_gap.commands.share:main",
        ),
        Command(
            "check-text",
            "Which numbers of a text are in a report, and which lost their interval.",
            argument="FILE",
            argument_help="A text file, such as the draft of a message or a slide in Markdown.",
            several=False,
            tool="resume_gap.commands.check_text:main",
        ),
        Command(
            "history",
            "Line up the reports of many runs as one trend, predictions beside outcomes.",
            argument="REPORT_DIR",
            argument_help="Folders of reports of analyze, evaluate, compare or plan, in any order.",
            tool="resume_gap.commands.history:main",
        ),
        Command(
            "verify",
            "Make a report again from its log, and compare every figure and row.",
            argument="REPORT_DIR",
            argument_help="The folder of a report of analyze, evaluate, compare or plan; after it"
            " EVENTS, the log, if it has moved.",
            after="EVENTS",
            tool="resume_gap.commands.verify:main",
        ),
        Command(
            "mcp",
            "Serve a folder of logs and reports, read-only, to another program (extra `[mcp]`).",
            argument="FOLDER",
            argument_help="The folder that may be read; nothing outside it is.",
            several=False,
            tool="resume_gap.serving.command:main",
        ),
        Command(
            "sql",
            "Print the event query for another engine that has the log.",
            argument="TABLE",
            argument_help="The table or view with the log (default: events); schema.table, too.",
            several=False,
            required=False,
            tool="resume_gap.commands.sql:main",
        ),
        Command(
            "init",
            "Look at a log and write a commented resume-gap.toml to edit.",
            tool="resume_gap.commands.init:main",
        ),
    )
}
"""The commands by name, in the order of the help."""


def public_names() -> dict[str, str]:
    """The functions, results and reports of all commands by name, and where they are."""
    found = {one.python_name: one.function for one in COMMANDS.values()}
    made = [one for one in COMMANDS.values() if one.result]
    found |= {one.report: f"resume_gap.api.reports:{one.report}" for one in made}
    return found | {one.result: one.result_class for one in made}
