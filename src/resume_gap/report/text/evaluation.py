"""What a trial has shown, in sentences that page and terminal share."""

from typing import Literal

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.report.text import (
    caps,
    check_remedies,
    doubts,
    estimates,
    later_returns,
    measures,
    pointing,
    trust,
    visits,
    vocabulary,
)
from resume_gap.report.text.names import label, sentence
from resume_gap.report.text.numbers import count, many, spaced
from resume_gap.report.text.trialchecks.table import CHECKS
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Evaluated, VerdictWord
from resume_gap.results.trust import TrustCheck, TrustStatus

WORD: dict[VerdictWord, str] = {
    "better": "Faster",
    "worse": "Slower",
    "no_difference_seen": "No difference detected",
    "changes_with_use": "Changes with use",
    "depends_on_cap": "Depends on the cap",
    "withheld": "Result withheld",
    "not_enough_data": "Not enough data",
}
STATUS: dict[TrustStatus, str] = {
    "failed": "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}failed",
    "warned": "!\N{NO-BREAK SPACE}warned",
    "passed": "\N{CHECK MARK}\N{NO-BREAK SPACE}passed",
    "not_checked": "\N{WHITE CIRCLE}\N{NO-BREAK SPACE}not\N{NO-BREAK SPACE}checked",
}
"""In the order in which checks are to be read; a sign beside each word."""


def check_name(check: TrustCheck) -> str:
    """What is checked, in words."""
    known = CHECKS.get(check.name)
    return label(check.name.replace("_", " ").capitalize()) if known is None else known.title


def message(check: TrustCheck) -> str:
    """What was found, a sentence."""
    return spaced(vocabulary.whole(trust.found(check)))


def option(check: TrustCheck) -> str:
    """Which option does what that sentence asks for, a clause; empty where there is none."""
    return spaced(sentence(check_remedies.option(check)))


def withheld(found: Evaluated) -> bool:
    """A check failed, so nothing of an effect may stand anywhere."""
    return found.evaluation.verdict.word == "withheld"


def few(found: Evaluated) -> bool:
    """Too few users for anything but their number."""
    return found.evaluation.primary.reason == "few_users"


def seconds(found: Evaluated, effect: Effect) -> str | None:
    """A difference in words; None where none may be reported."""
    return None if withheld(found) else estimates.in_words(effect, found)


def checks(found: Evaluated, *statuses: TrustStatus) -> tuple[TrustCheck, ...]:
    """The checks of these statuses, the failed first."""
    order = list(STATUS)
    some = [check for check in found.evaluation.trust.checks if check.status in statuses]
    return tuple(sorted(some, key=lambda check: order.index(check.status)))


def trusted(found: Evaluated) -> str:
    """How many checks of the trial failed, warned and passed."""
    reported = [
        f"{count(n)} {status.replace('_', ' ')}"
        for status in STATUS
        if (n := len(checks(found, status)))
    ]
    return ", ".join(reported) if reported else "none was made"


def arm(which: Literal["control", "treatment"], found: Evaluated) -> str:
    """`control (off)`: the arm, and what it is called where that is another word."""
    trust = found.evaluation.trust
    name = label(trust.control_name if which == "control" else trust.treatment_name, limit=40)
    return which if name == which else f"{which} ({name})"


def assigned(found: Evaluated) -> str:
    """How many users were assigned, and how many of them count."""
    trust = found.evaluation.trust
    return (
        f"{count(trust.assigned_control)} users in {arm('control', found)}, "
        f"{count(trust.assigned_treatment)} in {arm('treatment', found)}; "
        f"{count(trust.triggered_control)} and {count(trust.triggered_treatment)} of them were "
        "interrupted afterwards and came back"
    )


def too_few(found: Evaluated) -> str:
    """`12 people are too few for a result`, or the arm that has too few."""
    trust = found.evaluation.trust
    arms = {"control": trust.triggered_control, "treatment": trust.triggered_treatment}
    if found.reorientation.reason == "no_productive_events":
        return f"No result yet: {measures.why('no_productive_events')}"
    if not any(arms.values()):
        return "Nobody came back from an interruption after the assignment"
    short_of = {arm: n for arm, n in arms.items() if n < MIN_INTERVAL_USERS.value}
    if len(short_of) == 1:
        arm, n = next(iter(short_of.items()))
        return f"{many(n, 'person', 'people')} in {arm} {'is' if n == 1 else 'are'} too few"
    return f"{many(trust.triggered, 'person is', 'people are')} too few for a result"


def because(found: Evaluated) -> str:
    """The sentences behind the verdict, with what the longest cap and the mechanism show."""
    beside = (
        _longer(found),
        visits.beside(found),
        doubts.beside(found),
        later_returns.beside(found),
        pointing.beside(found),
    )
    return " ".join(filter(None, (_because(found), *beside)))


def because_in_short(found: Evaluated) -> str:
    """The same in few words, for a page that says the rest further down."""
    pointed = (
        visits.in_short(found)
        or doubts.in_short(found)
        or later_returns.in_short(found)
        or pointing.in_short(found)
    )
    if found.evaluation.verdict.word == "no_difference_seen":
        return pointed or "The trial cannot distinguish an effect in this range from none."
    if found.evaluation.verdict.word in ("better", "worse"):
        # How sure it is stands above it, with the interval.
        longer = None if caps.agrees(found) else _longer(found)
        return pointed or longer or ""
    return " ".join(filter(None, (_because(found), pointed or _longer(found))))


def _longer(found: Evaluated) -> str | None:
    """What the longest cap shows, where there is a verdict on the primary one."""
    shown = found.evaluation.verdict.word in ("better", "worse", "no_difference_seen")
    return caps.beside(found) if shown else None


def _because(found: Evaluated) -> str:
    primary = found.evaluation.primary
    if found.evaluation.verdict.word == "no_difference_seen":
        ends = estimates.span(estimates.estimate(primary), primary.unit, found)
        if ends is not None:
            return (
                f"Anything from {ends} fits these data: the trial cannot distinguish an effect "
                "in between from none."
            )
    reported = trust.reason(found.evaluation.verdict, found.evaluation.trust.checks)
    return spaced(vocabulary.whole(reported))


def arms(found: Evaluated) -> str | None:
    """The measure in both arms, as printed; None where none may be reported."""
    primary = found.evaluation.primary
    if withheld(found) or primary.control is None or primary.treatment is None:
        return None
    control, treatment = estimates.levels(primary, found)
    cap = caps.cap(found)
    counted = f" (counted up to {cap})" if cap else ""
    return f"{treatment} with the marker, {control} without it{counted}"


def looked(found: Evaluated) -> str | None:
    """That the interval holds at several looks, a clause; None with one look."""
    looks = found.evaluation.looks
    if looks is None or looks.looks < 2:
        return None
    return f"the interval holds at every one of {count(looks.looks)} interim looks"
