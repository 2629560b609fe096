"""Candidates for comparison moments: which rows they are, and how a long log is thinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, steps_of

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.moments import Thinning, moments
from resume_gap.pipeline.work import work_of
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    import pyarrow as pa

    from resume_gap.pipeline.steps import Steps

VIEW, EDIT, CLOSE = (kind << 32 for kind in range(1, 4))
pytestmark = pytest.mark.usefixtures("loops")
NOTHING = np.zeros(1, dtype=np.int64)
CONTENTS = Contents(
    kind_roles=np.array([0, 0, PRODUCTIVE, COMPLETING]),
    kind_event=np.arange(4) * 10,
    label_element=NOTHING,
    label_context=NOTHING,
    label_task=NOTHING,
)


def found(
    *streams: list[tuple[int, int]],
    thinning: Thinning | None = None,
) -> list[dict[str, Any]]:
    """The moments of streams 1, 2, ... in one burst each."""
    return table_of(steps_of(dict(enumerate(streams, start=1))), thinning or Thinning()).to_pylist()


def table_of(steps: Steps, thinning: Thinning, cut_us: int = HOUR) -> pa.Table:
    work = work_of(steps, CONTENTS)
    return moments(steps, CONTENTS, work, thinning, gap=gaps(steps), cut_us=cut_us)


def stream(*contents: int, apart: int = 5 * SECOND) -> list[tuple[int, int]]:
    return [(k * apart, content) for k, content in enumerate(contents)]


def places(rows: list[dict[str, Any]]) -> list[int]:
    return [row["step"] for row in rows]


def test_a_moment_tells_what_came_before_and_what_comes_next() -> None:
    rows = stream(*[EDIT] * 10, VIEW, VIEW, EDIT, CLOSE)
    assert found(rows)[0] == {
        "stream_no": 1,
        "burst": 0,
        "step": 10,
        "at_us": 50 * SECOND,
        "gap_us": 5 * SECOND,
        "before_event_no": 20,
        "event_no": 10,
        "worked_step": 9,
        "next_work_step": 12,
        "next_work_us": 60 * SECOND,
        "next_leaving_step": 13,
    }


def test_ten_events_lie_before_a_moment_in_its_own_stream() -> None:
    assert places(found(stream(*[EDIT] * 10))) == []
    assert places(found(stream(*[EDIT] * 13))) == [10, 11, 12]
    assert places(found(stream(*[EDIT] * 9), stream(*[EDIT] * 12))) == [19, 20]


def test_an_act_that_writes_two_rows_is_no_moment() -> None:
    """The step to a moment is longer than two seconds, not two seconds long."""
    assert places(found(stream(*[EDIT] * 12, apart=2 * SECOND))) == []
    assert places(found(stream(*[EDIT] * 12, apart=2 * SECOND + 1))) == [10, 11]
    double = [(at + k * SECOND, EDIT) for at, _ in stream(*[EDIT] * 8) for k in (0, 1)]
    assert places(found(double)) == [10, 12, 14]


def test_work_must_be_going_on_just_before() -> None:
    assert places(found(stream(*[VIEW] * 10, VIEW, VIEW))) == []
    assert places(found(stream(*[EDIT] * 10, CLOSE, VIEW, EDIT, VIEW))) == [10, 13]
    slow = stream(EDIT, *[VIEW] * 12, apart=MINUTE)  # ten minutes after the last work it is over
    assert places(found(slow)) == [10, 11]


def test_where_every_return_counts_so_does_idle_time() -> None:
    everything = Thinning(idle_too=True)
    rows = found(stream(*[VIEW] * 12), thinning=everything)
    assert places(rows) == [10, 11]
    nothing = ("worked_step", "next_work_step", "next_work_us", "next_leaving_step")
    assert [rows[0][name] for name in nothing] == [-1, NEVER_ROW, NEVER, NEVER_ROW]
    assert places(found(stream(*[EDIT] * 10, CLOSE, VIEW), thinning=everything)) == [10, 11]


def test_a_share_of_nothing_keeps_nothing() -> None:
    assert found(stream(*[EDIT] * 30), thinning=Thinning(share=0)) == []


def test_bursts_are_counted_over_all_streams() -> None:
    """Every stream opens one, and every gap longer than the cut."""
    late = [(at + (k > 4) * MINUTE + (k > 11) * MINUTE, EDIT) for k, (at, _) in enumerate(EDITS)]
    steps = steps_of({1: EDITS, 2: late, 3: EDITS})
    found = table_of(steps, Thinning(), cut_us=MINUTE)
    assert found.column("step").to_pylist() == [10, 11, 12, 23, 24, 25, 36, 37, 38]
    assert found.column("burst").to_pylist() == [0, 0, 0, 2, 2, 3, 4, 4, 4]
    assert found.column("stream_no").to_pylist() == [1] * 3 + [2] * 3 + [3] * 3


EDITS = stream(*[EDIT] * 13)
LEAD = 10
"""Rows of a stream before its first moment."""
KEYS = np.random.default_rng(3).integers(0, 1 << 64, 40, dtype=np.uint64)
INSTANTS = 1_709_206_200 * SECOND + np.arange(-LEAD, 1_200) * 7 * SECOND


def kept(share: float, keys: np.ndarray = KEYS, instants: np.ndarray = INSTANTS) -> np.ndarray:
    """(streams, instants) what is kept of the same instants of all streams."""
    rows = [(at, EDIT) for at in instants.tolist()]
    steps = steps_of(dict.fromkeys(range(len(keys)), rows))
    flags = np.zeros(len(steps.at), dtype=np.bool_)
    flags[table_of(steps, Thinning(share=share, stream_keys=keys)).column("step")] = True
    return flags.reshape(len(keys), -1)[:, LEAD:]


def hash_of(key: int, at: int) -> float:
    """SplitMix64 as its authors have it, from 0 to 1."""
    mixed = (key + at) % (1 << 64)
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % (1 << 64)
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % (1 << 64)
    return (mixed ^ mixed >> 31) / (1 << 64)


def test_an_instant_is_kept_by_the_hash_of_its_stream() -> None:
    expected = [
        [hash_of(key, at) < 0.3 for at in INSTANTS[LEAD:].tolist()] for key in KEYS.tolist()
    ]
    assert kept(0.3).tolist() == expected


@pytest.mark.parametrize("share", [0.01, 0.3, 0.95])
def test_the_share_kept_is_near_the_share_in_every_stream(share: float) -> None:
    found = kept(share)
    mine = found.mean(axis=1)
    error = np.sqrt(share * (1 - share) / found.shape[1])
    assert np.abs(mine - share).max() < 4 * error
    assert abs(mine.mean() - share) < 4 * error / np.sqrt(len(KEYS))


def test_a_smaller_share_keeps_some_of_the_same() -> None:
    assert not (kept(0.1) & ~kept(0.2)).any()


def test_the_same_instants_are_kept_whatever_the_order_of_the_streams() -> None:
    order = np.random.default_rng(5).permutation(len(KEYS))
    assert np.array_equal(kept(0.3, KEYS[order]), kept(0.3)[order])
    assert not np.array_equal(kept(0.3)[0], kept(0.3)[1])  # but not the same in two streams


def test_what_comes_of_a_moment_does_not_sway_the_thinning() -> None:
    thinning = Thinning(share=0.5, stream_keys=KEYS)
    busy = stream(*[EDIT] * 400)
    idle = [(at, VIEW if k % 2 else EDIT) for k, (at, _) in enumerate(busy)]
    assert places(found(busy, thinning=thinning)) == places(found(idle, thinning=thinning))
    assert 150 < len(found(busy, thinning=thinning)) < 250


def test_later_days_are_thinned_alike() -> None:
    """No instant is rounded away however far from 1970 it lies."""
    neighbors = 5_000_000 * HOUR + np.arange(-LEAD, 4_000) * (2 * SECOND + 1)
    assert 0.45 < kept(0.5, KEYS[:1], neighbors).mean() < 0.55
