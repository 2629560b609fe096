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
    [
        (41.2, 0, "41 s"),
        (-3.04, 0, "-3.0 s"),
        (0.0, 0, "0.0 s"),
        (-0.01, 0, "0.0 s"),
        (-41.0, 120, "0 s"),
        (-200.0, 120, "-4 min"),
    ],
)
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
        (0, 0, "0.0 s"),
        (0.04, 0, "under 0.1 s"),
        (4.23, 0, "4.2 s"),
        (41.4, 0, "41 s"),
        (119.6, 0, "2 min"),
        (438, 0, "7 min 18 s"),
        (11_100, 0, "3 h 5 min"),
        (216_000, 0, "2.5 days"),
        (1.0, 2, "under 2 s"),
        (41.4, 2, "42 s"),
        (0, 2, "0 s"),
        (50, 120, "under 2 min"),
        (200, 120, "4 min"),
        (864_000, 0, "10 days"),
    ],
)
def test_durations(seconds: float, step: float, text: str) -> None:
    assert numbers.duration(seconds, step) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (0.0004, "under 0.1 %"),
        (0.034, "3.4 %"),
        (0.34, "34 %"),
        (0.0996, "10 %"),
        (0.9961, "99.6 %"),
        (0.99999, "over 99.9 %"),
        (1, "100 %"),
    ],
)
def test_percents(share: float, text: str) -> None:
    assert numbers.percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1800, "30 min"),
        (90, "1 min 30 s"),
        (3600, "1 h"),
        (253.4, "4 min 13 s"),
        (2.5, "2.5 s"),
        (86_400, "1 day"),
        (0, "0 s"),
        (7_265, "2 h 1 min 5 s"),
    ],
)
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


def test_counts_and_their_nouns() -> None:
    assert numbers.count(1_234_567) == "1,234,567"
    assert numbers.many(1, "return") == "1 return"
    assert numbers.many(0, "return") == "0 returns"
    assert numbers.many(1_002, "user has", "users have") == "1,002 users have"


def test_a_dash_stands_for_nothing() -> None:
    assert numbers.or_dash(None, numbers.percent) == "\N{EN DASH}"
    assert numbers.or_dash(0.0, numbers.percent) == "0 %"
    assert numbers.part(1, 0) == "\N{EN DASH}"
    assert numbers.part(1, 3) == "33 %"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.00099, "under 0.1 %"),
        (0.001, "0.1 %"),
        (0.0994, "9.9 %"),
        (0.9899, "99 %"),
        (0.9904, "99.0 %"),
        (0.999, "99.9 %"),
        (0.9991, "over 99.9 %"),
        (-0.2, "0 %"),
    ],
)
def test_percents_near_nothing_and_all(share: float, text: str) -> None:
    assert numbers.percent(share) == text


def test_what_was_set_is_printed_as_it_was_set() -> None:
    assert numbers.exact_share(0.05) == "5 %"
    assert numbers.exact_share(0.025) == "2.5 %"
    assert numbers.exact_us(90_500_000) == "1 min 30 s"
    assert numbers.exact_us(1_500_000) == "1.5 s"
    assert numbers.exact(7.5) == "7.5 s"
    assert numbers.exact(90_061) == "1 day 1 h 1 min 1 s"
    assert numbers.exact(172_800) == "2 days"


def test_lengths_share_the_unit_of_the_longest_and_end_at_the_cap() -> None:
    assert numbers.duration(41.0, 0, like=119.0) == "41 s"
    assert numbers.duration(90.0, 0, like=None) == "90 s"
    assert numbers.duration(90.0, 0, like=120.0) == "1 min 30 s"
    assert numbers.duration(172_799.0, 0) == "2 days"
    assert numbers.duration(90_000.0, 0, like=200_000.0) == "1.0 days"
    assert numbers.duration(899.7, 0, most=899.0) == "14 min 59 s"
    assert numbers.duration(0.0, 0, like=900.0) == "0.0 s"
    assert numbers.duration(60.0, 60) == "1 min"


@pytest.mark.parametrize(
    ("seconds", "step", "rounded"),
    [
        (9.94, 0, 9.9),
        (41.4, 0, 41),
        (3_599.4, 0, 3_599),
        (3_631.0, 0, 3_660),
        (172_800.0, 0, 172_800),
        (41.4, 2, 42),
        (100, 120, 120),
    ],
)
def test_lengths_are_rounded_by_their_size(seconds: float, step: float, rounded: float) -> None:
    assert numbers.round_to(seconds, step) == pytest.approx(rounded)


