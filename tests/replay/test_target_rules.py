"""The table of target rules: one entry each, with what it points by."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from benchmarks.calibration import planted
from resume_gap.replay.target_rules import LISTED, POLICIES, RULE_OF, TARGET_RULES

if TYPE_CHECKING:
    from resume_gap.replay.groups import TouchGroups


def test_every_rule_has_one_entry_and_its_baseline() -> None:
    assert [rule.name for rule in TARGET_RULES] == list(POLICIES) == list(RULE_OF)
    sizes = {rule.name: (rule.size, rule.chance) for rule in TARGET_RULES}
    assert sizes.pop("recent_three") == (LISTED, "chance_of_three")
    assert set(sizes.values()) == {(1, "chance")}


def test_every_rule_is_planted_in_the_logs_of_the_calibration() -> None:
    assert set(planted._POINTED) == set(POLICIES)


def test_hits_are_columns_of_the_rules_names() -> None:
    assert {rule.hit for rule in TARGET_RULES} == {f"{name}_hit" for name in POLICIES}


@pytest.mark.parametrize(
    ("name", "best"),
    [("last_touched", 1), ("last_productive", 0), ("longest_dwell", 2), ("most_used", 3)],
)
def test_a_rule_points_at_what_has_most_of_its_score(name: str, best: int) -> None:
    groups = SimpleNamespace(
        last_step=np.array([5, 9, 3, 1]),
        last_work_step=np.array([5, -1, 3, 1]),
        dwell_us=np.array([10, 20, 90, 5]),
        n=np.array([1, 2, 3, 4]),
    )
    score = RULE_OF[name].score
    assert score is not None
    assert int(np.argmax(score(cast("TouchGroups", groups)))) == best


def test_a_list_has_no_score() -> None:
    assert RULE_OF["recent_three"].score is None
