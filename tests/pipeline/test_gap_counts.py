"""Gaps in bins of a tenth of an octave; coarse ones are spread over what they may have been."""

import math
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from factories.streams import MINUTE, SECOND, contents_of, steps_of

from resume_gap.arrays import NEVER
from resume_gap.pipeline.gap_counts import (
    BINS_PER_OCTAVE,
    FIRST_BIN,
    GAP_PARTS,
    gap_counts,
    gaps_after_events,
    spread_gaps,
)
from resume_gap.pipeline.steps import Steps

pytestmark = pytest.mark.usefixtures("loops")


def bin_of(seconds: float) -> int:
    return math.floor(math.log2(seconds) * BINS_PER_OCTAVE)


def counted(steps: Steps, **options: int) -> dict[tuple[int, int], float]:
    """(stream, bin) to the number of gaps."""
    gap = np.diff(steps.at, prepend=0)
    opens = np.zeros(len(gap), dtype=np.bool_)
    opens[steps.starts[:-1]] = True
    table = gap_counts(steps, gap, opens, **options)
    return {(row["stream_no"], row["bin"]): row["parts"] / GAP_PARTS for row in table.to_pylist()}


def at(*seconds: float) -> list[tuple[int, int]]:
    return [(round(s * SECOND), 0) for s in seconds]


def test_each_stream_counts_its_own_gaps() -> None:
    steps = steps_of({3: at(10, 11, 12, 72), 8: at(5, 6)})
    assert counted(steps) == {(3, 0): 2, (3, bin_of(60)): 1, (8, 0): 1}


def test_events_at_one_instant_have_no_gap() -> None:
    assert counted(steps_of({1: at(10, 10, 10)})) == {}


def test_bins_are_a_tenth_of_an_octave() -> None:
    for seconds, expected in ((1, 0), (1.07, 0), (1.08, 1), (2, 10), (1024, 100), (0.5, -10)):
        assert counted(steps_of({1: at(100, 100 + seconds)})) == {(1, expected): 1}


def test_a_gap_belongs_to_the_bin_that_begins_at_it() -> None:
    """The shortest gap of every bin up to two weeks, and the longest of the one before."""
    begin = np.ceil(2.0 ** (np.arange(-180, 204) / BINS_PER_OCTAVE) * SECOND).astype(np.int64)
    gaps = [1, *begin.tolist(), *(begin - 1).tolist()]
    steps = steps_of({i: [(5, 0), (5 + gap, 0)] for i, gap in enumerate(gaps)})
    assert counted(steps) == {(i, bin_of(gap / SECOND)): 1 for i, gap in enumerate(gaps)}


def test_only_gaps_that_end_before_count() -> None:
    steps = steps_of({1: at(10, 11, 13)})
    assert counted(steps, before_us=13 * SECOND) == {(1, 0): 1}
    assert counted(steps, before_us=13 * SECOND + 1) == {(1, 0): 1, (1, 10): 1}


def test_few_gaps_of_many_streams_are_counted_alike() -> None:
    """Sparse keys take another way than dense ones."""
    many = {i: at(10, 11 if i % 2 else 10 + 2.0 ** (i % 16 - 6)) for i in range(400)}
    steps = steps_of(many)
    expected = {(i, 0 if i % 2 else (i % 16 - 6) * 10): 1 for i in many}
    assert counted(steps) == expected


def test_a_coarse_gap_is_spread_over_what_it_may_have_been() -> None:
    """120 s between stamps of whole minutes are 90 to 150 s."""
    which, bins, parts = spread_gaps(np.array([2 * MINUTE]), np.array([60]))
    assert set(which) == {0}
    assert parts.sum() == GAP_PARTS
    assert (bins.min(), bins.max()) == (bin_of(90), bin_of(150))
    for b, p in zip(bins, parts, strict=True):
        low, high = 2 ** (b / BINS_PER_OCTAVE), 2 ** ((b + 1) / BINS_PER_OCTAVE)
        share = (min(high, 150) - max(low, 90)) / 60
        assert p / GAP_PARTS == pytest.approx(share, abs=2e-5)


