"""Chunks as arrays, what a threshold makes of their bursts, and elements numbered by stream."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from factories.chunks import chunk_of

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.pipeline.batches import RELATIONS, Shelf
from resume_gap.replay.chunks import ABSENT, Sessions, read_chunks, taken
from resume_gap.replay.recent import elements_of_streams

NULL_OF_BURSTS = {"next_work_position": None}
"""What stands where a column is null; None for not a number."""
NULL_OF_TOUCHES = {
    "position": None,
    "first_work_label": 0,
    "first_work_position": None,
}
LATER = ("first_work_step", "next_work_step", "next_leaving_step")
"""Steps that may not come in their batch."""
COLUMN = {
    "stream": "stream_no",
    "element": "element_no",
    "first_device": "first_device_no",
    "last_device": "last_device_no",
    "label": "last_label_no",
    "position": "last_position",
    "first_work_label": "first_work_label_no",
    "before_event": "before_event_no",
    "event": "event_no",
}
FLAGS = ("is_open", "begins_in_batch")
NOT_READ = ("log_end_us", "segments")


def table(names: list[str], nulls: dict[str, Any], **more: list[Any]) -> pa.Table:
    """Two rows, no two values alike; the second has null where the column may."""
    columns: dict[str, list[Any]] = {}
    for number, name in enumerate(names):
        column = COLUMN.get(name, name)
        value: float = 10 * number + 5
        if name.endswith("position"):
            value += 0.5
        columns[column] = [value, None if name in nulls else value + 1]
        if name in FLAGS:
            columns[column] = [number % 2 == 0, number % 2 == 1]
    return pa.table({name: pa.array(values) for name, values in (columns | more).items()})


def names_of(kind: Any) -> list[str]:
    return [one.name for one in fields(kind) if one.name not in NOT_READ]


def test_every_column_is_read_into_its_own_array() -> None:
    kinds = chunk_of([{}])
    shelf = Shelf(None)
    of_bursts = names_of(kinds.bursts)
    of_bursts.remove("stream")
    relations = {
        "bursts": table(
            of_bursts, NULL_OF_BURSTS, stream_no=[2, 1], segment_plan=[8, 9], other=[1, 2]
        ),
        "touches": table(names_of(kinds.touches), NULL_OF_TOUCHES, burst=[0, 1]),
        "moments": table(names_of(kinds.moments), {}, burst=[1, 2]),
    }
    shelf.put(relations)
    (chunk,) = read_chunks(shelf, np.array([100, 200, 300]))
    assert chunk.bursts.start_us.tolist() == [5, 6]
    assert chunk.touches.burst.tolist() == [0, 1]
    assert chunk.moments.burst.tolist() == [1, 2]
    assert chunk.bursts.stream.tolist() == [2, 1]
    assert chunk.bursts.log_end_us.tolist() == [300, 200]
    assert {name: list(v) for name, v in chunk.bursts.segments.items()} == {"segment_plan": [8, 9]}
    for relation, found, names, nulls in (
        ("bursts", chunk.bursts, of_bursts, NULL_OF_BURSTS),
        ("touches", chunk.touches, names_of(kinds.touches)[1:], NULL_OF_TOUCHES),
        ("moments", chunk.moments, names_of(kinds.moments)[1:], {}),
    ):
        for name in names:
            first, second = relations[relation][COLUMN.get(name, name)].to_pylist()
            values = getattr(found, name).tolist()
            assert values[0] == first, name
            if name not in nulls:
                assert values[1] == second, name
            elif nulls[name] is None:
                assert np.isnan(values[1]), name
            else:
                assert values[1] == nulls[name], name


def test_a_column_that_the_log_does_not_have_is_empty() -> None:
    kinds = chunk_of([{}])
    tables = {
        "bursts": table(names_of(kinds.bursts), {}),
        "touches": table(names_of(kinds.touches), {}).drop_columns(
            ["last_position", "first_work_label_no"]
        ),
        "moments": table(names_of(kinds.moments), {}),
    }
    tables["bursts"] = tables["bursts"].set_column(0, "stream_no", pa.array([0, 0]))
    shelf = Shelf(None)
    shelf.put(tables)
    (chunk,) = read_chunks(shelf, np.array([1]))
    assert np.isnan(chunk.touches.position.tolist()).all()
    assert chunk.touches.first_work_label.tolist() == [0, 0]


def test_steps_that_do_not_come_in_a_batch_never_come() -> None:
    kinds = chunk_of([{}])
    never = {name: pa.array([7, NEVER_ROW], pa.int32()) for name in LATER}
    tables = {name: table(names_of(getattr(kinds, name)), {}) for name in RELATIONS}
    tables["bursts"] = tables["bursts"].set_column(0, "stream_no", pa.array([0, 0]))
    for relation in RELATIONS:
        for name in set(LATER) & set(tables[relation].column_names):
            place = tables[relation].column_names.index(name)
            tables[relation] = tables[relation].set_column(place, name, never[name])
    shelf = Shelf(None)
    shelf.put(tables)
    (chunk,) = read_chunks(shelf, np.array([1]))
    assert chunk.touches.first_work_step.tolist() == [7, NEVER_ROW]
    assert chunk.moments.next_work_step.tolist() == [7, NEVER_ROW]
    assert chunk.moments.next_leaving_step.tolist() == [7, NEVER_ROW]
    assert chunk.bursts.next_work_step.tolist() == [7, NEVER_ROW]
    assert chunk.bursts.next_leaving_step.tolist() == [7, NEVER_ROW]


def test_a_gap_longer_than_the_threshold_begins_a_session() -> None:
    gaps = (NEVER, 10, 11, 9, NEVER, NEVER, 11, 12)
    sessions = Sessions.at(chunk_of([{"gap_us": gap} for gap in gaps]).bursts, 10)
    assert sessions.of_burst.tolist() == [0, 0, 1, 1, 2, 3, 4, 5]
    assert sessions.first.tolist() == [0, 2, 4, 5, 6, 7]
    assert sessions.last.tolist() == [1, 3, 4, 5, 6, 7]
    assert sessions.returns.tolist() == [1, 4, 5]
    assert sessions.stops.tolist() == [0, 3, 4]


def test_absent_rows_are_nothing() -> None:
    rows = np.array([[1, ABSENT], [0, 1]])
    assert taken(np.array([7, 8]), rows).tolist() == [[8, 0], [7, 8]]
    assert taken(np.array([]), np.array([ABSENT])).dtype == np.float64
    assert np.isnan(taken(np.array([0.5]), np.array([ABSENT]))).all()
    assert taken(np.array([], dtype=np.int64), np.array([ABSENT])).tolist() == [0]


@pytest.mark.usefixtures("loops")
def test_touches_are_sorted_and_elements_counted_by_stream() -> None:
    rows = ((0, 7), (0, 3), (1, 7), (1, 5), (3, 9), (4, 3), (4, 9), (4, 3))
    chunk = chunk_of(
        [{}, {"gap_us": 4}, {}, {}, {"gap_us": 4}],  # the second stream has no elements
        [{"burst": b, "element": e, "first_step": i} for i, (b, e) in enumerate(rows)],
    )
    assert chunk.by_element.tolist() == [1, 5, 7, 3, 0, 2, 4, 6]
    assert chunk.local_element.tolist() == [7, 3, 7, 5, 9, 3, 9, 3]
    assert elements_of_streams(chunk).tolist() == [3, 0, 2]


@pytest.mark.usefixtures("loops")
def test_of_many_elements_those_that_are_touched_are_numbered_anew() -> None:
    rows = ((0, 70_000), (0, 3), (1, 70_000), (2, 90_000), (2, 3))
    chunk = chunk_of(
        [{}, {"gap_us": 4}, {}],
        [{"burst": b, "element": e, "first_step": i} for i, (b, e) in enumerate(rows)],
    )
    assert chunk.local_element.tolist() == [1, 0, 1, 2, 0]
    assert elements_of_streams(chunk).tolist() == [2, 2]
