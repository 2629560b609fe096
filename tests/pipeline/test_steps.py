"""Ordered events: what only the order can show, on rows written by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from factories.streams import steps_of

from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps, read_steps, subset
from resume_gap.pipeline.survey import OrderError
from resume_gap.pipeline.whole_streams import whole_streams
from resume_gap.sources.role_bits import AWAY, PRODUCTIVE

pytestmark = pytest.mark.usefixtures("loops")
US = 1_000_000
MINUTE = 60 * US
EDIT, IDLE, VIEW = 1 << 32, 2 << 32, 3 << 32
NOTHING = np.zeros(1, dtype=np.int64)
CONTENTS = Contents(
    kind_roles=np.array([0, PRODUCTIVE, AWAY, 0]),
    kind_event=np.array([0, 1, 2, 3]),
    label_element=NOTHING,
    label_context=NOTHING,
    label_task=NOTHING,
)


def read(rows: list[tuple[Any, ...]], *names: str, least: int = 1_000) -> list[Steps]:
    """Rows of (stream_no, at_us, content, further columns), in tables of at least so many."""
    columns = dict(
        zip(("stream_no", "at_us", "content", *names), zip(*rows, strict=True), strict=True)
    )
    types = {"stream_no": pa.int32(), "device": pa.string()}
    table = pa.table({n: pa.array(list(v), types.get(n, pa.int64())) for n, v in columns.items()})
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=least))
    return list(read_steps(whole_streams(reader, least), CONTENTS, {}))


def only(*args: Any, **options: Any) -> Steps:
    (found,) = read(*args, **options)
    return found


def test_streams_are_cut_and_numbered() -> None:
    found = only([(1, 5, EDIT), (1, 7, VIEW), (4, 1, EDIT)])
    assert found.starts.tolist() == [0, 2, 3]
    assert found.stream_no.tolist() == [1, 4]
    assert found.newest.tolist() == [7, 1]
    assert (found.rows_read, found.newest_us, found.ties) == (3, 7, 0)


@pytest.mark.parametrize("rows", [[(1, 5, EDIT), (1, 4, EDIT)], [(2, 5, EDIT), (1, 6, EDIT)]])
def test_rows_out_of_order_are_a_fault(rows: list[tuple[int, ...]]) -> None:
    with pytest.raises(OrderError):
        read(rows)


def test_equal_rows_are_dropped_where_stamps_are_fine() -> None:
    rows = [(1, 5, EDIT), (1, 5, EDIT), (1, 5, EDIT), (1, 5, VIEW)]
    found = only(rows)
    assert (found.repeated, found.alike, len(found.at), found.ties) == (2, 0, 2, 1)
    with_ids = [(*row, number) for number, row in enumerate(rows)]
    kept = only(with_ids, "event_id")
    assert (kept.repeated, kept.alike, len(kept.at)) == (0, 0, 4)
    without = [(1, 5, EDIT, None), (1, 5, EDIT, None), (1, 5, EDIT, 7)]
    assert only(without, "event_id").repeated == 1


def test_equal_rows_are_kept_where_stamps_are_whole_seconds() -> None:
    found = only([(1, US, EDIT), (1, US, EDIT), (2, US, EDIT), (2, US + 1, EDIT)])
    assert (found.repeated, found.alike, len(found.at)) == (0, 1, 4)
    assert found.resolution.tolist() == [1, 0]


def test_rows_are_equal_only_in_every_column_nulls_included() -> None:
    rows = [(1, 5, EDIT, 1, None), (1, 5, EDIT, 1, None), (1, 5, EDIT, 2, None), (1, 5, EDIT, 2, 3)]
    assert only(rows, "sequence", "position").repeated == 1


@pytest.mark.parametrize(
    ("stamps", "resolution"),
    [([0, MINUTE, 5 * MINUTE], 60), ([0, MINUTE, 61 * US], 1), ([0, US, US + 1], 0), ([0], 60)],
)
def test_resolution_of_a_stream(stamps: list[int], resolution: int) -> None:
    assert only([(1, at, EDIT) for at in stamps]).resolution.tolist() == [resolution]


def numbered(n: int, step: int = 3 * MINUTE) -> list[tuple[int, int, int]]:
    """Minute stamps that carry a second per event."""
    return [(1, number * step + number * US, EDIT) for number in range(n)]


def test_minute_stamps_with_a_second_per_event_are_seen() -> None:
    found = only(numbered(15))
    assert found.indexed.tolist() == [True]
    assert found.resolution.tolist() == [60]
    assert found.at.tolist() == [row[1] for row in numbered(15)]  # the stamps stay as they are
    assert only(numbered(9)).indexed.tolist() == [False]
    honest = [(1, number * 3 * MINUTE + number % 7 * US, EDIT) for number in range(40)]
    assert only(honest).indexed.tolist() == [True]  # 6 of 7 gaps are 1 modulo 60
    honest = [(1, number * 3 * MINUTE + number % 3 * 5 * US, EDIT) for number in range(40)]
    assert only(honest).indexed.tolist() == [False]


def test_idle_cuts_a_interval_and_leaves() -> None:
    rows = [(1, 0, EDIT, 100), (1, 40, IDLE, None), (1, 60, VIEW, None), (1, 300, EDIT, 200)]
    found = only(rows, "end_us")
    assert found.at.tolist() == [0, 60, 300]
    assert found.own_end is not None
    assert found.own_end.tolist() == [40, 60, 300]
    assert found.end.tolist() == [40, 60, 300]
    assert found.away_before is not None
    assert found.away_before.tolist() == [-1, 40, 40]
    assert (found.reversed_ends, found.rows_read) == (1, 4)


def test_idle_at_the_very_start_of_a_interval_cuts_nothing() -> None:
    found = only([(1, 10, EDIT, 100), (1, 10, IDLE, None), (1, 500, VIEW, None)], "end_us")
    assert found.own_end is not None
    assert found.own_end.tolist() == [100, 500]


def test_idle_of_another_stream_means_nothing() -> None:
    rows = [(1, 0, EDIT, 100), (1, 200, EDIT, None), (2, 50, IDLE, None), (2, 60, EDIT, 70)]
    found = only(rows, "end_us")
    assert found.end.tolist() == [100, 200, 70]
    assert found.away_before is not None
    assert found.away_before.tolist() == [-1, -1, 50]


def test_a_stream_of_nothing_but_idle_is_gone() -> None:
    found = only([(1, 5, IDLE), (1, 900, IDLE), (2, 7, EDIT)])
    assert found.stream_no.tolist() == [2]
    assert found.newest_us == 900  # but it moves the end of the log
    nothing = only([(1, 5, IDLE)])
    assert len(nothing.at) == len(nothing.stream_no) == 0


def test_the_running_end_does_not_reach_into_the_next_stream() -> None:
    rows = [(1, 0, EDIT, 10**15), (1, 5, EDIT, None), (2, 0, EDIT, 3), (2, 9, EDIT, None)]
    assert only(rows, "end_us").end.tolist() == [10**15, 10**15, 3, 9]


def test_devices_keep_their_number_over_batches() -> None:
    rows = [
        (1, 0, EDIT, "b"),
        (1, 1, EDIT, ""),
        (1, 2, EDIT, "a"),
        (2, 0, EDIT, "a"),
        (2, 1, EDIT, None),
        (3, 0, EDIT, "b"),
    ]
    whole = only(rows, "device")
    assert whole.device is not None
    assert whole.device.tolist() == [1, 0, 2, 2, 0, 1]
    parts = read(rows, "device", least=2)
    assert [p.stream_no.tolist() for p in parts] == [[1], [2], [3]] or len(parts) > 1
    found = [d for p in parts if p.device is not None for d in p.device.tolist()]
    assert found == whole.device.tolist()


def test_batches_change_nothing() -> None:
    rows = [(s, at, EDIT if at % 3 else VIEW) for s in range(1, 30) for at in range(s % 7 + 1)]
    whole = only(rows)
    for size in (1, 2, 5, 16):
        parts = read(rows, least=size)
        assert np.concatenate([p.at for p in parts]).tolist() == whole.at.tolist()
        assert np.concatenate([p.stream_no for p in parts]).tolist() == whole.stream_no.tolist()
        assert sum(p.rows_read for p in parts) == len(rows)


def test_subset_keeps_whole_streams_in_step() -> None:
    found = only([(1, 0, EDIT), (1, 5, VIEW), (2, 3, VIEW), (3, 1, EDIT), (3, 2, VIEW)])
    kept = subset(found, (CONTENTS.roles(found.content) & PRODUCTIVE) != 0)
    assert kept.stream_no.tolist() == [1, 3]
    assert kept.starts.tolist() == [0, 1, 2]
    assert kept.at.tolist() == [0, 1]
    assert subset(found, np.ones(5, dtype=np.bool_)) is found


def test_rows_know_their_stream() -> None:
    steps = steps_of({7: [(0, 1), (1, 1)], 9: [(0, 1)]})
    assert steps.opens().tolist() == [True, False, True]
    assert steps.stream_index().tolist() == [0, 0, 1]
