"""Two arms as wholes and within blocks, against SciPy."""

import dataclasses
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from resume_gap.stats import inference
from resume_gap.stats.inference import Terms, inferred, inferred_in_blocks
from resume_gap.stats.moments import Users
from resume_gap.stats.welch import Reach

CONTROL = np.array([3.0, 5, 4, 8, 6, 7, 2, 9, 5, 5])
TREATMENT = np.array([4.0, 6, 9, 12, 7, 8, 10])
WELCH = Terms(permute=False, seed=1, level=0.95, draws=999)
PERMUTED = WELCH._replace(permute=True)


def users(values: np.ndarray) -> Users:
    return Users(values, np.ones(len(values)), None)


def reach(found: Reach | None) -> tuple[float, float]:
    assert found is not None
    return found.p, found.half


def scipys(control: np.ndarray, treatment: np.ndarray, level: float) -> tuple[float, float]:
    found = stats.ttest_ind(treatment, control, equal_var=False)
    interval = found.confidence_interval(level)
    return float(found.pvalue), float(interval.high - interval.low) / 2


def one_block(control: np.ndarray, treatment: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(len(control), dtype=np.int64), np.zeros(len(treatment), dtype=np.int64)


def test_whole_arms_are_scipys() -> None:
    found = inferred(users(CONTROL), users(TREATMENT), WELCH)
    assert found.means == pytest.approx((CONTROL.mean(), TREATMENT.mean()))
    squares = [side.var(ddof=1) / len(side) for side in (CONTROL, TREATMENT)]
    assert found.error == pytest.approx(math.sqrt(sum(squares)))
    assert reach(found.wide) == pytest.approx(scipys(CONTROL, TREATMENT, 0.95))
    # The ends of a 90 % interval are one-sided limits at 95 %.
    assert reach(found.one_sided) == pytest.approx(scipys(CONTROL, TREATMENT, 0.9))
    assert found.log_error == pytest.approx(
        math.hypot(*(math.sqrt(s) / m for s, m in zip(squares, found.means, strict=True)))
    )


def test_measures_below_0_are_inferred_too() -> None:
    found = inferred(users(CONTROL - 100), users(TREATMENT - 100), WELCH)
    assert reach(found.wide) == pytest.approx(scipys(CONTROL, TREATMENT, 0.95))
    assert found.log_error is None
    assert found.wide is not None
    assert found.wide.factor is None


def test_permuted_users_decide_where_they_are_asked() -> None:
    found = inferred(users(CONTROL), users(TREATMENT), PERMUTED)
    again = inferred(users(CONTROL), users(TREATMENT), PERMUTED)
    other = inferred(users(CONTROL), users(TREATMENT), PERMUTED._replace(seed=2))
    assert found == again != other
    p, half = reach(found.wide)
    assert p == pytest.approx(scipys(CONTROL, TREATMENT, 0.95)[0], abs=0.03)
    # p is below 5 % exactly where the interval excludes 0.
    assert (p < 0.05) == (abs(found.means[1] - found.means[0]) > half)
    assert p * 1000 == pytest.approx(round(p * 1000))


def test_where_nothing_varies_there_is_no_interval() -> None:
    same = users(np.full(8, 3.0))
    for found in (
        inferred(same, same, WELCH),
        inferred_in_blocks(same, same, one_block(same.numerators, same.numerators), WELCH),
    ):
        assert found.means == (3.0, 3.0)
        assert (found.error, found.log_error, found.wide, found.one_sided) == (0, None, None, None)


def test_one_block_is_no_block() -> None:
    found = inferred_in_blocks(
        users(CONTROL), users(TREATMENT), one_block(CONTROL, TREATMENT), WELCH
    )
    assert found.means == pytest.approx((CONTROL.mean(), TREATMENT.mean()))
    assert reach(found.wide) == pytest.approx(scipys(CONTROL, TREATMENT, 0.95))
    assert reach(found.one_sided) == pytest.approx(scipys(CONTROL, TREATMENT, 0.9))


def test_blocks_take_away_what_differs_between_them() -> None:
    """Late users are slower by 100 and mostly in treatment: within blocks nobody differs by it."""
    early = np.array([1.0, 2, 3, 4, 5, 6]), np.array([2.0, 4])
    late = np.array([102.0, 104]), np.array([101.0, 102, 103, 104, 105, 106])
    control, treatment = (np.concatenate(sides) for sides in zip(early, late, strict=True))
    numbers = np.array([0] * 6 + [1] * 2), np.array([0] * 2 + [1] * 6)
    found = inferred_in_blocks(users(control), users(treatment), numbers, WELCH)
    inside = [t.mean() - c.mean() for c, t in (early, late)]
    assert found.means[1] - found.means[0] == pytest.approx(np.mean(inside))  # blocks of 8 each
    squares = [side.var(ddof=1) / len(side) / 4 for block in (early, late) for side in block]
    assert found.error == pytest.approx(math.sqrt(sum(squares)))
    whole = inferred(users(control), users(treatment), WELCH)
    assert whole.means[1] - whole.means[0] > 40
    permuted = inferred_in_blocks(users(control), users(treatment), numbers, PERMUTED)
    assert permuted.means == found.means
    assert reach(permuted.wide)[0] > 0.05


def test_a_covariate_is_part_of_the_arms() -> None:
    def known(values: np.ndarray) -> Users:
        wave = np.resize([0.1, -0.1, 0.05], len(values))
        return dataclasses.replace(users(values), covariate=values + wave)

    found = inferred(known(CONTROL), known(TREATMENT), WELCH)
    assert found.error < 0.2 * inferred(users(CONTROL), users(TREATMENT), WELCH).error


@pytest.mark.parametrize("scale", [1e6, 1.0, 1e-6])
def test_rounding_is_judged_by_the_size_of_the_figures(scale: float) -> None:
    def by_freedom(error: float) -> float:
        found: Any = SimpleNamespace(means=(0.0, error), squares=(error**2, 0.0), freedom=5.0)
        return inference._by_freedom(found, scale, 0.95).error

    small, more = 0.9e-12 * scale, 1.1e-12 * scale
    assert by_freedom(small) == 0.0
    assert by_freedom(more) == pytest.approx(more)
    assert inference._snapped(np.float64(small), scale) == 0.0
    assert inference._snapped(np.float64(-more), scale) == -more
    assert inference._snapped(np.float64(-small), scale) == 0.0


def test_a_ratio_is_inferred_where_both_arms_are_above_0_and_neither_is_wide() -> None:
    assert inference._log_error((3.0, 4.0), (0.09, 0.16)) == pytest.approx(math.sqrt(0.02))
    assert inference._log_error((0.0, 4.0), (0.09, 0.16)) is None
    assert inference._log_error((3.0, -4.0), (0.09, 0.16)) is None
    wide = inference._WIDE
    assert inference._log_error((1.0, 1.0), (wide**2, 0.0)) is None
    assert inference._log_error((1.0, 1.0), (0.98 * wide**2, 0.0)) == pytest.approx(
        math.sqrt(0.98) * wide
    )
    assert inference._reach(0.5, 2.0, 3.0, 0.1) == Reach(0.5, 6.0, math.exp(0.2))
    assert inference._reach(0.5, 2.0, 3.0, None) == Reach(0.5, 6.0, None)
    widest = inference._WIDEST
    assert inference._reach(0.5, 1.0, 3.0, widest) == Reach(0.5, 3.0, None)
