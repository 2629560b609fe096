"""Events put in order without a sort by the engine, against a sort of NumPy's."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from resume_gap.pipeline import ordering
from resume_gap.pipeline.ordering import COLUMNS, _Room, in_order

Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def reader(rows: Rows, size: int) -> pa.RecordBatchReader:
    stream, at, content = rows
    table = pa.table({"stream_no": stream.astype(np.int32), "at_us": at, "content": content})
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=size))


def drawn(many: int, streams: int, instants: int, seed: int) -> Rows:
    rng = np.random.default_rng(seed)
    at = np.sort(rng.integers(0, instants, many))
    late = rng.random(many) < 0.1
    at[late] = rng.integers(0, instants, int(late.sum()))
    return rng.integers(1, streams + 1, many), at, rng.integers(0, 9, many)


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize(
    ("log", "sizes"),
    [
        ((400, 7, 10_000), (60, 33)),
        ((400, 90, 30), (1, 400)),
        ((60, 1, 2), (9, 7)),
        ((50, 400, 9), (5, 50)),
    ],
)
@pytest.mark.parametrize("limits", [(0, 1), (1, 90), (16, 4_000_000)])
def test_the_order_is_that_of_a_full_sort(
    log: tuple[int, int, int],
    sizes: tuple[int, int],
    limits: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, limit in zip(("_MOVES", "_TOGETHER"), limits, strict=True):
        monkeypatch.setattr(ordering, name, limit)
    least, size = sizes
    for seed in range(5):
        rows = drawn(*log, seed)
        bound = np.bincount(rows[0], minlength=log[1] + 1) + seed  # refused rows are counted, too
        tables = list(in_order(reader(rows, size), bound, least, tmp_path))
        found = pa.concat_tables(tables)
        expected = np.lexsort(rows[::-1])
        for name, column in zip(COLUMNS, rows, strict=True):
            assert found.column(name).to_pylist() == column[expected].tolist()
        firsts = [table.column("stream_no")[0].as_py() for table in tables]
        lasts = [table.column("stream_no")[-1].as_py() for table in tables]
        assert all(last < first for last, first in zip(lasts, firsts[1:], strict=False))
    assert not list(tmp_path.rglob("*.arrow")), "parts are deleted once they are read"


def test_a_small_log_stays_in_memory(tmp_path: Path) -> None:
    rows = drawn(30, 3, 100, 1)
    (table,) = in_order(reader(rows, 10), np.bincount(rows[0], minlength=4), 1_000, tmp_path)
    assert table.num_rows == 30
    assert not list(tmp_path.iterdir())


def test_many_parts_share_few_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "_PARTS", 3)
    rows = drawn(300, 50, 1_000, 2)
    tables = list(in_order(reader(rows, 300), np.bincount(rows[0], minlength=51), 1, tmp_path))
    assert len(tables) <= 3


def test_events_are_ordered_by_the_labels_that_they_get_at_last(tmp_path: Path) -> None:
    rows = drawn(300, 5, 40, 3)
    read: list[int] = []

    def counted() -> Iterator[pa.RecordBatch]:
        for batch in reader(rows, 50):
            read.append(batch.num_rows)
            yield batch

    def relabel(content: NDArray[np.int64]) -> NDArray[np.int64]:
        assert sum(read) == 300
        return 8 - content

    bound = np.bincount(rows[0], minlength=6)
    found = pa.concat_tables(in_order(counted(), bound, 20, tmp_path, relabel=relabel))
    turned = (rows[0], rows[1], 8 - rows[2])
    expected = np.lexsort(turned[::-1])
    for name, column in zip(COLUMNS, turned, strict=True):
        assert found.column(name).to_pylist() == column[expected].tolist()


def test_no_event_is_no_table(tmp_path: Path) -> None:
    rows = drawn(0, 3, 10, 1)
    assert not list(in_order(reader(rows, 10), np.zeros(4, dtype=np.int64), 10, tmp_path))


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("bound", [0, 1])
def test_more_rows_than_were_counted_before_find_a_place(bound: int, tmp_path: Path) -> None:
    """Of a file that grew since its streams were counted."""
    rows = drawn(200, 9, 1_000, 4)
    tables = list(in_order(reader(rows, 40), np.full(10, bound), 3, tmp_path))
    expected = np.lexsort(rows[::-1])
    for name, column in zip(COLUMNS, rows, strict=True):
        assert pa.concat_tables(tables).column(name).to_pylist() == column[expected].tolist()


def test_arrays_are_written_again_only_where_what_they_held_is_on_disk() -> None:
    like = np.zeros(3, dtype=np.int32)
    kept, new = _Room(keeps=True), _Room(keeps=False)
    first = kept.array("at", 10, like)
    assert (len(first), first.dtype) == (10, np.int32)
    again = kept.array("at", 4, like)
    assert (len(again), np.shares_memory(first, again)) == (4, True)
    assert len(kept.array("at", 11, like)) == 11
    assert not np.shares_memory(kept.array("at", 1, like), kept.array("content", 1, like))
    assert not np.shares_memory(new.array("at", 10, like), new.array("at", 10, like))