def test_a_gap_as_long_as_its_stamps_are_coarse_begins_near_0() -> None:
    """60 s between whole minutes are 30 to 90 s; a second between whole seconds is 0.5 to 1.5."""
    _, bins, parts = spread_gaps(np.array([MINUTE]), np.array([60]))
    assert (bins.min(), bins.max(), parts.sum()) == (bin_of(30), bin_of(90), GAP_PARTS)
    _, bins, parts = spread_gaps(np.array([SECOND // 4]), np.array([1]))
    assert bins.min() == FIRST_BIN
    assert bins.max() == bin_of(0.74)
    assert parts[0] / GAP_PARTS == pytest.approx(0.25 + 2**-20, abs=1e-3)  # below 0 and at 0


def test_equal_gaps_are_spread_alike_and_each_keeps_its_place() -> None:
    gaps = np.array([2 * MINUTE, 5 * MINUTE, 2 * MINUTE])
    which, bins, parts = spread_gaps(gaps, np.array([60, 60, 60]))
    first, second, third = (bins[which == i].tolist() for i in range(3))
    assert first == third != second
    assert [int(parts[which == i].sum()) for i in range(3)] == [GAP_PARTS] * 3


def test_coarse_and_fine_streams_are_counted_together() -> None:
    steps = steps_of({1: at(10, 11), 2: at(0, 120)}, resolution=np.array([0, 60]))
    found = counted(steps)
    assert found[1, 0] == 1
    assert sum(n for (stream, _), n in found.items() if stream == 2) == 1
    assert len(found) > 3


@pytest.mark.parametrize("seed", range(5))
def test_streams_of_all_resolutions_count_what_their_gaps_count_alone(seed: int) -> None:
    random = np.random.default_rng(seed)
    resolution = random.choice([0, 0, 1, 60, 300], 6)
    streams, expected = {}, {}
    for stream, seconds in enumerate(resolution.tolist()):
        gaps = random.choice([0, 1, 2, 7, 90], random.integers(0, 12)) * max(seconds, 1) * SECOND
        streams[stream] = [(int(t), 0) for t in np.cumsum([0, *gaps])]
        for gap in gaps[gaps > 0].tolist():
            bins, parts = [bin_of(gap / SECOND)], [GAP_PARTS]
            if seconds:
                _, bins, parts = spread_gaps(np.array([gap]), np.array([seconds]))
            for one, many in zip(bins, parts, strict=True):
                key = (stream, int(one))
                expected[key] = expected.get(key, 0) + int(many)
    found = counted(steps_of(streams, resolution=resolution))
    assert {key: round(n * GAP_PARTS) for key, n in found.items()} == expected


def test_events_before_gaps_are_those_that_can_be_learned_from() -> None:
    contents = replace(contents_of([0, 0, 0]), kind_event=np.array([0, 1, 2, 1]))
    kinds = (1, 2, 3, 2, 2, 1, 2)
    gaps = (NEVER, 11, 10, 30, 31, 12, 13)  # before each burst
    starts = (0, 50, 60, 70, 80, 98, 99)
    bursts = pa.table(
        {
            "start_us": pa.array(starts),
            "gap_us": pa.array(gaps),
            "last_content": pa.array([kind << 32 | 7 for kind in kinds]),
        }
    )
    limits = {"above_us": 10, "up_to_us": 30, "before_us": 99}
    # Gaps of 11, 30 and 12 follow e, e (another kind) and f.
    assert gaps_after_events([bursts], contents, **limits).tolist() == [0, 2, 1]
    assert gaps_after_events([bursts, bursts], contents, **limits).tolist() == [0, 4, 2]
    limits["above_us"] = 9
    assert gaps_after_events([bursts], contents, **limits).tolist() == [0, 2, 2]
    limits["before_us"] = 98
    assert gaps_after_events([], contents, **limits).tolist() == [0, 0, 0]
    assert gaps_after_events([bursts], contents, **limits).tolist() == [0, 2, 1]
