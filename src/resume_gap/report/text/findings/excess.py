"""The comparison with uninterrupted work."""

from typing import Final

from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import DataFinding, share
from resume_gap.report.text.numbers import duration, many, percent
from resume_gap.results.common import Check

_WITH_CARE = "read the comparison with care"


def _another_pace(check: Check) -> str:
    off = duration(check.figures["seconds"], check.figures["finest_seconds"])
    return (
        f"people work at a different pace soon after any gap, so the comparison may be off by {off}"
    )


FINDINGS: Final = {
    "few_controls": DataFinding(
        message=lambda c: f"only {share(c):.0%} of the matched controls are the person's own",
        action=_WITH_CARE,
    ),
    "early_controls": DataFinding(
        message=_another_pace,
        action=_WITH_CARE,
        short="people work at a different pace after any gap.",
    ),
    "companion_differs": DataFinding(
        message=lambda _: (
            "a second comparison, with controls after an event like the first one back, does not "
            "confirm the extra time"
        ),
        action="watch a few people come back: do they go on where they stopped, or land elsewhere?",
        short="a second comparison does not confirm the extra time.",
    ),
    "companion_unknown": DataFinding(
        message=lambda _: (
            "a second comparison, with controls after an event like the first one back, could not "
            "be made: too few such controls"
        ),
        action=_WITH_CARE,
        short="a second comparison of the extra time lacks controls.",
    ),
    "longer_by_give_ups": DataFinding(
        message=lambda c: (
            f"{many(c.count, 'interruption')} ({percent(share(c))}) ended without work and"
            f" {agreeing(c.count, 'counts', 'count')} as the cap;"
            f" without {agreeing(c.count, 'it', 'them')}, getting back did not take"
            " clearly longer than a step of uninterrupted work that is begun anew"
        ),
        action="watch why people leave again: another interruption, or giving up",
        short="only returns without work make the extra time.",
    ),
}
