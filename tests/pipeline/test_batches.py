"""The shelf gives back what was put there, in order, from memory and from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from resume_gap.pipeline.batches import RELATIONS, Shelf

if TYPE_CHECKING:
    from pathlib import Path


def batch(number: int) -> dict[str, pa.Table]:
    """Three tables that no other batch has; the moments are empty in every other one."""
    return {
        "bursts": pa.table({"burst_no": [number, number + 1], "gap_us": [None, 7 * number]}),
        "touches": pa.table({"position": pa.array([0.5 * number, None], pa.float64())}),
        "moments": pa.table({"step": pa.array(range(number % 2), pa.int64())}),
    }


@pytest.fixture(params=["memory", "disk"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(None if request.param == "memory" else tmp_path)


def test_batches_come_back_in_order_as_often_as_they_are_asked_for(shelf: Shelf) -> None:
    put = [batch(number) for number in range(12)]
    for tables in put:
        shelf.put(tables)
    for _ in range(2):
        found = list(shelf)
        assert len(found) == len(put)
        for mine, theirs in zip(found, put, strict=True):
            assert all(mine[name].equals(theirs[name]) for name in RELATIONS)


def test_more_may_be_put_after_reading(shelf: Shelf) -> None:
    shelf.put(batch(1))
    assert len(list(shelf)) == 1
    shelf.put(batch(2))
    assert [tables["bursts"]["burst_no"][0].as_py() for tables in shelf] == [1, 2]


def test_a_table_grows_by_batches_of_its_own(shelf: Shelf) -> None:
    shelf.put(batch(1))
    for values in ([1, 2], [], [3]):
        column = pa.array(values, pa.int64())
        shelf.put({"sums": pa.table({"n": column, "m": column})})
    assert shelf.table("sums", ["n"]).to_pydict() == {"n": [1, 2, 3]}
    assert shelf.table("sums", ["m", "n"]).column_names == ["m", "n"]
    assert shelf.table("sums").column_names == ["n", "m"]
    assert [table.num_rows for table in shelf.batches("sums")] == [2, 0, 1]
    assert list(shelf.batches("never")) == []
    assert len(list(shelf)) == 1


def test_batches_that_are_held_stay_whole_while_others_are_read(shelf: Shelf) -> None:
    """Of several pages each, which leave the memory once the next batch is asked for."""
    put = [pa.table({"n": pa.array(range(number, number + 20_000))}) for number in range(4)]
    for table in put:
        shelf.put({"sums": table})
    reading = shelf.batches("sums")
    held = list(reading)
    assert all(table["n"][19_999].as_py() == 19_999 + n for n, table in enumerate(held))
    shelf.drop("sums")
    assert held == put


def test_columns_that_are_held_stay_whole_while_others_are_read(shelf: Shelf) -> None:
    """A table is found once, and gives its pages back once the next columns are asked for."""
    names = [f"{which}{place}" for which in "ab" for place in range(3)]
    for number in range(2):
        for which in "ab":
            shelf.put({which: pa.table({n: [len(n) + number] * 5_000 for n in names})})
    held = {(which, name): shelf.table(which, [name]) for which in "ab" for name in names}
    for (_, name), table in held.items():
        assert table.column(name).to_pylist() == [2] * 5_000 + [3] * 5_000
    shelf.drop("a")
    shelf.put({"a": pa.table({"other": [7]})})
    assert shelf.table("a", ["other"]).to_pydict() == {"other": [7]}
    assert held["a", "a0"].column("a0")[9_999].as_py() == 3


def test_a_table_that_is_dropped_is_gone_and_may_begin_anew(shelf: Shelf, tmp_path: Path) -> None:
    for number in range(3):
        shelf.put({"sums": pa.table({"n": [number]}), "kept": pa.table({"n": [9]})})
    held = next(iter(shelf.batches("sums")))
    shelf.drop("sums")
    shelf.drop("never")
    assert list(shelf.batches("sums")) == []
    assert held["n"].to_pylist() == [0]
    assert not list(tmp_path.rglob("sums*"))
    shelf.put({"sums": pa.table({"n": [7]})})
    assert shelf.table("sums").to_pydict() == {"n": [7]}
    assert shelf.table("kept").num_rows == 3


def test_another_shelf_beside_it_is_empty_and_stays_apart(shelf: Shelf) -> None:
    shelf.put(batch(1))
    first, second = shelf.empty(), shelf.empty()
    assert list(first) == []
    first.put(batch(2))
    assert (len(list(shelf)), len(list(first)), len(list(second))) == (1, 1, 0)
    assert next(iter(first))["bursts"]["burst_no"][0].as_py() == 2


def test_some_columns_of_each_batch_are_read_in_their_order(shelf: Shelf) -> None:
    assert list(shelf.batches("bursts", ["gap_us"])) == []
    for number in range(3):
        shelf.put(batch(number))
    found = [table.to_pydict() for table in shelf.batches("bursts", ["gap_us", "burst_no"])]
    assert [list(table) for table in found] == [["gap_us", "burst_no"]] * 3
    assert found == [
        {"gap_us": [None, 7 * number], "burst_no": [number, number + 1]} for number in range(3)
    ]


def test_an_empty_shelf_holds_nothing(shelf: Shelf) -> None:
    assert list(shelf) == []


def test_on_disk_every_relation_is_a_file_and_in_memory_there_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(batch(0))
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "bursts-0.arrow",
        "moments-0.arrow",
        "touches-0.arrow",
    ]
    Shelf(None).put(batch(0))
