"""The page after a launch that was not randomized: the verdict, and the parts in reading order."""

from resume_gap.report.page.compare.change import change
from resume_gap.report.page.compare.days import days
from resume_gap.report.page.compare.headline import headline, measured
from resume_gap.report.page.compare.methods import compared_methods, compared_words
from resume_gap.report.page.compare.predicted import predicted
from resume_gap.report.page.compare.trust import checked, trust
from resume_gap.report.page.model import Content, Section
from resume_gap.report.page.shared import data
from resume_gap.report.page.shared.tracking import tracking
from resume_gap.report.text import comparison
from resume_gap.results.compare import Compared


def content(found: Compared) -> Content:
    """What the page says."""
    return Content(
        title="The resume marker before and after its launch",
        headline=headline(found),
        sections=sections(found),
    )


def sections(found: Compared) -> tuple[Section, ...]:
    """Trust first; where a check failed, nothing of an effect after it; then what to check."""
    log = Section(name="log", title="The log behind it", appendix=True, parts=data.parts(found))
    shown = not comparison.withheld(found)
    return (
        *tracking(found),
        trust(found),
        *((change(found), *predicted(found)) if shown else ()),
        *measured(found),
        checked(found),
        *days(found),
        log,
        compared_words(found),
        compared_methods(found),
    )
