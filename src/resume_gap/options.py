"""The options of the commands, each written once; a command says which groups it takes."""

import inspect
from collections.abc import Callable, Sequence
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer

Command = TypeVar("Command", bound=Callable[..., None])
Options = Sequence[Parameter]

Events = Annotated[
    list[str],
    typer.Argument(
        metavar="EVENTS...",
        help="Parquet, CSV, TSV or JSON lines (.gz, .zst too), globs in quotes, folders, "
        "file.duckdb::table. Several inputs are one log.",
    ),
]


def takes(*groups: Options) -> Callable[[Command], Command]:
    """Give a command, which takes them as keywords, the options of some groups."""

    def decorate(command: Command) -> Command:
        own = [
            p
            for p in inspect.signature(command).parameters.values()
            if p.kind is not Parameter.VAR_KEYWORD
        ]
        added = [parameter for group in groups for parameter in group]
        signature = inspect.Signature([*own, *added])
        command.__signature__ = signature  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
        return command

    return decorate


def _option(name: str, kind: Any, *flags: str, **more: Any) -> Parameter:  # noqa: ANN401
    """One option; a switch is off and everything else is not given unless somebody says so."""
    return Parameter(
        name,
        Parameter.KEYWORD_ONLY,
        default=False if kind is bool else None,
        annotation=Annotated[kind if kind is bool else kind | None, typer.Option(*flags, **more)],
    )


COLUMNS: Final = (
    _option("user", str, metavar="COL", help="Column of the user."),
    _option("time", str, metavar="COL", help="Column of the time."),
    _option("event", str, metavar="COL", help="Column of the name."),
    _option("target", str, metavar="COL", help="Column of the element."),
    _option(
        "map_", list[str], "--map", metavar="NAME=COL,...",
        help="Any event column; a dotted name walks into JSON.",
    ),
    _option("source", str, help="auto or plain."),
    _option("time_unit", str, help="Of numeric times: s, ms, us, ns."),
    _option("tz", str, metavar="ZONE", help="Of times without one."),
)  # fmt: skip

MEANING: Final = (
    _option("gap", str, help="Pause limit: auto (learned), 90s, 30m, 1h."),
    _option(
        "productive", list[str], metavar="NAMES",
        help="Events that are work: names, patterns, column=value.",
    ),
    _option("complete", list[str], metavar="NAMES", help="Events that end a piece of work."),
    _option("away", list[str], metavar="NAMES", help="Events that mean absence."),
    _option("ignore", list[str], metavar="NAMES", help="Events that no person caused."),
    _option(
        "marker", list[str], metavar="shown=NAMES",
        help="Events that the marker writes: shown, clicked, dismissed.",
    ),
    _option("all_returns", bool, "--all-returns", help="Count every return as an interruption."),
    _option("near", float, metavar="N", help="Positions this close count as the same element."),
    _option("by", list[str], metavar="COL,...", help="Break the figures down by these."),
)  # fmt: skip

WORTH: Final = (_option("worth", str, help="Least worthwhile saving per interruption: 5s."),)

SIZING: Final = (
    _option("noticed", str, metavar="L/M/H", help="Share of the arrows noticed: 0.2/0.5/0.8."),
    _option(
        "search_removed", str, metavar="L/M/H", help="Share of the search they remove: 0.3/0.6/0.9."
    ),
    _option(
        "wrong_arrow_cost", str, metavar="L/M/H", help="Seconds a wrong arrow costs: 0/2/5."
    ),
    *WORTH,
    _option("min_lift", float, metavar="POINTS", help="Least worthwhile lift over chance: 10."),
)  # fmt: skip

LAUNCH: Final = (
    _option("assignments", str, metavar="FILE", help="user_id, variant, assigned_at."),
    _option(
        "experiment", str, metavar="KEY", help="Experiment whose assignment events are in the log."
    ),
    _option("control", str, metavar="NAME", help="Variant without the marker."),
    _option("treatment", str, metavar="NAME", help="Variant with the marker."),
    _option("allocation", str, metavar="C/T", help="Intended split of the arms: 50/50."),
    _option("looks", int, metavar="N", help="How often the trial is looked at: 1."),
    _option(
        "planned_users", int, metavar="N",
        help="With several looks: users with an interruption planned for both arms.",
    ),
    _option(
        "prediction", str, metavar="FILE", help="What analyze wrote before the launch; "
        "prediction.json in the output folder.",
    ),
)  # fmt: skip

PLANNING: Final = (
    _option("effect", str, help="Effect to be found, per interruption; --worth."),
    *WORTH,
    _option("power", float, help="Chance of finding it: 0.8."),
    _option("users", int, metavar="N", help="Users to be assigned; those of the log."),
    _option("looks", int, metavar="N", help="How often the trial will be looked at: 1."),
)  # fmt: skip

ROWS: Final = (
    _option("since", str, metavar="DATE", help="First instant used."),
    _option("until", str, metavar="DATE", help="End of the log."),
    _option("exclude_users", str, metavar="FILE", help="Ids to leave out, one a line."),
    _option(
        "keep_placeholder_ids", bool, "--keep-placeholder-ids",
        help="Keep 'undefined', 'null', '0' ...",
    ),
    _option("lenient", bool, "--lenient", help="Go on over many broken lines."),
    _option("strict", bool, "--strict", help="A warning ends in exit 3."),
)  # fmt: skip

OUTPUT: Final = (
    _option("out", Path, "-o", "--out", help="Folder of the report."),
    _option("json", bool, "--json", help="Print the summary."),
    _option(
        "show_ids", bool, "--show-ids", help="User ids instead of pseudonyms in the report."
    ),
    _option("force", bool, "--force", help="Replace a folder that is no report of ours."),
    _option("quiet", bool, "-q", "--quiet", help="Only data and errors."),
    _option("no_progress", bool, "--no-progress", help="No progress line."),
)  # fmt: skip

RUN: Final = (
    _option("config", Path, metavar="FILE", help="Instead of the nearest resume-gap.toml."),
    _option("isolated", bool, "--isolated", help="Read no configuration file."),
    _option("seed", int, help="Of everything random; 0."),
    _option("memory_limit", str, metavar="SIZE", help="Of the database, such as 2GB."),
    _option(
        "temp_limit", str, metavar="SIZE",
        help="Most that the temporary folder may hold; in proportion to the input.",
    ),
    _option("threads", int, help="Of the database."),
    _option("allow_views", bool, "--allow-views", help="Read views of a .duckdb file, too."),
)  # fmt: skip
