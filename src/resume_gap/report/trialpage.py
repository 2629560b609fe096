"""The page after a randomised launch: the verdict, and the parts in reading order."""

from resume_gap.launch import Evaluated
from resume_gap.report import differences, phrases, thelog, trialphrases
from resume_gap.report.blocks import Decision, Headline, Section
from resume_gap.report.numbers import count
from resume_gap.report.trialmain import difference
from resume_gap.report.trialmore import exploration, predicted
from resume_gap.report.trialsource import where
from resume_gap.report.trialtrust import trust
from resume_gap.report.trialwords import evaluated_methods, evaluated_words

_FIRST_RETURN = (
    "The first return at which the marker would be shown is, in both arms, a user's first return "
    "from an interruption after the assignment."
)


def sections(found: Evaluated) -> tuple[Section, ...]:
    """Trust first; where a check failed, nothing of an effect after it."""
    log = Section(name="log", title="The log behind it", parts=thelog.parts(found))
    return (
        trust(found),
        *(() if trialphrases.withheld(found) else _effects(found)),
        log,
        evaluated_words(found),
        evaluated_methods(found),
    )


def _effects(found: Evaluated) -> tuple[Section, ...]:
    return (difference(found), *where(found), *exploration(found), *predicted(found))


def headline(found: Evaluated) -> Headline:
    """The verdict, the size and whether to believe it."""
    guarded, broken = trialphrases.guardrails(found), trialphrases.broken(found)
    return Headline(
        sentence=_sentence(found),
        more=_more(found),
        decision=Decision(
            word=trialphrases.WORD[found.evaluation.verdict.word],
            proviso=f"{broken}." if broken else "",
            reason=_reason(found),
        ),
        details=(
            f"Checks of the trial: {trialphrases.trusted(found)}."
            + (f" Guardrails: {guarded}." if guarded else ""),
            *_limits(found),
            *_nothing(found),
            f"{phrases.interrupted(found)} {_FIRST_RETURN}",
        ),
    )  # fmt: skip


def _reason(found: Evaluated) -> str:
    """Why this word: each failed check in full, or what the interval says and leaves open."""
    failed = trialphrases.checks(found, "failed")
    if trialphrases.withheld(found) and failed:
        told = (f"{trialphrases.check_name(c)}: {trialphrases.message(c)}" for c in failed)
        return " ".join(told)
    return " ".join(filter(None, (trialphrases.because(found), trialphrases.unsure(found))))


def _sentence(found: Evaluated) -> str:
    """Without a full stop."""
    primary = found.evaluation.primary
    word = found.evaluation.verdict.word
    if word == "withheld":
        return "A check of the trial failed, so no difference is told"
    if trialphrases.few(found) or not trialphrases.people(found):
        return trialphrases.too_few(found)
    told = differences.in_words(primary, found)
    if told is None:
        return f"Nothing can be said yet: {trialphrases.why(primary.reason)}"
    if word == "no_difference_seen":
        ends = differences.between(differences.estimate(primary), primary.unit, found)
        return f"No difference seen: between {ends} with the marker" if ends else (
            "No difference seen"
        )  # fmt: skip
    if word == "not_enough_data":
        return "Not enough data for a verdict"
    return f"Back at work {told} with the marker"


def _more(found: Evaluated) -> str:
    """The size behind the sentence."""
    arms = trialphrases.arms(found)
    primary = found.evaluation.primary
    if arms is None or primary.estimate is None:
        return ""
    relative = differences.relative_in_words(primary)
    beside = f"; that is {relative}" if relative else ""
    return (
        f"At the first return it took {arms} on average, over {count(primary.n_treatment)} and "
        f"{count(primary.n_control)} users{beside}."
    )


def _limits(found: Evaluated) -> tuple[str, ...]:
    """What to keep in mind with a difference."""
    if trialphrases.withheld(found) or found.evaluation.primary.estimate is None:
        return ()
    texts = []
    adjusted = differences.in_words(found.evaluation.adjusted, found)
    if adjusted:
        texts.append(f"The same {trialphrases.ADJUSTED}: {adjusted}.")
    if (looked := trialphrases.looked(found)) is not None:
        texts.append(f"{looked[0].upper()}{looked[1:]}, so it is wider than that of a single look.")
    return (" ".join(texts),) if texts else ()


def _nothing(found: Evaluated) -> tuple[str, ...]:
    """What to do where nothing counts as work."""
    silent = found.reorientation.reason == "no_productive_events"
    return (phrases.nothing_productive(found),) if silent else ()
