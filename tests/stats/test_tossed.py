"""Whether users who share a value were assigned together."""

from __future__ import annotations

import numpy as np
import pytest

from resume_gap.constants import UNIT_TABLES
from resume_gap.stats.tossed import together


def worlds(users_each: int, *, whole: bool, number: int) -> float:
    random = np.random.default_rng(number)
    value = np.repeat(np.arange(30), users_each)
    treated = random.random(30)[value] < 0.5 if whole else random.random(len(value)) < 0.5
    found = together(value, treated, 0)
    assert found is not None
    assert (found.values, found.users) == (30, 30 * users_each)
    return found.p


def test_users_assigned_one_by_one_are_believed() -> None:
    p = [worlds(8, whole=False, number=number) for number in range(60)]
    assert min(p) > 0.001
    assert 0.3 < float(np.median(p)) < 0.7


def test_companies_assigned_as_wholes_are_found() -> None:
    assert all(worlds(8, whole=True, number=number) < 0.0001 for number in range(10))


def test_the_tables_are_those_of_a_draw_without_replacement() -> None:
    """Four values of two users, all in the arm of the other: 6 of 70 tables are as uneven."""
    value = np.repeat(np.arange(4), 2)
    found = together(value, value < 2, 0)
    assert found is not None
    assert found.p == pytest.approx(6 / 70, abs=0.05)


def test_values_of_one_user_say_nothing() -> None:
    assert together(np.arange(40), np.arange(40) % 2 == 0, 0) is None
    assert together(np.repeat(np.arange(20), 2), np.ones(40, dtype=bool), 0) is None


def test_what_no_draw_reaches_is_one_of_all_draws_and_itself() -> None:
    value = np.repeat(np.arange(30), 8)
    found = together(value, value % 2 == 0, 0)
    assert found is not None
    assert found.p == 1 / (UNIT_TABLES.value + 1)
