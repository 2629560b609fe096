"""What a check of a roll-out says: how far units were off, and what that means."""

from __future__ import annotations

from factories.launch_results import FAST_BEFORE, SLOW_BEFORE

from resume_gap.report.text import launch_checks


def test_weeks_before_a_launch_say_how_far_and_which_way_units_were_off() -> None:
    assert launch_checks.found(SLOW_BEFORE) == (
        "in the 2 weeks before their launch, units were already 14 s slower than expected"
        " (p = 0.004, among 999 other orders): part of the change may be a return to what is usual"
    )
    plain = launch_checks.plain(SLOW_BEFORE)
    assert plain is not None
    assert plain.why(SLOW_BEFORE.figures) == (
        "In the 2 weeks before their launch, units were already 14 s slower than expected, so part"
        " of the change may be a return to what is usual."
    )
    assert "6.1 s faster than expected" in launch_checks.found(FAST_BEFORE)
    assert "they had begun to change before the marker came" in launch_checks.found(FAST_BEFORE)
    assert launch_checks.sure(SLOW_BEFORE) == (
        "chance alone does this in 1 of 200 orders of the launches"
    )
