"""What is printed about one check of a launch, and about each code with which it ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from resume_gap.report.text.check_outcome import CheckOutcome
from resume_gap.report.text.plain_check import Figures


class PlainReason(NamedTuple):
    """A failed check in plain words.

    Attributes:
        finding: For the headline, without a full stop.
        why: A sentence or two.
        next_step: A clause.
    """

    finding: str
    why: Callable[[Figures], str]
    next_step: str


@dataclass(frozen=True, slots=True)
class LaunchOutcome(CheckOutcome):
    """All that is printed about one code of a check."""

    plain: PlainReason | None = None
    """Where the code can fail: why no result is shown, in plain words, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchCheck:
    """All that is printed about one check."""

    title: str
    """What is checked, never how it turned out, which follows."""
    outcomes: Mapping[str, LaunchOutcome]
    """By code."""