def test_ends_move_outwards_only_where_the_stamps_are_coarse() -> None:
    assert numbers.outwards(41.3, 0, up=True) == 41.3
    assert numbers.outwards(41.3, 1.0, up=True) == 41.3
    assert numbers.outwards(41.0, 2, up=True) == 42
    assert numbers.outwards(41.0, 2, up=False) == 40
    assert numbers.outwards(42.0, 2, up=True) == 42


def test_figures_without_an_interval_and_intervals_without_an_end() -> None:
    half = Estimate(estimate=4.0, ci_lower=1.0)
    assert numbers.seconds_figure(Estimate(), 0) is None
    assert numbers.signed_figure(Estimate(), 0) is None
    for form in (numbers.seconds_interval, numbers.signed_interval):
        assert form(half, 0) is None
        assert form(Estimate(estimate=4.0, ci_upper=9.0), 0) is None
    assert numbers.assumed_interval(half) is None
    assert numbers.share_interval(half) is None
    assert numbers.signed_figure(Estimate(estimate=-4.0, ci_lower=-130.0), 0) == (
        f"{numbers.MINUS}4.0 s"
    )


def test_intervals_of_times_do_not_go_below_0_but_those_of_differences_do() -> None:
    some = Estimate(estimate=3.0, ci_lower=-2.0, ci_upper=8.04)
    assert numbers.seconds_interval(some, 0) == "[0.0 s, 8.0 s]"
    assert numbers.signed_interval(some, 0) == f"[{numbers.MINUS}2.0 s, 8.0 s]"
    assert numbers.assumed_interval(some) == f"[{numbers.MINUS}2.0 s, 8.0 s]"


def test_limits_keep_apart_what_is_not_equal() -> None:
    assert numbers.beside(4.996, 5.0, digits=2, up=False) == ("4.99", "5.00")
    assert numbers.beside(4.9999, 5.0, digits=1, up=True) == ("4.9999", "5.0000")
    assert numbers.beside(5.0, 5.0, digits=1, up=True) == ("5.0", "5.0")
    assert numbers.beside(-0.21, 5.0, digits=1, up=False) == (f"{numbers.MINUS}0.3", "5.0")


def test_lengths_to_multiply_have_one_digit_more() -> None:
    assert numbers.multiplied(7.314) == "7.31 s"
    assert numbers.multiplied(10.0) == "10.0 s"
    assert numbers.multiplied(119.94) == "119.9 s"
    assert numbers.multiplied(121.0) == "2 min 1 s"


def test_percent_signs_from_elsewhere_get_their_space() -> None:
    assert numbers.spaced("40% of 3.5%, %s and 5%x") == "40 % of 3.5 %, %s and 5%x"


def test_one_point_is_singular() -> None:
    assert numbers.points(0.01) == "1.0 point"
    assert numbers.points(-0.01) == f"{numbers.MINUS}1.0 point"
    assert numbers.points(0.0996) == "10 points"
    assert numbers.points_interval(-0.004, 0.1234) == f"[{numbers.MINUS}0.4, 12]"


def test_shares_end_at_nothing_and_all() -> None:
    assert numbers.share_interval(Estimate(ci_lower=-0.1, ci_upper=0.344)) == "[0 %, 34 %]"
    assert numbers.share_interval_of(0.3, 1.2) == "[30 %, 100 %]"
    assert numbers.share_interval_of(None, 0.3) is None
    assert numbers.share_interval_of(0.3, None) is None


@pytest.mark.parametrize(
    ("p", "printed", "in_trials"),
    [
        (2.4e-5, "p = 0.00002", "1 of 50,000"),
        (0.0042, "p = 0.004", "1 of 200"),
        (0.97, "p = 1", "1 of 1"),
        (2e-14, "p < 0.000001", "fewer than 1 of 1,000,000"),
    ],
)
def test_a_p_value_is_printed_without_powers_and_agrees_with_its_chance(
    p: float, printed: str, in_trials: str
) -> None:
    assert numbers.p_value(p) == printed
    assert numbers.one_in(p) == in_trials


def test_a_number_that_is_reckoned_has_two_digits() -> None:
    assert [numbers.about(n) for n in (7, 94, 17_123, 17_500)] == ["7", "94", "17,000", "18,000"]
