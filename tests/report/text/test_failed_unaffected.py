"""Groups that differ where the marker cannot have changed them, in plain words."""

import pytest

from resume_gap.report.text.failed_unaffected import UNAFFECTED


@pytest.mark.parametrize(("seconds", "side"), [(7.5, "7.5 s later"), (-6.0, "6 s earlier")])
def test_the_side_of_the_difference_is_named(seconds: float, side: str) -> None:
    why = UNAFFECTED["other_returns", "differ"].why({"estimate": seconds})
    assert f"work starts {side} in the group with the marker" in why


def test_who_was_quick_before_is_counted_within_seconds() -> None:
    why = UNAFFECTED["first_step", "quick_before"].why({"seconds": 3.0})
    assert why.startswith("Within 3 s of the return, more people with the marker")
    assert UNAFFECTED["arms_before", "differ"].finding == "The two groups cannot be compared"
