"""Where a difference shows: over time, where the marker was likely right, as it grows old."""

from resume_gap.constants import USE_EXPOSURES
from resume_gap.report.page.evaluate.tables import differences_chart, effects, numbered
from resume_gap.report.page.model import Block, Figure, Note, Paragraph, Part, Section
from resume_gap.report.text import estimates, measures, pointing, target_rules
from resume_gap.report.text.numbers import many
from resume_gap.results.common import Estimate
from resume_gap.results.effect import GroupEffect
from resume_gap.results.evaluate import Evaluated

_LIKELY = {"hit": "likely a hit", "miss": "likely a miss"}


def where(found: Evaluated) -> tuple[Section, ...]:
    """Curves, predicted hits and misses, novelty, dilution; those that there are."""
    parts = [
        Part(title=title, blocks=blocks)
        for title, blocks in (
            ("Where the marker was likely a hit", _mechanism(found)),
            ("Does it wear off?", _novelty(found)),
            ("Users who were never interrupted", _dilution(found)),
        )
        if blocks
    ]
    if not parts:
        return ()
    return (Section(name="where", title="Where it shows", parts=tuple(parts)),)


def _mechanism(found: Evaluated) -> tuple[Block, ...]:
    return (*_followed(found), *_predicted(found))


def _followed(found: Evaluated) -> tuple[Block, ...]:
    """Whether people return to the element that is marked."""
    rows = [(measures.measure(e.estimand), e) for _, e in pointing.measured(found)]
    if all(e.estimate is None for _, e in rows):
        return ()
    contradiction = pointing.beside(found)
    return (
        *(() if contradiction is None else (Note(severity="warn", text=contradiction),)),
        effects(
            "Whether people follow the marker, with 95 % intervals; in control the element that it "
            "would have pointed at.",
            "measure",
            rows,
            found,
            p="p, corrected",
            adjusted=True,
        ),
    )


def _predicted(found: Evaluated) -> tuple[Block, ...]:
    """Where a hit was likely from what came before, against elsewhere."""
    source = found.evaluation.mechanism
    groups = _known(source.groups)
    if not groups:
        if source.reason in (None, "withheld", "few_users"):
            return ()
        return (Paragraph(text=f"Not shown: {measures.why(source.reason)}."),)
    named = [(_LIKELY.get(g.value, "other"), g.effect) for g in groups]
    at = "" if source.policy is None else f" at the {target_rules.rule(source.policy)}"
    text = (
        f"From what came before the gap it is guessed for both arms alike whether a marker{at} "
        "would be a hit at the first return. A marker that works by pointing shows more where it "
        "is likely a hit."
    )
    if source.unknown:
        text += f" Of {many(source.unknown, 'user')} too little is known to guess."
    return (
        Paragraph(text=text),
        Figure(
            name="hit-or-miss",
            caption=_between(source.difference, found),
            chart=differences_chart(
                ((name, e, name != "likely a hit") for name, e in named), found
            ),
            table=effects(
                "Re-orientation time at the first return, with 95 % intervals.",
                "marker",
                named,
                found,
            ),
        ),
    )


def _between(found: Estimate, run: Evaluated) -> str:
    """How the two groups differ."""
    figure = estimates.figures(found, "seconds", run)
    if found.estimate is None:
        return "The difference between the arms in both groups; the groups are not compared."
    text = (
        f"Difference where it is likely a hit less difference where it is likely a miss: {figure}."
    )
    if estimates.includes_zero(found) is not False:
        return f"{text} The two may be the same."
    side = "faster" if found.estimate < 0 else "slower"
    return f"{text} Treatment is {side} where the marker is likely a hit than elsewhere."


def _use(found: Evaluated) -> tuple[Block, ...]:
    """Later returns against first ones, of the same users."""
    change, later = found.evaluation.use.change, found.evaluation.use.later
    shown = estimates.in_words(later, found)
    if change.ci_lower is None or shown is None:
        return ()
    apart = estimates.figures(estimates.estimate(change), "seconds", found)
    return (
        Paragraph(
            text=f"Of users with at least {USE_EXPOSURES.value:.0f} such returns, the later ones: "
            f"{shown}. Later less first return, treatment less control: {apart}. An interval that"
            " includes 0 does not show that the effect stays the same."
        ),
    )


def _novelty(found: Evaluated) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for name, groups, word, caption in (
        (
            "exposures",
            found.evaluation.exposures,
            "return",
            (
                "By how often a user had met a return at which the marker would be shown. Later "
                "returns are those of users who are interrupted often, and who they are may differ "
                "between the arms."
            ),
        ),
        ("trial-weeks", found.evaluation.weeks, "week", "By week since the user's assignment."),
    ):
        rows = numbered(_known(groups), word)
        if not rows:
            continue
        blocks.append(
            Figure(
                name="exposures" if name == "exposures" else "trial-weeks",
                caption=caption,
                chart=differences_chart(((label, e, False) for label, e in rows), found),
                table=effects("Re-orientation time, with 95 % intervals.", word, rows, found),
            )
        )
    if not blocks:
        return ()
    blocks.extend(_use(found))
    only = Note(
        severity="note",
        text="Exploration only. Intervals of single numbers and weeks are wide; a trend over them "
        "is a question, not an answer.",
    )
    return (only, *blocks)


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


def _known(groups: tuple[GroupEffect, ...]) -> tuple[GroupEffect, ...]:
    return tuple(g for g in groups if g.effect.estimate is not None)
