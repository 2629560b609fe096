"""What is printed about one check of a trial, and about each code with which it ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from resume_gap.report.text.check_outcome import CheckOutcome
from resume_gap.report.text.plain_check import Plain


@dataclass(frozen=True, slots=True)
class TrialOutcome(CheckOutcome):
    """All that is printed about one code of a check."""

    plain: Plain | None = None
    """Where the code can fail: why no result is shown, in plain words, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCheck:
    """All that is printed about one check."""

    title: str
    """What is checked, never how it turned out, which follows."""
    outcomes: Mapping[str, TrialOutcome]
    """By code."""
