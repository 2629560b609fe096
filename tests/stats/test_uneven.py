"""The split of the arms by value, against a plain reference."""

from __future__ import annotations

import numpy as np
import pytest
from oracles.mismatch import split_p

from resume_gap.constants import PLACE_USERS, PLACE_VALUES, TABLE_EXPECTED
from resume_gap.stats.uneven import REST, split_by_value


@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_references_table_and_p(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(30, 900))
    value = rng.geometric(rng.choice([0.02, 0.2, 0.5, 0.9]), n) - 1
    treated = rng.random(n) < rng.choice([0.0, 0.1, 0.5, 0.5])
    found = split_by_value(value, treated)
    expected = split_p([(f"{v:05}", bool(arm)) for v, arm in zip(value, treated, strict=True)])
    if expected is None:
        assert found is None
        return
    assert found is not None
    mine = {
        None if number == REST else f"{number:05}": (int(a), int(b))
        for number, (a, b) in zip(found.values, found.counts, strict=True)
    }
    assert mine == expected[1]
    assert found.p == pytest.approx(expected[0])


def test_one_value_or_one_arm_cannot_be_compared() -> None:
    arm = np.arange(100) % 2 == 0
    assert split_by_value(np.zeros(100, dtype=np.int64), arm) is None
    assert split_by_value(np.arange(100) // 50, np.ones(100, dtype=bool)) is None


def test_an_even_loss_stands_out_nowhere_however_great() -> None:
    """Three of four treated users are lost at every value alike."""
    value = np.repeat(np.arange(4), 250)
    treated = np.tile(np.arange(250) % 5 == 0, 4)
    found = split_by_value(value, treated)
    assert found is not None
    assert found.p == pytest.approx(1.0)


def values_of(*sizes: int, treated: int | None = None) -> list[int] | None:
    """The values compared where so many users have each; half are treated, or so many."""
    value = np.repeat(np.arange(len(sizes)), sizes)
    arm = np.arange(len(value)) % 2 == 0
    if treated is not None:
        arm = np.arange(len(value)) % (len(value) // treated) == 0
    found = split_by_value(value, arm)
    return None if found is None else found.values.tolist()


def test_a_value_needs_enough_users_and_so_do_all_others_together() -> None:
    least = int(PLACE_USERS.value)
    assert values_of(least, least, least) == [0, 1, 2]
    assert values_of(3 * least, least - 1, 1) == [0, REST]
    assert values_of(3 * least, 2 * least, least - 2, 1) == [0, 1]
    assert values_of(3 * least, least - 1) is None


def test_in_the_smaller_arm_enough_of_each_value_are_expected() -> None:
    many = 10 * int(TABLE_EXPECTED.value)
    # A tenth is treated, so that just enough of a value are expected there.
    assert values_of(many, many, treated=2 * many // 10) == [0, 1]
    assert values_of(2 * many + 1, many - 1, treated=3 * many // 10) is None
    assert values_of(2 * many, many // 2, many // 2, treated=3 * many // 10) == [0, REST]


def test_the_most_frequent_values_are_compared() -> None:
    least, most = int(PLACE_USERS.value), int(PLACE_VALUES.value)
    found = values_of(*[least] * most, least + 1)
    assert found == [*range(most - 1), most, REST]
    assert values_of(*[least] * most) == list(range(most))


def test_where_the_values_that_are_kept_have_one_arm_alone_nothing_is_compared() -> None:
    value = np.concatenate([np.arange(1_000) % 2, np.arange(2, 32)])
    treated = np.arange(1_030) >= 1_000
    assert split_by_value(value, treated) is None
