"""What would have to be otherwise for another recommendation, with limits that never look equal."""

from __future__ import annotations

import pytest
from factories.results import changed, full

from resume_gap.report.text import next_for_analysis
from resume_gap.report.text.change import change
from resume_gap.results.analyze import Analysis, Recommendation

MIDDLE = "with middle assumptions (50 % noticed, 60 % less search, 2 s per miss)"
SAVES = "it would save 6.2 s per interruption"


def decided(word: str, **found: float | str) -> Analysis:
    marks: dict[str, float | int | str] = {"worth_seconds": 5.0, "min_lift": 0.1}
    marks["middle_case_seconds"] = 6.2
    shown = Recommendation(
        word=word, reason=found.pop("reason", "worth_a_test"), figures=marks | found
    )  # type: ignore[arg-type]
    return changed(full(), marker={"recommendation": shown})


@pytest.mark.parametrize(
    ("word", "middle", "part"),
    [
        ("build", 5.036, "Had you asked for more than 5.04 s, the recommendation"),
        ("build", 5.0000004, "Had you asked for more than 5.001 s, the recommendation"),
        ("test", 4.99996, f"{MIDDLE} {SAVES}, perhaps only 4.99 s (goal: 5.00 s)."),
        ("test", 3.4958, f"{MIDDLE} {SAVES}, perhaps only 3.5 s (goal: 5 s)."),
        ("test", -0.3, f"{MIDDLE} {SAVES}, or cost 0.3 s (goal: 5 s)."),
    ],
)
def test_what_would_change_the_word_keeps_its_inequality(
    word: str, middle: float, part: str
) -> None:
    for resolution in (0.0, 60.0):
        some = changed(
            decided(word, middle_case_lower_seconds=middle), resolution={"seconds": resolution}
        )
        assert part in (change(some) or "")
        lead = "Why not build yet" if word == "test" else ""
        assert next_for_analysis.change_lead(some) == lead


def test_limits_that_fall_short_never_look_equal() -> None:
    some = decided(
        "do_not_build",
        middle_case_lower_seconds=1.0,
        reason="below_the_marks",
        lift_upper=0.09996,
        search_upper_seconds=4.9999,
    )
    shown = change(some) or ""
    assert "10.000 percentage points more hits than by chance (at most 9.996 here)" in shown
    assert "5.0000 s of search per interruption (at most 4.9999 s here)" in shown


def test_without_scenarios_no_assumptions_are_listed() -> None:
    some = decided("test", middle_case_lower_seconds=3.4958)
    assert change(changed(some, opportunity={"scenarios": ()})) == (
        f"with middle assumptions {SAVES}, perhaps only 3.5 s (goal: 5 s)."
    )


def test_beside_a_long_reason_the_assumptions_are_left_to_the_bounds() -> None:
    assert change(decided("test", middle_case_lower_seconds=3.4958, reason="give_ups")) == (
        f"with middle assumptions {SAVES}, perhaps only 3.5 s (goal: 5 s)."
    )
