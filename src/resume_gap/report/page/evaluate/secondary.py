"""Measures beside the verdict, for those who check."""

from resume_gap.report.page.evaluate.guarded import interruptions
from resume_gap.report.page.evaluate.tables import effects
from resume_gap.report.page.model import Block, Paragraph, Section
from resume_gap.report.text import measures
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated


def secondary(found: Evaluated) -> tuple[Section, ...]:
    """What decides nothing; nothing where nothing was measured."""
    blocks: tuple[Block, ...] = (*_measures(found), *interruptions(found))
    if not blocks:
        return ()
    title = "Secondary measures"
    return (Section(name="secondary", title=title, blocks=blocks, appendix=True),)


def _measures(found: Evaluated) -> tuple[Block, ...]:
    if all(effect.control is None for effect in found.evaluation.secondary):
        return ()
    return (
        Paragraph(
            text="They decide nothing. Their p is corrected for how many there "
            "are, so that looking at several finds no more by chance."
        ),
        effects(
            f"Measures beside the verdict, with {LEVEL} intervals.",
            "measure",
            ((measures.measure(e.estimand), e) for e in found.evaluation.secondary),
            found,
            p="p, corrected",
            adjusted=True,
        ),
    )
