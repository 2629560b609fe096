"""The trust panel before a launch: warnings first, then the log and the threshold."""

from resume_gap.report.page.model import Section
from resume_gap.report.page.shared import data
from resume_gap.report.text import target_rules
from resume_gap.results.analyze import Analysis


def trust(analysis: Analysis) -> Section:
    """Warnings first, then the ledger, the columns, the roles, the inactivity threshold."""
    best = target_rules.best(analysis)
    return Section(
        appendix=True,
        name="trust",
        title="Can you trust these numbers?",
        blocks=data.warned(analysis),
        parts=data.parts(analysis, None if best is None else best.name),
    )
