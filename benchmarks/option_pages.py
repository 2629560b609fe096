"""Write what is made of tables and classes: options, sources, functions of Python, JSON Schemas.

    python -m benchmarks.option_pages

`tests/options/test_pages.py` compares them with what stands in the repository.
"""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from benchmarks import json_schemas, llms_page, python_page
from benchmarks.source_page import source_page
from resume_gap import eventcolumns
from resume_gap.arguments import usage
from resume_gap.commands.registry import COMMANDS, public_names
from resume_gap.fileformats import FORMATS
from resume_gap.options.option import LOG_COMMANDS, Option
from resume_gap.options.table import OPTIONS, options_for
from resume_gap.synthetic.parameters import Parameters
from resume_gap.synthetic.presets import ABOUT

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "options.md"
SOURCES: Final = ROOT / "docs" / "sources.md"
DOCS: Final = ROOT / "docs"
SCHEMA_PAGE: Final = DOCS / "schema.md"
SCHEMAS: Final = ROOT / "src" / "resume_gap" / "schemas"
PUBLISHED: Final = ROOT / "docs" / "schemas"
API: Final = ROOT / "src" / "resume_gap" / "api"
OUTSIDE: Final = ("json", "quiet", "no_progress", "config", "isolated")
"""Options of a command line that a function does not take."""
_FUNCTIONS: Final = ", ".join(f"`{one.python_name}`" for one in COMMANDS.values())


_INTRODUCTION: Final = f"""\
# Options

Generated from the option table by `python -m benchmarks.option_pages`.

An option can be in `resume-gap.toml` (or `[tool.resume-gap]` in `pyproject.toml`) under its
name with `_` for `-`, except those marked *. Options win over the file, also over an option in
it that cannot be used beside them, and the file wins over the defaults; unknown keys are
refused. The path of a file in it begins at its folder. The functions of
`resume_gap` ({_FUNCTIONS}) take the same names. A value outside its
bounds ends in exit code 2.
"""


class Outcome(NamedTuple):
    """What a command decides, as a property of its report."""

    name: str
    kind: str
    text: str
    place: str
    module: str = ""
    """Where its class is, when it is not where the result's is."""


_OUTCOMES: Final = {
    "analyze": Outcome(
        "recommendation",
        "Recommendation | None",
        "What to do, and the figures behind it.",
        "marker.recommendation",
    ),
    "evaluate": Outcome(
        "verdict",
        "Verdict",
        "Whether the marker helped, and the figures behind it.",
        "evaluation.verdict",
    ),
    "compare": Outcome(
        "verdict",
        "Verdict",
        "Whether the launch made a difference, and the figures behind it.",
        "comparison.verdict",
        "resume_gap.results.evaluate",
    ),
}
_PATHS: Final = "str | PathLike[str] | Sequence[str | PathLike[str]]"
_FRAMES_TOO: Final = (
    " Or frames: of Polars, Arrow or pandas, which are read where they lie in memory, a reader of"
    " Arrow or a relation of DuckDB, which is read once into a temporary file, or a table of Spark,"
    " which is collected into memory."
)


_COLUMNS: Final = """\
## Columns of an event

What `--map` names. A column of the log is taken by its own name, also with other case, `_`, `-` and
spaces, else by one of the recognized names, in this order.
"""


_PARAMETERS: Final = """\
Parameters of `--set`, with their values where a preset does not say otherwise. Lists and other
values are written as in JSON: `--set 'roles=["a","b"]'`, `--set give_up_scale_seconds=Infinity`.

| NAME | default | what it is |
|---|---|---|
"""


_INPUTS: Final = """\
## Formats of a log

By the ending of a file, compared with its first bytes; .gz and .zst behind it, too.

| format | endings |
|---|---|
"""


def _formats() -> str:
    """The table of the formats that are read."""
    rows = []
    for one in FORMATS.values():
        named = ", ".join(f"`.{ending}`" for ending in one.endings)
        rows.append(f"| {one.label} | {named} |\n")
    return _INPUTS + "".join(rows)


def page() -> str:
    """docs/options.md."""
    shared = [one for one in OPTIONS if set(LOG_COMMANDS) <= set(one.commands)]
    parts = [_INTRODUCTION, "## Commands that read a log\n", *_tables(shared)]
    for command in COMMANDS:
        own = [one for one in options_for(command) if one not in shared]
        parts += [f"## `{command}`\n", f"{COMMANDS[command].summary}\n", _argument_line(command)]
        parts += [_table(own)] if own else []
        parts += [_presets(), _parameters()] if command == "simulate" else []
    return "\n".join([*parts, _COLUMNS, _columns(), _formats()])


