"""The confidence sequence to its formula, and what it is for."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from resume_gap.stats.difference import Difference
from resume_gap.stats.sequential import half_width, rho, sequential

GOLDEN = [
    # N*, alpha, V, N, rho, half-width: mpmath 1.4.1 with 30 digits
    (500, 0.05, 2.25, 300, 0.1259853531307315526, 4.5912582547573555631),
    (37.5, 0.01, 0.0625, 60, 0.55458672518588650254, 0.89576521937334968047),
    (100_000, 0.05, 1e-4, 777, 0.0089085097528922116074, 0.10207100072217676344),
]


@pytest.mark.parametrize("golden", GOLDEN)
def test_golden(golden: tuple[float, float, float, int, float, float]) -> None:
    half, alpha, variance, users, tuning, width = golden
    assert rho(half, alpha) == pytest.approx(tuning, rel=1e-12)
    assert half_width(variance, users, rho(half, alpha), alpha) == pytest.approx(width, rel=1e-12)


@pytest.mark.parametrize(("variance", "users", "planned"), [(9.5, 77, 154), (0.25, 1000, 9000)])
def test_the_formula_term_by_term(variance: float, users: int, planned: int) -> None:
    """Decimals with 40 digits, in another order than the code's."""
    with localcontext() as context:
        context.prec = 40
        v, n, alpha = Decimal(variance), Decimal(users), Decimal("0.05")
        two_log = -2 * alpha.ln()
        square = (two_log + (1 + two_log).ln()) / (Decimal(planned) / 2)
        inside = ((n * square + 1).sqrt() / alpha).ln()
        expected = (v * n * 2 * (n * square + 1) / (n * n * square) * inside).sqrt()
    assert rho(planned / 2) == pytest.approx(float(square.sqrt()), rel=1e-12)
    assert half_width(variance, users, rho(planned / 2)) == pytest.approx(float(expected), rel=1e-8)


def test_it_is_narrowest_where_it_was_tuned() -> None:
    tuned = half_width(1.0, 500, rho(500))
    assert tuned < half_width(1.0, 500, rho(50))
    assert tuned < half_width(1.0, 500, rho(5000))
    assert tuned > 1.96  # what the looks cost


EFFECT = Difference(
    control=50.0,
    treatment=40.0,
    estimate=-10.0,
    ci_lower=-14.0,
    ci_upper=-6.0,
    relative=-0.2,
    relative_ci_lower=-0.27,
    relative_ci_upper=-0.13,
    p=0.001,
    method="welch",
    n_control=200,
    n_treatment=210,
)


def test_the_effect_gets_the_interval_and_loses_its_p() -> None:
    found = sequential(EFFECT, 4.0, 410, 1000, log_variance=0.0036)
    half = half_width(4.0, 410, rho(500))
    assert (found.ci_lower, found.ci_upper) == pytest.approx((-10 - half, -10 + half))
    reach = half_width(0.0036, 410, rho(500))
    ends = 0.8 * math.exp(-reach) - 1, 0.8 * math.exp(reach) - 1
    assert (found.relative_ci_lower, found.relative_ci_upper) == pytest.approx(ends)
    assert (found.p, found.method, found.estimate, found.relative) == (
        None,
        "sequential",
        -10.0,
        -0.2,
    )
    bare = sequential(EFFECT, 4.0, 410, 1000)
    assert (bare.relative_ci_lower, bare.relative_ci_upper) == (None, None)


def test_without_a_variance_there_is_no_interval() -> None:
    found = sequential(EFFECT, None, 410, 1000)
    assert (found.estimate, found.ci_lower, found.p, found.method) == (-10.0, None, None, None)
    few = Difference(reason="few_users", control=3.0)
    assert sequential(few, None, 3, 1000) == few


def test_an_early_look_says_nothing_rather_than_infinity() -> None:
    found = sequential(EFFECT, 4.0, 50, 10**12, log_variance=4.0)
    assert found.relative_ci_upper is None
    assert found.ci_upper is not None
    assert math.isfinite(found.ci_upper)


@pytest.mark.parametrize("wrong", [(0.0, 0.05), (10.0, 0.0), (10.0, 1.0), (math.nan, 0.05)])
def test_what_is_refused(wrong: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rho(*wrong)


def test_28_looks_at_nothing() -> None:
    """Skewed values with a cap: fixed z errs in about 30 % of the trials, this hardly ever."""
    false, fixed = 0, 0
    looks = np.linspace(40, 500, 28).astype(int)
    for world in range(400):
        draw = np.random.default_rng([world, 9])
        arms = np.minimum(draw.lognormal(4, 1.3, (2, 500)), 900)
        squares = np.cumsum(arms**2, axis=1)[:, looks - 1]
        sums = np.cumsum(arms, axis=1)[:, looks - 1]
        variance = ((squares - sums**2 / looks) / (looks - 1) / looks).sum(axis=0)
        apart = np.abs(sums[1] - sums[0]) / looks
        width = [half_width(v, 2 * n, rho(500)) for v, n in zip(variance, looks, strict=True)]
        false += bool((apart > width).any())
        fixed += bool((apart > 1.96 * np.sqrt(variance)).any())
    assert false / 400 <= 0.05
    assert fixed / 400 > 0.2
