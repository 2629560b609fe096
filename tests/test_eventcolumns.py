"""One table of event columns, and what reads it."""

import re

import duckdb
import pytest

from resume_gap.eventcolumns import (
    BY_NAME,
    EVENTS,
    FAR_CHECKED,
    NAMES,
    ROW_COLUMNS,
    STEP_COLUMNS,
    TIE_COLUMNS,
    no_rows,
    step_columns,
)
from resume_gap.pipeline.queries import text
from resume_gap.settings import EVENT_COLUMNS


def test_every_event_column_is_one_entry() -> None:
    assert len(BY_NAME) == len(EVENTS)
    assert EVENT_COLUMNS == NAMES
    assert [one.name for one in EVENTS if one.required] == ["user_id", "timestamp", "event"]
    assert all(one.meaning for one in EVENTS)


def test_the_events_stand_in_the_order_that_breaks_ties() -> None:
    """`queries/14_events.sql` selects them in that order; `20_steps.sql` sorts by it."""
    columns = re.findall(r"^    (?:\w+\.|.* as )(\w+),?$", text("14_events"), re.MULTILINE)
    assert tuple(columns[: len(STEP_COLUMNS)]) == STEP_COLUMNS
    assert TIE_COLUMNS[:2] == ("end_us", "device")
    assert TIE_COLUMNS[-2:] == ("row_hash", "segments")
    assert set(TIE_COLUMNS[:-2]) < {one.row_column for one in EVENTS}
    assert "sequence" not in TIE_COLUMNS


def test_deliveries_agree_in_every_column_but_the_times() -> None:
    times = {one.row_column for one in EVENTS if one.reads in ("instant", "length")}
    for query in ("24_repeated_ids", "96_delivery_hashes"):
        (left_out,) = re.findall(r"exclude \((.*?)\)", text(query))
        assert set(left_out.split(", ")) == times | {"row_hash", "segments", "id_hash"}


def test_only_columns_that_are_there_are_sorted() -> None:
    assert step_columns(()) == ["stream_no", "at_us", "content"]
    many = ("device", "event_id", "received_at_us", "variant", "row_hash")
    assert step_columns(many, all_differ=True) == ["stream_no", "at_us", "content", "device"]
    # A column that the pass reads and those before it stay: they order events of one instant.
    beside = step_columns((*many, "position"), all_differ=True)
    assert beside == [name for name in step_columns((*many, "position")) if name != "row_hash"]
    again = step_columns((*many, "position"), all_differ=True, ids_repeat=True)
    assert again == [*beside, "id_hash"]
    found = step_columns(("position", "sequence", "device", "event"))
    assert found == ["stream_no", "at_us", "sequence", "content", "device", "position"]


def test_no_rows_has_every_column_and_no_row() -> None:
    with duckdb.connect() as con:
        assert con.sql(no_rows()).fetchall() == []
        found = {
            name: kind.lower() for name, kind, *_ in con.sql(f"describe {no_rows()}").fetchall()
        }
    assert found == ROW_COLUMNS
    assert FAR_CHECKED == ("end_us", "received_at_us")
    assert {"end_far", "received_at_far"} <= found.keys()


@pytest.mark.parametrize("name", ["user_id", "stream", "event", "target", "context", "task"])
def test_keys_are_empty_and_never_null(name: str) -> None:
    assert BY_NAME[name].is_key
    assert f"coalesce({name}, '') as {name}" in text("01_log")


def test_other_columns_are_no_keys() -> None:
    keys = {one.row_column for one in EVENTS if one.is_key}
    assert keys == set(re.findall(r"coalesce\((\w+), ''\)", text("01_log")))