def _columns() -> str:
    """The table of the columns of an event."""
    rows = ["| column | what it holds | recognized names | without it |", "|---|---|---|---|"]
    for one in eventcolumns.EVENTS:
        names = ", ".join(f"`{name}`" for rank in one.aliases for name in rank)
        lacking = "refused" if one.required else one.lacking or ""
        rows.append(f"| `{one.name}` | {one.meaning} | {names} | {lacking} |")
    return "\n".join(rows) + "\n"


def _presets() -> str:
    """The table of the worlds by name."""
    rows = ["| PRESET | what it is |", "|---|---|"]
    rows += [f"| `{name}` | {about} |" for name, about in ABOUT.items()]
    return "\n".join(rows) + "\n"


def _argument_line(command: str) -> str:
    """How a command is called, and what its positional arguments are."""
    known = COMMANDS[command]
    line = f"resume-gap {command} {usage(known)} [options]"
    return f"`{line}`; `{known.argument}`: {known.argument_help}\n"


def _parameters() -> str:
    """The table of the parameters of a simulated world."""
    texts, kinds = json_schemas.field_texts(Parameters), get_type_hints(Parameters)
    rows = []
    for one in dataclasses.fields(Parameters):
        about = " ".join(texts[one.name].split()).replace("|", "\\|")
        if get_origin(kinds[one.name]) is Literal:
            about += f" One of {', '.join(f'`{value}`' for value in get_args(kinds[one.name]))}."
        rows.append(f"| `{one.name}` | {_default(one.default)} | {about} |\n")
    return _PARAMETERS + "".join(rows)


def _default(value: object) -> str:
    """A default as `--set` takes it."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str | date) else json.dumps(value)


def _tables(options: list[Option]) -> list[str]:
    groups = dict.fromkeys(one.group for one in options)
    parts = []
    for group in groups:
        parts += [f"### {group}\n", _table(one for one in options if one.group == group)]
    return parts


def _table(options: Iterable[Option]) -> str:
    rows = ["| option | what it does | value | default |", "|---|---|---|---|"]
    for one in options:
        flags = f"`-{one.letter}` `{one.flag}`" if one.letter else f"`{one.flag}`"
        name = f"{flags} {one.metavar}".strip() + ("" if one.in_file else " *")
        text = f"{one.help}. {one.more}".strip()
        value = "" if one.is_switch else one.kind.wanted
        rows.append(f"| {name} | {text} | {value} | {one.unless_given} |")
    return "\n".join(rows) + "\n"


def function(command: str) -> str:
    """The module of a function that writes a report."""
    known = COMMANDS[command]
    return _module(
        command,
        load=f"""
if TYPE_CHECKING:
    from resume_gap.api.events import Events
    from resume_gap.api.reports import {known.report}
""",
        more="    on_progress: Callable[[str], None] | None = None,\n",
        events='"Events"',
        about=_FRAMES_TOO,
        returns=f'"{known.report}"',
        rest=f"""        on_progress: Called with the name of each step.

    Returns:
        The frozen result, with its tables, charts and files.

    Raises:
        UsageError: An option cannot be meant.
        DataError: The data cannot be analyzed; nothing was written.
        OutputError: The report cannot be written.
        StrictError: `strict` was given and a check warned; nothing was written.
    \"\"\"
    given = dict(locals())
    from resume_gap.api.call import called
    from resume_gap.api.reports import {known.report}
    from resume_gap.commands.{known.python_name} import run

    return called(run, given, {known.report})
""",
    )


def function_of_init() -> str:
    """The module of the function that writes a configuration file."""
    return _module(
        "init",
        load="from pathlib import Path\n",
        more="",
        returns="Path",
        rest="""
    Returns:
        The file that was written.

    Raises:
        UsageError: An option cannot be meant.
        DataError: The log cannot be read; nothing was written.
        OutputError: The file cannot be written, or is there already.
    \"\"\"
    given = dict(locals())
    from resume_gap.api.call import initialized
    from resume_gap.commands.init import write_found

    return initialized(write_found, given)
