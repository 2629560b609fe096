"""Lee bounds: a literal reference that sorts rows in fractions, laws, and simulated coverage."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from resume_gap.stats.selection import SeenUsers, SelectionBounds, lee_bounds

Rows = list[tuple[int, int]]
"""(user, y) in whole seconds."""


def seen(users: int, rows: Rows) -> SeenUsers:
    return SeenUsers(
        users=users,
        user=np.array([user for user, _ in rows], dtype=np.int64),
        y=np.array([y for _, y in rows], dtype=np.float64),
    )


def trimmed_mean(values: list[int], kept: Fraction) -> Fraction:
    """Mean of the first so many values, the last of them perhaps in part."""
    left, total = kept, Fraction(0)
    for value in values:
        take = min(Fraction(1), left)
        total += take * value
        left -= take
    return total / kept


def literal(control: tuple[int, Rows], treatment: tuple[int, Rows]) -> tuple[Fraction, Fraction]:
    """Lower and upper bound by their definition."""
    (users_c, rows_c), (users_t, rows_t) = control, treatment
    rate_c, rate_t = Fraction(len(rows_c), users_c), Fraction(len(rows_t), users_t)
    c, t = sorted(y for _, y in rows_c), sorted(y for _, y in rows_t)
    if rate_t >= rate_c:
        kept = rate_c / rate_t * len(t)
        mean = Fraction(sum(c), len(c))
        return trimmed_mean(t, kept) - mean, trimmed_mean(t[::-1], kept) - mean
    kept = rate_t / rate_c * len(c)
    mean = Fraction(sum(t), len(t))
    return mean - trimmed_mean(c[::-1], kept), mean - trimmed_mean(c, kept)


def world(seed: int, users: int, per_user: float) -> tuple[int, Rows]:
    """Whole seconds with many at a cap of 100, in clusters of heavy and slow users."""
    draw = np.random.default_rng(seed)
    counts = draw.poisson(per_user * draw.lognormal(0, 0.7, users))
    slow = draw.lognormal(3, 0.6, users)
    return users, [
        (user, min(100, int(slow[user] * draw.lognormal(0, 0.7))))
        for user in range(users)
        for _ in range(counts[user])
    ]


WORLDS = [((1, 60, 1.5), (2, 80, 2.5)), ((3, 80, 2.5), (4, 50, 1.5)), ((5, 90, 2.0), (6, 90, 2.0))]


def bounds(control: tuple[int, Rows], treatment: tuple[int, Rows]) -> SelectionBounds:
    return lee_bounds(seen(*control), seen(*treatment))


@pytest.mark.parametrize(("one", "other"), WORLDS)
def test_the_bounds_are_their_definition(one: Any, other: Any) -> None:
    control, treatment = world(*one), world(*other)
    found = bounds(control, treatment)
    assert (found.lower, found.upper) == pytest.approx(
        tuple(map(float, literal(control, treatment)))
    )
    rates = [len(rows) / users for users, rows in (control, treatment)]
    assert found.trimmed_share == pytest.approx(1 - min(rates) / max(rates))
    assert found.trimmed_arm == ("treatment" if rates[1] > rates[0] else "control")
    assert found.reason is None


def without(arm: tuple[int, Rows]) -> list[tuple[int, Rows]]:
    """The arm without each of its users."""
    users, rows = arm
    by = defaultdict(list)
    for user, y in rows:
        by[user].append(y)
    return [
        (users - 1, [(user, y) for user in by if user != left for y in by[user]])
        for left in range(users)
    ]


@pytest.mark.parametrize(("one", "other"), WORLDS[:2])
def test_the_error_is_that_of_leaving_out_users(one: Any, other: Any) -> None:
    """Independent of the influences: every bound is found anew without each user."""
    control, treatment = world(*one), world(*other)
    square = np.zeros(2)
    for kind, arm in enumerate((control, treatment)):
        again = np.array(
            [
                [float(v) for v in literal(*((less, treatment) if kind == 0 else (control, less)))]
                for less in without(arm)
            ]
        )
        square += (len(again) - 1) * again.var(axis=0)
    found = bounds(control, treatment)
    assert found.lower is not None
    assert found.upper is not None
    errors = np.sqrt(square)

    def missing(c: float) -> float:
        wide = (found.upper - found.lower) / errors.max()  # type: ignore[operator]
        return float(stats.norm.cdf(c + wide) - stats.norm.cdf(-c)) - 0.95

    critical = optimize.brentq(missing, 1, 3)
    expected = found.lower - critical * errors[0], found.upper + critical * errors[1]
    # An atom at the edge makes the jackknife a little rough.
    assert (found.ci_lower, found.ci_upper) == pytest.approx(expected, rel=0.06)


def test_swapping_the_arms_turns_the_sign() -> None:
    for one, other in WORLDS:
        a, b = world(*one), world(*other)
        there, back = bounds(a, b), bounds(b, a)
        assert back.lower == pytest.approx(-(there.upper or 0))
        assert back.ci_lower == pytest.approx(-(there.ci_upper or 0))
        assert back.trimmed_share == there.trimmed_share
        assert back.trimmed_arm != there.trimmed_arm


def test_more_rows_of_the_same_users_tell_nothing_more() -> None:
    a, b = world(*WORLDS[0][0]), world(*WORLDS[0][1])
    once = bounds(a, b)
    often = bounds((a[0], a[1] * 3), (b[0], b[1] * 3))
    for name in ("lower", "upper", "ci_lower", "ci_upper", "trimmed_share"):
        assert getattr(often, name) == pytest.approx(getattr(once, name))


def test_the_order_of_rows_says_nothing() -> None:
    a, b = world(*WORLDS[0][0]), world(*WORLDS[0][1])
    found, turned = bounds(a, b), bounds((a[0], a[1][::-1]), (b[0], b[1][::-1]))
    assert (turned.lower, turned.ci_upper) == pytest.approx((found.lower, found.ci_upper))


def test_as_many_in_both_arms_are_not_trimmed() -> None:
    arm = world(1, 60, 1.5)
    moved = arm[0], [(user, y + 7) for user, y in arm[1]]
    found = bounds(arm, moved)
    assert (found.lower, found.upper) == (pytest.approx(7), pytest.approx(7))
    assert (found.trimmed_share, found.trimmed_arm) == (0.0, None)
    y, n = np.zeros(60), np.zeros(60)
    for user, value in arm[1]:
        y[user] += value
        n[user] += 1
    influence = (y - y.sum() / n.sum() * n) / n.sum()
    half = stats.norm.ppf(0.975) * np.sqrt(2 * 60 / 59 * (influence**2).sum())
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert found.ci_lower < 7 - half  # as many by chance: the share has its error, too
    assert found.ci_upper > 7 + half


def test_an_atom_at_the_edge_is_taken_in_part() -> None:
    """Two of three values are the cap; a third of the rows goes from the top, all of it cap."""
    control = 40, [(user, 10) for user in range(40)] * 2
    treatment = 40, [(user, y) for user in range(40) for y in (10, 100, 100)]
    found = bounds(control, treatment)
    assert found.trimmed_share == pytest.approx(1 / 3)
    assert (found.lower, found.upper) == (pytest.approx(45), pytest.approx(90))


def test_what_cannot_be_had() -> None:
    some = world(1, 60, 1.5)
    few = 500, [(user, 5) for user in range(24)] * 9
    assert bounds(some, few) == SelectionBounds(reason="few_users")
    assert bounds(few, some) == SelectionBounds(reason="few_users")
    assert bounds((60, []), some) == SelectionBounds(reason="few_users")
    assert bounds((60, []), (0, [])) == SelectionBounds(reason="no_rows")
    for rows in ([(3, 1)], [(0, 1), (3, 1)], [(-1, 1), (2, 1)]):
        with pytest.raises(ValueError, match="belongs"):
            seen(3, rows)
    assert seen(3, [(0, 1), (2, 1)]).seen == 2
    with pytest.raises(ValueError, match="per row"):
        SeenUsers(users=3, user=np.arange(2), y=np.ones(3))
    with pytest.raises(ValueError, match="finite"):
        SeenUsers(users=3, user=np.arange(1), y=np.array([np.nan]))


@pytest.mark.parametrize("users", [60, 300])
def test_no_variation_gives_a_point(users: int) -> None:
    arm = users, [(user, 5) for user in range(users)]
    found = bounds(arm, (users, [(user, 9) for user in range(users)]))
    assert (found.lower, found.upper, found.ci_lower, found.ci_upper) == (4, 4, 4, 4)


@pytest.mark.parametrize("more", ["control", "treatment"])
def test_the_interval_holds_the_effect_on_those_always_seen(more: str) -> None:
    """Every user has rows seen in either arm; one arm shows 5 % more of them, slower ones."""
    held = points = 0
    for seed in range(300):
        draw = np.random.default_rng([seed, 11])
        arms = []
        for arm in ("control", "treatment"):
            counts = draw.poisson(2 * draw.lognormal(0, 0.8, 150))
            slow = draw.lognormal(0, 0.7, 150)
            extra = draw.poisson(0.05 * counts) * (arm == more)
            user = np.repeat(np.arange(150), counts)
            y = 40 * slow[user] * draw.lognormal(0, 1, len(user)) - 15 * (arm == "treatment")
            other = np.repeat(np.arange(150), extra)
            added = 120 * slow[other] * draw.lognormal(0, 1, len(other))
            arms.append(SeenUsers(users=150, user=np.append(user, other), y=np.append(y, added)))
        found = lee_bounds(*arms)
        assert found.ci_lower is not None
        assert found.ci_upper is not None
        held += found.ci_lower <= -15 <= found.ci_upper
        points += (found.lower or 0) <= -15 <= (found.upper or 0)
    assert held / 300 >= 0.95
    assert points / 300 < 0.9  # the bounds alone would not do


@pytest.mark.parametrize("users", [25, 60])
def test_without_trimming_the_error_is_that_of_two_means(users: int) -> None:
    """One row a user: bounds meet at the difference of means; its error has G - 1 below."""
    control = [(user, user * 7 % 23) for user in range(users)]
    treatment = [(user, 40 + user * 5 % 17) for user in range(users)]
    found = lee_bounds(seen(users, control), seen(users, treatment))
    y = [np.array([value for _, value in rows], dtype=float) for rows in (control, treatment)]
    estimate = y[1].mean() - y[0].mean()
    error = np.sqrt(sum(arm.var(ddof=1) / users for arm in y))
    z = stats.norm.ppf(0.975)
    assert (found.lower, found.upper) == pytest.approx((estimate, estimate))
    assert (found.ci_lower, found.ci_upper) == pytest.approx(
        (estimate - z * error, estimate + z * error), rel=1e-6
    )
