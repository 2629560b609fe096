"""Checks of the marker: shown where the rule says, to whom, when, and whether it writes work."""

from typing import Final

import polars as pl

from resume_gap.constants import (
    FIRST_STEP,
    IGNORED_WORK,
    MARKER_ELSEWHERE,
    MARKER_ELSEWHERE_MOST,
    MARKER_MISSING,
    MARKERS_EARLY,
    SHOWING_MARGIN,
)
from resume_gap.results.trust import TrustCheck, TrustStatus
from resume_gap.trial.data import MarkersShown
from resume_gap.trial.evidence import Evidence, UsersByArm
from resume_gap.trial.unaffected import last_before
from resume_gap.units import US

_NO_MARKERS = MarkersShown()
_NAMED: Final = 3
_NO_EVENTS: Final[dict[str, tuple[str, ...]]] = {"events": (), "peoples": ()}


def shown(evidence: Evidence) -> tuple[TrustCheck, ...]:
    """Whether the marker was shown where the rule says, and to whom."""
    by_arm = evidence.events.shown
    if not by_arm:
        return tuple(
            TrustCheck(name=name, code="not_logged", status="not_checked")
            for name in ("marker_in_control", "marker_elsewhere", "marker_missing")
        )
    returns = evidence.trial.returns.filter("is_interruption", "is_after")
    treated = int(returns["is_treated"].sum())
    due = returns.height - treated, treated
    control, treatment = by_arm.get(False, _NO_MARKERS), by_arm.get(True, _NO_MARKERS)
    return (
        TrustCheck(name="marker_in_control", code="sham", status="not_checked")
        if evidence.control_is_sham
        else _in_control(control, treatment, due),
        _elsewhere(treatment, history=not evidence.no_history),
        _missing(treatment, due[1]),
    )


def _in_control(control: MarkersShown, treatment: MarkersShown, due: tuple[int, int]) -> TrustCheck:
    """Markers logged in control: what would have been shown, a leak, or arms swapped.

    Args:
        control: Markers of the control arm.
        treatment: Markers of the treatment arm.
        due: Interruptions after the assignment, of control and treatment.
    """
    rates = [
        one.returns / n if n else 0.0 for one, n in zip((control, treatment), due, strict=True)
    ]
    code = "control_only"
    status: TrustStatus = "failed"
    if not control.shown:
        code, status = "treatment_only", "passed"
    elif treatment.shown:
        alike = abs(rates[0] - rates[1]) <= MARKER_MISSING.value * rates[1]
        code, status = ("would_be_shown", "passed") if alike else ("also_in_control", "warned")
    return TrustCheck(
        name="marker_in_control",
        code=code,
        status=status,
        figures={
            "control": control.shown,
            "treatment": treatment.shown,
            "control_rate": rates[0],
            "treatment_rate": rates[1],
        },
    )


def _elsewhere(treatment: MarkersShown, *, history: bool) -> TrustCheck:
    """First markers matter most: what came after one is no first return any more.

    Args:
        treatment: Markers of the treatment arm.
        history: Whether the log shows what came before; else a first marker, and any other of the
            first visit in the log, may belong to a return whose stop it does not show.
    """
    elsewhere = treatment.shown - treatment.at_rule
    if not history:
        elsewhere -= treatment.first_visit
    share = max(
        elsewhere / treatment.shown if treatment.shown else 0.0,
        treatment.first_elsewhere / treatment.users if history and treatment.users else 0.0,
    )
    status: TrustStatus = "passed"
    if share > MARKER_ELSEWHERE.value:
        status = "failed" if share > MARKER_ELSEWHERE_MOST.value else "warned"
    return TrustCheck(
        name="marker_elsewhere",
        code="at_the_rule" if status == "passed" else "elsewhere",
        status=status,
        figures={
            "shown": treatment.shown,
            "at_rule": treatment.at_rule,
            "elsewhere": elsewhere,
            "users": treatment.users,
            "first_elsewhere": treatment.first_elsewhere,
        },
    )


