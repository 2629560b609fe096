"""The table of target rules: which element a resume marker points at.

Imports nothing heavy: the report reads the names for people here, too.
"""

from dataclasses import dataclass
from typing import Final, Literal

LISTED: Final = 3
"""Elements in a list of the last ones."""
Score = Literal["last_step", "last_work_step", "dwell_us", "n"]
"""What an element has of a session: its last step, the last one worked on, time and events."""


@dataclass(frozen=True, slots=True)
class TargetRule:
    """Which element a resume marker points at.

    Attributes:
        name: In the results, in the replay and, followed by `_hit`, in the published table.
        label: The element, in words that follow "the".
        definition: The element, for docs/method.md.
        score: What the element pointed at has most of in its session; None: the rule points at
            the user's last distinct elements.
        is_list: Whether it points at a list of elements, not at one.
    """

    name: str
    label: str
    definition: str
    score: Score | None
    is_list: bool = False

    @property
    def size(self) -> int:
        """How many elements it points at."""
        return LISTED if self.is_list else 1

    @property
    def chance(self) -> str:
        """The column of its chance baseline."""
        return "chance_of_three" if self.is_list else "chance"

    @property
    def hit(self) -> str:
        """The column of its hits in the replay and in the published table."""
        return f"{self.name}_hit"

    @property
    def addressable(self) -> str:
        """The column of hits that were not reached at once anyway."""
        return f"{self.name}_addressable"


LAST_TOUCHED: Final = "last_touched"
"""Where a single rule has to do: it needs no knowledge of roles, and its element is timed."""
TARGET_RULES: Final = (
    TargetRule(
        LAST_TOUCHED,
        "last element touched",
        "the last element of the session",
        "last_step",
    ),
    TargetRule(
        "last_productive",
        "last element worked on",
        "the element of the last productive event that has one",
        "last_work_step",
    ),
    TargetRule(
        "longest_dwell",
        "element of the longest stay",
        "the element with the most time in the session (start of its events to the session's next"
        " event; the last event has none)",
        "dwell_us",
    ),
    TargetRule(
        "most_used",
        "most used element",
        "the element with the most events in the session; ties go to the latest",
        "n",
    ),
    TargetRule(
        "recent_three",
        "last three elements",
        "the user's last three elements, as a list",
        None,
        is_list=True,
    ),
)
"""All of them; everything that lists target rules reads this table."""

POLICIES: Final = tuple(rule.name for rule in TARGET_RULES)
RULE_OF: Final = {rule.name: rule for rule in TARGET_RULES}
