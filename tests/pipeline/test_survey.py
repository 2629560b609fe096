"""The first look at ordered rows, by arrays and by the loop."""

from __future__ import annotations

import numpy as np
import pytest
from factories.streams import SECOND, contents_of

from resume_gap.pipeline.stamps import RESOLUTIONS
from resume_gap.pipeline.survey import OrderError, Survey, survey
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

CONTENTS = contents_of([PRODUCTIVE, COMPLETING, PRODUCTIVE | COMPLETING])
DRAWS = 40


def drawn(seed: int) -> Survey:
    """Of some short streams whose stamps are as coarse as their first."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 30, 5)
    unit = np.repeat(random.choice([1, SECOND, 15 * SECOND, 60 * SECOND], 5), sizes)
    at = np.cumsum(random.choice([0, 0, 1, 2, 40], sizes.sum()))
    content = random.integers(1, 4, len(at)) << 32 | random.integers(0, 2, len(at))
    return survey(np.repeat([2, 3, 7, 8, 9], sizes), at * unit, content, CONTENTS)


def test_both_ways_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    by_arrays = [drawn(seed) for seed in range(DRAWS)]
    monkeypatch.setattr("resume_gap.pipeline.survey.pays", lambda _: True)
    by_loop = [drawn(seed) for seed in range(DRAWS)]
    for one, other in zip(by_arrays, by_loop, strict=True):
        for name in ("starts", "work", "close"):
            assert np.array_equal(getattr(one, name), getattr(other, name))
        assert one[4:] == other[4:]
        for seconds in RESOLUTIONS[1:]:
            divides = [found.common % (seconds * SECOND) == 0 for found in (one, other)]
            assert np.array_equal(*divides)
    assert {found.roles for found in by_loop} == {PRODUCTIVE | COMPLETING}
    assert min(found.ties for found in by_loop) > 0
    assert len({found.alike for found in by_loop}) > 5


def test_what_one_look_shows() -> None:
    at = np.array([0, SECOND, 2 * SECOND + 1, 2 * SECOND + 1])
    found = survey(np.array([3, 3, 3, 4]), at, np.array([1, 2, 3, 3]) << 32, CONTENTS)
    assert found.starts.tolist() == [0, 3, 4]
    assert (found.work.tolist(), found.close.tolist()) == ([2, 1], [1, 0])
    assert (found.ties, found.alike, found.roles) == (0, 0, PRODUCTIVE | COMPLETING)


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize(("stream", "at"), [([1, 1], [5, 4]), ([2, 1], [5, 6])])
def test_rows_out_of_order_are_a_fault(stream: list[int], at: list[int]) -> None:
    with pytest.raises(OrderError):
        survey(np.array(stream), np.array(at), np.array([1, 1]) << 32, CONTENTS)
