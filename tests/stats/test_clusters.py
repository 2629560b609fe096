"""Arms by units: equal to plain Python, and to Welch's t where every unit is one user."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from resume_gap.stats.arms import Arm
from resume_gap.stats.clusters import by_unit
from resume_gap.stats.difference import compare
from resume_gap.stats.moments import Users

Rows = list[tuple[int, int, float, float]]
"""Block, unit, numerator and denominator of each user."""


def slowly(arms: tuple[Rows, Rows]) -> tuple[float, float, float]:
    """Difference, squared error and degrees of freedom, block by block and unit by unit."""
    blocks = {row[0] for arm in arms for row in arm}
    everybody = sum(len(arm) for arm in arms)
    difference, square, terms = 0.0, 0.0, 0.0
    for block in blocks:
        inside = [[row for row in arm if row[0] == block] for arm in arms]
        weight = sum(len(arm) for arm in inside) / everybody
        for sign, rows in zip((-1, 1), inside, strict=True):
            n = sum(row[3] for row in rows)
            mean = sum(row[2] for row in rows) / n
            variance, kish = 0.0, 0.0
            for unit in {row[1] for row in rows}:
                mine = [row for row in rows if row[1] == unit]
                size = sum(row[3] for row in mine)
                residual = sum(y - mean * d for _, _, y, d in mine)
                variance += residual**2 / (1 - size / n) / n**2
                kish += (size / n) ** 2
            difference += sign * weight * mean
            square += weight**2 * variance
            terms += (weight**2 * variance) ** 2 / (1 / kish - 1)
    return difference, square, square**2 / terms


def drawn(number: int, *, ratio: bool = False, blocks: int = 1) -> tuple[Rows, Rows]:
    random = Random(f"units {number}")  # noqa: S311 - a test
    arms: tuple[Rows, Rows] = ([], [])
    for arm in arms:
        for unit in range(30 * blocks):
            level = random.gauss(50, 20)
            arm.extend(
                (
                    unit % blocks,
                    unit,
                    level + random.gauss(0, 10),
                    float(random.choice([1, 2, 5])) if ratio else 1.0,
                )
                for _ in range(random.choice([1, 2, 3, 8]))
            )
    return arms


def quickly(arms: tuple[Rows, Rows]) -> tuple[float, float, float]:
    sides = [Users(np.array([r[2] for r in a]), np.array([r[3] for r in a]), None) for a in arms]
    units = [np.array([r[1] for r in a]) for a in arms]
    blocks = [np.array([r[0] for r in a]) for a in arms]
    found = by_unit(sides[0], sides[1], (units[0], units[1]), (blocks[0], blocks[1]))
    return (
        float(found.means[1] - found.means[0]),
        float(found.squares[0] + found.squares[1]),
        float(found.freedom),
    )


@pytest.mark.parametrize("number", range(6))
def test_every_figure_equals_the_reference(number: int) -> None:
    for ratio, blocks in ((False, 1), (False, 3), (True, 1)):
        arms = drawn(number, ratio=ratio, blocks=blocks)
        assert quickly(arms) == pytest.approx(slowly(arms), rel=1e-9)


def arm(rows: Rows, *, units: bool = True) -> Arm:
    return Arm(
        numerators=np.array([row[2] for row in rows]),
        units=np.array([row[1] for row in rows]) if units else None,
    )


def test_units_of_one_user_are_users() -> None:
    control, treatment = (
        [(0, number, y, 1.0) for number, (_, _, y, _) in enumerate(rows)] for rows in drawn(1)
    )
    one = compare(arm(control), arm(treatment), seed=1)
    other = compare(arm(control, units=False), arm(treatment, units=False), seed=1)
    assert (one.effect.method, other.effect.method) == ("clustered", "welch")
    assert one.variance == pytest.approx(other.variance)
    assert one.effect.p == pytest.approx(other.effect.p, rel=1e-6)


def test_alike_users_of_a_unit_widen_the_interval() -> None:
    control, treatment = drawn(2)
    clustered = compare(arm(control), arm(treatment), seed=1)
    plain = compare(arm(control, units=False), arm(treatment, units=False), seed=1)
    assert clustered.effect.estimate == pytest.approx(plain.effect.estimate)
    assert clustered.variance is not None
    assert plain.variance is not None
    assert clustered.variance > 2 * plain.variance


@pytest.mark.parametrize(("units", "reason"), [(24, "few_units"), (25, None)])
def test_25_units_an_arm_are_needed(units: int, reason: str | None) -> None:
    rows = [(0, user % units, float(user % 7), 1.0) for user in range(200)]
    assert compare(arm(rows), arm(rows), seed=1).effect.reason == reason


def test_an_arm_that_is_one_unit_has_no_error_to_speak_of() -> None:
    users = Users(np.array([1.0, 2.0, 4.0]), np.ones(3), None)
    one = np.zeros(3, dtype=np.int64)
    found = by_unit(users, users, (one, one))
    assert math.isfinite(float(found.squares[0]))
