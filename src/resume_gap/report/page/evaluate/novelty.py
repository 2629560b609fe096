"""Whether the effect stays: by how often the marker was met, and by week."""

from resume_gap.constants import USE_EXPOSURES
from resume_gap.report.page.evaluate.tables import differences_chart, effects, known, numbered
from resume_gap.report.page.model import Block, Figure, Note, Paragraph, Part, Section
from resume_gap.report.text import caps, estimates
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.effect import GroupEffect
from resume_gap.results.evaluate import Evaluated


def novelty(found: Evaluated) -> tuple[Section, ...]:
    """The effect by return and by week; nothing where neither is known."""
    figures = (
        *_figure(
            "exposures",
            found.evaluation.exposures,
            "return",
            "By how often a user had met a return at which the marker would be shown. Later "
            "returns are those of users who are interrupted often, and who they are may differ "
            f"between the arms. {caps.counted_whole(found)}",
            found,
        ),
        *_figure(
            "trial-weeks",
            found.evaluation.weeks,
            "week",
            f"By week since the user's assignment. {caps.counted_whole(found)}",
            found,
        ),
    )
    if not figures:
        return ()
    only = Note(
        severity="note",
        text="Exploration only. Intervals of single numbers and weeks are wide; a trend over them "
        "is a question, not an answer.",
    )
    return (
        Section(
            name="novelty",
            topic="Does it wear off?",
            title=_finding(found),
            blocks=(*figures, *_use(found), only),
        ),
    )


def dilution(found: Evaluated) -> tuple[Part, ...]:
    """Users who never met the marker, for those who check."""
    blocks = _dilution(found)
    return (Part(title="Users who were never interrupted", blocks=blocks),) if blocks else ()


def _finding(found: Evaluated) -> str:
    """What later returns of the same users show against their first."""
    change = estimates.estimate(found.evaluation.use.change)
    includes = estimates.includes_zero(change)
    if includes is None or change.estimate is None:
        return "Whether the effect stays with use is not known"
    if includes:
        return "No change with use is shown"
    side = "slower" if change.estimate > 0 else "faster"
    return f"With use people get {side} with the marker, compared with those without it"


def _figure(
    name: str, groups: tuple[GroupEffect, ...], word: str, caption: str, found: Evaluated
) -> tuple[Figure, ...]:
    rows = numbered(known(groups), word)
    if not rows:
        return ()
    return (
        Figure(
            name=name,
            caption=caption,
            chart=differences_chart(((label, e, False) for label, e in rows), found),
            table=effects(
                f"Re-orientation time, counted up to {caps.whole(found)}, with {LEVEL} intervals.",
                word,
                rows,
                found,
            ),
        ),
    )


def _use(found: Evaluated) -> tuple[Block, ...]:
    """Later returns against first ones, of the same users."""
    change, later = found.evaluation.use.change, found.evaluation.use.later
    shown = estimates.in_words(later, found)
    if change.ci_lower is None or shown is None:
        return ()
    moved = estimates.worded(estimates.estimate(change), "seconds", found)
    return (
        Paragraph(
            text=f"Of users with at least {USE_EXPOSURES.value:.0f} such returns"
            f"{caps.counted(found)}, the later ones: {shown}. From the first to later returns the "
            f"difference changes to {moved}. An interval that includes 0 does not show that the "
            "effect stays the same."
        ),
    )


def _dilution(found: Evaluated) -> tuple[Block, ...]:
    effect = found.evaluation.dilution
    if effect.estimate is None:
        return ()
    figure = estimates.in_figures(effect, found)
    clear = estimates.includes_zero(estimates.estimate(effect)) is False
    text = (
        "Who was never interrupted never met the marker, so between the arms nothing should differ "
        f"for them. Their productive minutes differ by {figure}"
    )
    if clear:
        return (
            Note(
                severity="warn",
                text=f"{text}. The interval does not include 0: the arms may "
                "differ in more than the marker.",
            ),
        )
    held = "" if effect.ci_lower is None else "; the interval includes 0, as expected"
    return (Paragraph(text=f"{text}{held}."),)