""",
    )


def _module(
    command: str,
    *,
    load: str,
    more: str,
    returns: str,
    rest: str,
    events: str = _PATHS,
    about: str = "",
) -> str:
    """A module with one function, whose parameters are the options of a command.

    Args:
        command: The command.
        load: More imports.
        more: More parameters.
        returns: The annotation of what it returns.
        rest: The rest of its docstring after the options, and its body.
        events: The annotation of its first parameter.
        about: What its first parameter may be besides what the command line takes.
    """
    known = COMMANDS[command]
    options = [one for one in options_for(command) if one.key not in OUTSIDE]
    parameters = "".join(f"    {one.key}: {_annotation(one)},\n" for one in options)
    arguments = "".join(f"{_argument(one)}\n" for one in options)
    return f'''\
"""`resume_gap.{command}`; generated by `python -m benchmarks.option_pages`, not to be edited."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Literal
{load}

def {known.python_name}(
    events: {events},
    *,
{parameters}{more}) -> {returns}:
    """{known.summary}

    Args:
        events: {_filled(known.argument_help + about)}
{arguments}{rest}'''


def _outcome(command: str) -> str:
    """The property for what a command decides."""
    if command not in _OUTCOMES:
        return ""
    name, kind, text, place, _ = _OUTCOMES[command]
    return f'''
    @property
    def {name}(self) -> {kind}:
        """{text}"""
        return self.{place}
'''


def reports() -> str:
    """The module with the classes of what the functions return."""
    made = [one for one in COMMANDS.values() if one.result]
    places = sorted(one.result_class.split(":") for one in made)
    imports = "".join(f"from {module} import {name}\n" for module, name in places)
    for one in made:
        kind = _OUTCOMES[one.name].kind if one.name in _OUTCOMES else ""
        if kind:
            home = _OUTCOMES[one.name].module or one.result_class.partition(":")[0]
            imports += f"from {home} import {kind.split()[0]}\n"
    classes = "".join(
        f'''

class {one.report}(Report, {one.result}):
    """What `{one.python_name}` returns: `{one.result}` with its tables, charts and files."""
{_outcome(one.name)}'''
        for one in made
    )
    return f'''\
"""What the functions of Python return; generated by `python -m benchmarks.option_pages`."""

from resume_gap.api.report import Report
{imports}{classes}'''


def public() -> str:
    """The module that names what the package exports, for type checkers."""
    places = (place.split(":") for place in public_names().values())
    lines = sorted(f"from {module} import {name}\n" for module, name in places)
    return f'''\
"""What the package exports; generated by `python -m benchmarks.option_pages`, not to be edited."""

{"".join(lines)}
__all__ = {sorted(public_names())}
'''


def _annotation(one: Option) -> str:
    if one.is_switch:
        return "bool = False"
    return f"{one.kind.annotation} | None = None"


def _argument(one: Option) -> str:
    absent = one.unless_given
    if one.key == "out" and LOG_COMMANDS[0] in one.commands:
        absent = "nothing is written"
    value = "" if one.is_switch else f" {one.kind.wanted[0].upper()}{one.kind.wanted[1:]}."
    default = "" if one.is_switch and not one.absent else f" Default: {absent}."
    return f"        {one.key}: " + _filled(f"{one.help}.{value}{default}")


def _filled(text: str) -> str:
    """Text of a docstring, folded to the width of the code."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > 74:  # and 12 to the left, a name before the first
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n            ".join(lines)


def formatted(code: str) -> str:
    """Code as ruff lays it out, without the imports that it does not use."""
    fix = ["check", "--quiet", "--fix-only", "--select", "F401,I001", "--stdin-filename", "x.py"]
    for arguments in (fix, ["format", "--quiet", "--stdin-filename", "x.py"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "-"],
            input=code,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        code = done.stdout
    return code


def files() -> dict[Path, str]:
    """Every generated file with its text."""
    functions = {
        API / f"{one.python_name}.py": formatted(function(one.name))
        for one in COMMANDS.values()
        if one.result
    }
    return {
        PAGE: page(),
        SOURCES: source_page(),
        API / "init.py": formatted(function_of_init()),
        API / "public.py": formatted(public()),
        API / "reports.py": formatted(reports()),
        SCHEMA_PAGE: json_schemas.page(),
        DOCS / "python.md": python_page.page(),
        DOCS / "tables.md": python_page.tables(),
        DOCS / "llms.txt": llms_page.text(),
        **{
            folder / name: text
            for name, text in json_schemas.files().items()
            for folder in (SCHEMAS, PUBLISHED)
        },
        **functions,
    }


def main() -> None:
    """Write them."""
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
