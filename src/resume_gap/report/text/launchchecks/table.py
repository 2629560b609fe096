"""All that is printed about checks of a launch, by their names."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text.launchchecks import one_date, rollout, shown
from resume_gap.report.text.launchchecks.entry import LaunchCheck, LaunchOutcome
from resume_gap.results.trust import TrustCheck

FAMILIES: Final = (one_date, shown, rollout)
"""Modules, each with a table of entries; no two have the same check."""
CHECKS: Final[Mapping[str, LaunchCheck]] = {
    name: entry for family in FAMILIES for name, entry in family.CHECKS.items()
}
"""By name."""


def outcome(check: TrustCheck) -> LaunchOutcome | None:
    """What is printed about what a check found; None of one that is not known."""
    entry = CHECKS.get(check.name)
    return None if entry is None else entry.outcomes.get(check.code)
