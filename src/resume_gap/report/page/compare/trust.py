"""Whether the days before and after a launch can be compared: what else changed."""

from typing import Final

from resume_gap.report.page.model import Block, Note, Paragraph, Part, Section, Table
from resume_gap.report.page.shared import data
from resume_gap.report.text import comparison, launch_checks, rollout
from resume_gap.report.text.evaluation import STATUS
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, many
from resume_gap.results.compare import Compared
from resume_gap.results.trust import TrustStatus

_BOXED: Final[tuple[TrustStatus, ...]] = ("failed", "warned")


def trust(found: Compared) -> Section:
    """What else changed: failed checks first, then the warned."""
    return Section(
        name="trust",
        topic="What else changed?",
        title=_finding(found),
        blocks=(*_loud(found), _sides(found)),
    )


def checked(found: Compared) -> Section:
    """The checks that passed, and what the checks of the data warn of."""
    return Section(
        name="checks",
        title="The checks of the launch in detail",
        blocks=_quiet(found),
        parts=(Part(title="The data behind it", blocks=data.warned(found)),),
        appendix=True,
    )


def _finding(found: Compared) -> str:
    failed, warned, passed, missing = (
        len(comparison.checks(found, status))
        for status in ("failed", "warned", "passed", "not_checked")
    )
    if failed:
        return f"{many(failed, 'check')} of what else changed failed"
    if warned:
        return f"Nothing else is seen to have changed, {many(warned, 'check')} warned"
    if missing:
        return f"{many(passed, 'check')} passed, {count(missing)} could not be made"
    return f"Nothing else is seen to have changed: {many(passed, 'check')} passed"


def _loud(found: Compared) -> tuple[Block, ...]:
    """A box for each check that failed or warned."""
    loud = comparison.checks(found, *_BOXED)
    if not loud:
        return (Paragraph(text="No check failed, and none warned."),)
    return tuple(
        Note(
            severity="error" if check.status == "failed" else "warn",
            head=f"{STATUS[check.status]}: {launch_checks.name(check)}",
            text=comparison.message(check),
        )
        for check in loud
    )


def _sides(found: Compared) -> Table:
    """What lies before the launch, and from it on."""
    trust = found.comparison.trust
    days = (("days", trust.days_before, trust.days_after),)
    rows = (
        *(() if rollout.is_staggered(found) else days),
        ("users with an interruption", trust.users_before, trust.users_after),
        ("returns from an interruption", trust.returns_before, trust.returns_after),
        (
            "returns that never get a marker",
            trust.control_returns_before,
            trust.control_returns_after,
        ),
    )
    launched = label(comparison.day(trust.first_launched_at))
    at = f"the launch ({launched})"
    if rollout.is_staggered(found):
        last = label(comparison.day(trust.last_launched_at))
        at = f"each unit's launch (from {launched} to {last})"
    return Table(
        caption=f"Followed-up returns before {at} and from it on",
        columns=("", "before", "after"),
        rows=tuple((name, count(one), count(two)) for name, one, two in rows),
        numeric=(1, 2),
    )


def _quiet(found: Compared) -> tuple[Block, ...]:
    """The checks that have no box."""
    boxed = comparison.checks(found, *_BOXED)
    checks = [one for one in comparison.checks(found, *STATUS) if one not in boxed]
    if not checks:
        return ()
    return (
        Table(
            caption="The other checks" if boxed else "The checks of what else changed",
            columns=("check", "status", "what was found"),
            rows=tuple(
                (launch_checks.name(one), STATUS[one.status], comparison.message(one))
                for one in checks
            ),
        ),
    )
