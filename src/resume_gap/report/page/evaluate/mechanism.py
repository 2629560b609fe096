"""Whether the marker works by pointing: likely hits against the others, and who follows it."""

from resume_gap.report.page.evaluate.tables import differences_chart, effects, known
from resume_gap.report.page.model import Block, Figure, Note, Paragraph, Section
from resume_gap.report.text import caps, estimates, measures, pointing, target_rules
from resume_gap.report.text.numbers import many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Evaluated

_LIKELY = {"hit": "likely a hit", "miss": "likely a miss"}


def where(found: Evaluated) -> tuple[Section, ...]:
    """Who follows the marker, and predicted hits and misses; nothing where neither is known."""
    blocks = (*_predicted(found), *_followed(found))
    if not blocks:
        return ()
    title = _finding(found.evaluation.mechanism.difference)
    return (Section(name="where", topic="Likely hits and misses", title=title, blocks=blocks),)


def _finding(found: Estimate) -> str:
    """Whether more shows where the marker was likely a hit."""
    if found.estimate is None:
        return "Whether the marker works by pointing is not known"
    if estimates.includes_zero(found) is not False:
        return "No clear difference between likely hits and likely misses"
    side = "faster" if found.estimate < 0 else "slower"
    return f"Treatment is {side} where the marker is likely a hit than elsewhere"


def _followed(found: Evaluated) -> tuple[Block, ...]:
    """Whether people return to the element that is marked."""
    rows = [(measures.measure(e.estimand), e) for _, e in pointing.measured(found)]
    if all(e.estimate is None for _, e in rows):
        return ()
    contradiction = pointing.beside(found)
    return (
        *(() if contradiction is None else (Note(severity="warn", text=contradiction),)),
        effects(
            f"Whether people follow the marker, with {LEVEL} intervals; in control the element "
            "that it would have pointed at.",
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
    groups = known(source.groups)
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
        Figure(
            name="hit-or-miss",
            caption=_between(source.difference, found),
            chart=differences_chart(
                ((name, e, name != "likely a hit") for name, e in named), found
            ),
            table=effects(
                f"Re-orientation time at the first return{caps.counted(found)}, with {LEVEL}"
                " intervals.",
                "marker",
                named,
                found,
            ),
        ),
        Paragraph(text=text),
    )


def _between(found: Estimate, run: Evaluated) -> str:
    """How the two groups differ."""
    figure = estimates.worded(found, "seconds", run)
    if found.estimate is None:
        return "The difference between the arms in both groups; the groups are not compared."
    text = (
        f"Difference where it is likely a hit less difference where it is likely a miss"
        f"{caps.counted(run)}: {figure}."
    )
    if estimates.includes_zero(found) is not False:
        return f"{text} The two may be the same."
    side = "faster" if found.estimate < 0 else "slower"
    return f"{text} Treatment is {side} where the marker is likely a hit than elsewhere."
