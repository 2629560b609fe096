"""What else changed with a roll-out: returns at which the marker is never shown."""

from resume_gap.comparison.staggered import OtherMethod, RolledOut
from resume_gap.constants import CONTROL_WARNED, CONTROL_WITHHELD, UNITS_LEFT_OUT
from resume_gap.results.compare import HorizonEffect
from resume_gap.results.trust import TrustCheck, TrustStatus


def control_rollout(control: HorizonEffect, *, has_control: bool) -> TrustCheck:
    """Returns that never get a marker must not change from a unit's launch on.

    Args:
        control: What the same roll-out shows of them.
        has_control: Whether there are any.
    """
    if control.p is None or control.estimate is None:
        code = "too_short" if has_control else "no_control"
        return TrustCheck(name="control_rollout", code=code, status="not_checked")
    code, status = of_jump(control.p)
    return TrustCheck(
        name="control_rollout",
        code=code,
        status=status,
        p=control.p,
        figures={"seconds": control.estimate, "orders": control.placebos},
    )


def units_compared(found: RolledOut) -> TrustCheck:
    """What holds for few of the units may not hold for the others.

    Args:
        found: What the roll-out shows, and how many units take part.
    """
    whole = found.units + found.left_out
    few = found.left_out > UNITS_LEFT_OUT.value * whole
    return TrustCheck(
        name="units_compared",
        code="few" if few else "most",
        status="warned" if few else "passed",
        figures={"units": found.units, "of": whole},
    )


def second_opinion(second: OtherMethod) -> TrustCheck:
    """Two methods that disagree leave no verdict."""
    found = second.estimate
    if found.estimate is None:
        code = found.reason or "no_comparison"
        return TrustCheck(name="second_opinion", code=code, status="not_checked")
    return TrustCheck(
        name="second_opinion",
        code="parted" if second.is_parted else "agrees",
        status="failed" if second.is_parted else "passed",
    )


def of_jump(p: float) -> tuple[str, TrustStatus]:
    """Whether a control stands out, by its p: a code and what it does to the verdict."""
    if p <= CONTROL_WITHHELD.value:
        return "jumps", "failed"
    if p <= CONTROL_WARNED.value:
        return "may_jump", "warned"
    return "steady", "passed"
