"""The split of the arms by value, against a plain reference."""

from __future__ import annotations

import numpy as np
import pytest
from oracles.mismatch import split_p

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
