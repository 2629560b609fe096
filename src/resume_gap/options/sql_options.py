"""Options of the event query for another engine."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from resume_gap.constants import FALLBACK_GAP
from resume_gap.options.names import Names
from resume_gap.options.numbers import Duration
from resume_gap.options.option import MUST, option
from resume_gap.options.values import Choice, Text

_SQL: Final = ("sql",)
_EVENT_NAMES: Final = Names("event names")
_COLUMN: Final = Text("the name of a column")


@dataclass(frozen=True, kw_only=True)
class SqlOptions:
    """The event query for another engine."""

    heading: ClassVar[str] = "Query"

    dialect: Literal["duckdb", "spark", "clickhouse"] | None = option(
        Choice("duckdb", "spark", "clickhouse"),
        metavar="NAME",
        commands=_SQL,
        default=None,
        absent=MUST,
        in_file=False,
        help="Engine that is to run it",
    )
    gap_us: int | None = option(
        Duration("1s", "365d"),
        key="gap",
        metavar="DURATION",
        commands=_SQL,
        default=FALLBACK_GAP.us,
        absent=f"{FALLBACK_GAP.value / 60:g}m",
        in_file=False,
        help="Inactivity threshold: a longer gap ends a session",
    )
    productive: tuple[str, ...] = option(
        _EVENT_NAMES,
        metavar="NAMES",
        commands=_SQL,
        default=(),
        absent=MUST,
        in_file=False,
        help="Events that are work, by their whole names",
    )
    complete: tuple[str, ...] = option(
        _EVENT_NAMES,
        metavar="NAMES",
        commands=_SQL,
        default=(),
        absent="none",
        in_file=False,
        help="Events that complete work; those that are not productive, too, are exits",
    )
    ignore: tuple[str, ...] = option(
        _EVENT_NAMES,
        metavar="NAMES",
        commands=_SQL,
        default=(),
        absent="none",
        in_file=False,
        help="Events that take no part, idle events among them",
    )
    user: str = option(
        _COLUMN,
        metavar="COL",
        commands=_SQL,
        default="user_id",
        in_file=False,
        help="Column of the user's id",
    )
    time: str = option(
        _COLUMN,
        metavar="COL",
        commands=_SQL,
        default="timestamp",
        in_file=False,
        help="Column of the time",
    )
    event: str = option(
        _COLUMN,
        metavar="COL",
        commands=_SQL,
        default="event",
        in_file=False,
        help="Column of the event's name",
    )
