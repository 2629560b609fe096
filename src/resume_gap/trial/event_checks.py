"""Checks of what the events of both arms show: markers, events of one arm, untouched users."""

from resume_gap.constants import (
    MARKER_ELSEWHERE,
    MARKER_ELSEWHERE_MOST,
    MARKER_MISSING,
    RATIO_ERROR,
)
from resume_gap.results.evaluate import OneArmEvent, TrustCheck, TrustStatus
from resume_gap.trial.data import MarkersShown
from resume_gap.trial.evidence import Evidence, Split

_NO_MARKERS = MarkersShown()


def one_arm_events(evidence: Evidence) -> TrustCheck:
    """Events of one arm change what the clock sees, so that no outcome can be compared."""
    everybody = evidence.in_log
    treated = int(everybody["is_treated"].sum())
    size = everybody.height - treated, treated
    found = []
    for event, (control, treatment) in evidence.events.users.items():
        if event in evidence.known or (control and treatment):
            continue
        if Split((control, size[0] - control), (treatment, size[1] - treatment)).uneven:
            found.append(
                OneArmEvent(
                    event=event,
                    users=control + treatment,
                    arm="control" if control else "treatment",
                )
            )
    found.sort(key=lambda one: (-one.users, one.event))
    named = tuple(one for one in found if evidence.shown.may_show(one.event))
    return TrustCheck(
        name="one_arm_events",
        code="some" if found else "none",
        status="failed" if found else "passed",
        figures={"events": named, "unnamed": len(found) - len(named)},
    )


def marker(evidence: Evidence) -> tuple[TrustCheck, ...]:
    """Whether the marker was shown where the rule says, and to whom."""
    shown = evidence.events.shown
    if not shown:
        return tuple(
            TrustCheck(name=name, code="not_logged", status="not_checked")
            for name in ("marker_in_control", "marker_elsewhere", "marker_missing")
        )
    returns = evidence.trial.returns.filter("is_interruption", "is_after")
    treated = int(returns["is_treated"].sum())
    due = returns.height - treated, treated
    control, treatment = shown.get(False, _NO_MARKERS), shown.get(True, _NO_MARKERS)
    return (
        _in_control(control, treatment, due),
        _elsewhere(treatment),
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


def _elsewhere(treatment: MarkersShown) -> TrustCheck:
    """First markers matter most: what came after one is no first return any more."""
    elsewhere = treatment.shown - treatment.at_rule
    share = max(
        elsewhere / treatment.shown if treatment.shown else 0.0,
        treatment.first_elsewhere / treatment.users if treatment.users else 0.0,
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


def never_triggered(evidence: Evidence) -> TrustCheck:
    """Those to whom the marker was never due must not differ."""
    found = evidence.never_triggered
    code = "alike"
    status: TrustStatus = "passed"
    if found.p is None:
        code, status = "too_few", "not_checked"
    elif found.p < RATIO_ERROR.value:
        code, status = "differ", "failed"
    return TrustCheck(
        name="never_triggered",
        code=code,
        status=status,
        p=found.p,
        figures={"control": found.n_control, "treatment": found.n_treatment},
    )
