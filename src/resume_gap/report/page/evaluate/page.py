"""The page after a randomized launch: the verdict, and the parts in reading order."""

from resume_gap.report.page.evaluate.caps import counted_up_to
from resume_gap.report.page.evaluate.difference import difference
from resume_gap.report.page.evaluate.exploration import exploration
from resume_gap.report.page.evaluate.guarded import guarded
from resume_gap.report.page.evaluate.headline import headline, measured
from resume_gap.report.page.evaluate.mechanism import where
from resume_gap.report.page.evaluate.methods import evaluated_methods, evaluated_words
from resume_gap.report.page.evaluate.novelty import novelty
from resume_gap.report.page.evaluate.predicted import predicted
from resume_gap.report.page.evaluate.secondary import secondary
from resume_gap.report.page.evaluate.sham import against_sham
from resume_gap.report.page.evaluate.trust import checked, trust
from resume_gap.report.page.model import Content, Section
from resume_gap.report.page.shared import data
from resume_gap.report.page.shared.tracking import tracking
from resume_gap.report.text import evaluation
from resume_gap.results.evaluate import Evaluated


def content(found: Evaluated) -> Content:
    """What the page says."""
    return Content(
        title="The resume marker on trial", headline=headline(found), sections=sections(found)
    )


def sections(found: Evaluated) -> tuple[Section, ...]:
    """Trust first; where a check failed, nothing of an effect after it; then what to check."""
    log = Section(name="log", title="The log behind it", appendix=True, parts=data.parts(found))
    shown = not evaluation.withheld(found)
    return (
        *tracking(found),
        trust(found),
        *(_effects(found) if shown else ()),
        *measured(found),
        checked(found),
        *((*secondary(found), *exploration(found)) if shown else ()),
        log,
        evaluated_words(found),
        evaluated_methods(found),
    )


def _effects(found: Evaluated) -> tuple[Section, ...]:
    return (
        difference(found),
        *counted_up_to(found),
        *guarded(found),
        *against_sham(found),
        *where(found),
        *novelty(found),
        *predicted(found),
    )
