"""Checks of what the events of both arms show: events of one arm, untouched users, lost visits."""

from typing import Literal

from resume_gap.constants import ONE_ARM_SHARE, ONE_ARM_USERS, RATIO_ERROR
from resume_gap.results.effect import Effect
from resume_gap.results.trust import OneArmEvent, TrustCheck, TrustStatus
from resume_gap.trial.evidence import Evidence, UsersByArm


def one_arm_events(evidence: Evidence) -> TrustCheck:
    """Events of one arm change what the clock sees, so that no outcome can be compared."""
    everybody = evidence.in_log
    size = evidence.trial.units_of(everybody)
    counts = {e: n for e, n in evidence.events.users.items() if e not in evidence.known}
    tried = sum(sum(users) >= ONE_ARM_USERS.value for users in counts.values())
    found = []
    for event, (control, treatment) in counts.items():
        if control and treatment:
            continue
        p = UsersByArm((control, size[0] - control), (treatment, size[1] - treatment)).p
        if p is not None and p * max(tried, 1) < RATIO_ERROR.value:
            arm: Literal["control", "treatment"] = "control" if control else "treatment"
            found.append(OneArmEvent(event=event, users=control + treatment, arm=arm))
    matters = any(
        one.event in evidence.working or one.users >= ONE_ARM_SHARE.value * sum(size)
        for one in found
    )
    found.sort(key=lambda one: (-one.users, one.event))
    named = tuple(one for one in found if evidence.shown.may_show(one.event))
    return TrustCheck(
        name="one_arm_events",
        code=("some" if matters else "rare") if found else "none",
        status="failed" if matters else "passed",
        figures={"events": named, "unnamed": len(found) - len(named)},
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


def fewer_interruptions(evidence: Evidence) -> TrustCheck:
    """A marker that helps makes more interruptions; where they fall, visits may be lost.

    Of people who are back at work sooner more can be interrupted again. A page that breaks with the
    marker before it sends anything leaves no visit in the log, and nor does a user who gave up.
    """
    name, found = "fewer_interruptions", evidence.interruptions
    if found.relative is None or found.ci_upper is None:
        return TrustCheck(name=name, code="too_few", status="not_checked")
    is_less = found.ci_upper < 0
    return TrustCheck(
        name=name,
        code="fewer" if is_less else "as_many",
        status="warned" if is_less else "passed",
        p=found.p,
        figures={
            "control": found.control or 0.0,
            "treatment": found.treatment or 0.0,
            "relative": found.relative,
            **_ends(found),
        },
    )


def _ends(found: Effect) -> dict[str, float]:
    """The interval of the change beside control, where it has one."""
    low, high = found.relative_ci_lower, found.relative_ci_upper
    return {} if low is None or high is None else {"ci_lower": low, "ci_upper": high}
