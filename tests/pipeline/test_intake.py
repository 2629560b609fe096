"""Rows become numbered users, kinds and contents; who and what is refused is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pytest
from factories.measured import rows_table

from resume_gap.constants import ROLE_MIN_COUNT
from resume_gap.errors import DataError
from resume_gap.pipeline.intake import Intake, take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import (
    AWAY,
    COMPLETING,
    IGNORED,
    LIKELY_AGENT,
    PRODUCTIVE,
)
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOON = 1_772_452_800_000_000
SECOND = 1_000_000
Row = tuple[str | None, str | None]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("set TimeZone = 'UTC'")
        yield con


def taken(
    con: duckdb.DuckDBPyConnection,
    rows: Sequence[Row],
    *,
    marks: Sequence[int] = (),
    excluded: tuple[str, ...] = (),
    advice: str = "",
    places: Sequence[dict[str, str]] = (),
    **options: Any,
) -> Intake:
    """(user, event) each, one a second."""
    plain: list[dict[str, Any]] = [
        {"user_id": user, "event": event, "timestamp_us": NOON + second * SECOND}
        for second, (user, event) in enumerate(rows)
    ]
    for row, place in zip(plain, places, strict=False):
        row.update(place)
    table = rows_table(plain, ())
    if marks:
        table = table.set_column(
            table.column_names.index("marks"), "marks", pa.array(marks, pa.uint8())
        )
    con.register("rows", table)
    names = [*("user_id", "timestamp", "event"), *(places[0] if places else ())]
    return take_in(
        Runner(con),
        Settings(**options),
        columns={name: name for name in names},
        excluded_users=excluded,
        advice=lambda column: advice and f"{advice} {column}",
    )


def checks(found: Intake) -> dict[str, Any]:
    return {check.check: check for check in found.checks}


def test_half_of_the_rows_may_have_no_user(con: duckdb.DuckDBPyConnection) -> None:
    half: list[Row] = [("u", "a"), (" ", "a"), ("u", "b"), (None, "b")]
    assert taken(con, half).read == 4
    with pytest.raises(DataError, match=r"3 of 5 rows have no user; name the right column"):
        taken(con, [*half, ("", "c")])
    with pytest.raises(DataError, match=r"3 of 5 rows have no user; paste user_id"):
        taken(con, [*half, ("", "c")], advice="paste")


def test_ids_of_nobody_are_told_from_no_id(con: duckdb.DuckDBPyConnection) -> None:
    rows: list[Row] = [("Anonymous", "a"), ("0", "a"), ("u", "a"), ("0", "a"), (" ", "a")]
    found = taken(con, rows)
    assert found.placeholders == ("0", "Anonymous")
    assert con.execute("select max(user_no) from streams").fetchall() == [(1,)]
    kept = taken(con, rows, keep_placeholder_ids=True)
    assert kept.placeholders == ()
    assert con.execute("select max(user_no) from streams").fetchall() == [(3,)]
    with pytest.raises(DataError, match=r"all 2 rows have an id that is nobody's, such as '0'"):
        taken(con, [("0", "a"), ("0", "b")])


def test_a_list_of_users_that_names_nobody_is_warned_about(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows: list[Row] = [("Ann", "a"), ("bob", "a"), ("eve", "a")]
    assert "excluded_users_unmatched" not in checks(taken(con, rows, excluded=("bob", "zoe")))
    found = checks(taken(con, rows, excluded=("ann ", "BOB", "zoe")))["excluded_users_unmatched"]
    assert (found.severity, found.count, found.figures) == ("warn", 3, {"alike": 2})
    assert "excluded_users_unmatched" not in checks(taken(con, rows))


def test_a_log_needs_rows_and_names(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(DataError, match="the input has no rows"):
        taken(con, [])
    with pytest.raises(DataError, match="no row has an event name; name the right column"):
        taken(con, [("u", " "), ("v", None)])
    with pytest.raises(DataError, match="no row has an event name; paste event"):
        taken(con, [("u", " ")], advice="paste")


def test_numbers_follow_ids_and_names(con: duckdb.DuckDBPyConnection) -> None:
    rows: list[Row] = [("v", "save"), ("u", "send"), ("u", "idle"), ("v", "send"), ("u", "beat")]
    places = [
        {"target": target, "context": context, "task": task}
        for target, context, task in (
            ("ok", "page", "t1"),
            ("no", "page", "t2"),
            ("", "menu", ""),
            ("ok", "page", "t1"),
            ("", "", "t1"),
        )
    ]
    found = taken(
        con,
        rows,
        places=places,
        productive=("save",),
        complete=("send",),
        away=("idle",),
        ignore=("beat",),
    )
    assert found.read == 5
    assert found.kinds.rows() == [
        ("beat", 1, IGNORED, 1),
        ("idle", 2, AWAY, 1),
        ("save", 3, PRODUCTIVE, 1),
        ("send", 4, COMPLETING, 2),  # completing ones last
    ]
    assert found.kinds.columns == ["event", "event_no", "roles", "n"]
    assert found.contents.kind_roles.tolist() == [0, IGNORED, AWAY, PRODUCTIVE, COMPLETING]
    assert found.contents.kind_event.tolist() == [0, 1, 2, 3, 4]
    assert found.contents.kind_by_agent is not None
    assert not found.contents.kind_by_agent.any()
    numbered = con.table("labels").order("label_no").pl()
    for name in ("element", "context", "task"):
        column = getattr(found.contents, f"label_{name}").tolist()
        assert column == [0, *numbered[f"{name}_no"].fill_null(0)]
        assert len(set(column)) == 3
    assert (found.repeated_ids, found.placeholders) == (0, ())
    assert found.spans["n"].sum() == 5


@pytest.mark.parametrize("many", [7, 300_000])
def test_elements_alone_are_numbered_as_labels_are(
    con: duckdb.DuckDBPyConnection, many: int
) -> None:
    con.execute("set threads = 2")
    columns = dict.fromkeys(("user_id", "timestamp", "event", "target"), "a column")
    plain = [{"user_id": "u", "event": "a", "timestamp_us": NOON, "target": "element"}]
    con.register("one", rows_table(plain, ()))
    con.execute(
        "create table rows as select * replace (case when i % 5 > 0"
        " then hash(i // 2)::varchar end as target, at_us + i as at_us)"
        f" from one, range({many}) as numbers(i)"
    )
    runner = Runner(con)
    found = take_in(runner, Settings(), columns=columns, excluded_users=())
    labels = runner.table("labels").order("label_no").to_arrow_table()
    assert found.contents.label_element.tolist() == [0, *range(1, len(labels)), 0]
    assert not found.contents.label_context.any()
    runner.make("13_labels")
    assert labels == runner.table("labels").order("label_no").to_arrow_table()


def test_marks_of_other_columns_are_roles_but_for_a_likely_agent(
    con: duckdb.DuckDBPyConnection,
) -> None:
    rows: list[Row] = [("u", "a"), ("u", "a"), ("u", "a"), ("v", "b")]
    found = taken(
        con, rows, marks=[0, LIKELY_AGENT, AWAY, PRODUCTIVE], productive=("b",), away=("c*",)
    )
    assert found.kinds.rows() == [
        ("a", 1, 0, 1),
        ("a", 1, AWAY, 1),
        ("a", 1, 0, 1),
        ("b", 2, PRODUCTIVE, 1),
    ]
    assert found.contents.kind_by_agent is not None
    assert found.contents.kind_by_agent.tolist() == [False, False, False, True, False]


def test_names_that_mean_nothing_are_warned_about(con: duckdb.DuckDBPyConnection) -> None:
    rows: list[Row] = [("u", "edit"), ("v", "view")]
    names = tuple(f"zz{number}*" for number in range(6))
    found = checks(taken(con, rows, productive=("edit", *names)))["role_names_unmatched"]
    assert (found.severity, found.count) == ("warn", 6)
    assert found.message.endswith("no event zz0* or zz1* or zz2* or zz3* or zz4*")
    assert "role_names_unmatched" not in checks(taken(con, rows, productive=("edit",)))


def rows_of(event: str, users: int, times: int) -> list[Row]:
    return [(f"u{n % users}", event) for n in range(times)]


def test_only_frequent_names_of_several_people_are_suggested(
    con: duckdb.DuckDBPyConnection,
) -> None:
    many = int(ROLE_MIN_COUNT.value)
    common = [*rows_of("edit_cell", 12, many), *rows_of("view", 12, 12)]
    rare = rows_of("save_draft", 12, many - 1)
    lonely = rows_of("update_row", 4, many)
    found = taken(con, [*common, *rare, *lonely])
    assert found.roles.bits.get("edit_cell") == PRODUCTIVE
    assert not {"save_draft", "update_row"} & {n for n, bits in found.roles.bits.items() if bits}
    given = taken(con, [*common, *rare, *lonely], productive=("view",))
    assert given.roles.bits.get("view") == PRODUCTIVE
    assert not given.roles.bits.get("edit_cell")


def test_local_hours_are_asked_about_by_the_days_that_have_rows(
    con: duckdb.DuckDBPyConnection,
) -> None:
    asked: list[list[int]] = []
    check = Check(check="local_times_skipped", severity="warn", count=1, share=None)

    def local_hours(days: Sequence[int]) -> tuple[Check, ...]:
        asked.append([*days])
        return (check,)

    row = {"user_id": "u", "event": "edit"}
    times = [NOON, NOON + 2 * DAY_US, NOON + 2 * DAY_US + 1, 0]
    con.register("rows", rows_table([row | {"timestamp_us": at} for at in times], ()))
    columns = {name: name for name in ("user_id", "timestamp", "event")}
    found = take_in(
        Runner(con), Settings(), columns=columns, excluded_users=(), local_hours=local_hours
    )
    assert asked == [[NOON // DAY_US, NOON // DAY_US + 2]]
    assert check in found.checks
