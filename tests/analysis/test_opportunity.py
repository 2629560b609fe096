"""The bounds of the best target rule: what they are made of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from factories.results import changed, full

from resume_gap.analysis import opportunity
from resume_gap.results.common import Estimate
from resume_gap.results.opportunity import Opportunity
from resume_gap.stats.bounds import SavingBound
from resume_gap.stats.give_ups import GiveUpSums
from resume_gap.stats.interval import Interval
from resume_gap.stats.scenarios import Saving

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


SIZED = {
    "scenarios": (Saving("low", 0.1, 0.2, 3.0, 0.4),),
    "tornado": (),
    "joint_lower_seconds": -1.5,
    "joint_upper_seconds": 8.5,
    "middle": Interval(estimate=3.0, ci_lower=1.0, ci_upper=5.0),
    "break_even_hit": 0.125,
}


def opened(monkeypatch: pytest.MonkeyPatch, *, sized: bool) -> Opportunity:
    """The bounds of a rule of which nothing but the steps is known."""
    steps = SimpleNamespace(bounds=(bound(500.0), bound(7.0, rung=4)), search_upper_seconds=6.0)
    asked: dict[str, Any] = {}

    def bounds_of(times: str, *, cap_us: int, excess: Interval | None) -> Any:
        asked.update(times=times, cap_us=cap_us, excess=excess)
        return steps

    def size(times: str, assumed: str) -> Any:
        assert (times, assumed) == ("times of rule", "assumed")
        return SimpleNamespace(**SIZED) if sized else None

    monkeypatch.setattr(opportunity, "bounds_of", bounds_of)
    monkeypatch.setattr(opportunity, "size", size)
    headline: Any = SimpleNamespace(
        times=lambda best: f"times of {best}",
        give_ups=lambda best, cap: sums() if (best, cap) == ("rule", 9) else None,
    )
    sizing: Any = SimpleNamespace(cap_us=9, assumptions="assumed", weeks=4.0)
    excess = changed(full(), excess={**CLOCKS, "word": "longer"}).excess
    found = opportunity.opportunity(headline, "rule", excess, sizing, interruptions=80)
    assert asked == {"times": "times of rule", "cap_us": 9, "excess": Interval(5.0, 3.0, 7.0)}
    return found


def test_the_opportunity_is_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(monkeypatch, sized=True)
    assert (found.reason, found.policy) == (None, "rule")
    assert [(one.rung, one.upper) for one in found.bounds] == [(1, 500.0), (4, 7.0)]
    assert found.search_upper_seconds == 6.0
    assert found.interruptions_per_user_week == 20.0
    assert found.minutes_per_user_week == pytest.approx(20 * 6 / 60)
    assert found.minutes_per_100_users_week == pytest.approx(100 * 20 * 6 / 60)
    assert [one.saving_seconds for one in found.scenarios] == [0.4]
    assert (found.joint_lower_seconds, found.joint_upper_seconds) == (-1.5, 8.5)
    assert found.middle == Estimate(estimate=3.0, ci_lower=1.0, ci_upper=5.0)
    assert found.break_even_hit == 0.125
    assert (found.gave_up_right, found.abandoned, found.give_ups_share) == (30, 60, 0.5)
    assert found.with_give_ups.estimate == pytest.approx(34.0)


def test_without_an_interruption_there_is_no_opportunity(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, sized=False) == Opportunity(reason="no_interruptions")


def test_minutes_at_another_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = SimpleNamespace(search_upper_seconds=6.0)
    monkeypatch.setattr(opportunity, "bounds_of", lambda *_, **__: steps)
    sizing: Any = SimpleNamespace(cap_us=9, weeks=4.0)

    def minutes(*eligible: int) -> float | None:
        headline: Any = SimpleNamespace(
            columns={"eligible": np.array(eligible)}, times=lambda best: best
        )
        return opportunity.minutes_at(headline, "rule", sizing, interruptions=80)

    assert minutes(0, 0) is None
    assert minutes(0, 1) == pytest.approx(20 * 6 / 60)
