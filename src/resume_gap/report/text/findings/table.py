"""All that is printed about checks of the data, by code.

Page, screen and JSON show the same sentence, made once, when a command hands over its result.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from resume_gap.report.text.findings import (
    excess,
    intake,
    machines,
    roles,
    rows,
    starts,
    times,
    users,
)
from resume_gap.report.text.findings.entry import DataFinding, printed
from resume_gap.results.common import Check

FAMILIES: Final = (users, rows, times, machines, starts, roles, excess, intake)
"""Modules, each with a table of entries; no two have the same code."""
FINDINGS: Final[Mapping[str, DataFinding]] = {
    code: entry for family in FAMILIES for code, entry in family.FINDINGS.items()
}
"""By code."""


def worded(check: Check) -> Check:
    """The check with all that is printed about it; one that has its sentence stays.

    Raises:
        KeyError: The check has neither a sentence nor a code with one, which is a fault of ours.
    """
    if check.message:
        return replace(check, short=intake.SHORT.get(check.check, ""))
    entry = FINDINGS[check.check]
    return replace(
        check,
        message=printed(entry.message, check),
        action=printed(entry.action, check),
        short=entry.short,
    )
