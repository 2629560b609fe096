"""How many users: the formula, statsmodels, and trials that find what they should."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from tea_tasting.aggr import Aggregates
from tea_tasting.metrics import Mean

from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import compare
from resume_gap.stats.power import detectable, errors_of_looks, spread, users_per_arm
from resume_gap.stats.sequential import half_width, rho

Z = NormalDist().inv_cdf


@pytest.mark.parametrize(
    ("effect", "golden"),
    [(0.1, 1570.7330430520037), (0.3, 175.38466947047476), (0.5, 63.76561058891169)],
)
def test_users_golden(effect: float, golden: float) -> None:
    """statsmodels 0.15.0: `TTestIndPower().solve_power(effect, alpha=.05, power=.8, ratio=1)`."""
    assert users_per_arm(100.0, 10 * effect) == math.ceil(golden)
    assert users_per_arm(100.0, -10 * effect) == math.ceil(golden)


@pytest.mark.parametrize(
    ("users", "golden"),
    [(50, 0.5658802975295967), (100, 0.3981391138964959), (1000, 0.12535080529703696)],
)
def test_detectable_golden(users: int, golden: float) -> None:
    """statsmodels 0.15.0: `TTestIndPower().solve_power(nobs1=users, alpha=.05, power=.8)`.

    It stops looking at a few millionths: the power integrated over the chi distribution of the
    error is .8 at 0.5658822, 0.3981381 and 0.1253508, as tea-tasting's two-sided answer is.
    """
    assert detectable(100.0, 2 * users) == pytest.approx(10 * golden, rel=1e-5)


@pytest.mark.parametrize(
    ("variance", "effect", "users", "power"),
    [(500.0, 10.0, 100, 0.8), (3e5, 41.0, 51, 0.9), (0.02, 0.003, 12_345, 0.7)],
)
def test_the_answers_are_tea_tastings(
    variance: float, effect: float, users: int, power: float
) -> None:
    def asked(**known: float) -> Mean:
        return Mean("y", alternative="greater", equal_var=False, alpha=0.025, power=power, **known)

    arm = Aggregates(count_=users, mean_={"y": 1.0}, var_={"y": variance})
    needed = asked(effect_size=effect).solve_power_from_aggregates(arm, "n_obs")[0]
    found = asked(n_obs=users).solve_power_from_aggregates(arm, "effect_size")[0]
    assert users_per_arm(variance, effect, power=power) == math.ceil(needed.n_obs / 2)
    assert detectable(variance, users, power=power) == found.effect_size


@pytest.mark.parametrize("effect", [0.02, 0.2, 0.37, 1.0, 3.0, 5.0])
@pytest.mark.parametrize(("power", "alpha"), [(0.8, 0.05), (0.9, 0.05), (0.95, 0.001)])
def test_the_formula_of_the_method_is_met_within_three_users(
    effect: float, power: float, alpha: float
) -> None:
    formula = 2 * (Z(1 - alpha / 2) + Z(power)) ** 2 * 100 / effect**2
    found = users_per_arm(100.0, effect, power=power, alpha=alpha)
    assert formula <= found <= formula + 4


def test_looks() -> None:
    for users in (60, 1000, 10**6):
        error = math.sqrt(4 * 100 / users)
        reach = half_width(error**2, users, rho(users / 2)) / error
        assert errors_of_looks() == pytest.approx(reach, rel=1e-12)
        found = detectable(100.0, users, looks=True)
        assert found == pytest.approx((reach + Z(0.8)) * error)
        assert users_per_arm(100.0, found or 0, looks=True) == pytest.approx(users / 2, abs=1)
    assert errors_of_looks() == pytest.approx(3.061477218867417)


def test_there_and_back() -> None:
    needed = users_per_arm(400.0, 2.5)
    assert detectable(400.0, 2 * needed) == pytest.approx(2.5, rel=1e-3)
    assert (detectable(400.0, 2 * needed - 2) or 0) > 2.5


def test_ends() -> None:
    assert users_per_arm(1.0, 100.0) == 25
    assert users_per_arm(1.0, 100.0, looks=True) == 25
    assert detectable(1.0, 49) is None
    assert detectable(1.0, 49, looks=True) is None
    assert detectable(0.0, 50) == 0.0
    assert users_per_arm(1e4, 1e-3) == pytest.approx(1.56977594686e11, rel=1e-9)
    for variance, effect in ((0.0, 1.0), (1.0, 0.0), (math.nan, 1.0), (1.0, math.inf)):
        with pytest.raises(ValueError, match="finite"):
            users_per_arm(variance, effect)


@pytest.mark.full
def test_trials_of_the_solved_size_find_it() -> None:
    """Skewed values with a cap, in the arms and in the variance that is planned with."""

    def values(draw: np.random.Generator, users: int) -> np.ndarray:
        return np.minimum(draw.lognormal(4, 1.2, users), 900.0)

    variance = float(values(np.random.default_rng(0), 10**6).var())
    users = users_per_arm(variance, 45.0)
    assert users > 100
    found = 0
    for world in range(400):
        draw = np.random.default_rng([world, 13])
        effect = compare(
            Arm(numerators=values(draw, users)),
            Arm(numerators=values(draw, users) + 45),
            seed=world,
        ).effect
        found += (effect.p or 1) < 0.05
    assert 0.74 <= found / 400 <= 0.88


def test_spread_by_hand() -> None:
    assert spread(np.array([1.0, 3.0]), seed=1).estimate == pytest.approx(math.sqrt(2))
    assert spread(np.array([1.0]), seed=1).estimate is None
    assert spread(np.arange(24.0), seed=1).ci_lower is None
    assert spread(np.full(50, 0.1), seed=1).ci_lower is None
    # One who differs is not in every resample.
    assert spread(np.append(np.zeros(99), 5.0), seed=1).ci_upper is None


def test_spread_against_a_loop() -> None:
    y = np.arange(40.0) ** 2
    found = spread(y, seed=5, draws=300)
    assert found == spread(y[::-1], seed=5, draws=300)

    def log_spread(values: np.ndarray) -> tuple[float, float]:
        whole = math.log(values.std(ddof=1))
        less = [math.log(np.delete(values, i).std(ddof=1)) for i in range(len(values))]
        return whole, math.sqrt((len(less) - 1) * np.var(less))

    log, error = log_spread(y)
    draw = np.random.default_rng(5)
    t = []
    for chosen in draw.integers(0, 40, (300, 40)):
        again, its_error = log_spread(y[chosen])
        t.append((again - log) / its_error)
    high, low = np.quantile(t, [0.025, 0.975])
    expected = math.exp(log - low * error), math.exp(log - high * error)
    assert (found.ci_lower, found.ci_upper) == pytest.approx(expected)
    assert found.estimate == pytest.approx(math.exp(log))


def test_spread_scales_and_covers() -> None:
    y = np.arange(40.0) ** 2
    one, other = spread(y, seed=1), spread(60 * y + 7, seed=1)
    assert other.ci_upper == pytest.approx(60 * (one.ci_upper or 0))
    held = 0
    truth = math.sqrt(0.2 * 900**2 + 0.8 * 360**2 / 3 - (0.2 * 900 + 0.8 * 180) ** 2)
    for world in range(300):
        draw = np.random.default_rng([world, 14])
        y = np.where(draw.random(60) < 0.2, 900, draw.uniform(0, 360, 60))
        found = spread(y, seed=world, draws=299)
        held += (found.ci_lower or 0) <= truth <= (found.ci_upper or 0)
    assert 0.9 <= held / 300 <= 0.99
