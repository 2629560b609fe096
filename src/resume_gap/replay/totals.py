"""Replay and matched controls of a whole log, at every threshold: per-user sums.

Above this nobody sees a return but the published table and the page's breakdowns, which are of
the headline limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resume_gap.arrays import Ints
from resume_gap.pipeline.runs import run_heads
from resume_gap.replay.target_rules import RULE_OF
from resume_gap.stats.bounds import PolicyTimes
from resume_gap.stats.excess import CellSums
from resume_gap.stats.policies import PolicySums


@dataclass(frozen=True, slots=True)
class Asked:
    """What is replayed, and how.

    Attributes:
        threshold_us: The headline limit.
        grid_us: All limits; the cap stays that of the headline.
        cap_us: The cap.
        near: Positions this close count as the same element; None: elements are compared.
        tz: Zone of the half of the day.
        all_returns: Whether every return counts as an interruption.
    """

    threshold_us: int
    grid_us: Sequence[int]
    cap_us: int
    near: float | None
    tz: str
    all_returns: bool


@dataclass(slots=True)
class LimitSums:
    """Per-user sums over the eligible interruptions (or returns) of one limit.

    Attributes:
        columns: By name one sum per user_no: eligible, reorientation_us, habit_hit, chance and
            chance_of_three (in 2520ths), and POLICY_MEASURE for the fields of `PolicyOutcome`, for
            addressable_us and, at the headline limit, for the fields of `Described`.
        cells: What the slots found, matched by the stop event.
    """

    columns: dict[str, Ints] = field(default_factory=dict)
    cells: list[CellSums] = field(default_factory=list)

    def add(self, user_no: Ints, users: int, columns: Mapping[str, NDArray[Any]]) -> None:
        """Add rows; those of one user mostly stand together."""
        heads = run_heads(user_no)
        for name, values in columns.items():
            sums = self.columns.setdefault(name, np.zeros(users, dtype=np.int64))
            np.add.at(sums, user_no[heads], np.add.reduceat(values.astype(np.int64), heads))

    def of(self, policy: str, measure: str) -> Ints:
        """One sum of one policy, over the users who have an eligible interruption."""
        return self._there("eligible" if measure == "eligible" else f"{policy}_{measure}")

    def habit(self) -> Ints:
        """Hits of the habit, over the same users."""
        return self._there("habit_hit")

    def sums(self, policy: str, *, reason: str | None = None) -> PolicySums:
        """What the decision asks of one policy."""
        return PolicySums(
            name=policy,
            eligible=self._there("eligible"),
            hits=self.of(policy, "hit"),
            chance_2520=self.chance(policy),
            habit_hits=self.habit(),
            search_us=self.of(policy, "search_us"),
            reason=reason,
        )

    def times(self, policy: str) -> PolicyTimes:
        """What the bounds ask of one policy."""
        return PolicyTimes(
            eligible=self._there("eligible"),
            hits=self.of(policy, "hit"),
            addressable=self.of(policy, "addressable"),
            reorientation_us=self._there("reorientation_us"),
            addressable_us=self.of(policy, "addressable_us"),
            search_us=self.of(policy, "search_us"),
        )

    def chance(self, policy: str) -> Ints:
        """Hits of a random marker (three, for the list), in 2520ths."""
        return self._there(RULE_OF[policy].chance)

    def _there(self, name: str) -> Ints:
        return self.columns[name][self.columns["eligible"] > 0]


def joined(parts: Sequence[CellSums]) -> CellSums:
    """The cells of all chunks; a user with streams in two of them has two entries."""
    return CellSums(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(CellSums)}
    )
