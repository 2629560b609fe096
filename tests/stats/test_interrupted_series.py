"""One launch date: what was expected, the placebos, and where there is no figure."""

import math

import numpy as np
import pytest

from resume_gap.stats.interrupted_series import (
    SeriesEffect,
    _reach,
    control_jump,
    follows,
    less_certain,
    one_date,
)
from resume_gap.stats.placebos import Floats, dated, ranked
from tests.oracles.series_by_statsmodels import (
    HORIZON,
    LAUNCH,
    PLACEBO_DATES,
    WEEKDAY,
    series,
)

LOADING = 1.436600565662565
EFFECT = 1.071575495753522
PLACEBOS = (3.45868263128031, 1.4966957794382727, 0.8370181002145772)
REACH = 2.133256146833728
"""Of statsmodels 0.15.0, by tests/oracles/series_by_statsmodels.py."""


def daily(
    *, history: int = 94, after: int = 28, noise: float = 1.0, effect: float = 0.0, seed: int = 1
) -> tuple[Floats, Floats, np.ndarray]:
    """A measure with weekdays and a line that shares a random walk with its control."""
    draw = np.random.default_rng(seed)
    days = history + after
    weekday = np.arange(days) % 7
    shared = np.cumsum(draw.normal(size=days))
    measure = 60 + 0.03 * np.arange(days) + 4 * (weekday > 4) + 2 * shared
    control = 30 - 0.01 * np.arange(days) + 3 * (weekday == 2) + shared
    measure += noise * draw.normal(size=days) + effect * (np.arange(days) >= history)
    return measure, control + noise / 4 * draw.normal(size=days), weekday


def test_equal_to_ordinary_least_squares_of_statsmodels() -> None:
    measure, control = series()
    loading = follows(measure, control, WEEKDAY, LAUNCH)
    assert loading is not None
    assert loading.seconds == pytest.approx(LOADING, abs=1e-8)
    found = one_date(measure, control, WEEKDAY, LAUNCH, HORIZON)
    assert found.loading == loading.seconds
    assert found.estimate == pytest.approx(EFFECT, abs=1e-8)
    assert found.placebos == LAUNCH - HORIZON - 27
    placebos = ranked(measure - loading.seconds * control, WEEKDAY, LAUNCH, HORIZON).placebos
    at = [date - 28 for date in PLACEBO_DATES]
    assert placebos[at] == pytest.approx(PLACEBOS, abs=1e-8)


def test_without_noise_the_effect_is_what_was_planted() -> None:
    measure, control, weekday = daily(noise=0, effect=-6)
    found = one_date(measure, control, weekday, 94, 14)
    assert found.estimate == pytest.approx(-6)
    assert found.loading == pytest.approx(2)
    assert found.expected[94:] == pytest.approx(measure[94:] + 6)
    assert np.isnan(found.expected[:10]).all()
    assert found.expected[10:94] == pytest.approx(measure[10:94])
    assert (found.placebos, found.p, found.least_p) == (53, 1 / 54, 1 / 54)
    assert found.ci_lower == pytest.approx(-6)
    assert found.ci_upper == pytest.approx(-6)
    assert found.reason == ""


def test_the_interval_reaches_as_far_as_students() -> None:
    """Placebos that share days are few in truth; the control stays where it was expected."""
    measure, control = series()
    loading = follows(measure, control, WEEKDAY, LAUNCH)
    assert loading is not None
    adjusted = dated(measure - loading.seconds * control, WEEKDAY, LAUNCH, HORIZON)
    moved = dated(np.where(np.isfinite(measure), control, np.nan), WEEKDAY, LAUNCH, HORIZON)
    still = moved._replace(effects=np.zeros_like(moved.effects))
    scales = less_certain(adjusted, still, loading)
    assert scales == pytest.approx(np.ones(len(scales)))
    assert _reach(adjusted, scales, HORIZON) == pytest.approx(REACH, abs=1e-8)


def test_where_the_control_moved_students_interval_is_as_much_wider() -> None:
    measure, _, weekday = daily()
    found = dated(measure, weekday, 94, 14)
    scales = np.ones(len(found.effects))
    scales[-1] = 3
    assert _reach(found, scales, 14) == pytest.approx(3 * _reach(found, scales**0, 14))
    assert _reach(found, 2 * scales**0, 14) == pytest.approx(_reach(found, scales**0, 14))


