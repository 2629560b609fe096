"""The effect of a roll-out as the statistics give it, and another method beside it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from resume_gap.comparison import staggered as module
from resume_gap.comparison.panel import UnitWeeks
from resume_gap.comparison.second_opinion import SecondOpinion
from resume_gap.comparison.staggered import RolledOut, rolled_out, second_look
from resume_gap.stats.imputation import staggered

EFFECT = -15.0
UNITS, WEEKS = 20, 18


def panel(*, effect: float = EFFECT, never: int = 6, first: int = 10) -> UnitWeeks:
    rng = np.random.default_rng(2)
    launched = np.full(UNITS, WEEKS)
    launched[: UNITS - never] = first + np.arange(UNITS - never) % 4
    level = rng.normal(70, 8, UNITS)[:, None] + rng.normal(0, 0.3, UNITS)[:, None] * np.arange(
        WEEKS
    )
    means = level + rng.normal(0, 3, (UNITS, WEEKS))
    means += effect * (np.arange(WEEKS) >= launched[:, None])
    returns = np.full((UNITS, WEEKS), 12)
    means[0, 3], returns[0, 3] = np.nan, 0
    return UnitWeeks(means, returns, launched, launched, -first)


def cut(whole: UnitWeeks, weeks: tuple[int, ...], effect: float) -> UnitWeeks:
    """The same, but units launched in some weeks were so within the week before, with an effect."""
    is_cut = np.isin(whole.launched, weeks)
    rows = np.flatnonzero(is_cut)
    means, returns = whole.means.copy(), whole.returns.copy()
    means[np.ix_(rows, range(WEEKS))] += effect * (
        np.arange(WEEKS) >= whole.launched[rows][:, None]
    )
    means[rows, whole.launched[rows] - 1] = np.nan
    returns[rows, whole.launched[rows] - 1] = 0
    begun = whole.launched - is_cut
    return UnitWeeks(means, returns, whole.launched, begun, whole.first_week)


@cache
def found() -> RolledOut:
    return rolled_out(panel(), seed=1)


def test_the_figures_are_those_of_the_statistics() -> None:
    whole = panel()
    direct = staggered(whole.means, whole.returns.astype(float), whole.launched, seed=1)
    effect = found().effect
    assert (effect.estimate, effect.p, effect.placebos) == (
        direct.estimate,
        direct.p,
        direct.permutations,
    )
    assert effect.estimate == pytest.approx(EFFECT, abs=3)
    assert effect.horizon_days is None
    assert effect.measured - effect.expected == pytest.approx(effect.estimate)
    assert (found().units, found().launched_units, found().left_out) == (20, 14, 0)


def test_weeks_before_the_launch_stand_beside_those_after_it() -> None:
    weeks = [one.period for one in found().periods]
    assert weeks == sorted(weeks)
    assert weeks[:4] == [-4, -3, -2, -1]
    assert {one.estimate < -5 for one in found().periods if one.period >= 0} == {True}


@pytest.mark.parametrize(
    ("more", "reason", "has_figure"),
    [
        ({"never": 0, "first": 12}, "all_launched", True),
        ({"first": 3, "never": 0}, "short_history", False),
        ({"never": UNITS}, "no_units_after", False),
    ],
)
def test_what_cannot_be_had_is_none_with_a_reason(
    more: dict[str, int], reason: str, has_figure: bool
) -> None:
    effect = rolled_out(panel(**more), seed=1).effect
    assert effect.reason == reason
    assert (effect.estimate is not None) == has_figure
    assert (effect.p, effect.ci_lower) == (None, None)


def test_units_launched_within_a_week_count_in_the_second_estimate_too() -> None:
    """Their base is the last whole week before it: the week that is cut has no mean."""
    whole = cut(panel(effect=0.0), (11, 12), effect=-30.0)
    first = rolled_out(whole, seed=1).found
    second = second_look(whole, first)
    assert first.estimate < -10
    assert second.estimate.estimate == pytest.approx(first.estimate, abs=4)
    assert not second.is_parted


def test_hidden_there_is_no_figure_left() -> None:
    hidden = found().hidden()
    assert (hidden.effect.estimate, hidden.effect.p, hidden.periods) == (None, None, ())
    assert hidden.effect.reason == "withheld"


def other(**more: Any) -> SecondOpinion:
    known = {
        "estimate": EFFECT,
        "ci_lower": EFFECT - 4.0,
        "ci_upper": EFFECT + 4.0,
        "honest_lags": 4,
        "honest_lower": -30.0,
        "honest_upper": -1.0,
        "breakdown": 1.3,
    }
    return SecondOpinion(**(known | more))


def test_another_method_is_asked_about_the_same_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(means: Any, launched: Any) -> SecondOpinion:
        asked.append((means, launched))
        return other()

    monkeypatch.setattr(module, "second_opinion", answer)
    whole = panel()
    look = second_look(whole, found().found)
    assert asked[0][0] is whole.means
    assert not look.is_parted
    assert (look.estimate.estimate, look.estimate.breakdown) == (EFFECT, 1.3)
    assert not look.estimate.is_least


def test_far_from_the_first_it_parts_and_beyond_all_multiples_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far = other(estimate=9.0, ci_lower=5.0, ci_upper=13.0, breakdown=float("inf"))
    monkeypatch.setattr(module, "second_opinion", lambda *_: far)
    look = second_look(panel(), found().found)
    assert look.is_parted
    assert (look.estimate.breakdown, look.estimate.is_least) == (10.0, True)


def test_without_its_library_or_a_first_figure_there_is_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = other(estimate=float("nan"), reason="not_installed")
    monkeypatch.setattr(module, "second_opinion", lambda *_: missing)
    look = second_look(panel(), found().found)
    assert (look.estimate.estimate, look.estimate.reason) == (None, "not_installed")
    nothing = rolled_out(panel(never=UNITS), seed=1).found
    assert second_look(panel(), nothing).estimate.reason == "no_comparison"
