"""Options that say what a log holds: columns, meaning, rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from resume_gap.constants import MAX_BROKEN_LINES
from resume_gap.errors import ExitCode
from resume_gap.fileformats import NAMED
from resume_gap.layouts import NAMES as LAYOUTS
from resume_gap.options.names import EVENT_COLUMNS, Columns, MarkerNames, Names
from resume_gap.options.numbers import Duration, Number
from resume_gap.options.option import option, optional
from resume_gap.options.times import LOG_INSTANT, Zone
from resume_gap.options.values import Choice, Encoding, File, Switch, Text

_COLUMN: Final = Text("the name of a column")
_EVENTS: Final = Names("event names or patterns")


@dataclass(frozen=True, kw_only=True)
class ColumnNames:
    """Short forms of `map` for the four columns of the plain case."""

    heading: ClassVar[str] = "Columns"
    also: ClassVar[tuple[str, ...]] = ("init",)

    user: str | None = optional(
        _COLUMN, metavar="COL", absent="recognized by name", help="Column of the user's id"
    )
    time: str | None = optional(
        _COLUMN, metavar="COL", absent="recognized by name", help="Column of the time"
    )
    event: str | None = optional(
        _COLUMN, metavar="COL", absent="recognized by name", help="Column of the event's name"
    )
    target: str | None = optional(
        _COLUMN,
        metavar="COL",
        absent="recognized by name",
        help="Column of the element that the event touches",
    )


@dataclass(frozen=True, kw_only=True)
class ReadingOptions:
    """Which columns hold what, and how times are written."""

    heading: ClassVar[str] = "Columns"
    also: ClassVar[tuple[str, ...]] = ("init",)

    mapping: Mapping[str, str] = option(
        Columns(),
        key="map",
        metavar="NAME=COL,...",
        default={},
        absent="recognized by name",
        help="Column of any part of an event; a dotted name walks into JSON",
        more=f"The parts are {', '.join(f'`{name}`' for name in EVENT_COLUMNS)}.",
    )
    source: str = option(
        Choice("auto", "plain", *LAYOUTS),
        metavar="NAME",
        default="auto",
        help="Which tracker wrote the log",
        more="docs/sources.md says how to export from each, and what is read.",
    )
    file_format: str | None = optional(
        Choice(*NAMED),
        key="format",
        metavar="NAME",
        absent="by ending and content",
        help="Format of the files, whatever they are called; json is one object per line or a list",
        more="Needed for standard input (`-`) that is neither JSON nor Parquet.",
    )
    encoding: str | None = optional(
        Encoding(),
        metavar="NAME",
        absent="UTF-8, or what a byte order mark says",
        help="Encoding of text files, such as latin-1 or utf-16",
    )
    time_unit: str | None = optional(
        Choice("s", "ms", "us", "ns"),
        metavar="UNIT",
        absent="by the size of the median",
        help="Unit of numeric times",
    )
    time_format: str | None = optional(
        Text("a pattern like %d.%m.%Y %H:%M:%S"),
        metavar="FORMAT",
        absent="ISO 8601 and numbers, else as the column as a whole tells",
        help="How times are written, in the letters of strptime",
        more="Values that do not match are parsed as if the option were absent. `spreadsheet`: day"
        " numbers."
        " `de:` or `es:` in front: the months have German or Spanish names.",
    )
    duration_unit: str | None = optional(
        Choice("s", "ms", "us", "ns"),
        metavar="UNIT",
        absent="by overlaps with the next event",
        help="Unit of durations",
    )
    time_is: str | None = optional(
        Choice("start", "end"),
        metavar="SIDE",
        absent="by overlaps with the next event",
        help="Whether the time is the start or the end of the event",
    )
    clock: str = option(
        Choice("as-logged", "corrected"),
        metavar="WHICH",
        default="as-logged",
        help="Whether stamps far from the user's usual delay before arrival are moved",
        more="It needs the column `received_at`.",
    )
    tz: str = option(
        Zone(),
        metavar="ZONE",
        default="UTC",
        help="Zone of times that carry none, and of the hours of the day",
        more="A time with a zone or an offset keeps its instant. Where a tracker documents the zone"
        " of its times, that one counts for them. Dates of options and of files beside the log are"
        " in it, too, unless they carry an offset.",
    )


@dataclass(frozen=True, kw_only=True)
class MeaningOptions:
    """What the events mean."""

    heading: ClassVar[str] = "Meaning"

    gap_us: int | None = option(
        Duration("1s", "365d"),
        key="gap",
        metavar="DURATION",
        default=None,
        absent="auto, learned from the log",
        help="Inactivity threshold: a longer gap ends a session",
    )
    productive: tuple[str, ...] = option(
        _EVENTS,
        metavar="NAMES",
        default=(),
        absent="suggested by name",
        help="Events that are work: names, patterns, column=value",
        more="Once `--productive` or `--complete` is given, no role is suggested by name, so give"
        " both: without task ends finished work counts as interrupted.",
    )
    complete: tuple[str, ...] = option(
        _EVENTS,
        metavar="NAMES",
        default=(),
        absent="suggested by name",
        help="Events that end a task, such as submit",
    )
    away: tuple[str, ...] = option(
        _EVENTS,
        metavar="NAMES",
        default=(),
        absent="suggested by name",
        help="Idle events: idle, lock, hidden",
    )
    ignore: tuple[str, ...] = option(
        _EVENTS,
        metavar="NAMES",
        default=(),
        absent="suggested by name",
        help="Events that no person caused",
    )
    agent: tuple[str, ...] = option(
        _EVENTS,
        metavar="NAMES",
        default=(),
        absent="none, proposed by name",
        help="Events of an assistant or automation: names, patterns, column=value",
        more="They neither start nor end a gap of the person under whose id they are logged.",
    )
    marker: Mapping[str, tuple[str, ...]] = option(
        MarkerNames(),
        metavar="shown=NAMES",
        default={},
        absent="none",
        help="Events that the resume marker writes: shown, clicked, dismissed",
        more="They never start or stop a clock.",
    )
    all_returns: bool = option(
        Switch(),
        default=False,
        absent="mid-task stops and idle events only",
        help="Count every return as an interruption",
    )
    near: float | None = optional(
        Number(0, 1_000_000_000_000),
        metavar="N",
        absent="elements are compared",
        help="Positions this close, in one context, count as the same element",
        more="It needs the column `position`.",
    )
    by: tuple[str, ...] = option(
        Names("columns"),
        metavar="COL,...",
        default=(),
        absent="off",
        help="Break the figures down by these columns at the stop; exploration only",
    )


@dataclass(frozen=True, kw_only=True)
class RowOptions:
    """Which rows are read."""

    heading: ClassVar[str] = "Rows"

    since_us: int | None = optional(
        LOG_INSTANT,
        key="since",
        metavar="DATE",
        absent="the first one",
        help="First instant used; a date means its midnight",
    )
    until_us: int | None = optional(
        LOG_INSTANT,
        key="until",
        metavar="DATE",
        absent="the last one",
        help="Last instant used, and the end of the log",
    )
    exclude_users: str | None = optional(
        File(), metavar="FILE", absent="none", help="Users to leave out, one id a line"
    )
    keep_placeholder_ids: bool = option(
        Switch(),
        default=False,
        absent="dropped and counted",
        help="Keep users called 'anonymous', 'null', '0' ..., and names like NULL",
    )
    lenient: bool = option(
        Switch(),
        default=False,
        absent="an error",
        help=f"Go on although more than {MAX_BROKEN_LINES.value * 100:g} % of the lines are broken",
    )
    strict: bool = option(
        Switch(),
        default=False,
        help=f"A warning ends in exit code {ExitCode.STRICT} and writes nothing",
    )
