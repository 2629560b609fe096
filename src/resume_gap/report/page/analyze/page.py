"""The page before a launch: what was found, a section a finding; then what to check."""

from resume_gap.report.page.analyze import bounds, places, reorientation, target_rules, workday
from resume_gap.report.page.analyze.first_paths import first_paths
from resume_gap.report.page.analyze.headline import headline, measured
from resume_gap.report.page.analyze.segments import segments
from resume_gap.report.page.analyze.trust import trust
from resume_gap.report.page.model import Content, Section
from resume_gap.report.page.shared.definitions import definitions
from resume_gap.report.page.shared.methods import methods
from resume_gap.report.page.shared.tracking import tracking
from resume_gap.report.text import threshold
from resume_gap.results.analyze import Analysis


def content(analysis: Analysis) -> Content:
    """What the page says."""
    return Content(
        title="Interrupted work and re-orientation",
        headline=headline(analysis),
        sections=sections(analysis),
        holds=threshold.holds(analysis),
    )


def sections(analysis: Analysis) -> tuple[Section, ...]:
    """The interruptions, what comes after them, what a marker could do; then what to check."""
    return (
        *tracking(analysis),
        workday.interrupted_day(analysis),
        *places.where(analysis),
        *reorientation.re_orientation(analysis),
        *first_paths(analysis),
        *target_rules.which_rule(analysis),
        *bounds.upper_bound(analysis),
        *segments(analysis),
        *measured(analysis),
        workday.in_detail(analysis),
        *reorientation.in_detail(analysis),
        *target_rules.in_detail(analysis),
        *bounds.in_detail(analysis),
        trust(analysis),
        definitions(analysis),
        methods(analysis),
    )
