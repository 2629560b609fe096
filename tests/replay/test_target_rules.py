"""The table of target rules: one entry each, with what it points by."""

import pytest

from benchmarks.calibration import planted
from resume_gap.replay.target_rules import LISTED, POLICIES, RULE_OF, TARGET_RULES


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
    ("name", "score"),
    [
        ("last_touched", "last_step"),
        ("last_productive", "last_work_step"),
        ("longest_dwell", "dwell_us"),
        ("most_used", "n"),
    ],
)
def test_a_rule_points_at_what_has_most_of_its_score(name: str, score: str) -> None:
    assert RULE_OF[name].score == score


def test_a_list_has_no_score() -> None:
    assert RULE_OF["recent_three"].score is None
