"""The bounds of the best target rule: what they are made of."""

from __future__ import annotations

import numpy as np
import pytest
from factories.results import changed, full

from resume_gap.analysis import opportunity
from resume_gap.results.common import Estimate
from resume_gap.stats.bounds import SavingBound
from resume_gap.stats.give_ups import GiveUpSums
from resume_gap.stats.interval import Interval

US = 1_000_000
CLOCKS = {
    "from_event": Estimate(estimate=9.0, ci_lower=8.0, ci_upper=10.0),
    "from_end": Estimate(estimate=5.0, ci_lower=3.0, ci_upper=7.0),
    "step_anew": Estimate(estimate=6.0, ci_lower=5.5, ci_upper=6.5),
}


def test_the_least_of_three_comparisons_bounds_what_is_saved() -> None:
    found = changed(full(), excess={**CLOCKS, "word": "longer"}).excess
    assert opportunity._least(found) == Interval(5.0, 3.0, 7.0)


@pytest.mark.parametrize("word", ["includes_zero", "depends_on_matching", None])
def test_no_bound_where_not_all_are_longer(word: str | None) -> None:
    assert opportunity._least(changed(full(), excess={**CLOCKS, "word": word}).excess) is None


def sums(*, eligible: int = 10) -> GiveUpSums:
    """30 users with 10 interruptions each, of which 2 were left again, 1 of them at the target."""

    def each(n: int) -> np.ndarray:
        return np.full(30, n, dtype=np.int64)

    return GiveUpSums(
        cap_us=300 * US,
        eligible=each(eligible),
        search_us=each(40 * US),
        abandoned=each(2),
        later=each(2),
        right_later=each(1),
        reached=each(8),
        hits=each(2),
    )


def bound(upper: float, rung: int = 1) -> SavingBound:
    return SavingBound(rung, "never_hurts", 0.0, upper, upper - 1, upper + 1)  # type: ignore[arg-type]


def test_kept_give_ups_save_the_cap_at_the_greater_share() -> None:
    share, more = opportunity._with_give_ups(sums(), [bound(500.0), bound(1.0, rung=2)])
    assert share == 0.5
    # (40 s of search + 300 s x 0.5 x 2) / 10 interruptions.
    assert more.estimate == pytest.approx(34.0)
    assert more.ci_lower == pytest.approx(34.0)


def test_never_more_than_the_first_bound() -> None:
    _, more = opportunity._with_give_ups(sums(), [bound(20.0), bound(1.0, rung=2)])
    assert (more.estimate, more.ci_lower, more.ci_upper) == (20.0, 19.0, 21.0)


def test_nothing_without_an_interruption() -> None:
    assert opportunity._with_give_ups(sums(eligible=0), [bound(20.0)]) == (None, Estimate())
