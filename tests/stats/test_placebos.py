"""The effect at a date, and its rank among those at earlier dates."""

import math

import numpy as np
import pytest

from resume_gap.stats.placebos import Ranked, dated, rank_among, ranked

WEEKDAY = np.arange(150) % 7


def test_weekdays_and_a_line_leave_nothing() -> None:
    series = np.array([3.0, 1, 4, 1, 5, 9, 2])[WEEKDAY] + 0.25 * np.arange(150)
    found = dated(series, WEEKDAY, 130, 14)
    assert found.effects == pytest.approx(np.zeros(90), abs=1e-9)
    assert found.expected[46:] == pytest.approx(series[46:])
    assert np.isnan(found.expected[:46]).all()


def test_a_line_over_the_whole_history_does_not_bend_with_its_first_part() -> None:
    """Only twelve weeks before a date tell what is expected after it."""
    series = np.where(np.arange(150) < 40, 500.0, 0.0)
    assert dated(series, WEEKDAY, 130, 14).effects[-1] == pytest.approx(0, abs=1e-9)


def test_every_date_is_what_the_launch_would_be() -> None:
    series = np.random.default_rng(1).normal(size=150)
    found = dated(series, WEEKDAY, 130, 14)
    for place, date in ((0, 28), (40, 68), (88, 116)):
        alone = dated(series, WEEKDAY, date, 14)
        assert found.effects[place] == pytest.approx(alone.effects[-1])
        assert found.variances[place] == pytest.approx(alone.variances[-1])


def test_the_variance_is_that_of_independent_days() -> None:
    draw = np.random.default_rng(2)
    effects = [dated(draw.normal(size=60), WEEKDAY[:60], 40, 14).effects[-1] for _ in range(2000)]
    expected = dated(np.zeros(60), WEEKDAY[:60], 40, 14).variances[-1]
    assert np.var(effects) == pytest.approx(expected, rel=0.1)


def test_dates_with_half_of_their_days_missing_are_no_placebos() -> None:
    series = np.random.default_rng(3).normal(size=150)
    series[60:68] = np.nan
    found = ranked(series, WEEKDAY, 130, 14)
    missing = np.isnan(dated(series, WEEKDAY, 130, 14).effects)
    assert np.flatnonzero(missing).tolist() == [54 - 28 + i for i in range(7)]
    assert len(found.placebos) == 89 - 7


def test_a_first_week_alone_is_no_line() -> None:
    """Nothing can be expected from one day of each weekday; the launch has days enough."""
    series = np.random.default_rng(3).normal(size=150)
    series[7:60] = np.nan
    found = dated(series, WEEKDAY, 130, 14)
    assert math.isfinite(found.effects[-1])
    assert np.isnan(found.effects[: 67 - 28]).all()


@pytest.mark.parametrize(("launch", "horizon"), [(27, 14), (137, 14), (100, 0)])
def test_without_days_there_is_no_effect(launch: int, horizon: int) -> None:
    found = ranked(np.zeros(150), WEEKDAY, launch, horizon)
    assert math.isnan(found.estimate)
    assert not found.enough
    assert found.spread == 0


def test_p_counts_the_launch_and_the_placebos_as_far_out() -> None:
    one = rank_among(np.array([1.0, -3, 2, np.nan, 2.5]))
    assert one.p == 2 / 4
    assert rank_among(np.array([1.0, -3, 2, 3.5])).p == 1 / 4
    assert rank_among(np.array([1.0, -3, 2, -3])).p == 2 / 4


def test_an_effect_that_is_less_certain_counts_for_less() -> None:
    one = rank_among(np.array([1.0, 2, 3, 5]), np.array([1.0, 1, 1, 2]))
    assert one.p == 2 / 4
    assert one.placebos.tolist() == [1, 2, 3]


def test_beyond_the_half_width_p_is_at_most_5_percent() -> None:
    placebos = np.arange(1.0, 80.0)
    half = Ranked(0.0, 2.0, placebos).half_width()
    assert half == 2 * 76
    assert Ranked(half, 2.0, placebos).p > 0.05
    assert Ranked(half + 0.1, 2.0, placebos).p <= 0.05


def test_53_placebos_are_enough() -> None:
    assert Ranked(1.0, 1.0, np.zeros(53)).enough
    assert not Ranked(1.0, 1.0, np.zeros(52)).enough
    assert Ranked(1.0, 1.0, np.array([3.0, -4.0])).spread == pytest.approx(math.sqrt(12.5))


def test_no_placebo_is_as_far_where_p_is_the_least() -> None:
    assert rank_among(np.array([1.0, -2.0, 3.0])).is_least
    assert not rank_among(np.array([1.0, -3.0, 3.0])).is_least
