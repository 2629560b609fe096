"""The plain measures over the users of one arm."""

import numpy as np
import pytest

from resume_gap.stats.arms import Arm


def arm(y: list[float], n: list[float] | None = None) -> Arm:
    return Arm(
        numerators=np.array(y, float), denominators=None if n is None else np.array(n, float)
    )


def test_a_mean_of_users() -> None:
    found = arm([1, 2, 6])
    assert (found.users, found.worth, found.rows, found.measure) == (3, 3.0, None, 3.0)


def test_a_ratio_of_sums_counts_the_users_who_have_rows() -> None:
    found = arm([10, 0, 2, 0], [4, 0, 2, 0])
    assert (found.users, found.rows) == (2, 6)
    assert found.measure == pytest.approx(2.0)
    assert found.worth == pytest.approx(36 / 20)  # Kish: (4 + 2)^2 / (4^2 + 2^2)


def test_denominators_that_are_no_counts_have_no_rows() -> None:
    assert arm([1, 1], [0.5, 0.25]).rows is None
    assert arm([1, 1], [0.5, 0.5]).rows == 1


@pytest.mark.parametrize("n", [None, []])
def test_nobody_has_no_measure(n: list[float] | None) -> None:
    found = arm([], n)
    assert (found.users, found.measure) == (0, None)
    assert arm([0.0, 0.0], [0, 0]).measure is None


@pytest.mark.parametrize("wrong", [[1.0, float("nan")], [1.0, float("inf")]])
def test_figures_are_finite(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        arm(wrong)
    with pytest.raises(ValueError, match="finite"):
        arm([1, 1], wrong)
    with pytest.raises(ValueError, match="finite"):
        Arm(numerators=np.ones(2), covariate=np.array(wrong))


def test_shapes_and_signs() -> None:
    with pytest.raises(ValueError, match="one entry per user"):
        arm([1, 2], [1])
    with pytest.raises(ValueError, match="one entry per user"):
        Arm(numerators=np.ones((2, 2)))
    with pytest.raises(ValueError, match="0 or more"):
        arm([1, 2], [1, -1])
