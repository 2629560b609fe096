"""What else changed with a roll-out: returns without a marker, and units before their launch."""

from resume_gap.comparison.staggered import OtherMethod, RolledOut
from resume_gap.constants import (
    CONTROL_WARNED,
    CONTROL_WITHHELD,
    ROLLOUT_LAST,
    ROLLOUT_LAST_WITHHELD,
    UNITS_LEFT_OUT,
)
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


def weeks_before(found: RolledOut) -> TrustCheck:
    """Units that were unusual right before their launch return to what is usual without a marker.

    Off to the other side than the change, that passes for a part of it; to the same side, the
    change began before the marker.

    Args:
        found: What the roll-out shows.
    """
    before = found.found.before
    if before is None:
        return TrustCheck(name="weeks_before", code="too_few", status="not_checked")
    code, status = _of_weeks(before.p, is_opposite=before.seconds * found.found.estimate < 0)
    return TrustCheck(
        name="weeks_before",
        code=code,
        status=status,
        p=before.p,
        figures={
            "seconds": before.seconds,
            "weeks": int(ROLLOUT_LAST.value),
            "orders": found.found.permutations,
        },
    )


def _of_weeks(p: float, *, is_opposite: bool) -> tuple[str, TrustStatus]:
    if p > ROLLOUT_LAST_WITHHELD.value:
        return "usual", "passed"
    return ("other_side", "failed") if is_opposite else ("same_side", "warned")


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
