"""The command line: parse, call, print.

Standard output is data (the report's path, or with --json the summary); everything said to
people goes to standard error. Heavy imports stay inside the commands.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from resume_gap import __version__
from resume_gap.errors import ExitCode, OutputError, ResumeGapError, UsageError

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
def analyze(
    events: Annotated[
        list[str],
        typer.Argument(
            metavar="EVENTS...",
            help="Parquet, CSV, TSV or JSON lines (.gz, .zst too), globs in quotes, folders, "
            "file.duckdb::table. Several inputs are one log.",
        ),
    ],
    user: Annotated[str | None, typer.Option(metavar="COL", help="Column of the user.")] = None,
    time: Annotated[str | None, typer.Option(metavar="COL", help="Column of the time.")] = None,
    event: Annotated[str | None, typer.Option(metavar="COL", help="Column of the name.")] = None,
    target: Annotated[
        str | None, typer.Option(metavar="COL", help="Column of the element.")
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="NAME=COL,...",
            help="Any event column; a dotted name walks into JSON.",
        ),
    ] = None,
    source: Annotated[str | None, typer.Option(help="auto or plain.")] = None,
    time_unit: Annotated[str | None, typer.Option(help="Of numeric times: s, ms, us, ns.")] = None,
    tz: Annotated[str | None, typer.Option(metavar="ZONE", help="Of times without one.")] = None,
    gap: Annotated[
        str | None, typer.Option(help="Pause limit: auto (learned), 90s, 30m, 1h.")
    ] = None,
    productive: Annotated[
        list[str] | None,
        typer.Option(metavar="NAMES", help="Events that are work: names, patterns, column=value."),
    ] = None,
    complete: Annotated[
        list[str] | None, typer.Option(metavar="NAMES", help="Events that end a piece of work.")
    ] = None,
    away: Annotated[
        list[str] | None, typer.Option(metavar="NAMES", help="Events that mean absence.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="NAMES", help="Events that no person caused.")
    ] = None,
    all_returns: Annotated[
        bool, typer.Option("--all-returns", help="Count every return as an interruption.")
    ] = False,
    near: Annotated[
        float | None,
        typer.Option(metavar="N", help="Positions this close count as the same element."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(metavar="COL,...", help="Break the figures down by these.")
    ] = None,
    noticed: Annotated[
        str | None, typer.Option(metavar="L/M/H", help="Share of the arrows noticed: 0.2/0.5/0.8.")
    ] = None,
    search_removed: Annotated[
        str | None,
        typer.Option(metavar="L/M/H", help="Share of the search they remove: 0.3/0.6/0.9."),
    ] = None,
    wrong_arrow_cost: Annotated[
        str | None, typer.Option(metavar="L/M/H", help="Seconds a wrong arrow costs: 0/2/5.")
    ] = None,
    worth: Annotated[
        str | None, typer.Option(help="Least worthwhile saving per interruption: 5s.")
    ] = None,
    min_lift: Annotated[
        float | None, typer.Option(metavar="POINTS", help="Least worthwhile lift over chance: 10.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First instant used.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="End of the log.")] = None,
    exclude_users: Annotated[
        str | None, typer.Option(metavar="FILE", help="Ids to leave out, one a line.")
    ] = None,
    keep_placeholder_ids: Annotated[
        bool, typer.Option("--keep-placeholder-ids", help="Keep 'undefined', 'null', '0' ...")
    ] = False,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Go on over many broken lines.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="A warning ends in exit 3.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Folder of the report.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the summary.")] = False,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="User ids instead of pseudonyms in the report.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a folder that is no report of ours.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only data and errors.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress line.")] = False,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Instead of the nearest resume-gap.toml.")
    ] = None,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Read no configuration file.")
    ] = False,
    seed: Annotated[int | None, typer.Option(help="Of everything random; 0.")] = None,
    memory_limit: Annotated[
        str | None, typer.Option(metavar="SIZE", help="Of the database, such as 2GB.")
    ] = None,
    threads: Annotated[int | None, typer.Option(help="Of the database.")] = None,
    allow_views: Annotated[
        bool, typer.Option("--allow-views", help="Read views of a .duckdb file, too.")
    ] = False,
) -> None:
    """Find interruptions in a log, measure the way back, write a report."""
    from resume_gap import settings as st

    named = {"user_id": user, "timestamp": time, "event": event, "target": target}
    mapping = {name: column for name, column in named.items() if column is not None}
    for text in map_ or []:
        mapping |= st.parse_mapping(text)
    options: dict[str, Any] = {
        "map": mapping, "source": source, "time_unit": time_unit, "tz": tz, "gap": gap,
        "productive": productive, "complete": complete, "away": away, "ignore": ignore,
        "all_returns": all_returns, "near": near, "by": by, "noticed": noticed,
        "search_removed": search_removed, "wrong_arrow_cost": wrong_arrow_cost, "worth": worth,
        "min_lift": min_lift, "since": since, "until": until,
        "exclude_users": exclude_users, "keep_placeholder_ids": keep_placeholder_ids,
        "lenient": lenient, "strict": strict, "show_ids": show_ids, "seed": seed,
        "memory_limit": memory_limit, "threads": threads, "allow_views": allow_views,
    }  # fmt: skip
    settings = st.resolve(options, _configuration(config, isolated=isolated))

    from resume_gap import analysis as job
    from resume_gap.report import jsonfile, terminal

    folder = out or Path("reports") / job.stem(events)
    with _progress(shown=not (quiet or no_progress)) as tell:
        found = job.run(events, settings, out=folder, force=force, on_progress=tell)
    if not quiet:
        terminal.print_screen(found, folder)
    if json:
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
    from resume_gap.report.display import terminal_text

    sys.stderr.write(f"resume-gap: {terminal_text(line)}\n")
