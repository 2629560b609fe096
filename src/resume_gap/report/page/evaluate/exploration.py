"""Exploration after a trial, and what was predicted beside what was measured."""

from itertools import groupby

from resume_gap.report.page.evaluate.novelty import dilution
from resume_gap.report.page.evaluate.tables import effects
from resume_gap.report.page.model import Block, Note, Paragraph, Part, Section
from resume_gap.report.text import estimates, evaluation, measures
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import percent
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Evaluated

_QUANTILE = {0.5: "median", 0.25: "first quarter", 0.75: "third quarter"}


def exploration(found: Evaluated) -> tuple[Section, ...]:
    """All interruptions, quantiles, groups; nothing where there is nothing."""
    parts = [
        Part(title=title, blocks=blocks)
        for title, blocks in (
            ("All interruptions", _all(found)),
            ("Slow and quick returns", _quantiles(found)),
        )
        if blocks
    ]
    parts.extend(_segments(found))
    parts.extend(dilution(found))
    if not parts:
        return ()
    only = Note(
        severity="note",
        text="Exploration only. Nothing here decides the trial, and with many figures some differ "
        "by chance alone: take a difference as a question for the next trial.",
    )
    return (
        Section(
            name="more", title="Exploration", appendix=True, blocks=(only,), parts=tuple(parts)
        ),
    )


def _all(found: Evaluated) -> tuple[Block, ...]:
    if evaluation.few(found):
        return ()
    some = [e for e in found.evaluation.exploratory if e.control is not None]
    if not some:
        return _bounds(found)
    blocks: list[Block] = [
        effects(
            "Every followed-up interruption after the assignment, intervals over users.",
            "measure",
            ((measures.measure(e.estimand), e) for e in some),
            found,
        )
    ]
    if any(e.flag == "returns_may_differ" for e in some):
        blocks.append(
            Note(
                severity="warn",
                text="Who comes back may differ between the arms: it is not "
                "shown that equally many do. A marker that brings slow users back would look slow "
                "here, and one that loses them would look fast.",
            )
        )
    blocks.extend(_bounds(found))
    return tuple(blocks)


def _bounds(found: Evaluated) -> tuple[Block, ...]:
    bounds = found.evaluation.lee_bounds
    if bounds.lower is None or bounds.upper is None:
        return ()
    ends = Estimate(ci_lower=bounds.lower, ci_upper=bounds.upper)
    wrong = (
        "Some people may come back only where there is a marker, or only where there is none. "
        "Their returns stand in one arm and have no counterpart in the other, which can look like "
        "an effect on speed."
    )
    if bounds.trimmed_share and bounds.trimmed_arm:
        wrong += (
            f" Here {bounds.trimmed_arm} has more returns per user. The bounds assume that the "
            "marker only adds returns or only takes some away, not both; then "
            f"{percent(bounds.trimmed_share)} of those of {bounds.trimmed_arm} have no counterpart."
            " Nobody knows which, so they are left out twice: once as the slowest, once as the "
            "quickest."
        )
    else:
        wrong += " Here both arms have as many returns per user, so none is left out."
    says = (
        "For returns that happen with and without the marker alike, the difference lies between "
        f"{estimates.between(ends, 'seconds', found)}."
    )
    sure = Estimate(ci_lower=bounds.ci_lower, ci_upper=bounds.ci_upper)
    if (reported := estimates.between(sure, "seconds", found)) is not None:
        says += f" With the uncertainty of the data: between {reported} ({LEVEL} interval)."
    return (
        Paragraph(lead="What could be wrong.", text=wrong),
        Paragraph(lead="What the bounds say.", text=says),
    )


def _quantiles(found: Evaluated) -> tuple[Block, ...]:
    rows = [
        (_QUANTILE.get(row.quantile) or percent(row.quantile), row.effect)
        for row in found.evaluation.quantiles
        if row.effect.control is not None
    ]
    if not rows or evaluation.few(found):
        return ()
    shared = any(effect.reason == "atom" for _, effect in rows)
    table = effects(
        "Re-orientation time at the first return: half, or so many, of the users took no longer.",
        "part of the users",
        rows,
        found,
    )
    if not shared:
        return (table,)
    why = (
        "Many alike: many users took exactly this long (such as the cap, which stands for "
        "everyone who was not back at work by then). How certain such a time is cannot be known, "
        "so nothing is compared there."
    )
    return (table, Paragraph(text=why))


def _segments(found: Evaluated) -> list[Part]:
    parts = []
    for column, group in groupby(found.evaluation.segments, lambda row: row.group):
        rows = [(label(row.value), row.effect) for row in group if row.effect.control is not None]
        if not rows or evaluation.few(found):
            continue
        table = effects(
            f"Re-orientation time at the first return by {label(column)}; p corrected for how many "
            "groups there are.",
            label(column),
            rows,
            found,
            p="p, corrected",
            adjusted=True,
        )
        parts.append(Part(title=f"By {label(column)}", blocks=(table,)))
    return parts
