"""What executors answer, and how the numbers of a bucket become those of the log."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from factories.streams import contents_of

from resume_gap.engines.kernels import (
    BurstsKernel,
    ReduceKernel,
    first_waist,
    numbered,
)
from resume_gap.engines.pieces import Piece, packed, unpacked
from resume_gap.pipeline.moments import Thinning
from resume_gap.pipeline.reduction import PassRules
from resume_gap.sources.role_bits import AWAY, PRODUCTIVE
from resume_gap.units import US

WORK, IDLE = 1 << 32 | 5, 2 << 32
"""Kinds 1 and 2, work on element 5."""


def kernel() -> ReduceKernel:
    return ReduceKernel(
        PassRules(
            contents=contents_of([PRODUCTIVE, AWAY]),
            all_differ=False,
            user_of_stream=np.array([0, 1, 1, 2]),
            sampled=np.array([False, False, True, False]),
            thinning=Thinning(),
            cut_us=60 * US,
        )
    )


def piece(place: int, *rows: tuple[int, int, int]) -> Piece:
    stream, at, content = zip(*rows, strict=True)
    table = pa.table(
        {
            "stream_no": pa.array(stream, pa.int32()),
            "at_us": pa.array([second * US for second in at], pa.int64()),
            "content": pa.array(content, pa.int64()),
        }
    )
    return Piece(0, place, packed(table))


def test_the_driver_learns_what_queries_read_and_the_rest_is_kept() -> None:
    pieces = [
        piece(1, (3, 10, WORK), (2, 500, WORK), (2, 7, WORK)),
        piece(0, (2, 5, WORK), (3, 20, WORK)),
    ]
    found = kernel()(iter(pieces))
    assert kernel()(iter(pieces[::-1])) == found
    tally, relations = first_waist(found.answer)
    assert relations is not None
    assert (tally.rows, tally.kinds.tolist()) == (5, [0, 5])
    assert tally.event_users == [[], [1, 2], []]
    assert [steps.stream_no.tolist() for steps in tally.sample] == [[2]]
    assert {relations.bursts.num_rows, relations.touches.num_rows, relations.moments.num_rows} == {
        0
    }
    assert relations.stream_stats.column("events").to_pylist() == [3, 2]
    kept = {name: unpacked(table) for name, table in found.kept.items()}
    assert list(kept) == ["bursts", "touches", "moments"]
    assert kept["bursts"].column("stream_no").to_pylist() == [2, 2, 3]
    assert kept["bursts"].column("first_step").to_pylist() == [0, 2, 3]
    asked = BurstsKernel(("start_us", "stream_no"))(0, found.kept["bursts"])
    assert unpacked(asked).equals(kept["bursts"].select(["start_us", "stream_no"]))
    assert {"first_content", "first_device_no"} < set(kept["bursts"].column_names)
    assert kept["touches"].num_rows > 0


def test_a_bucket_of_idleness_keeps_nothing_but_its_counts() -> None:
    found = kernel()([piece(0, (2, 5, IDLE), (2, 9, IDLE))])
    tally, relations = first_waist(found.answer)
    assert (tally.rows, relations) == (2, None)
    assert set(found.kept.values()) == {b""}


def test_devices_and_segments_get_the_numbers_of_the_whole_log() -> None:
    bursts = pa.table(
        {
            "first_step": [0, 4],
            "first_device_no": pa.array([1, 0], pa.int32()),
            "last_device_no": pa.array([2, 1], pa.int32()),
            "segment_1": pa.array([0, 2], pa.int32()),
        }
    )
    names = {"device": np.array([0, 7, 3]), "segment_1": np.array([0, 1, 5])}
    found = numbered(bursts, names)
    assert found.to_pydict() == {
        "first_step": [0, 4],
        "first_device_no": [7, 0],
        "last_device_no": [3, 7],
        "segment_1": [0, 5],
    }
    assert found.schema == bursts.schema
    assert numbered(bursts, {}).equals(bursts)
