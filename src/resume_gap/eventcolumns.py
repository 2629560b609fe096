"""The columns of the relation `rows`, which every source makes (docs/design.md)."""

from collections.abc import Collection
from typing import Final

ROW_COLUMNS: Final = {
    "input_no": "usmallint",
    "user_id": "varchar",
    "stream": "varchar",
    "at_us": "bigint",
    "at_given": "boolean",
    "event": "varchar",
    "target": "varchar",
    "context": "varchar",
    "task": "varchar",
    "marks": "utinyint",
    "sequence": "bigint",
    "end_us": "bigint",
    "end_far": "boolean",
    "device": "varchar",
    "event_id": "varchar",
    "received_at_us": "bigint",
    "received_at_far": "boolean",
    "variant": "varchar",
    "position": "double",
    "row_hash": "ubigint",
    "segments": "varchar[]",
    "assigned_variant": "varchar",
    "carried_variant": "varchar",
}
"""Name and type of every column that `rows` may have; a sequence may be of another type, too."""
TIE_COLUMNS: Final = (
    "end_us",
    "device",
    "event_id",
    "received_at_us",
    "variant",
    "position",
    "row_hash",
    "segments",
)
"""What orders events of one instant after their content, as in `queries/14_events.sql`."""


def step_columns(there: Collection[str]) -> list[str]:
    """The columns of `queries/20_steps.sql`: what every log has, and others that are there."""
    wanted = ("sequence", *TIE_COLUMNS)
    return ["stream_no", "at_us", "content", *(name for name in wanted if name in there)]


def no_rows() -> str:
    """SQL of the same relation without a row."""
    items = ",\n  ".join(f"null::{kind} as {name}" for name, kind in ROW_COLUMNS.items())
    return (
        f"-- No row: every column that rows may have, and its type.\nselect\n  {items}\nwhere false"
    )
