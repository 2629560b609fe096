"""The command line: parse, call, print.

Standard output is data (the report's path, or with --json the summary); everything said to
people goes to standard error. Heavy imports stay inside the commands.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from resume_gap import __version__
from resume_gap.errors import ExitCode, OutputError, ResumeGapError, UsageError
from resume_gap.options import (
    COLUMNS,
    LAUNCH,
    MEANING,
    OUTPUT,
    PLANNING,
    ROWS,
    RUN,
    SIZING,
    Events,
    takes,
)

if TYPE_CHECKING:
    from resume_gap.results.run import Run

app = typer.Typer(
    name="resume-gap",
    help="Find interrupted work in product event logs and measure what getting back costs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_INTERRUPTED = "interrupted; nothing was written"
LogFormat = Literal["parquet", "csv", "jsonl"]


def _version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
@takes(COLUMNS, MEANING, SIZING, ROWS, OUTPUT, RUN)
def analyze(events: Events, **given: Any) -> None:  # noqa: ANN401 - the options of the groups
    """Find interruptions in a log, measure the way back, write a report."""
    _report("analyze", events, given)


@app.command()
@takes(LAUNCH, COLUMNS, MEANING, ROWS, OUTPUT, RUN)
def evaluate(events: Events, **given: Any) -> None:  # noqa: ANN401
    """After a randomised launch: did the resume marker help? Write a report."""
    _report("evaluate", events, given)


@app.command()
@takes(PLANNING, COLUMNS, MEANING, ROWS, OUTPUT, RUN)
def plan(events: Events, **given: Any) -> None:  # noqa: ANN401
    """Before a trial: how many users and weeks it needs, from the team's own interruptions."""
    _report("plan", events, given)


_OUTSIDE = ("out", "json", "force", "quiet", "no_progress", "config", "isolated")
_SHORT = {"user": "user_id", "time": "timestamp", "event": "event", "target": "target"}


def _report(module: str, events: list[str], given: dict[str, Any]) -> None:
    """Run a command that reads a log, print what it says, and where its report is.

    The command's module is loaded once the options are known to be good.
    """
    from resume_gap import settings as st

    options = {name: value for name, value in given.items() if name not in _OUTSIDE}
    mapping = {
        inner: column for name, inner in _SHORT.items() if (column := options.pop(name)) is not None
    }
    for text in options.pop("map_") or []:
        mapping |= st.parse_mapping(text)
    configuration = _configuration(given["config"], isolated=given["isolated"])
    settings = st.resolve({"map": mapping, **options}, configuration)

    from resume_gap.commands.context import stem
    from resume_gap.report.render import jsonfile, terminal

    folder = given["out"] or Path("reports") / stem(events)
    before = _command_of(folder)
    with _progress(shown=not (given["quiet"] or given["no_progress"])) as tell:
        found: Run = import_module(f"resume_gap.commands.{module}").run(
            events, settings, out=folder, force=given["force"], on_progress=tell
        )
    if not given["quiet"]:
        terminal.print_screen(found, folder)
        if before not in (None, found.command):
            _say(f"the report of {before} that stood in {folder} was replaced; see --out")
    if given["json"]:
        sys.stdout.buffer.write(jsonfile.summary(found))
    else:
        typer.echo(folder / "report.html")


@app.command()
def simulate(
    preset: Annotated[
        str, typer.Argument(metavar="[PRESET]", help="workday, trial, rollout, switch, null, ...")
    ] = "workday",
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write into.")] = Path(
        "simulated"
    ),
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Stem of the files; the preset's name.")
    ] = None,
    log_format: Annotated[
        LogFormat, typer.Option("--format", help="How to write the log.")
    ] = "parquet",
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 0,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the world, repeatable."),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only data and errors.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress line.")] = False,
) -> None:
    """Write a synthetic log of working days with interruptions, and its truth."""
    from resume_gap import simulate as world

    stem = name or preset
    if Path(stem).name != stem:
        raise UsageError(f"--name: {stem!r} is not the name of a file")
    try:
        planted = world.configured(preset, set_ or [])
        with _progress(shown=not (quiet or no_progress)) as tell:
            tell("drawing and writing")
            paths = world.stream(planted, out, seed=seed, name=stem, log_format=log_format)
    except ValueError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from error
    for path in paths:
        typer.echo(path)


def _command_of(folder: Path) -> str | None:
    """The command whose report stands in a folder; None: none does."""
    from json import loads

    try:
        content = loads((folder / "summary.json").read_bytes())
        return str(content["command"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _configuration(config: Path | None, *, isolated: bool) -> dict[str, Any]:
    from resume_gap import settings as st

    if isolated:
        if config is not None:
            raise UsageError("--isolated reads no configuration; leave out --config")
        return {}
    path = config or st.find_configuration(Path.cwd())
    return {} if path is None else st.read_configuration(path)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """One line on standard error that says what is going on; none when that is no terminal."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def run() -> None:
    """Entry point: the command with its exit codes; an expected failure is one line."""
    try:
        code = app(args=sys.argv[1:] or ["--help"], standalone_mode=False)
        if code == ExitCode.INTERRUPTED:  # typer takes Ctrl-C and says nothing
            _say(_INTERRUPTED)
    except ResumeGapError as error:
        _say(str(error))
        code = error.exit_code
    except typer.TyperException as error:
        _say(f"{_told(error)}; see resume-gap --help")
        code = ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        _say(_INTERRUPTED)
        code = ExitCode.INTERRUPTED
    sys.exit(int(code or 0))


def _told(error: Exception) -> str:
    told = getattr(error, "format_message", lambda: str(error))
    return str(told()).rstrip(".")


def _say(line: str) -> None:
    """One line to standard error; what data wrote into it is shown, never obeyed."""
    from resume_gap.report.text.names import terminal_text

    sys.stderr.write(f"resume-gap: {terminal_text(line)}\n")
