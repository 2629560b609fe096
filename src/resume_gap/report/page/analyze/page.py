"""The page before a launch: its parts in reading order."""

from resume_gap.report.page.analyze.bounds import upper_bound
from resume_gap.report.page.analyze.headline import headline, measured
from resume_gap.report.page.analyze.reorientation import re_orientation
from resume_gap.report.page.analyze.segments import segments
from resume_gap.report.page.analyze.target_rules import which_rule
from resume_gap.report.page.analyze.trust import trust
from resume_gap.report.page.analyze.workday import interrupted_day
from resume_gap.report.page.model import Content, Section
from resume_gap.report.page.shared.definitions import definitions
from resume_gap.report.page.shared.methods import methods
from resume_gap.results.analyze import Analysis


def content(analysis: Analysis) -> Content:
    """What the page says."""
    return Content(
        title="Interrupted work and re-orientation",
        headline=headline(analysis),
        sections=sections(analysis),
    )


def sections(analysis: Analysis) -> tuple[Section, ...]:
    """The interruptions, what comes after them, what a marker could do; then what to check."""
    return (
        *measured(analysis),
        interrupted_day(analysis),
        *re_orientation(analysis),
        *which_rule(analysis),
        *upper_bound(analysis),
        *segments(analysis),
        trust(analysis),
        definitions(analysis),
        methods(analysis),
    )