def test_weeks_of_its_own_make_few_launches_pass_for_better_or_worse() -> None:
    """Each week of the measure has a level of its own, which the control does not share."""
    said = []
    for seed in range(300):
        measure, control, weekday = daily(seed=seed, history=112)
        measure += 3 * np.random.default_rng([7, seed]).normal(size=21)[np.arange(140) // 7]
        found = one_date(measure, control, weekday, 112, 14)
        assert found.ci_lower is not None
        assert found.ci_upper is not None
        said.append(not found.ci_lower <= 0 <= found.ci_upper)
    assert np.mean(said) < 0.07


@pytest.mark.parametrize("seed", range(12))
def test_the_interval_excludes_0_only_where_p_is_at_most_5_percent(seed: int) -> None:
    measure, control, weekday = daily(seed=seed, effect=1, history=120)
    found = one_date(measure, control, weekday, 120, 14)
    assert found.p is not None
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert found.p <= 0.05 or found.ci_lower <= 0 <= found.ci_upper
    assert found.ci_lower < found.estimate < found.ci_upper


def test_what_happens_after_the_horizon_changes_nothing() -> None:
    measure, control, weekday = daily()
    one = one_date(measure, control, weekday, 94, 14)
    measure[108:] = 1e6
    control[108:] = np.nan
    other = one_date(measure, control, weekday, 94, 14)
    assert one[:5] == other[:5]


def test_an_effect_of_the_launch_moves_neither_the_loading_nor_the_placebos() -> None:
    measure, control, weekday = daily()
    one = one_date(measure, control, weekday, 94, 14)
    measure[94:] += 20
    other = one_date(measure, control, weekday, 94, 14)
    assert other.loading == one.loading
    assert other.estimate == pytest.approx(one.estimate + 20)
    assert one.ci_upper is not None
    assert other.ci_upper == pytest.approx(one.ci_upper + 20)


def test_a_missing_day_is_no_day_of_0_seconds() -> None:
    measure, control, weekday = daily(history=130, noise=0, effect=5)
    measure[[40, 90, 132]] = np.nan
    control[[60, 135]] = np.nan
    found = one_date(measure, control, weekday, 130, 14)
    assert found.estimate == pytest.approx(5)
    assert found.placebos == 130 - 14 - 27
    assert np.isnan(found.expected[135])


def test_a_product_without_weekends_has_a_figure() -> None:
    measure, control, weekday = daily(history=130, noise=0, effect=5)
    measure[weekday > 4] = np.nan
    found = one_date(measure, control, weekday, 130, 14)
    assert found.estimate == pytest.approx(5)
    assert found.placebos == 130 - 14 - 27


def test_a_weekday_that_was_never_measured_before_does_not_count_after() -> None:
    measure, control, weekday = daily(history=130, noise=0, effect=5)
    measure[:130][weekday[:130] > 4] = np.nan
    measure[130:][weekday[130:] > 4] = 900
    found = one_date(measure, control, weekday, 130, 14)
    assert found.estimate == pytest.approx(5)
    assert np.isnan(found.expected[weekday > 4]).all()


def test_the_control_has_its_own_rank() -> None:
    measure, _, weekday = daily(history=130)
    control = np.sin(np.arange(len(measure)) ** 2.0)
    assert (one_date(measure, control, weekday, 130, 14).control_p or 0) > 0.05
    control[130:] += 30
    found = one_date(measure, control, weekday, 130, 14)
    assert found.control_p == pytest.approx(1 / 90)
    assert found.control_estimate > 10


def no_p(found: SeriesEffect) -> bool:
    limits = (found.p, found.ci_lower, found.ci_upper, found.least_p)
    return all(value is None for value in limits)


def test_without_a_control_there_is_no_p() -> None:
    measure, _, weekday = daily()
    found = one_date(measure, None, weekday, 94, 14)
    assert found.reason == "no_control"
    assert math.isfinite(found.estimate)
    assert found.loading is None
    assert found.control_p is None
    assert np.isfinite(found.expected[10:]).all()
    assert no_p(found)


def test_a_control_that_never_moves_is_none() -> None:
    measure, control, weekday = daily()
    found = one_date(measure, np.full_like(control, 3.0), weekday, 94, 14)
    assert found.reason == "no_control"
    assert no_p(found)


@pytest.mark.parametrize(
    ("history", "horizon", "placebos"), [(93, 14, 52), (107, 28, 52), (28, 14, 0)]
)
def test_under_53_placebos_there_is_no_p(history: int, horizon: int, placebos: int) -> None:
    measure, control, weekday = daily(history=history)
    found = one_date(measure, control, weekday, history, horizon)
    assert found.reason == "few_placebos"
    assert found.placebos == placebos
    assert math.isfinite(found.estimate)
    assert no_p(found)
    assert found.control_p is None


@pytest.mark.parametrize(
    ("launch", "reason"),
    [(20, "short_history"), (0, "short_history"), (119, "no_days_after"), (400, "no_days_after")],
)
def test_too_few_days_before_or_after_give_no_figure(launch: int, reason: str) -> None:
    measure, control, weekday = daily(history=94, after=28)
    found = one_date(measure, control, weekday, launch, 14)
    assert found.reason == reason
    assert math.isnan(found.estimate)
    assert np.isnan(found.expected).all()
    assert no_p(found)


@pytest.mark.parametrize("days", [slice(94, 103), slice(5, 92)])
def test_days_without_returns_give_no_figure(days: slice) -> None:
    measure, control, weekday = daily()
    measure[days] = np.nan
    found = one_date(measure, control, weekday, 94, 14)
    assert found.reason == "few_days"
    assert math.isnan(found.estimate)
    assert no_p(found)


def test_false_alarms_are_few() -> None:
    """The gates of benchmarks/calibration count them; here a test that cannot hold is noticed."""
    alarms = 0
    for seed in range(100):
        measure, control, weekday = daily(seed=seed)
        p = one_date(measure, control, weekday, 94, 14).p
        alarms += p is not None and p <= 0.05
    assert alarms <= 15


def test_a_control_that_moves_makes_the_effect_less_certain() -> None:
    """Its loading is fitted to noise; where it moves at the launch, that error comes along."""
    measure, control, weekday = daily(history=130)
    moved = np.where(np.arange(len(control)) >= 130, control + 40, control)
    found = [one_date(measure, one, weekday, 130, 14) for one in (control, moved)]
    widths = [(one.ci_upper or 0) - (one.ci_lower or 0) for one in found]
    assert widths[1] > 1.5 * widths[0]
    loading = follows(measure, control, weekday, 130)
    assert loading is not None
    at = dated(measure, weekday, 130, 14)
    still = dated(np.zeros_like(control), weekday, 130, 14)
    assert less_certain(at, still, loading).tolist() == [1.0] * 90
    scales = less_certain(at, dated(moved, weekday, 130, 14), loading)
    shift = float(dated(moved, weekday, 130, 14).effects[-1])
    assert scales[-1] == pytest.approx(
        math.sqrt(1 + shift**2 / loading.mass / float(at.variances[-1]))
    )


def test_a_noisy_control_has_a_loading_that_is_known_less_well() -> None:
    measure, control, weekday = daily(history=130, noise=0)
    clean = follows(measure, control, weekday, 130)
    shaken = control + np.random.default_rng(7).normal(0, 3, len(control))
    noisy = follows(measure, shaken, weekday, 130)
    assert clean is not None
    assert noisy is not None
    assert noisy.mass < clean.mass
    alone = follows(measure, np.random.default_rng(7).normal(0, 3, len(control)), weekday, 130)
    assert alone is not None
    assert alone.mass < noisy.mass


@pytest.mark.parametrize(("drifts", "days"), [(False, 14), (True, 3)])
def test_a_jump_of_a_control_is_sought_over_the_days_that_tell_it(drifts: bool, days: int) -> None:
    draw = np.random.default_rng(5)
    weekday = np.arange(144) % 7
    control = draw.normal(size=144)
    if drifts:
        control = np.cumsum(control)
    control[weekday > 4] = np.nan if drifts else control[weekday > 4] + 30
    for jump in (0, 12):
        control[130:] += jump
        found, over = control_jump(control, weekday, 130, 14)
        assert over == days
        assert (found.p <= 0.05) == (jump > 0)


def test_a_control_that_ends_at_the_launch_has_no_rank() -> None:
    measure, control, weekday = daily(history=130)
    control[132:] = np.nan
    found = one_date(measure, control, weekday, 130, 14)
    assert found.reason == "few_days"
    assert found.control_p is None
    assert math.isnan(found.control_estimate)
    assert found.control_days == 0
