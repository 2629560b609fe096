"""Per-user sums of the replay: rows are added by user, and asked for by rule."""

import numpy as np
import pytest

from resume_gap.replay.target_rules import RULE_OF
from resume_gap.replay.totals import ThresholdSums, joined
from resume_gap.stats.excess import CellSums


def filled() -> ThresholdSums:
    """Users 1 and 4 have eligible interruptions."""
    rule = "last_touched"
    names = ("hit", "search_us", "addressable", "addressable_us", "gave_up_right")
    columns = {
        "eligible": np.array([3, 2]),
        "reorientation_us": np.array([300, 200]),
        "habit_hit": np.array([1, 2]),
        "abandoned": np.array([2, 1]),
        "later_work": np.array([1, 1]),
        "reached": np.array([1, 1]),
        "elements": np.array([12, 7]),
        "chance": np.array([840, 1260]),
        "chance_of_three": np.array([2520, 2000]),
        **{f"{rule}_{name}": np.array([10 + i, 20 + i]) for i, name in enumerate(names)},
        **{f"recent_three_{name}": np.array([3, 2]) for name in names},
    }
    return ThresholdSums(columns, users=np.array([1, 4]))


def test_users_without_an_interruption_have_no_sums() -> None:
    found = filled()
    assert found.of("last_touched", "hit").tolist() == [10, 20]
    assert found.of("last_touched", "eligible").tolist() == [3, 2]
    assert found.habit().tolist() == [1, 2]
    assert found.by_user("eligible", np.array([0, 1, 2, 4, 6, 1])).tolist() == [0, 3, 0, 2, 0, 3]
    assert ThresholdSums({"n": np.array([7])}, users=np.array([9])).by_user(
        "n", np.array([9, 1])
    ).tolist() == [7, 0]


def test_chance_is_that_of_as_many_elements_as_the_rule_points_at() -> None:
    found = filled()
    for rule in RULE_OF.values():
        expected = [840, 1260] if rule.size == 1 else [2520, 2000]
        assert found.chance(rule.name).tolist() == expected


def test_what_the_decision_and_the_bounds_ask_for() -> None:
    found = filled()
    sums = found.sums("last_touched", cap_us=9, reason="order_unknown")
    assert (sums.name, sums.reason) == ("last_touched", "order_unknown")
    for name, expected in (
        ("eligible", [3, 2]),
        ("hits", [10, 20]),
        ("chance_2520", [840, 1260]),
        ("habit_hits", [1, 2]),
        ("search_us", [11, 21]),
    ):
        assert getattr(sums, name).tolist() == expected, name
    assert sums.give_ups is not None
    for name, expected in (
        ("abandoned", [2, 1]),
        ("later", [1, 1]),
        ("right_later", [14, 24]),
        ("reached", [1, 1]),
        ("hits", [10, 20]),
    ):
        assert getattr(sums.give_ups, name).tolist() == expected, name
    times = found.times("last_touched")
    for name, expected in (
        ("eligible", [3, 2]),
        ("hits", [10, 20]),
        ("addressable", [12, 22]),
        ("reorientation_us", [300, 200]),
        ("addressable_us", [13, 23]),
        ("search_us", [11, 21]),
    ):
        assert getattr(times, name).tolist() == expected, name


def test_elements_are_few_by_the_median_of_those_who_were_interrupted() -> None:
    found = filled()
    assert found.few_elements()  # 12 and 7
    found.columns["elements"][1] = 8
    assert not found.few_elements()


def test_cells_of_all_chunks_stand_one_after_the_other() -> None:
    def cells(first: int) -> CellSums:
        names = ("user", "cell", "n", "y_us", "found", "found_us")
        return CellSums(**{name: np.array([first + i]) for i, name in enumerate(names)})

    both = joined([cells(10), cells(20)])
    assert both.user.tolist() == [10, 20]
    assert both.found_us.tolist() == [15, 25]


@pytest.mark.parametrize("name", list(RULE_OF))
def test_every_rule_has_its_columns(name: str) -> None:
    rule = RULE_OF[name]
    assert rule.hit == f"{name}_hit"
    assert rule.chance in ("chance", "chance_of_three")
