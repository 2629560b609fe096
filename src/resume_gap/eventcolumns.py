"""The columns of an event, and those of the relation `rows` that a source makes of them.

A new column of an event is one entry of `EVENTS` and, unless it is a key, one line of
`queries/14_events.sql`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

Reads = Literal["text", "instant", "length", "number", "order"]
"""How values are read: a length is added to the timestamp; an order is a number or a text."""
Ranks = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EventColumn:
    """One column of an event.

    Attributes:
        name: What it is called in `--map` and in the JSON.
        reads: How its values are read.
        row_column: Its column of `rows`.
        sql_type: The type of that.
        meaning: What it holds, for the page.
        lacking: What it costs to lack it; None: nothing worth a sentence.
        is_key: Whether it is joined on as text, which is empty and not null where there is none.
        required: Whether a log without it is refused.
        option: The option that maps it alone; None: only `--map` does.
        aliases: Names taken for it without being asked, best first. Left out on purpose: names
            that mean something else elsewhere (`message_id` in a chat, `order` in a shop, `uuid`).
    """

    name: str
    reads: Reads
    row_column: str
    sql_type: str
    meaning: str
    lacking: str | None = None
    is_key: bool = False
    required: bool = False
    option: str | None = None
    aliases: Ranks = ()

    @property
    def breaks_ties(self) -> bool:
        """Whether it orders events of one instant: an order before their content, others after it.

        Every column does that content and time do not have: rows that differ in it only are two.
        """
        return not self.is_key and not self.required


def _ranks(*names: str) -> Ranks:
    """Names of equal rank in one text, the best rank first."""
    return tuple(tuple(rank.split()) for rank in names)


EVENTS: Final = (
    EventColumn(
        "user_id",
        "text",
        "user_id",
        "varchar",
        meaning="who",
        is_key=True,
        required=True,
        option="--user",
        aliases=_ranks(
            "uid userid distinct_id visitor_id person_id subject_id",
            "user visitor person subject",
            "username user_name",
            "domain_userid",
            "user_pseudo_id",
            "anonymous_id",
            "org:resource",
        ),
    ),
    EventColumn(
        "timestamp",
        "instant",
        "at_us",
        "bigint",
        meaning="when",
        required=True,
        option="--time",
        aliases=_ranks(
            "ts time event_time event_timestamp occurred_at datetime",
            "created_at date_time",
            "derived_tstamp",
            "time:timestamp",
            "ocel:timestamp",
            "original_timestamp",
            "client_event_time",
            "client_timestamp",
            "server_timestamp",
            "collector_tstamp",
            "dvce_created_tstamp",
        ),
    ),
    EventColumn(
        "event",
        "text",
        "event",
        "varchar",
        meaning="what",
        is_key=True,
        required=True,
        option="--event",
        aliases=_ranks(
            "event_name action name", "event_type activity", "concept:name", "ocel:activity"
        ),
    ),
    EventColumn(
        "target",
        "text",
        "target",
        "varchar",
        meaning="the element touched",
        lacking="no place where work stops, no return to the element, no resume marker",
        is_key=True,
        option="--target",
        aliases=_ranks("element element_id target_id object object_id"),
    ),
    EventColumn(
        "context",
        "text",
        "context",
        "varchar",
        meaning="page, screen or file",
        lacking="a task end closes any work before it, wherever it was",
        is_key=True,
        aliases=_ranks(
            "page page_path screen screen_name context_id", "page_urlpath", "page_location"
        ),
    ),
    EventColumn(
        "task",
        "text",
        "task",
        "varchar",
        meaning="task",
        lacking="tasks are distinguished by context only",
        is_key=True,
        aliases=_ranks("task_id case_id", "case:concept:name"),
    ),
    EventColumn(
        "end",
        "instant",
        "end_us",
        "bigint",
        meaning="end of an interval event",
        aliases=_ranks("end_time ended_at end_at end_timestamp"),
    ),
    EventColumn(
        "duration",
        "length",
        "end_us",
        "bigint",
        meaning="length of an interval event",
        aliases=_ranks("duration_seconds duration_s duration_ms"),
    ),
    EventColumn(
        "device",
        "text",
        "device",
        "varchar",
        meaning="device",
        lacking="no count of returns on another device",
        aliases=_ranks("device_id"),
    ),
    EventColumn(
        "sequence",
        "order",
        "sequence",
        "bigint",
        meaning="order of ties",
        lacking="events at one instant are ordered by their content",
        aliases=_ranks("seq sequence_number event_index"),
    ),
    EventColumn(
        "event_id",
        "text",
        "event_id",
        "varchar",
        meaning="id of the event",
        lacking="repeated events are known by equal rows only",
        aliases=_ranks("insert_id event_uuid $insert_id"),
    ),
    EventColumn(
        "received_at",
        "instant",
        "received_at_us",
        "bigint",
        meaning="time of arrival",
        aliases=_ranks("received_time server_received_time ingested_at", "collector_tstamp"),
    ),
    EventColumn(
        "variant",
        "text",
        "variant",
        "varchar",
        meaning="arm of a test",
        aliases=_ranks("variation variation_id arm"),
    ),
    EventColumn(
        "position",
        "number",
        "position",
        "double",
        meaning="place inside the context",
    ),
    EventColumn(
        "stream",
        "text",
        "stream",
        "varchar",
        meaning="recording with its own clock",
        is_key=True,
        aliases=_ranks("recording_id"),
    ),
)
"""In the order of docs/options.md, which is meant where the method speaks of one."""

BY_NAME: Final = {column.name: column for column in EVENTS}
NAMES: Final = tuple(BY_NAME)


def _row_columns() -> dict[str, str]:
    columns = {"input_no": "usmallint", "at_given": "boolean", "marks": "utinyint"}
    columns |= {column.row_column: column.sql_type for column in EVENTS}
    columns |= {far_name(name): "boolean" for name in FAR_CHECKED}
    made = {"row_hash": "ubigint", "segments": "varchar[]", "unit": "varchar"}
    return columns | made | {"assigned_variant": "varchar", "carried_variant": "varchar"}


def far_name(row_column: str) -> str:
    """The column that says whether the time in another one was out of range."""
    return row_column.replace("_us", "_far")


FAR_CHECKED: Final = tuple(
    column.row_column for column in EVENTS if column.reads == "instant" and not column.required
)
"""Columns of times that are null where they were out of range."""
ROW_COLUMNS: Final = _row_columns()
"""Name and type of every column that `rows` may have; a sequence may be of another type, too."""


_AFTER_CONTENT: Final = dict.fromkeys(
    column.row_column for column in EVENTS if column.breaks_ties and column.reads != "order"
)
TIE_COLUMNS: Final = (*_AFTER_CONTENT, "row_hash", "segments")
"""What orders events of one instant after their content, as in `queries/14_events.sql`."""
STEP_COLUMNS: Final = ("stream_no", "at_us", "sequence", "content", *TIE_COLUMNS)
"""All columns of `queries/14_events.sql`, in their order."""


ID_HASH: Final = "id_hash"
"""A column of events, where ids come again: the hash of the id, null for none."""
_ONLY_DISTINGUISH: Final = ("event_id", "received_at_us", "variant", "row_hash")
"""What the pass does not read; it tells apart events that are alike in all else."""


def step_columns(
    there: Collection[str], *, all_differ: bool = False, ids_repeat: bool = False
) -> list[str]:
    """The columns of `queries/20_steps.sql`: what every log has, and others that are there.

    Args:
        there: Columns of `rows`.
        all_differ: Whether no two events are one. Then columns that only distinguish events need
            not be sorted, unless one that the pass reads stands behind them.
        ids_repeat: Whether the pass drops rows that repeat an event id.
    """
    always = ("stream_no", "at_us", "content")
    found = [name for name in STEP_COLUMNS if name in always or name in there]
    while all_differ and found[-1] in _ONLY_DISTINGUISH:
        found.pop()
    return [*found, ID_HASH] if ids_repeat else found


def no_rows() -> str:
    """SQL of the same relation without a row."""
    items = ",\n  ".join(f"null::{kind} as {name}" for name, kind in ROW_COLUMNS.items())
    return (
        f"-- No row: every column that rows may have, and its type.\nselect\n  {items}\nwhere false"
    )
