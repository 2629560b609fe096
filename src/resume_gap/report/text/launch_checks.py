"""What a check of a launch found: codes to sentences."""

from resume_gap.report.text.launchchecks.entry import PlainReason
from resume_gap.report.text.launchchecks.table import CHECKS, outcome
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, one_in
from resume_gap.results.trust import TrustCheck


def name(check: TrustCheck) -> str:
    """What is checked, in words."""
    known = CHECKS.get(check.name)
    return label(check.name.replace("_", " ").capitalize()) if known is None else known.title


def found(check: TrustCheck) -> str:
    """What a check found, a clause; names from the data in it are untrusted text."""
    known = outcome(check)
    return label(check.code.replace("_", " ")) if known is None else known.found_by(check)


def plain(check: TrustCheck) -> PlainReason | None:
    """A failed check in plain words; None of one that is not known."""
    known = outcome(check)
    return None if known is None else known.plain


def sure(check: TrustCheck) -> str:
    """`chance alone does this on 1 of 20 dates`, or in so many orders; empty without a p."""
    if check.p is None:
        return ""
    among = "in {} orders of the launches" if "orders" in check.figures else "on {} dates"
    return f"chance alone does this {among.format(one_in(check.p))}"


def status_counts(checks: tuple[TrustCheck, ...]) -> str:
    """`1 failed, 2 not checked`; empty where all passed."""
    return ", ".join(
        f"{count(n)} {status.replace('_', ' ')}"
        for status in ("failed", "warned", "not_checked")
        if (n := len([one for one in checks if one.status == status]))
    )
