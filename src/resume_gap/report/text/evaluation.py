"""What a trial has shown, in sentences that page and terminal share."""

from typing import Final, Literal, NamedTuple

from resume_gap.constants import FOLLOW_UP, MIN_INTERVAL_USERS
from resume_gap.report.text import caps, estimates, trust, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, exact, many, spaced
from resume_gap.results.evaluate import (
    Effect,
    Evaluated,
    Guardrail,
    GuardrailStatus,
    VerdictWord,
)
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
GUARDED: dict[GuardrailStatus, str] = {
    "failed": "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}failed",
    "open": "?\N{NO-BREAK SPACE}open",
    "passed": "\N{CHECK MARK}\N{NO-BREAK SPACE}passed",
}
_CHECK = {
    "assigned_ratio": "Users assigned to each arm",
    "triggered_ratio": "Users with an interruption in each arm",
    "both_arms": "Users in both arms",
    "one_arm_events": "Events of one arm only",
    "log_begins_late": "The log begins before the trial",
    "allocation_over_time": "The split stays the same over time",
    "early_markers": "No marker before the assignment",
    "first_step": "Work begins with the user, not with the marker",
    "unusable_assignments": "Assignments that could be read",
    "marker_in_control": "Marker shown in the control arm",
    "marker_elsewhere": "Marker shown at other returns",
    "marker_missing": "Marker not shown where it should be",
    "assigned_late": "Assigned during re-orientation",
    "unknown_users": "Assigned users without events",
    "never_triggered": "Users without an interruption",
}
_WEEK = exact(FOLLOW_UP.value)


class _Measure(NamedTuple):
    """What a measure of a trial is called.

    Attributes:
        name: What is measured.
        kept: For a guardrail what it asks for, a clause.
    """

    name: str
    kept: str = ""


_MEASURE: Final = {
    "first_return": _Measure("re-orientation time, first return"),
    "first_return_adjusted": _Measure("re-orientation time, first return, adjusted"),
    "first_finished": _Measure("back at work within the cap, first return"),
    "all_returns": _Measure("re-orientation time, all interruptions"),
    "never_triggered": _Measure("productive minutes of users never interrupted"),
    "productive_minutes": _Measure(
        "productive minutes per assigned user",
        kept="productive minutes per assigned user do not fall",
    ),
    "return_rate_7d": _Measure(
        f"came back within {_WEEK}", kept=f"no fewer come back within {_WEEK}"
    ),
    "productive_share": _Measure(
        "back at work within the cap", kept="no fewer get back to work within the cap"
    ),
    "interruptions_per_user": _Measure(
        "interruptions per user", kept="interruptions per user do not rise"
    ),
}
"""Every measure by its stable name."""
_WHY = {
    "withheld": "a check of the trial failed",
    "few_users": "too few users",
    "allocation_changed": "the split of the arms changed over time",
    "no_rows": "nothing to measure it on",
    "atom": "many users have exactly this time, so that it has no interval",
    "no_history": "nothing is known of the users before the assignment",
    "no_variation": "the values do not vary",
    "no_elements": "the log names no elements to point at",
    "no_productive_events": "nothing in the log is known to be productive",
    "no_interruptions": "no interruption after the assignment could be followed up",
}
_SHORT = {
    "atom": "many alike",
    "no_rows": "nothing to measure",
    "no_history": "no history",
    "no_variation": "no variation",
}
ADJUSTED = "adjusted for what was known before the assignment"


def measure(name: str) -> str:
    """What is measured, in words."""
    return _MEASURE[name].name if name in _MEASURE else label(name.replace("_", " "))


def check_name(check: TrustCheck) -> str:
    """What is checked, in words."""
    return _CHECK.get(check.name) or label(check.name.replace("_", " ").capitalize())


def message(check: TrustCheck) -> str:
    """What was found, a sentence."""
    return spaced(vocabulary.whole(trust.found(check)))


def why(reason: str | None) -> str:
    """Why a figure is missing, a clause."""
    if reason is None:
        return "there is too little data"
    return _WHY.get(reason) or label(reason.replace("_", " "))


