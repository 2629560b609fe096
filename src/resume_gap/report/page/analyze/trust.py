"""The trust panel before a launch: warnings first, then the log and how much hangs on a limit."""

from resume_gap.report.page.model import Section
from resume_gap.report.page.shared import data
from resume_gap.results.analyze import Analysis


def trust(analysis: Analysis) -> Section:
    """Warnings first, then the ledger, the columns, the roles, the pause limit."""
    return Section(
        name="trust",
        title="What these figures stand on",
        blocks=data.warned(analysis),
        parts=data.parts(analysis),
    )
