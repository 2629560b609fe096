"""What is printed about one check of a trial, and about each code with which it ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resume_gap.report.text.plain_check import Figures, Plain
from resume_gap.results.trust import TrustCheck


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """All that is printed about one code of a check."""

    found: str | Callable[[TrustCheck, Figures], str]
    """What was found, a clause; names from the data in it are untrusted text."""
    plain: Plain | None = None
    """Where the code can fail: why no result is shown, in plain words, and what to do."""
    option: str | Callable[[Figures], str] = ""
    """Which option does what the sentence asks for, a clause; empty where none does."""

    def found_by(self, check: TrustCheck) -> str:
        """What such a check found."""
        return self.found if isinstance(self.found, str) else self.found(check, check.figures)

    def option_for(self, check: TrustCheck) -> str:
        """The option that such a check asks for."""
        return self.option if isinstance(self.option, str) else self.option(check.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCheck:
    """All that is printed about one check."""

    title: str
    """What is checked, never how it turned out, which follows."""
    outcomes: Mapping[str, TrialOutcome]
    """By code."""
