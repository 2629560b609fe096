"""A failed check in plain words: what each one says, and the words that they share."""

from collections.abc import Callable
from typing import Final, NamedTuple

from resume_gap.report.text.trust_events import Figures

GROUPS: Final = "The two groups cannot be compared"
LOG: Final = "The log treats the two groups differently"
REPORT: Final = "then make this report again"


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
