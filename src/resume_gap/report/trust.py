"""The trust panel before a launch: warnings first, then the log and how much hangs on a limit."""

from resume_gap.model import Analysis
from resume_gap.report import thelog
from resume_gap.report.blocks import Section


def trust(analysis: Analysis) -> Section:
    """Warnings first, then the ledger, the columns, the roles, the pause limit."""
    return Section(
        name="trust",
        title="What these figures stand on",
        blocks=thelog.warned(analysis),
        parts=thelog.parts(analysis),
    )
