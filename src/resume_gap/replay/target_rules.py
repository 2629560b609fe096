"""The table of target rules: which element a resume marker points at.

Imports nothing heavy: the report reads the names for people here, too.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from resume_gap.arrays import Ints
    from resume_gap.replay.groups import TouchGroups

LISTED: Final = 3
"""Elements in a list of the last ones."""


@dataclass(frozen=True, slots=True)
class TargetRule:
    """Which element a resume marker points at.

    Attributes:
        name: In the results, in the replay and, followed by `_hit`, in the published table.
        label: The element, in words that follow "the".
        definition: The element, for docs/method.md.
        score: What the element pointed at has most of in its session, below 0: never; None: the
            rule points at the user's last distinct elements.
        size: How many elements it points at.
    """

    name: str
    label: str
    definition: str
    score: "Callable[[TouchGroups], Ints] | None"
    size: int = 1

    @property
    def chance(self) -> str:
        """The column of its chance baseline."""
        return "chance" if self.size == 1 else "chance_of_three"

    @property
    def hit(self) -> str:
        """The column of its hits in the replay and in the published table."""
        return f"{self.name}_hit"


TARGET_RULES: Final = (
    TargetRule(
        "last_touched",
        "last element touched",
        "the last element of the session",
        lambda groups: groups.last_step,
    ),
    TargetRule(
        "last_productive",
        "last element worked on",
        "the element of the last productive event that has one",
        lambda groups: groups.last_work_step,
    ),
    TargetRule(
        "longest_dwell",
        "element of the longest stay",
        "the element with the most time in the session (start of its events to the session's next"
        " event; the last event has none)",
        lambda groups: groups.dwell_us,
    ),
    TargetRule(
        "most_used",
        "most used element",
        "the element with the most events in the session; ties go to the latest",
        lambda groups: groups.n,
    ),
    TargetRule(
        "recent_three",
        "last three elements",
        "the user's last three elements, as a list",
        None,
        size=LISTED,
    ),
)
"""All of them; everything that lists target rules reads this table."""

POLICIES: Final = tuple(rule.name for rule in TARGET_RULES)
RULE_OF: Final = {rule.name: rule for rule in TARGET_RULES}
