"""The page after a randomised launch: the verdict, and the parts in reading order."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.page.evaluate.difference import difference
from resume_gap.report.page.evaluate.exploration import exploration
from resume_gap.report.page.evaluate.mechanism import where
from resume_gap.report.page.evaluate.methods import evaluated_methods, evaluated_words
from resume_gap.report.page.evaluate.predicted import predicted
from resume_gap.report.page.evaluate.trust import trust
from resume_gap.report.page.model import Content, DecisionBox, Headline, Section, Tone
from resume_gap.report.page.shared import data
from resume_gap.report.text import caps, estimates, evaluation, guardrails, measures, vocabulary
from resume_gap.report.text.numbers import count, exact
from resume_gap.results.evaluate import Evaluated, VerdictWord

_FIRST_RETURN = (
    "The first return at which the marker would be shown is, in both arms, a user's first return "
    "from an interruption after the assignment."
)

_TONE: Final[Mapping[VerdictWord, Tone]] = {
    "better": "go",
    "worse": "stop",
    "no_difference_seen": "same",
    "withheld": "caution",
}


def content(found: Evaluated) -> Content:
    """What the page says."""
    return Content(
        title="The resume marker on trial", headline=headline(found), sections=sections(found)
    )


def sections(found: Evaluated) -> tuple[Section, ...]:
    """Trust first; where a check failed, nothing of an effect after it."""
    log = Section(name="log", title="The log behind it", appendix=True, parts=data.parts(found))
    return (
        trust(found),
        *(() if evaluation.withheld(found) else _effects(found)),
        log,
        evaluated_words(found),
        evaluated_methods(found),
    )


def _effects(found: Evaluated) -> tuple[Section, ...]:
    return (difference(found), *where(found), *exploration(found), *predicted(found))


def headline(found: Evaluated) -> Headline:
    """The verdict, the size and whether to believe it."""
    guarded, broken = guardrails.summary(found), guardrails.broken(found)
    return Headline(
        sentence=_sentence(found),
        more=_more(found),
        decision=DecisionBox(
            word=evaluation.WORD[found.evaluation.verdict.word],
            proviso=f"{broken}." if broken else "",
            tone="caution" if broken else _TONE.get(found.evaluation.verdict.word, "open"),
            reason=_reason(found),
        ),
        details=(
            f"Checks of the trial: {evaluation.trusted(found)}."
            + (f" Guardrails: {guarded}." if guarded else ""),
            *_limits(found),
            *_nothing(found),
            f"{vocabulary.interrupted(found)} {_FIRST_RETURN}",
        ),
    )


def _reason(found: Evaluated) -> str:
    """Why this word: each failed check in full, or what the interval says and leaves open."""
    failed = evaluation.checks(found, "failed")
    if found.measurability.reason is None and evaluation.withheld(found) and failed:
        reported = (f"{evaluation.check_name(c)}: {evaluation.message(c)}" for c in failed)
        return " ".join(reported)
    return " ".join(filter(None, (evaluation.because(found), guardrails.unsure(found))))


def _sentence(found: Evaluated) -> str:
    """Without a full stop."""
    primary = found.evaluation.primary
    word = found.evaluation.verdict.word
    if word == "withheld":
        blind = found.measurability.reason is not None
        why = (
            "This log cannot show how long people took" if blind else "A check of the trial failed"
        )
        return f"{why}, so the result is withheld"
    if evaluation.few(found) or not found.evaluation.trust.triggered:
        return evaluation.too_few(found)
    reported = estimates.in_words(primary, found)
    if reported is None:
        return f"No result yet: {measures.why(primary.reason)}"
    return _difference(found, reported)


def _difference(found: Evaluated, reported: str) -> str:
    """What a verdict says of a difference, which is `reported` in words."""
    word, primary = found.evaluation.verdict.word, found.evaluation.primary
    if word == "no_difference_seen":
        ends = estimates.between(estimates.estimate(primary), primary.unit, found)
        beside = f": between {ends} with the marker" if ends else ""
        return f"No difference detected{beside}"
    if word == "changes_with_use":
        later = estimates.in_words(found.evaluation.use.later, found)
        return f"At first {reported} with the marker, later {later}"
    longer = caps.longest_overruling(found)
    if word == "depends_on_cap" and longer is not None:
        more = estimates.worded(caps.estimate(longer), "seconds", found)
        return (
            f"Back at work {reported} with the marker, counted up to {caps.cap(found)}, but {more},"
            f" counted up to {exact(longer.seconds)}"
        )
    if word == "not_enough_data":
        return "Not enough data for a verdict"
    return f"Back at work {reported} with the marker"


def _more(found: Evaluated) -> str:
    """The size behind the sentence."""
    arms = evaluation.arms(found)
    primary = found.evaluation.primary
    if arms is None or primary.estimate is None:
        return ""
    relative = estimates.relative_in_words(primary)
    beside = f"; that is {relative}" if relative else ""
    return (
        f"At the first return it took {arms} on average, over {count(primary.n_treatment)} and "
        f"{count(primary.n_control)} users{beside}."
    )


def _limits(found: Evaluated) -> tuple[str, ...]:
    """Cautions beside a difference."""
    if evaluation.withheld(found) or found.evaluation.primary.estimate is None:
        return ()
    texts = []
    adjusted = estimates.in_words(found.evaluation.adjusted, found)
    if adjusted:
        texts.append(f"The same {measures.ADJUSTED}: {adjusted}.")
    if (looked := evaluation.looked(found)) is not None:
        texts.append(f"{looked[0].upper()}{looked[1:]}, so it is wider than that of a single look.")
    return (" ".join(texts),) if texts else ()


def _nothing(found: Evaluated) -> tuple[str, ...]:
    """What to do where nothing counts as work."""
    silent = found.reorientation.reason == "no_productive_events"
    return (vocabulary.nothing_productive(found),) if silent else ()
