"""Two arms: by hand, by tea-tasting, by statsmodels, and by laws.

Golden values: statsmodels 0.15.0 on Python 3.11; the commands stand beside them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tea_tasting.aggr import Aggregates
from tea_tasting.metrics import Mean, RatioOfMeans

from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import Comparison, Difference, apart, compare, difference
from resume_gap.stats.interval import Interval

Floats = np.ndarray[Any, np.dtype[np.float64]]


def figures(users: int, a: int, b: int) -> tuple[Floats, Floats, Floats]:
    """Literal data of any size: sums, counts from 1 to 4, and something known before."""
    i = np.arange(users)
    n = ((i * a) % 4 + 1).astype(float)
    y = np.array([(k * k * 37 + b * k) % 101 for k in range(users)]) + 10.0 * n
    return y, n, (i * 53 + b) % 23 + y / 5


CONTROL, TREATMENT = figures(160, 7, 11), figures(150, 5, 29)


def mean(y: Floats, x: Floats | None = None) -> Arm:
    return Arm(numerators=y, covariate=x)


def ratio(y: Floats, n: Floats, x: Floats | None = None) -> Arm:
    return Arm(numerators=y, denominators=n, covariate=x)


def compared(control: Arm, treatment: Arm, **options: Any) -> Comparison:
    return compare(control, treatment, **{"seed": 1, **options})


def numbers(effect: Difference) -> list[float | None]:
    return [
        effect.control,
        effect.treatment,
        effect.estimate,
        effect.ci_lower,
        effect.ci_upper,
        effect.relative,
        effect.relative_ci_lower,
        effect.relative_ci_upper,
        effect.p,
    ]


def aggregates(y: Floats, n: Floats, x: Floats) -> Aggregates:
    spread = np.cov([y, n, x])
    return Aggregates(
        count_=len(y),
        mean_={"y": float(y.mean()), "n": float(n.mean()), "x": float(x.mean())},
        var_={"y": spread[0, 0], "n": spread[1, 1], "x": spread[2, 2]},
        cov_={("n", "y"): spread[0, 1], ("x", "y"): spread[0, 2], ("n", "x"): spread[1, 2]},
    )


@pytest.mark.parametrize("level", [0.95, 0.9])
@pytest.mark.parametrize("kind", ["mean", "ratio", "cuped", "cuped ratio"])
def test_large_arms_are_tea_tastings(kind: str, level: float) -> None:
    options = {"confidence_level": level, "equal_var": False, "use_t": True}
    x = "x" if "cuped" in kind else None
    metric = RatioOfMeans("y", "n", x, **options) if "ratio" in kind else Mean("y", x, **options)
    theirs = metric.analyze_aggregates(aggregates(*CONTROL), aggregates(*TREATMENT))
    arms = [
        Arm(
            numerators=y,
            denominators=n if "ratio" in kind else None,
            covariate=x if "cuped" in kind else None,
        )
        for y, n, x in (CONTROL, TREATMENT)
    ]
    ours = compared(*arms, level=level)
    assert numbers(ours.effect) == pytest.approx(
        [
            theirs.control,
            theirs.treatment,
            theirs.effect_size,
            theirs.effect_size_ci_lower,
            theirs.effect_size_ci_upper,
            theirs.rel_effect_size,
            theirs.rel_effect_size_ci_lower,
            theirs.rel_effect_size_ci_upper,
            theirs.pvalue,
        ],
        rel=1e-6,
    )
    assert ours.variance is not None
    assert math.sqrt(ours.variance) == pytest.approx(theirs.effect_size / theirs.statistic)
    assert ours.effect.method == ("delta" if "ratio" in kind else "welch")


def test_welch_golden() -> None:
    """`CompareMeans(DescrStatsW(treatment), DescrStatsW(control))`, its

    `tconfint_diff(alpha=.05, usevar="unequal")` and `ttest_ind(usevar="unequal")`.
    """
    found = compared(mean(CONTROL[0]), mean(TREATMENT[0])).effect
    assert found.ci_lower == pytest.approx(-4.89266264795577, rel=1e-6)
    assert found.ci_upper == pytest.approx(9.221829314622422, rel=1e-6)
    assert found.p == pytest.approx(0.5465866263126207, rel=1e-6)


def test_cuped_golden() -> None:
    """Both arms together `OLS(y, add_constant(x)).fit()`, y less slope x (x - mean x), as above."""
    found = compared(mean(CONTROL[0], CONTROL[2]), mean(TREATMENT[0], TREATMENT[2])).effect
    assert found.control == pytest.approx(73.72381006842366, rel=1e-6)
    assert found.treatment == pytest.approx(75.15460259368143, rel=1e-6)
    assert found.ci_lower == pytest.approx(-3.625404954756844, rel=1e-6)
    assert found.ci_upper == pytest.approx(6.4869900052723874, rel=1e-6)
    assert found.p == pytest.approx(0.5780580618833574, rel=1e-6)


def test_ratio_golden() -> None:
    """By arm, n rows of y / n a user: `OLS(rows, ones).fit(cov_type="cluster")` by user."""
    found = compared(ratio(*CONTROL[:2]), ratio(*TREATMENT[:2]))
    assert found.effect.control == pytest.approx(29.347500000000018, rel=1e-6)
    assert found.effect.treatment == pytest.approx(30.375335120643438, rel=1e-6)
    # With one regressor its factor G / (G - 1) x (N - 1) / (N - 1) is that of the delta method.
    square = 1.0106351216223426**2 + 1.217408883188536**2
    assert found.variance == pytest.approx(square, rel=1e-6)


def test_relative_interval_is_that_of_the_logarithm() -> None:
    found = compared(mean(CONTROL[0]), mean(TREATMENT[0]))
    errors = [float(stats.sem(y) / y.mean()) for y in (CONTROL[0], TREATMENT[0])]
    assert found.log_variance == pytest.approx(errors[0] ** 2 + errors[1] ** 2)
    freedom = (errors[0] ** 2 + errors[1] ** 2) ** 2 / (errors[0] ** 4 / 159 + errors[1] ** 4 / 149)
    ratio_of_means = TREATMENT[0].mean() / CONTROL[0].mean()
    for level, ends in (
        (0.975, (found.effect.relative_ci_lower, found.effect.relative_ci_upper)),
        (0.95, (found.relative_lower, found.relative_upper)),
    ):
        reach = stats.t.ppf(level, freedom) * math.hypot(*errors)
        expected = [ratio_of_means * math.exp(sign * reach) - 1 for sign in (-1, 1)]
        assert ends == pytest.approx(expected, rel=1e-6)


# Laws


@pytest.mark.parametrize("users", [60, 150])
def test_swapping_the_arms_turns_the_sign(users: int) -> None:
    one, other = ratio(*figures(users, 7, 11)[:2]), ratio(*figures(users, 5, 29)[:2])
    there, back = compared(one, other), compared(other, one)
    assert back.variance == pytest.approx(there.variance)
    a, b = there.effect, back.effect
    assert b.p == pytest.approx(a.p)
    assert (b.estimate, b.ci_lower, b.ci_upper) == pytest.approx(
        tuple(-v for v in (a.estimate, a.ci_upper, a.ci_lower) if v is not None)
    )


@pytest.mark.parametrize("users", [60, 150])
def test_moving_both_arms_leaves_the_effect(users: int) -> None:
    one, other = figures(users, 7, 11)[0], figures(users, 5, 29)[0]
    here, there = (compared(mean(one + by), mean(other + by)).effect for by in (0, 1000))
    assert numbers(there)[2:5] == pytest.approx(numbers(here)[2:5])
    assert there.p == pytest.approx(here.p)


@pytest.mark.parametrize("users", [60, 150])
def test_the_order_of_users_says_nothing(users: int) -> None:
    one, other = figures(users, 7, 11), figures(users, 5, 29)
    turn = np.random.default_rng(4).permutation(users)
    here = compared(ratio(*one), ratio(*other)).effect
    there = compared(ratio(*(v[turn] for v in one)), ratio(*other)).effect
    assert numbers(there) == pytest.approx(numbers(here), rel=1e-9)


@pytest.mark.parametrize("users", [60, 150])
def test_more_rows_of_the_same_users_tell_nothing_more(users: int) -> None:
    one, other = figures(users, 7, 11)[:2], figures(users, 5, 29)[:2]
    once = compared(ratio(*one), ratio(*other))
    twice = compared(ratio(*(2 * v for v in one)), ratio(*(2 * v for v in other)))
    assert numbers(twice.effect) == pytest.approx(numbers(once.effect), rel=1e-9)
    assert twice.effect.rows_control == 2 * (once.effect.rows_control or 0)


def test_twice_the_users_tell_more() -> None:
    arms = ratio(*CONTROL[:2]), ratio(*TREATMENT[:2])
    doubled = (
        ratio(*(np.tile(v, 2) for v in CONTROL[:2])),
        ratio(*(np.tile(v, 2) for v in TREATMENT[:2])),
    )
    once, twice = compared(*arms), compared(*doubled)
    assert once.variance is not None
    assert twice.variance == pytest.approx(once.variance / 2, rel=0.01)
    assert twice.effect.estimate == pytest.approx(once.effect.estimate)


def test_users_without_rows_are_users() -> None:
    """They move no ratio; that there might have been more rows makes the error larger."""
    with_none = [
        (np.append(y, np.zeros(40)), np.append(n, np.zeros(40))) for y, n, _ in (CONTROL, TREATMENT)
    ]
    bare = compared(ratio(*CONTROL[:2]), ratio(*TREATMENT[:2]))
    found = compared(ratio(*with_none[0]), ratio(*with_none[1]))
    assert found.effect.estimate == pytest.approx(bare.effect.estimate)
    assert found.effect.n_control == bare.effect.n_control == 160
    assert found.variance == pytest.approx(bare.variance, rel=0.01)


# Small arms


def small(users: int = 40) -> tuple[Arm, Arm]:
    return mean(figures(users, 7, 11)[0]), mean(figures(users + 7, 5, 29)[0] + 9)


def test_permuted_p_is_scipys() -> None:
    control, treatment = (arm.numerators for arm in small())
    found = compared(*small()).effect
    theirs = stats.permutation_test(
        (treatment, control),
        lambda a, b, axis: np.abs(stats.ttest_ind(a, b, axis=axis, equal_var=False).statistic),
        vectorized=True,
        n_resamples=4999,
        alternative="greater",
        rng=np.random.default_rng(3),
    )
    assert found.method == "permutation"
    assert found.p == pytest.approx(theirs.pvalue, abs=0.02)
    # With thin tails the permuted quantile is close to Student's.
    t = stats.ttest_ind(treatment, control, equal_var=False).confidence_interval()
    near = 0.05 * (t.high - t.low)
    assert (found.ci_lower, found.ci_upper) == pytest.approx((t.low, t.high), abs=near)


@pytest.mark.parametrize("shift", [0, 3, 9, 12.5, 15, 30])
@pytest.mark.parametrize("level", [0.95, 0.9])
def test_p_and_interval_say_the_same(shift: float, level: float) -> None:
    control, treatment = small()
    moved = mean(treatment.numerators + shift)
    found = compared(control, moved, level=level, draws=999).effect
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert found.p is not None
    assert (found.p < 1 - level) == (not found.ci_lower <= 0 <= found.ci_upper)


def test_permutations_depends_on_the_seed_alone() -> None:
    assert compared(*small()) == compared(*small())
    assert compared(*small()).effect.p != compared(*small(), seed=2).effect.p


def test_the_permuted_p_is_uniform_where_nothing_happens() -> None:
    p = []
    for world in range(300):
        draw = np.random.default_rng([world, 5])
        n = draw.poisson(np.exp(draw.normal(0.7, 0.8, 70))).astype(float)
        y = np.where(n > 0, draw.gamma(np.maximum(n, 1), 60) * np.exp(draw.normal(0, 0.7, 70)), 0)
        found = compared(ratio(y[:35], n[:35]), ratio(y[35:], n[35:]), seed=world, draws=199)
        if found.effect.p is not None:
            p.append(found.effect.p)
    assert len(p) > 200
    assert stats.kstest(p, "uniform").pvalue > 0.01
    assert np.mean(np.array(p) < 0.05) < 0.09


def test_small_arms_of_a_ratio_with_many_who_have_nothing() -> None:
    """Whoever has nothing is dealt too, without being drawn."""
    y, n, _ = figures(50, 7, 11)
    pad = partial(np.append, values=np.zeros(5000))
    treatment = ratio(pad(y + 5), pad(n))
    found = compared(ratio(pad(y), pad(n)), treatment, draws=499).effect
    assert found.method == "permutation"
    assert (found.n_control, found.n_treatment) == (50, 50)
    assert 0 < (found.p or 0) < 1


def test_denominators_that_are_all_1_are_a_mean() -> None:
    y, n, x = figures(50, 7, 11)
    one = compared(ratio(y, n * 0 + 1, x), ratio(y[::-1] + 7, n * 0 + 1, x)).effect
    other = compared(mean(y, x), mean(y[::-1] + 7, x)).effect
    assert numbers(one) == numbers(other)
    in_one_arm = compared(ratio(y, n * 0 + 1, x), ratio(y[::-1] + 7, n, x)).effect
    assert in_one_arm.p is not None


def test_users_of_whom_few_do_most_are_few() -> None:
    y, n, _ = figures(300, 7, 11)
    heavy = n + np.where(np.arange(300) % 30 == 0, 40.0, 0.0)
    alike, apart_ = ratio(y, n), ratio(y, heavy)
    assert alike.worth == pytest.approx(n.sum() ** 2 / (n**2).sum())
    assert apart_.worth < 100 < alike.worth
    assert compared(alike, alike).effect.method == "delta"
    assert compared(alike, apart_).effect.method == "permutation"
    assert mean(y).worth == 300


# What cannot be had


def test_few_users() -> None:
    found = compared(mean(np.arange(24.0)), mean(np.arange(500.0))).effect
    assert found.reason == "few_users"
    assert (found.control, found.treatment) == (11.5, 249.5)
    assert (found.n_control, found.n_treatment) == (24, 500)
    assert numbers(found)[2:] == [None] * 7
    assert found.method is None


def test_few_users_are_those_with_rows() -> None:
    n = np.append(np.ones(24), np.zeros(500))
    found = compared(ratio(n * 3, n), ratio(np.arange(524.0), np.ones(524))).effect
    assert found.reason == "few_users"
    assert (found.control, found.n_control, found.rows_control) == (3.0, 24, 24)


def test_nobody() -> None:
    empty = np.empty(0)
    assert compared(mean(empty), mean(empty)).effect.reason == "no_rows"
    assert compared(ratio(empty, empty), ratio(np.zeros(9), np.zeros(9))).effect == Difference(
        reason="no_rows", rows_control=0, rows_treatment=0
    )
    one = compared(mean(empty), mean(np.ones(100))).effect
    assert (one.reason, one.control, one.treatment) == ("few_users", None, 1.0)


@pytest.mark.parametrize("users", [30, 300])
@pytest.mark.parametrize("value", [0.0, 0.1, 900.0])
def test_no_variation(users: int, value: float) -> None:
    control = mean(np.full(users, value), np.arange(users) % 7.0)
    for more in (0, 1):
        found = compared(control, replace(control, numerators=control.numerators + more))
        assert found.effect.reason == "no_variation"
        assert found.effect.estimate == pytest.approx(more)
        assert (found.effect.p, found.effect.ci_lower, found.variance) == (None, None, None)


def test_one_arm_may_be_without_variation() -> None:
    found = compared(mean(np.full(200, 5.0)), mean(figures(200, 7, 11)[0])).effect
    theirs = stats.ttest_1samp(figures(200, 7, 11)[0], 5.0)
    assert found.p == pytest.approx(theirs.pvalue)


def test_nothing_in_control_has_no_relative_change() -> None:
    for users in (50, 200):
        found = compared(mean(np.zeros(users)), mean(figures(users, 7, 11)[0])).effect
        assert found.relative is None
        assert found.relative_ci_lower is None
        assert found.ci_lower is not None
        found = compared(mean(figures(users, 7, 11)[0]), mean(np.zeros(users))).effect
        assert found.relative == -1
        assert found.relative_ci_upper is None
        assert found.ci_lower is not None


def test_what_is_refused() -> None:
    y = np.arange(30.0)
    with pytest.raises(ValueError, match="finite"):
        mean(np.append(y, np.nan))
    with pytest.raises(ValueError, match="per user"):
        ratio(y, y[1:])
    with pytest.raises(ValueError, match="0 or more"):
        ratio(y, -y)
    with pytest.raises(ValueError, match="both arms"):
        compared(mean(y), ratio(y, y + 1))
    with pytest.raises(ValueError, match="both arms"):
        compared(mean(y, y), mean(y))


value = st.sampled_from([0.0, 0.0, 1.0, 1e-9, 900.0, 1e12, -3.0, 0.1])
arms = st.tuples(
    st.lists(value, min_size=25, max_size=25), st.sampled_from([1, 2, 5]), st.integers(0, 3)
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(one=arms, other=arms, kind=st.sampled_from(["mean", "ratio", "cuped", "cuped ratio"]))
def test_never_nan(one: Any, other: Any, kind: str) -> None:
    made = []
    for values, times, step in (one, other):
        y = np.tile(np.array(values), times)
        i = np.arange(len(y))
        n = ((i * step) % 3).astype(float)
        made.append(
            Arm(
                numerators=y,
                denominators=n if "ratio" in kind else None,
                covariate=(y * step + i % 5) if "cuped" in kind else None,
            )
        )
    found = compared(*made, draws=99)
    beside = [found.variance, found.log_variance, found.relative_lower, found.relative_upper]
    for figure in numbers(found.effect) + beside:
        assert figure is None or math.isfinite(figure)
    effect = found.effect
    if effect.ci_lower is not None:
        assert effect.ci_lower <= effect.estimate <= effect.ci_upper  # type: ignore[operator]
        assert effect.reason is None
        assert 0 <= (effect.p if effect.p is not None else -1) <= 1


def test_effects_of_other_users_apart() -> None:
    found = [
        compared(mean(figures(users, 7, 11)[0]), mean(figures(users, 5, 29)[0]))
        for users in (60, 120)
    ]
    between = apart(*found)
    squares = [one.variance or 0 for one in found]
    freedom = sum(squares) ** 2 / (squares[0] ** 2 / 118 + squares[1] ** 2 / 238)
    estimate = (found[0].effect.estimate or 0) - (found[1].effect.estimate or 0)
    expected = stats.t.interval(0.95, freedom, estimate, math.sqrt(sum(squares)))
    assert between.estimate == pytest.approx(estimate)
    assert (between.ci_lower, between.ci_upper) == pytest.approx(expected)
    few = compared(mean(np.arange(5.0)), mean(np.arange(90.0)))
    assert apart(few, found[0]) == apart(found[0], few) == Interval()


def test_difference_is_the_effect_of_compare() -> None:
    control, treatment = small()
    effect = difference(control, treatment, seed=1)
    assert effect == compared(control, treatment).effect
