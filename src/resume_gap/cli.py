"""The command line: parse, call, print.

Standard output is data (the report's path, or with --json the summary); everything said to
people goes to standard error. Heavy imports stay inside the commands.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from resume_gap import __version__, signals
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

_OUTPUT_ERRORS = (errno.ENOSPC, errno.EPIPE, errno.EDQUOT, errno.EIO, errno.EBADF)
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
    from resume_gap.filesystem import working_folder

    working_folder()
    options = {name: value for name, value in given.items() if name not in _OUTSIDE}
    mapping = {
        inner: column for name, inner in _SHORT.items() if (column := options.pop(name)) is not None
    }
    for text in options.pop("map_") or []:
        mapping |= st.parse_mapping(text)
    config = _configuration_path(given["config"], isolated=given["isolated"])
    settings = st.resolve(
        {"map": mapping, **options}, {} if config is None else st.read_configuration(config)
    )

    from resume_gap.commands.folder import stem
    from resume_gap.output.target import command_of
    from resume_gap.report.render import jsonfile, terminal

    folder = given["out"] or Path("reports") / stem(events)
    before = command_of(folder)
    with _progress(shown=not (given["quiet"] or given["no_progress"])) as tell:
        found: Run = import_module(f"resume_gap.commands.{module}").run(
            events, settings, out=folder, force=given["force"], on_progress=tell, config=config
        )
    if not given["quiet"]:
        with suppress(OSError):  # nobody reads standard error: the report stands all the same
            terminal.print_screen(found, folder)
        if before not in (None, found.command):
            _say(f"the report of {before} that stood in {folder} was replaced; see --out")
    whole = (
        jsonfile.summary(found) if given["json"] else os.fsencode(folder / "report.html") + b"\n"
    )
    _print(whole, f"the report in {folder} was written")


def _print(data: bytes, done: str) -> None:
    """Data to standard output.

    Args:
        data: What a script asked for.
        done: What is done by now, for a message.

    Raises:
        OutputError: It is full or closed.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:
        signals.forget_output()
        why = getattr(error, "strerror", None) or "it is closed"
        raise OutputError(f"standard output: cannot be written: {why}; {done}") from error


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
    lines = b"".join(os.fsencode(path) + b"\n" for path in paths)
    _print(lines, f"the files in {out} were written")


def _configuration_path(config: Path | None, *, isolated: bool) -> Path | None:
    """The configuration file that counts, if any."""
    from resume_gap import settings as st

    if not isolated:
        return config or st.find_configuration(Path.cwd())
    if config is not None:
        raise UsageError("--isolated reads no configuration; leave out --config")
    return None


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
    with signals.caught():
        code = _run(sys.argv[1:] or ["--help"])
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """The exit code of a command; what went wrong is said in one line."""
    try:
        code = app(args=arguments, standalone_mode=False)
        _print(b"", "nothing was written")
    except ResumeGapError as error:
        _say(str(error))
        code = error.exit_code
    except typer.TyperException as error:
        _say(f"{_told(error)}; see resume-gap --help")
        code = ExitCode.USAGE
    except OSError as error:
        # Commands explain what they write; what is left is help that goes to standard output.
        if error.filename is not None or error.errno not in _OUTPUT_ERRORS:
            raise
        signals.forget_output()
        _say(f"standard output: cannot be written: {error.strerror}")
        code = ExitCode.DATA
    return int(code or 0)


def _told(error: Exception) -> str:
    told = getattr(error, "format_message", lambda: str(error))
    return str(told()).rstrip(".")


def _say(line: str) -> None:
    """One line to standard error; what data wrote into it is shown, never obeyed."""
    from resume_gap.report.text.names import terminal_text

    signals.say(terminal_text(line))
