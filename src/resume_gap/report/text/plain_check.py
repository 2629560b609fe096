"""A failed check in plain words: what each one says, and the words that they share."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from resume_gap.results.trust import Stage

Figures = Mapping[str, Any]
GROUPS: Final = "The two groups cannot be compared"
LOG: Final = "The log treats the two groups differently"
REPORT: Final = "then make this report again"
REPEAT: Final = "then repeat the trial"
RECOVER: Final = "restore what is missing and make this report again, or repeat the trial"
MISLEADS: Final = "those missing may differ from the rest"
GROUP: Final = {"control": "without the marker", "treatment": "with the marker"}
LOOK: Final[Mapping[Stage, str]] = {
    "assignment": "find out why fewer people are in the group {group}",
    "logging": "find out why people {group} are missing from the log",
    "trigger": "find out why returns of people {group} are missing from the log",
    "analysis": "find out why the log ends earlier for people {group}",
}
"""What to do where a stage loses more people of one group."""


class Plain(NamedTuple):
    """A failed check in plain words.

    Attributes:
        finding: For the headline, without a full stop.
        why: Of the figures of the check, a sentence or two.
        also: What is wrong beside another check that failed, a clause.
        look: What to find out or to mend, of the same figures, a clause.
        then: What to do after that, a clause.
    """

    finding: str
    why: Callable[[Figures], str]
    also: str
    look: Callable[[Figures], str]
    then: str = REPORT

    def next_step(self, figures: Figures) -> str:
        """What to find out or to mend, and what then, a clause."""
        return f"{self.look(figures)}; {self.then}"


def as_(text: str) -> Callable[[Figures], str]:
    """A text that holds for all figures of a check."""
    return lambda _: text


def sizes(figures: Figures) -> str:
    """How many people are in each group, a clause."""
    return f"{figures['control']:,} without the marker and {figures['treatment']:,} with it"
