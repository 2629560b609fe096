"""Which rule: weeks, the look at half and double the threshold, and shares of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from resume_gap.analysis import target_rules
from resume_gap.analysis.recommendation import Decision
from resume_gap.analysis.target_rules import SizingInputs, weeks_of
from resume_gap.replay.returns import cap_us
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.replay.totals import ThresholdSums
from resume_gap.settings import Settings

if TYPE_CHECKING:
    import pytest

US = 1_000_000
DAY_US = 86_400 * US
SIZING = SizingInputs(settings=Settings(), cap_us=1, weeks=1.0)


def test_a_user_counts_a_day_at_least() -> None:
    users = pl.DataFrame({"first_us": [0, DAY_US, 5], "last_us": [14 * DAY_US, DAY_US, 5 + DAY_US]})
    assert weeks_of(users) == 16 / 7


def test_assumptions_are_those_of_the_settings() -> None:
    found = SizingInputs(
        settings=Settings(
            noticed=(0.1, 0.2, 0.3),
            search_removed=(0.4, 0.5, 0.6),
            wrong_arrow_cost=(1.0, 2.0, 3.0),
        ),
        cap_us=1,
        weeks=1.0,
    ).assumptions
    assert tuple(found.noticed) == (0.1, 0.2, 0.3)
    assert tuple(found.removed) == (0.4, 0.5, 0.6)
    assert tuple(found.wrong_cost_seconds) == (1.0, 2.0, 3.0)


def test_half_and_double_the_threshold_are_asked_with_caps_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caps = {}
    words = {300: "do_not_build", 600: "build", 1200: "build", 2400: "do_not_build"}

    def recommend(sums: Any, sizing: SizingInputs) -> Decision:
        caps[sums] = sizing.cap_us
        return Decision(word=words[sums // US], reason="threshold", best=None, figures={})  # type: ignore[arg-type]

    monkeypatch.setattr(target_rules, "recommend", recommend)
    thresholds: Any = {s * US: s * US for s in words}
    found, all_of_them = target_rules.settled(thresholds, 1200 * US, SIZING)
    assert found.word == "not_enough_data"  # double the threshold says otherwise
    assert {us: one.word for us, one in all_of_them.items()} == {
        s * US: word for s, word in words.items()
    }
    assert caps == {us: cap_us(us) for us in thresholds}
    found, _ = target_rules.settled(thresholds, 600 * US, SIZING)
    assert found.word == "not_enough_data"  # half of it does
    thirds: Any = {s * US: s * US for s in (400, 800, 1200)}
    words |= {400: "do_not_build", 800: "do_not_build"}
    found, _ = target_rules.settled(thirds, 1200 * US, SIZING)
    assert found.word == "build"  # a third and two thirds are not asked
    two = {s: thresholds[s] for s in (600 * US, 1200 * US)}
    found, _ = target_rules.settled(two, 1200 * US, SIZING)
    assert found.word == "build"


def test_few_hits_have_no_interval() -> None:
    n = np.full(40, 10, dtype=np.int64)
    over = np.tile(np.array([1, 3], dtype=np.int64), 20)
    assert target_rules._lift(over, n, 1, few=True).ci_lower is None
    known = target_rules._lift(over, n, 1, few=False)
    assert known.estimate == 0.2
    assert known.ci_lower is not None
    assert target_rules._lift(0 * over, 0 * n, 1, few=False).estimate is None


def test_a_decision_reads_each_sum_once() -> None:
    """They are on disk, and read anew each time; five rules ask for most of the same."""
    asked: list[str] = []

    class Stored(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            asked.append(name)
            return np.full(40, 8 if name == "elements" else 1)

    target_rules.recommend(ThresholdSums(Stored()), SIZING)
    assert len(asked) == len(set(asked)) > len(TARGET_RULES)
    assert {"eligible", "habit_hit", *(f"{rule.name}_hit" for rule in TARGET_RULES)} <= set(asked)
    assert len(target_rules._ReadOnce({"a": np.zeros(1)})) == 1
    assert list(target_rules._ReadOnce({"a": np.zeros(1)})) == ["a"]


def test_rules_that_take_no_part_have_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of elements is not offered where a user has too few of them."""
    asked: dict[str, Any] = {}

    def recommend(rules: Any, **more: Any) -> None:
        asked.update(rules=rules, **more)

    monkeypatch.setattr(target_rules.decide, "recommend", recommend)
    monkeypatch.setattr(ThresholdSums, "few_elements", lambda _: True)
    monkeypatch.setattr(
        ThresholdSums, "sums", lambda _, name, *, cap_us, reason: (name, cap_us, reason)
    )
    sums = ThresholdSums({"eligible": np.array([0, 2, 1])})
    target_rules.recommend(sums, SizingInputs(Settings(), 7, 1.0, ("last_touched",), False))
    assert (asked["users"], asked["may_build"]) == (2, False)
    reasons = {name: reason for name, _, reason in asked["rules"]}
    assert reasons.pop("last_touched") == "order_unknown"
    assert reasons.pop("recent_three") == "few_elements"
    assert set(reasons.values()) == {None}
    assert {cap for _, cap, _ in asked["rules"]} == {7}
    assert (asked["noticed"], asked["removed"], asked["wrong_cost_seconds"]) == (0.5, 0.6, 2.0)
