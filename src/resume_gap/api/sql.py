"""`resume_gap.sql` as a function."""

from collections.abc import Sequence
from typing import Literal

from resume_gap.commands.sql import TABLE, event_query
from resume_gap.options.sql_options import SqlOptions
from resume_gap.options.table import options_for
from resume_gap.settings import inner_values


def sql(
    table: str = TABLE,
    *,
    dialect: Literal["duckdb", "spark", "clickhouse"],
    productive: str | Sequence[str],
    complete: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    gap: str = "30m",
    user: str = "user_id",
    time: str = "timestamp",
    event: str = "event",
) -> str:
    """The event query for another engine: one row per return.

    Args:
        table: The table or view with the log; a dot parts a schema from it.
        dialect: The engine that is to run it.
        productive: Events that are work, by their whole names.
        complete: Events that complete work; those that are not productive, too, are exits.
        ignore: Events that take no part, idle events among them.
        gap: Inactivity threshold, a duration with its unit.
        user: Column of the user's id.
        time: Column of the time.
        event: Column of the event's name.

    Returns:
        The query. Instants and durations in its rows are integer microseconds.

    Raises:
        UsageError: An option cannot be meant.
    """
    given = {
        "dialect": dialect,
        "productive": productive,
        "complete": complete,
        "ignore": ignore,
        "gap": gap,
        "user": user,
        "time": time,
        "event": event,
    }
    return event_query(table, SqlOptions(**inner_values(given, options_for("sql"), typed=True)))
