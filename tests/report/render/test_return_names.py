"""Names in place of the numbers of the table of returns."""

import polars as pl
import pyarrow as pa
import pytest

from resume_gap.report.render.return_names import NameColumns, ReturnNames

COLUMNS = ("user_no", "stop_content", "return_content", "work_content")


def names() -> ReturnNames:
    return ReturnNames(
        users=pl.DataFrame({"user_no": [1, 2], "user_id": ["ann", "bob"]}),
        kinds=pl.DataFrame({"kind_no": [1, 4], "event": ["open", "edit"]}),
        labels=pl.DataFrame(
            {"label_no": [3, 7], "target": ["cell", None], "context": [None, "page"]}
        ),
    )


@pytest.mark.parametrize("rows", [0, 1_000])
def test_numbers_get_their_names_and_nothing_stays_nothing(rows: int) -> None:
    """Whether there are few rows for the names, which then hardly repeat, or many."""
    frame = pl.DataFrame(
        {
            "user_no": [2, 1],
            "stop_content": [4 << 32 | 3, 1 << 32 | 7],
            "return_content": [1 << 32 | 7, 4 << 32 | 3],
            "work_content": pl.Series([None, 4 << 32 | 3], dtype=pl.Int64),
        }
    )
    first, second = pa.table(NameColumns(names(), rows).of(frame)).to_pylist()
    assert (first["user_id"], second["user_id"]) == ("bob", "ann")
    assert (first["stop_event"], first["stop_target"], first["stop_context"]) == (
        *("edit", "cell"),
        None,
    )
    assert (first["return_event"], first["return_target"]) == ("open", None)
    assert (first["first_productive_event"], first["first_productive_target"]) == (None, None)
    assert (second["stop_target"], second["stop_context"]) == (None, "page")
    assert (second["first_productive_event"], second["first_productive_target"]) == (
        *("edit", "cell"),
    )


def test_a_name_that_repeats_stands_once_and_no_other_does() -> None:
    frame = pl.DataFrame(
        {
            "user_no": [2, 2, 2],
            "stop_content": [4 << 32 | 3] * 3,
            "return_content": [4 << 32 | 7] * 3,
            "work_content": pl.Series([None] * 3, dtype=pl.Int64),
        }
    )
    found = NameColumns(names(), rows=3).of(frame)
    held = {name: column.dictionary.to_pylist() for name, column in found.items()}
    assert (held["user_id"], held["stop_event"], held["stop_target"]) == (
        ["bob"],
        ["edit"],
        ["cell"],
    )
    assert (held["return_target"], held["first_productive_event"]) == ([], [])


def test_a_text_of_several_numbers_stands_once() -> None:
    """An element on two pages, and an event that another column marks, have two numbers each."""
    frame = pl.DataFrame(
        {
            "user_no": [1] * 5,
            "stop_content": [1 << 32 | 3, 1 << 32 | 7, 2 << 32 | 3, 2 << 32 | 8, 2 << 32 | 9],
            "return_content": [1 << 32 | 3] * 5,
            "work_content": pl.Series([None] * 5, dtype=pl.Int64),
        }
    )
    twice = ReturnNames(
        users=names().users,
        kinds=pl.DataFrame({"kind_no": [1, 2], "event": ["open", "open"]}),
        labels=pl.DataFrame(
            {
                "label_no": [3, 7, 8, 9],
                "target": ["cell", "cell", None, None],
                "context": ["page", "sheet", "page", None],
            }
        ),
    )
    found = NameColumns(twice, rows=100).of(frame)
    assert found["stop_event"].dictionary.to_pylist() == ["open"]
    assert found["stop_target"].dictionary.to_pylist() == ["cell"]
    assert found["stop_target"].to_pylist() == ["cell", "cell", "cell", None, None]
    assert found["stop_context"].to_pylist() == ["page", "sheet", "page", "page", None]
    assert sorted(found["stop_context"].dictionary.to_pylist()) == ["page", "sheet"]


def test_a_table_without_returns_has_its_columns() -> None:
    found = NameColumns(names(), 0).of(pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.Int64)))
    assert {len(column) for column in found.values()} == {0}
    assert found["stop_target"].type == pa.large_string()