def short(reason: str | None) -> str:
    """The same for a table."""
    return _SHORT.get(reason or "") or why(reason)


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


def people(found: Evaluated) -> int:
    """Users with an interruption after their assignment, both arms together."""
    trust = found.evaluation.trust
    return trust.triggered_control + trust.triggered_treatment


def too_few(found: Evaluated) -> str:
    """`12 people are too few for a result`, or the arm that has too few."""
    trust = found.evaluation.trust
    arms = {"control": trust.triggered_control, "treatment": trust.triggered_treatment}
    if found.reorientation.reason == "no_productive_events":
        return f"No result yet: {why('no_productive_events')}"
    if not any(arms.values()):
        return "Nobody came back from an interruption after the assignment"
    short_of = {arm: n for arm, n in arms.items() if n < MIN_INTERVAL_USERS.value}
    if len(short_of) == 1:
        arm, n = next(iter(short_of.items()))
        return f"{many(n, 'person', 'people')} in {arm} {'is' if n == 1 else 'are'} too few"
    n = sum(arms.values())
    return f"{many(n, 'person is', 'people are')} too few for a result"


def guarded(found: Evaluated) -> tuple[Guardrail, ...]:
    """The guardrails that may be shown: none when withheld; with few users those with figures."""
    if withheld(found):
        return ()
    rails = found.evaluation.guardrails
    known = few(found) or not people(found)
    return tuple(g for g in rails if g.effect.estimate is not None) if known else rails


def broken(found: Evaluated) -> str | None:
    """`but a guardrail failed: interruptions per user`, beside the verdict; or None."""
    failed = [g for g in guarded(found) if g.status == "failed"]
    if not failed:
        return None
    names = ", ".join(measure(g.effect.estimand) for g in failed)
    joined = "but" if found.evaluation.verdict.word == "better" else "and"
    what = "a guardrail" if len(failed) == 1 else f"{len(failed)} guardrails"
    return f"{joined} {what} failed: {names}"


def guardrails(found: Evaluated) -> str | None:
    """`2 passed; failed: interruptions per user`, one line; None where there are none."""
    parts = []
    for status in GUARDED:
        some = [g for g in guarded(found) if g.status == status]
        names = ", ".join(measure(g.effect.estimand) for g in some)
        if some:
            parts.append(f"{len(some)} {status}{'' if status == 'passed' else f' ({names})'}")
    return ", ".join(parts) or None


def judged(guard: Guardrail) -> str:
    """The status of a guardrail with its sign."""
    return GUARDED[guard.status]


def unsure(found: Evaluated) -> str | None:
    """Of the guardrails that are open the one that may be worst, a sentence; None where none is.

    Beside a verdict that a reader may act on only: better, or no difference seen.
    """
    if found.evaluation.verdict.word not in ("better", "no_difference_seen"):
        return None
    some = [
        (worst if guard.higher_is_better else -worst, guard)
        for guard in guarded(found)
        if guard.status == "open" and (worst := guard.worst_relative) is not None
    ]
    if not some:
        return None
    _, guard = min(some, key=lambda one: one[0] / (one[1].margin or 1.0))
    effect, worst = guard.effect, guard.worst_relative or 0.0
    falls = "fall" if guard.higher_is_better else "rise"
    known = _MEASURE.get(effect.estimand)
    asked = (known and known.kept) or f"{measure(effect.estimand)} does not {falls}"
    seen = "" if effect.relative is None else f"{_change(effect.relative)}, "
    way = "down" if guard.higher_is_better else "up"
    return f"Not yet shown: that {asked} ({seen}{way} to {_change(worst)} is possible)."


def _change(value: float) -> str:
    reported = estimates.share(value)
    return f"+{reported}" if value > 0 else reported


def because(found: Evaluated) -> str:
    """The sentences behind the verdict, with what the longest cap shows."""
    own = _because(found)
    shown = found.evaluation.verdict.word in ("better", "worse", "no_difference_seen")
    longer = caps.beside(found) if shown else None
    return f"{own} {longer}" if longer else own


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
