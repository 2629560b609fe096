"""A target rule's shares and seconds, by hand."""

import numpy as np
import pytest

from resume_gap.stats.policies import CHANCE_PARTS, PolicySums, figures
from resume_gap.units import US


def sums(eligible: list[int], hits: list[int], **more: list[int]) -> PolicySums:
    nothing = [0] * len(eligible)
    arrays = {
        "eligible": eligible,
        "hits": hits,
        "chance_2520": more.get("chance", nothing),
        "habit_hits": more.get("habit", nothing),
        "search_us": more.get("search", nothing),
    }
    return PolicySums(name="last", **{k: np.array(v) for k, v in arrays.items()})


def test_chance_counts_in_parts_that_1_to_10_divide() -> None:
    assert all(CHANCE_PARTS % n == 0 for n in range(1, 11))
    assert not any(CHANCE_PARTS // 2 % n == 0 for n in (8,))


def test_three_users_by_hand() -> None:
    policy = sums(
        [4, 2, 4],
        [2, 1, 3],
        chance=[CHANCE_PARTS, 0, CHANCE_PARTS],
        habit=[1, 1, 0],
        search=[40 * US, 0, 10 * US],
    )
    found = figures(policy, noticed=0.5, removed=0.8, wrong_cost_seconds=2.0)
    assert found is not None
    assert found.name == "last"
    assert found.hit == pytest.approx(6 / 10)
    assert found.lift.estimate == pytest.approx(6 / 10 - 2 / 10)
    assert found.over_habit.estimate == pytest.approx(6 / 10 - 2 / 10)
    assert found.search.estimate == pytest.approx(5.0)
    # Half of the markers are noticed: 80 % of 5 s of search go, 4 misses of 10 cost 2 s each.
    assert found.middle.estimate == pytest.approx(0.5 * (0.8 * 5.0 - 0.4 * 2.0))


def test_a_miss_is_a_hit_that_was_not() -> None:
    for hits in ([0, 0], [3, 5], [3, 0]):
        found = figures(sums([3, 5], hits), noticed=1.0, removed=1.0, wrong_cost_seconds=1.0)
        assert found is not None
        assert found.hit == pytest.approx(sum(hits) / 8)
        assert found.middle.estimate == pytest.approx(-(1 - sum(hits) / 8))


def test_without_an_interruption_there_is_nothing() -> None:
    assert figures(sums([0, 0], [0, 0]), noticed=1, removed=1, wrong_cost_seconds=1) is None
