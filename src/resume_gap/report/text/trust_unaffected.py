"""What checks found of what no marker can change: codes to sentences."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from resume_gap.results.trust import TrustCheck

SAME_MOMENTS: Final = "whether both groups' clients log the same events at the same moments"
"""What to check, a clause."""
_SAME_CLOCK: Final = f"check {SAME_MOMENTS}"


def later(f: Mapping[str, Any]) -> str:
    """`work starts 7.5 s later in treatment also at returns after finished work`, a clause."""
    seconds = f["estimate"]
    side = "later" if seconds > 0 else "earlier"
    return (
        f"work starts {abs(seconds):.2g} s {side} in treatment also at returns after finished work,"
        " where there is nothing to resume"
    )


UNAFFECTED_CHECKS: Final[dict[tuple[str, str], Callable[[TrustCheck, Mapping[str, Any]], str]]] = {
    ("arms_before", "too_few"): lambda *_: (
        "too few users have returns before their assignment to compare the arms there"
    ),
    ("arms_before", "alike"): lambda c, f: (
        f"before the assignment, work started after {f['treatment']:.3g} s in treatment and"
        f" {f['control']:.3g} s in control (means of {f['users']:,} users; chance makes arms so"
        f" different, p = {c.p:.2g})"
    ),
    ("arms_before", "differ"): lambda c, f: (
        f"the arms differed before anybody was assigned: work started after {f['treatment']:.3g} s"
        f" in treatment and {f['control']:.3g} s in control (means of {f['users']:,} users, their"
        f" distributions compared, too; p = {c.p:.1g}), so users were not put into the arms by"
        " chance alone: were some of them (groups, employees, test accounts) put into one arm?"
    ),
    ("other_returns", "too_few"): lambda *_: (
        "too few users came back after finished work to compare these returns"
    ),
    ("other_returns", "marker_shown"): lambda _, f: (
        f"{f['markers']:,} markers were shown at no return from an interruption, so the"
        f" {f['returns']:,} returns of treatment after finished work may differ by them"
    ),
    ("other_returns", "alike"): lambda c, f: (
        f"at returns after finished work, work starts after {f['treatment']:.3g} s in treatment and"
        f" {f['control']:.3g} s in control (p = {c.p:.2g})"
    ),
    ("other_returns", "differ"): lambda c, f: (
        f"{later(f)} (p = {c.p:.1g}), so something else than the marker makes the arms differ:"
        f" {_SAME_CLOCK}; where the marker is shown at these returns, too, they are to be counted"
    ),
    ("other_returns", "unclear"): lambda c, f: (
        f"{later(f)} (p = {c.p:.1g}), so a part of the difference at first returns may not be the"
        f" marker's: {_SAME_CLOCK}"
    ),
}
"""By check and code, the sentence: a clause."""
