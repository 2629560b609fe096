"""All that is printed about checks of a trial, by their names."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text.trialchecks import (
    assignments,
    beginnings,
    events,
    first_step,
    markers,
    ratios,
    units,
)
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome
from resume_gap.results.trust import TrustCheck

FAMILIES: Final = (ratios, assignments, units, beginnings, events, markers, first_step)
"""Modules, each with a table of entries; no two have the same check."""
CHECKS: Final[Mapping[str, TrialCheck]] = {
    name: entry for family in FAMILIES for name, entry in family.CHECKS.items()
}
"""By name."""


def outcome(check: TrustCheck) -> TrialOutcome | None:
    """What is printed about what a check found; None of one that is not known."""
    entry = CHECKS.get(check.name)
    return None if entry is None else entry.outcomes.get(check.code)
