"""Why a figure is missing, and what to do about it, a plain sentence for each reason."""

from resume_gap.constants import (
    CONTROL_SHARE,
    MID_TASK_WINDOW,
    MIN_OWN_SLOTS,
    MOMENT_EVENTS,
    RECENT_ELEMENTS,
)
from resume_gap.report.text import measurability, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import exact, percent, round_to, signed_figure, signed_interval
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import Estimate

_NOTHING_WORKED = "nothing in this log is known to be productive; say which events are work"
_NO_INTERRUPTION = (
    "no interruption has enough of the log after it; a longer log would have some, and every "
    "return can be looked at instead"
)
_PLAIN = {
    "no_productive_events": _NOTHING_WORKED,
    "no_interruptions": _NO_INTERRUPTION,
    "no_elements": (
        "the log names no elements to point at; say which column holds them, or log them"
    ),
    "no_controls": (
        f"no stretch of uninterrupted work of {MOMENT_EVENTS.value:.0f} events and more was found "
        "to compare with; a longer log has more of it, and too short an inactivity threshold hides "
        "it"
    ),
    "log_is_thinned": (
        "the log keeps events of one name only once a minute, or once in some seconds, so that "
        "steps of uninterrupted work are missing and it looks slower than it is; log every event"
    ),
    "order_unknown": (
        "too many events share one instant, and where a resume marker would point depends on "
        "their order; "
        "say which column orders them, or log one"
    ),
    "few_elements": (
        "half of the people have fewer than "
        f"{RECENT_ELEMENTS.value:.0f} elements, so that a list of the last ones is most of all "
        "there is; its figures are shown for comparison"
    ),
    "too_coarse": (
        "the time stamps are too coarse for the pace of single steps; log seconds, or finer"
    ),
    "too_few_steps": "there are too few productive steps in a row; a longer log has more of them",
}
_TOO_LITTLE = "there is too little data"
_SHORT = {
    "early_controls_differ": "work soon after a gap differs from later work anyway",
}


def why(reason: str | None, analysis: Analysis) -> str:
    """A clause without a capital and a full stop."""
    if reason is None:
        return _TOO_LITTLE
    if reason == "no_interruptions" and not analysis.counts.interruptions:
        return f"{_no_interruption(analysis)}; every return can be looked at instead"
    known = _blind(reason, analysis) or _PLAIN.get(reason)
    if known is not None:
        return known
    found = analysis.excess
    if reason == "too_few_controls":
        return f"{_few_controls(found.own_slots)}; a longer log of the same people has more of them"
    if reason == "early_controls_differ":
        return (
            "work soon after a gap goes on at another pace than later work, even where nobody "
            f"was interrupted (by {estimate(found.control, analysis)}, "
            f"{percent(CONTROL_SHARE.value)} of the result or more), so it is no fair standard; "
            "read the re-orientation time alone, or try another inactivity threshold"
        )
    return label(reason.replace("_", " "))


def _no_interruption(run: Analysis) -> str:
    """Why no return is an interruption, a clause."""
    found = run.counts
    followed = [
        f"{percent(found.share_of(reason))} {what}"
        for reason, what in (
            ("completed", f"followed a task end{vocabulary.task_ends(run)}"),
            ("idle", f"followed {exact(MID_TASK_WINDOW.value)} without work"),
        )
        if found.share_of(reason)
    ]
    rest = f"; {' and '.join(followed)}" if followed else ""
    return f"there is no interruption, as no return followed a stop in mid-task{rest}"


def _few_controls(own_slots: float | None) -> str:
    few = "too few" if own_slots is None else f"only {percent(own_slots)}"
    return (
        f"{few} of the matched controls could be taken from the people's own work, "
        f"{percent(MIN_OWN_SLOTS.value)} are needed"
    )


def _blind(reason: str, analysis: Analysis) -> str | None:
    """Why the log cannot show it, where that is the reason."""
    word = analysis.marker.recommendation
    if word is not None and word.word == "cannot_be_measured" and word.reason == reason:
        return measurability.why(reason, word.figures)
    is_other = reason in _PLAIN or not measurability.is_known(reason)
    return None if is_other else measurability.why(reason, {})


def short(reason: str | None, analysis: Analysis) -> str:
    """The clause up to what to do."""
    if reason in _SHORT:
        return _SHORT[reason]
    return why(reason, analysis).partition(";")[0]


def in_general(reason: str | None, *, of_marker: bool = False) -> str:
    """The same of a log of which nothing but the reason is known.

    Args:
        reason: Why a figure is missing.
        of_marker: Whether it is one of where a marker would point.
    """
    if reason is None:
        return _TOO_LITTLE
    if reason in _SHORT:
        return _SHORT[reason]
    if reason == "too_few_controls":
        return _few_controls(None)
    if measurability.is_known(reason) and not (of_marker and reason == "order_unknown"):
        return measurability.why(reason, {})
    return (_PLAIN.get(reason) or label(reason.replace("_", " "))).partition(";")[0]


def estimate(value: Estimate, analysis: Analysis) -> str:
    """A difference in seconds with its interval, as printed."""
    if value.estimate is None:
        return "not known"
    fine = vocabulary.step(analysis)
    ends = (value.estimate, value.ci_lower or 0.0, value.ci_upper or 0.0)
    if any(ends) and not any(round_to(end, fine) for end in ends):
        return f"under {exact(max(fine, 0.1))}"
    cap = analysis.reorientation.cap_seconds
    parts = (signed_figure(value, fine, most=cap), signed_interval(value, fine, most=cap))
    return " ".join(part for part in parts if part)


def sentence(text: str) -> str:
    """A clause with a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
