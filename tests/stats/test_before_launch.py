"""A roll-out set two periods earlier: by brute force, and where nothing or something is unusual."""

from __future__ import annotations

import numpy as np
import pytest

from resume_gap.constants import ROLLOUT_LAST
from resume_gap.stats.before_launch import BeforeLaunch, before_launch
from resume_gap.stats.imputation import staggered
from resume_gap.stats.imputed import Floats, Order, Panel

from .test_imputation import by_hand, with_holes, world

LAST = int(ROLLOUT_LAST.value)


def last_periods(panel: Floats, launched: Order) -> Floats:
    """(units, periods) which come right before a launch within the panel."""
    since = np.arange(panel.shape[1]) - launched[:, None]
    return (since >= -LAST) & (since < 0) & (launched < panel.shape[1])[:, None]


def found(panel: Floats, weights: Floats, launched: Order) -> BeforeLaunch:
    before = staggered(panel, weights, launched, seed=1, draws=199).before
    assert before is not None
    return before


@pytest.mark.parametrize("seed", range(3))
def test_equal_to_least_squares_on_a_panel_that_ends_at_the_launches(seed: int) -> None:
    panel, weights, launched = world(seed=seed, periods=24)
    launched = np.where(launched < 24, launched + 3, 24)
    panel = with_holes(panel, seed)
    until = np.where(np.arange(24) < launched[:, None], panel, np.nan)
    earlier = np.where(launched < 24, launched - LAST, 24)
    assert found(panel, weights, launched).seconds == pytest.approx(
        by_hand(until, np.sqrt(weights), earlier, lines=True), abs=1e-8
    )


def test_what_happens_from_the_launch_on_changes_nothing() -> None:
    panel, weights, launched = world(noise=3)
    after = np.arange(panel.shape[1]) >= launched[:, None]
    one, other = (found(some, weights, launched) for some in (panel, panel + 30 * after))
    assert other.seconds == pytest.approx(one.seconds)
    assert other.p == one.p


def test_units_that_are_slow_right_before_their_launch_stand_out() -> None:
    panel, weights, launched = world(noise=1)
    slow = panel + 6.0 * last_periods(panel, launched)
    before = found(slow, weights, launched)
    assert before.seconds == pytest.approx(6, abs=1.5)
    assert before.p == 1 / 200


def test_in_honest_worlds_p_is_at_most_5_percent_in_about_5_percent() -> None:
    worlds = [world(seed=seed, effect=0, noise=4) for seed in range(100)]
    small = [one for one in (found(*each).p for each in worlds) if one <= 0.05]
    assert 1 <= len(small) <= 11


def test_without_a_p_or_without_periods_there_is_none() -> None:
    panel, weights, launched = world()
    everybody = np.where(launched < 18, launched, 16)
    assert staggered(panel, weights, everybody, seed=1).before is None
    assert staggered(panel, weights, launched, seed=1, draws=19, periods_too=False).before is None


def test_nothing_measured_right_before_a_launch_tells_nothing() -> None:
    panel, weights, launched = world()
    gone = last_periods(panel, launched)
    rest = Panel(np.where(gone, 0.0, panel), np.where(gone, 0.0, weights), launched)
    assert before_launch(rest, launched[None], lines=True) is None
