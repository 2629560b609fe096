"""From the rows of a source to numbered, cleaned events; every row that is left out is counted.

Knows columns, users, clocks and roles; knows no gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from resume_gap.constants import (
    MAX_NULL_USERS,
    ROLE_MIN_COUNT,
    ROLE_MIN_USERS,
)
from resume_gap.errors import DataError
from resume_gap.pipeline import clock
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.event_ids import drop_repeated
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import SEGMENT
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources import roles as role_rules
from resume_gap.sources.role_names import suggest_all
from resume_gap.sqltext import quote_ident

PLACEHOLDER_IDS = ("undefined", "null", "NULL", "None", "NaN", "nan", "[object Object]", "0")
_KEYS = ("user_id", "stream", "event", "target", "context", "task")
_TEXTS = ("device", "event_id", "variant")
_OPTIONAL = {
    "target": "target", "context": "context", "task": "task", "stream": "stream",
    "sequence": "sequence", "end": "end_us", "duration": "end_us", "device": "device",
    "event_id": "event_id", "received_at": "received_at_us", "variant": "variant",
    "position": "position",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Intake:
    """What is known once the rows are numbered.

    Attributes:
        read: Rows of the input.
        contents: Meaning of the content numbers.
        kinds: One row per kind: event, event_no, roles, n.
        roles: The roles taken and who said so.
        spans: One row per input: input_no, n, first_us, last_us.
        checks: What was found on the way.
    """

    read: int
    contents: Contents
    kinds: pl.DataFrame
    roles: role_rules.RoleChoice
    spans: pl.DataFrame
    repeated_ids: int
    checks: tuple[Check, ...]


def take_in(
    runner: Runner,
    settings: Settings,
    *,
    columns: Mapping[str, str | None],
    entries: role_rules.Entries | None = None,
    excluded_users: tuple[str, ...],
) -> Intake:
    """Number users, streams and contents, choose roles, bound the clock; make `events`.

    Args:
        runner: Holds the relation `rows` (docs/design.md).
        settings: The run's settings.
        columns: Event column to the file's column, None where the log has none.
        entries: What the role options say; None: no column may be meant.
        excluded_users: User ids to leave out.

    Raises:
        DataError: Too many rows without a user or a readable time, or none left.
    """
    con = runner.con
    checks: list[Check] = []
    con.execute(f"create view log as {_log_sql(con, columns)}")
    days = con.sql(
        "select input_no, at_us // 86400000000 as day, at_given, count(*) as n,"
        f" min(at_us) as first_us, max(at_us) as last_us{clock.far_counts(con)} from log"
        " group by all"
    ).pl()
    read = int(days["n"].sum())
    if read == 0:
        raise DataError("the input has no rows; nothing can be said about an empty log")
    clock.refuse_bad_times(days, read)
    clock.check_far(days, checks)
    con.register("excluded_users", pa.table({"user_id": pa.array(excluded_users, pa.string())}))
    placeholders = [] if settings.keep_placeholder_ids else list(PLACEHOLDER_IDS)
    runner.let(placeholder_ids=placeholders)
    runner.make("10_streams")
    _check_users(con, read, checks)
    clock.bound_clock(runner, settings, days, checks)

    runner.make("11_names")
    choice = _choose_roles(con, settings, entries)
    con.register(
        "event_roles",
        pa.table(
            {
                "event": pa.array(list(choice.bits), pa.string()),
                "roles": pa.array(list(choice.bits.values()), pa.int32()),
            }
        ),
    )
    con.execute("create table kind_columns (event varchar, marks utinyint, n bigint)")
    con.execute("create table label_columns (target varchar, context varchar, task varchar)")
    runner.make("12_kinds")
    runner.make("13_labels")
    runner.make("14_events", kind="view")
    repeated_ids = drop_repeated(runner, settings, columns, read, checks)
    if choice.unmatched:
        checks.append(
            Check(
                check="role_names_unmatched",
                severity="warn",
                count=len(choice.unmatched),
                share=None,
                action="check the spelling",
                message="nothing in the log is meant by " + ", ".join(choice.unmatched[:5]),
            )
        )
    kinds = con.sql("select event, event_no, roles, n from kinds order by kind_no").pl()
    return Intake(
        read=read,
        contents=_contents(con),
        kinds=kinds,
        roles=choice,
        spans=clock.spans(days),
        repeated_ids=repeated_ids,
        checks=tuple(checks),
    )


def _log_sql(con: duckdb.DuckDBPyConnection, columns: Mapping[str, str | None]) -> str:
    """The rows without the columns that the log does not have.

    Absent columns would be sorted and joined at a price. Texts that are joined on are empty where
    there is none, for null does not join; the others are null, which sorts last.
    """
    there = {row[0] for row in con.execute("describe rows").fetchall()}
    wanted = ["input_no", "user_id", "at_us", "at_given", "event", "target"]
    wanted += [inner for name, inner in _OPTIONAL.items() if columns.get(name) and inner in there]
    wanted += [name for name in ("row_hash", *clock.FAR) if name in there]
    wanted += sorted(name for name in there if name.startswith(SEGMENT))
    if "marks" in there:
        wanted.append("marks")

    def item(column: str) -> str:
        name = quote_ident(column)
        if column in _KEYS:
            return f"coalesce({name}, '') as {name}"
        return f"nullif({name}, '') as {name}" if column in _TEXTS else name

    return f"select {', '.join(item(column) for column in dict.fromkeys(wanted))} from rows"


def _check_users(con: duckdb.DuckDBPyConnection, read: int, checks: list[Check]) -> None:
    rows = con.execute(
        "select refused, sum(n)::bigint, list(distinct user_id order by user_id) from streams"
        " where refused is not null group by refused"
    ).fetchall()
    for refused, count, ids in rows:
        if refused == "no_user" and count > MAX_NULL_USERS.value * read:
            raise DataError(
                f"{count:,} of {read:,} rows have no user; name the right column with --user COL"
            )
        if refused == "placeholder_user":
            checks.append(
                Check(
                    check="placeholder_user_ids",
                    severity="warn",
                    count=count,
                    share=count / read,
                    action="dropped; --keep-placeholder-ids keeps them",
                    message=f"rows of users called {', '.join(ids)} are nobody's and were dropped",
                )
            )


def _choose_roles(
    con: duckdb.DuckDBPyConnection, settings: Settings, entries: role_rules.Entries | None
) -> role_rules.RoleChoice:
    names = con.sql(
        "select event, sum(n)::bigint as n from names where not is_blank(event)"
        " group by event order by n desc, event"
    ).pl()
    if names.is_empty():
        raise DataError("no row has an event name; name the right column with --event COL")
    counts = {name: n for name, n in names.iter_rows() if n >= ROLE_MIN_COUNT.value}
    suggestions = {
        name: suggestion
        for name, suggestion in suggest_all(counts, int(names["n"].sum())).items()
        if suggestion.role != "none"
    }
    frequent: set[str] = set()
    if suggestions and not (settings.productive or settings.complete):
        con.register("candidates", pa.table({"event": list(suggestions)}))
        # In a log of few people "five users" would mean all of them; half of them will do.
        (users,) = con.execute("select max(user_no) from streams").fetchall()[0]
        least = min(int(ROLE_MIN_USERS.value), max(1, (users or 0) // 2))
        frequent = {
            row[0]
            for row in con.execute(
                "select event from log semi join candidates using (event) group by event"
                f" having count(distinct user_id) >= {least:d}"
            ).fetchall()
        }
    suggestions = {name: one for name, one in suggestions.items() if name in frequent}
    (marked,) = con.execute("select bit_or(marks)::integer from names").fetchall()[0]
    return role_rules.choose(
        settings, names["event"].to_list(), suggestions, entries, marked=marked or 0
    )


def _contents(con: duckdb.DuckDBPyConnection) -> Contents:
    """The dictionaries as arrays indexed by number, 0 unused."""

    def column(name: str, relation: str, number: str) -> np.ndarray:
        values = con.sql(
            f"select coalesce({name}, 0) as value from {relation} order by {number}"
        ).to_arrow_table()["value"]
        return np.concatenate([[0], values.to_numpy()]).astype(np.int32)

    return Contents(
        kind_roles=column("roles", "kinds", "kind_no"),
        kind_event=column("event_no", "kinds", "kind_no"),
        label_element=column("element_no", "labels", "label_no"),
        label_context=column("context_no", "labels", "label_no"),
        label_task=column("task_no", "labels", "label_no"),
    )
