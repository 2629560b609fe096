"""Replay and matched controls of a whole log, at every threshold: per-user sums.

Above this nobody sees a return but the published table and the page's breakdowns, which are of
the headline threshold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.constants import RECENT_ELEMENTS
from resume_gap.replay.returns import cap_us
from resume_gap.replay.stored import StoredSums, Sums
from resume_gap.replay.target_rules import RULE_OF
from resume_gap.stats.bounds import PolicyTimes
from resume_gap.stats.excess import CellSums, excess
from resume_gap.stats.excess_range import (
    ExcessRange,
    StepSums,
    excess_range,
    of_those_at_work,
)
from resume_gap.stats.give_ups import GiveUpSums
from resume_gap.stats.policies import PolicySums


@dataclass(frozen=True, slots=True)
class Asked:
    """What is replayed, and how.

    Attributes:
        threshold_us: The headline threshold.
        grid_us: All thresholds, each with a cap of its own.
        near: Positions this close count as the same element; None: elements are compared.
        tz: Zone of the half of the day.
        all_returns: Whether every return counts as an interruption.
    """

    threshold_us: int
    grid_us: Sequence[int]
    near: float | None
    tz: str
    all_returns: bool

    @property
    def cap_us(self) -> int:
        """The cap of the headline threshold."""
        return cap_us(self.threshold_us)


@dataclass(frozen=True)
class ThresholdSums:
    """Per-user sums over the eligible interruptions (or returns) of one threshold.

    All of them may be read as often as they are asked for, and may be read from disk each time.

    Attributes:
        columns: By name one sum per user with an eligible interruption: eligible,
            reorientation_us, habit_hit, chance and chance_of_three (in 2520ths), abandoned,
            later_work, reached, elements (the most of one stream), and POLICY_MEASURE for
            `RULE_FLAGS`, `RULE_NUMBERS` and, at the headline threshold, the fields of `Described`.
        users: Their numbers, in the same order.
        cells: What the slots found, matched by the stop event.
        from_end: The same with the slots' clocks from the end of the event before.
        steps: All controls, for the step begun anew.
        control: Early controls against later ones.
        reached: As `cells`, the interruptions alone that were followed by work within the cap.
    """

    columns: Mapping[str, Ints] = field(default_factory=dict)
    users: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    cells: Iterable[CellSums] = ()
    from_end: Iterable[CellSums] = ()
    steps: Iterable[StepSums] = ()
    control: Iterable[CellSums] = ()
    reached: Iterable[CellSums] = ()

    def of(self, policy: str, measure: str) -> Ints:
        """One sum of one policy, over the users who have an eligible interruption."""
        return self.columns["eligible" if measure == "eligible" else f"{policy}_{measure}"]

    def habit(self) -> Ints:
        """Hits of the habit, over the same users."""
        return self.columns["habit_hit"]

    def sums(self, policy: str, *, cap_us: int, reason: str | None = None) -> PolicySums:
        """What the decision asks of one policy."""
        return PolicySums(
            name=policy,
            is_list=RULE_OF[policy].is_list,
            eligible=self.columns["eligible"],
            hits=self.of(policy, "hit"),
            chance_2520=self.chance(policy),
            habit_hits=self.habit(),
            search_us=self.of(policy, "search_us"),
            give_ups=self.give_ups(policy, cap_us),
            reason=reason,
        )

    def give_ups(self, policy: str, cap_us: int) -> GiveUpSums:
        """What a marker that keeps people from leaving could save."""
        return GiveUpSums(
            cap_us=cap_us,
            eligible=self.columns["eligible"],
            search_us=self.of(policy, "search_us"),
            abandoned=self.columns["abandoned"],
            later=self.columns["later_work"],
            right_later=self.of(policy, "gave_up_right"),
            reached=self.columns["reached"],
            hits=self.of(policy, "hit"),
        )

    def times(self, policy: str) -> PolicyTimes:
        """What the bounds ask of one policy."""
        return PolicyTimes(
            eligible=self.columns["eligible"],
            hits=self.of(policy, "hit"),
            addressable=self.of(policy, "addressable"),
            reorientation_us=self.columns["reorientation_us"],
            addressable_us=self.of(policy, "addressable_us"),
            search_us=self.of(policy, "search_us"),
        )

    @cached_property
    def excess(self) -> ExcessRange:
        """The excess by three clocks."""
        # One after the other: all sums at once are much.
        from_end = excess(joined(self.from_end)).estimate
        steps = joined(self.steps)
        found = excess_range(joined(self.cells), from_end, steps)
        return of_those_at_work(found, joined(self.reached), steps) if self.reached else found

    def few_elements(self) -> bool:
        """Whether a list of the last elements is most of all that there is to point at."""
        return float(np.median(self.columns["elements"])) < RECENT_ELEMENTS.value

    def chance(self, policy: str) -> Ints:
        """Hits of a random marker (three, for the list), in 2520ths."""
        return self.columns[RULE_OF[policy].chance]

    def by_user(self, name: str, user_no: Ints) -> Ints:
        """One sum for each of some users; 0 for those without an eligible interruption."""
        sums = np.zeros(1 + int(max(user_no.max(initial=0), self.users.max(initial=0))), np.int64)
        sums[self.users] = self.columns[name]
        return sums[user_no]


def joined(parts: Iterable[Sums]) -> Sums:
    """The sums of all chunks; a user with streams in two of them has two entries."""
    if isinstance(parts, StoredSums):
        return parts.whole()
    some = list(parts)
    kind = type(some[0])
    return kind(
        **{f.name: np.concatenate([getattr(p, f.name) for p in some]) for f in fields(kind)}
    )