def _missing(treatment: MarkersShown, due: int) -> TrustCheck:
    """Interruptions of the treatment arm without a marker.

    Args:
        treatment: Markers of the treatment arm.
        due: Its interruptions after the assignment.
    """
    missing = due - treatment.returns
    many = bool(due) and missing / due > MARKER_MISSING.value
    return TrustCheck(
        name="marker_missing",
        code="many" if many else "few",
        status="warned" if many else "passed",
        figures={"interruptions": due, "missing": missing},
    )


def early_markers(evidence: Evidence) -> TrustCheck:
    """Markers before the assignment: the instants of the assignments are wrong, or the arms are."""
    name = "early_markers"
    if not evidence.events.shown:
        return TrustCheck(name=name, code="not_logged", status="not_checked")
    treated = int(evidence.in_log["is_treated"].sum())
    early = evidence.events.early
    share = early / treated if treated else 0.0
    many = share > MARKERS_EARLY.value
    return TrustCheck(
        name=name,
        code="many" if many else "few",
        status="failed" if many else "passed",
        figures={"users": early, "treatment": treated, "share": share},
    )


def first_step(evidence: Evidence) -> TrustCheck:
    """Work that the feature writes itself looks like a user who is back at work at once.

    Two windows after the first return, alike in both arms. Until people can have seen the marker,
    work is not theirs: more of it in treatment fails. Until a few seconds later it may be: more of
    it only warns.
    """
    soon_us = evidence.events.shown.get(True, _NO_MARKERS).soon_us
    if soon_us is not None:
        window_us = soon_us + SHOWING_MARGIN.us
        within = _worked(evidence, 1, window_us)
        if within.more_in_treatment:
            return quick_before(evidence, within, 1, window_us) or _first_step(
                evidence, "written", "failed", within, window_us
            )
    near = _worked(evidence, 0, FIRST_STEP.us)
    if near.more_in_treatment:
        return quick_before(evidence, near, 0, FIRST_STEP.us) or _first_step(
            evidence, "unclear", "warned", near, FIRST_STEP.us
        )
    return _first_step(evidence, "alike", "passed", near, FIRST_STEP.us)


def quick_before(
    evidence: Evidence, at_work: UsersByArm, least_us: int, most_us: int
) -> TrustCheck | None:
    """The check where more of treatment was at work so soon before the assignment, too.

    Args:
        evidence: What the checks look at.
        at_work: Users at work within the window of their first return.
        least_us: Its beginning.
        most_us: Its end.

    Returns:
        None where the last returns before the assignment do not show it.
    """
    was_before = evidence.split(last_before(evidence.trial), _began(least_us, most_us))
    if not was_before.more_in_treatment:
        return None
    return TrustCheck(
        name="first_step",
        code="quick_before",
        status="failed",
        p=at_work.p_more,
        figures={
            "control": at_work.control_share,
            "treatment": at_work.treatment_share,
            "seconds": most_us / US,
            "before_control": was_before.control_share,
            "before_treatment": was_before.treatment_share,
        },
    )


def _first_step(
    evidence: Evidence, code: str, status: TrustStatus, at_work: UsersByArm, window_us: int
) -> TrustCheck:
    return TrustCheck(
        name="first_step",
        code=code,
        status=status,
        p=at_work.p_more,
        figures={
            "control": at_work.control_share,
            "treatment": at_work.treatment_share,
            "seconds": window_us / US,
            **(_NO_EVENTS if status == "passed" else first_events(evidence, window_us)),
        },
    )


def first_events(evidence: Evidence, window_us: int) -> dict[str, tuple[str, ...]]:
    """The events with which work began so soon after a return of treatment, as far as shown.

    Returns:
        `events`, and of these `peoples`: such as carry so much of the work of control that they
        cannot be left out.
    """
    events = [e for e in evidence.first_work(window_us) if evidence.shown.may_show(e.event)][
        :_NAMED
    ]
    peoples = (e.event for e in events if e.share_in_control > IGNORED_WORK.value)
    return {"events": tuple(e.event for e in events), "peoples": tuple(peoples)}


def _worked(evidence: Evidence, least_us: int, most_us: int) -> UsersByArm:
    """First returns whose work began within so many microseconds, and the others."""
    firsts = evidence.trial.firsts
    return evidence.split(firsts, _began(least_us, most_us))


def _began(least_us: int, most_us: int) -> pl.Expr:
    return pl.col("lag_us").is_between(least_us, most_us).fill_null(value=False)
