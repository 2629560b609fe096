"""The chance baselines of target rules, by hand."""

from __future__ import annotations

from math import comb

import pytest

from resume_gap.replay.policies import CHANCE, CHANCE_OF_THREE
from resume_gap.stats.policies import CHANCE_PARTS


@pytest.mark.parametrize(("known", "right"), [(1, 1), (2, 1), (4, 1), (7, 3), (10, 1), (10, 10)])
def test_chance_is_that_of_markers_drawn_at_random(known: int, right: int) -> None:
    assert CHANCE[known, right] == CHANCE_PARTS * right / known
    missed = comb(known - right, 3) / comb(known, 3) if known >= 3 else 0
    assert CHANCE_OF_THREE[known, right] == pytest.approx(CHANCE_PARTS * (1 - missed), abs=1e-6)


def test_nothing_known_or_right_is_no_hit() -> None:
    assert not CHANCE[:, 0].any()
    assert not CHANCE_OF_THREE[:, 0].any()
    assert CHANCE[0, 0] == 0
