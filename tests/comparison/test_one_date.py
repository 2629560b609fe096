"""The effect of one date at three horizons, and the days and weeks behind it."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import polars as pl
import pytest

from resume_gap.comparison.one_date import DatedEffect, dated_effect
from resume_gap.comparison.series import LaunchedReturns
from resume_gap.stats.interrupted_series import one_date
from resume_gap.units import US

from .test_series import LAUNCH_US

BEFORE, AFTER, EFFECT = 112, 33, -9.0


def launched(*, before: int = BEFORE, after: int = AFTER, control: bool = True) -> LaunchedReturns:
    """Weekdays only, with a swing that measure and control share."""
    rng = np.random.default_rng(3)
    rows = []
    for day in range(-before, after):
        if (day % 7) >= 5:
            continue
        swing = 3 * np.sin(day / 9)
        due = 60 + 2 * swing + rng.normal(0, 1.0) + EFFECT * (day >= 0)
        rows.append((1, day, True, 4, round(4 * due * US), 0))
        if control:
            rows.append((1, day, False, 5, round(5 * (10 + swing) * US), 0))
    columns = ("user_no", "day", "is_due", "returns", "waited_us", "first_us")
    frame = pl.DataFrame(rows, schema=list(columns), orient="row")
    return LaunchedReturns(rows=frame, launch_us=LAUNCH_US, first_day=-before, last_day=after - 1)


@cache
def usual() -> DatedEffect:
    return dated_effect(launched(), "UTC")


def test_the_fourteen_days_decide_and_the_others_stand_beside() -> None:
    found = usual()
    assert found.primary.horizon_days == 14
    assert [one.horizon_days for one in found.others] == [7, 28]
    for one in (found.primary, *found.others):
        assert one.estimate == pytest.approx(EFFECT, abs=2)
        assert one.ci_lower is not None
        assert one.ci_upper is not None
        assert one.ci_lower < one.estimate < one.ci_upper < 0
        assert one.measured - one.expected == pytest.approx(one.estimate)
        assert (one.p, one.least_p) == (1 / (one.placebos + 1), 1 / (one.placebos + 1))


def test_the_figures_are_those_of_the_statistics() -> None:
    returns = launched()
    direct = one_date(
        returns.mean(is_due=True),
        returns.mean(is_due=False),
        returns.weekday("UTC"),
        returns.launch,
        28,
    )
    last = usual().others[-1]
    assert (last.estimate, last.p, last.placebos) == (direct.estimate, direct.p, direct.placebos)
    assert usual().loading == pytest.approx(2.0, abs=0.4)


def test_weekends_are_missing_and_never_0() -> None:
    days = {day.day: day for day in usual().days}
    assert len(days) == BEFORE + AFTER
    assert (days[-1].returns, days[-1].seconds, days[-1].control_seconds) == (0, None, None)
    assert (days[0].returns, days[0].control_returns, days[0].starts_on) == (4, 5, "2025-06-23")
    assert days[0].expected_seconds is not None
    assert min(day.seconds for day in days.values() if day.seconds is not None) > 30


def test_a_week_is_the_mean_of_its_days_that_are_known() -> None:
    found = usual()
    mine = [day for day in found.days if 0 <= day.day < 7 and day.seconds is not None]
    (week,) = (one for one in found.weeks if one.week == 0)
    assert len(mine) == 5
    assert (week.returns, week.starts_on) == (20, "2025-06-23")
    assert week.seconds == pytest.approx(np.mean([day.seconds for day in mine]))
    assert week.expected_seconds == pytest.approx(np.mean([day.expected_seconds for day in mine]))
    assert week.control_seconds == pytest.approx(np.mean([day.control_seconds for day in mine]))


def test_two_whole_weeks_less_what_was_expected_are_the_estimate() -> None:
    found = usual()
    apart = [one.seconds - one.expected_seconds for one in found.weeks if one.week in (0, 1)]
    assert np.mean(apart) == pytest.approx(found.primary.estimate)


@pytest.mark.parametrize(
    ("more", "reason", "has_figure"),
    [
        ({"before": 20}, "short_history", False),
        ({"after": 13}, "no_days_after", False),
        ({"before": 60}, "few_placebos", True),
        ({"control": False}, "no_control", True),
    ],
)
def test_what_cannot_be_had_is_none_with_a_reason(
    more: dict[str, int], reason: str, has_figure: bool
) -> None:
    found = dated_effect(launched(**more), "UTC").primary
    assert found.reason == reason
    assert (found.estimate is not None) == has_figure
    assert (found.p, found.ci_lower, found.ci_upper, found.least_p) == (None,) * 4


def test_hidden_it_holds_nothing_that_an_effect_follows_from() -> None:
    hidden = usual().hidden()
    effects = (hidden.primary, *hidden.others)
    assert {one.reason for one in effects} == {"withheld"}
    for one in effects:
        figures = dataclasses.asdict(one)
        assert {name for name, value in figures.items() if value} <= {"horizon_days", "reason"}
    assert {(day.seconds, day.expected_seconds) for day in hidden.days} == {(None, None)}
    assert {(one.seconds, one.expected_seconds) for one in hidden.weeks} == {(None, None)}
    assert hidden.loading is None
    assert any(day.control_seconds is not None for day in hidden.days)
