"""Durations, shares, points and their intervals as they are printed."""

from __future__ import annotations

import pytest

from resume_gap.report.text import numbers
from resume_gap.results.common import Estimate


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.01, "under 0.1 minutes"),
        (2.64, "2.6 minutes"),
        (14.2, "14 minutes"),
        (0, "0.0 minutes"),
        (262.0, "4.4 hours"),
        (6_000.0, "100 hours"),
    ],
)
def test_minutes(value: float, text: str) -> None:
    assert numbers.minutes(value) == text


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(41.2, 0, "41 s"), (-3.04, 0, "-3.0 s"), (0.0, 0, "0.0 s"), (-0.01, 0, "0.0 s"),
     (-41.0, 120, "0 s"), (-200.0, 120, "-4 min")],
)  # fmt: skip
def test_signed(value: float, step: float, text: str) -> None:
    assert numbers.signed(value, step) == text.replace("-", numbers.MINUS)


def test_points() -> None:
    assert numbers.points(0.39) == "39 points"
    assert numbers.points(0.034) == "3.4 points"
    assert numbers.points(-0.02) == f"{numbers.MINUS}2.0 points"
    assert numbers.points(-0.0001) == "0.0 points"
    assert numbers.points_interval(None, 0.3) is None


@pytest.mark.parametrize(
    ("seconds", "step", "text"),
    [
        (0, 0, "0.0 s"), (0.04, 0, "under 0.1 s"), (4.23, 0, "4.2 s"), (41.4, 0, "41 s"),
        (119.6, 0, "2 min"), (438, 0, "7 min 18 s"), (11_100, 0, "3 h 5 min"),
        (216_000, 0, "2.5 days"), (1.0, 2, "under 2 s"), (41.4, 2, "42 s"), (0, 2, "0 s"),
        (50, 120, "under 2 min"), (200, 120, "4 min"), (864_000, 0, "10 days"),
    ],
)  # fmt: skip
def test_durations(seconds: float, step: float, text: str) -> None:
    assert numbers.duration(seconds, step) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.0004, "under 0.1 %"), (0.034, "3.4 %"), (0.34, "34 %"), (0.0996, "10 %"),
     (0.9961, "99.6 %"), (0.99999, "over 99.9 %"), (1, "100 %")],
)  # fmt: skip
def test_percents(share: float, text: str) -> None:
    assert numbers.percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1800, "30 min"), (90, "1 min 30 s"), (3600, "1 h"), (253.4, "4 min 13 s"), (2.5, "2.5 s"),
     (86_400, "1 day"), (0, "0 s"), (7_265, "2 h 1 min 5 s")],
)  # fmt: skip
def test_exact_lengths(seconds: float, text: str) -> None:
    assert numbers.exact(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-0.84, "-0.8 s"), (-0.03, "-0.03 s"), (0.0, "0.0 s"), (9.97, "10 s"), (-12.4, "-12 s")],
)
def test_assumed_figures_keep_their_sign(seconds: float, text: str) -> None:
    assert numbers.assumed(seconds) == text.replace("-", numbers.MINUS)


def test_a_figure_and_its_interval_share_a_unit() -> None:
    some = Estimate(estimate=103.0, ci_lower=85.0, ci_upper=120.2)
    assert numbers.seconds_figure(some, 0) == "1 min 43 s"
    assert numbers.seconds_interval(some, 0) == "[1 min 25 s, 2 min]"


def test_ends_go_outwards_and_nothing_stands_above_the_cap() -> None:
    some = Estimate(estimate=430.9, ci_lower=395.2, ci_upper=430.95)
    assert numbers.seconds_interval(some, 2, most=431.0) == "[6 min 34 s, 7 min 11 s]"
    assert numbers.duration(431.0, 2, most=431.0) == "7 min 11 s"
    assert numbers.signed_interval(Estimate(ci_lower=-41.0, ci_upper=130.0), 120) == (
        "[\N{MINUS SIGN}2 min, 4 min]"
    )
