"""What is printed about a code with which a check of a trial or a launch ends."""

from collections.abc import Callable
from dataclasses import dataclass

from resume_gap.report.text.plain_check import Figures
from resume_gap.results.trust import TrustCheck


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was found, and the option that does what the sentence asks for."""

    found: str | Callable[[TrustCheck, Figures], str]
    """What was found, a clause; names from the data in it are untrusted text."""
    option: str | Callable[[Figures], str] = ""
    """Which option does what the sentence asks for, a clause; empty where none does."""

    def found_by(self, check: TrustCheck) -> str:
        """What such a check found."""
        return self.found if isinstance(self.found, str) else self.found(check, check.figures)

    def option_for(self, check: TrustCheck) -> str:
        """The option that such a check asks for."""
        return self.option if isinstance(self.option, str) else self.option(check.figures)
