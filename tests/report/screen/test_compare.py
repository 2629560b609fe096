"""The screen of a launch: warnings, both sides, and everything of the first screen."""

from __future__ import annotations

from factories.launch_results import another_change, shorter
from factories.pages import screen_text

from resume_gap.report.screen.compare import lines


def test_both_sides_of_the_launch_stand_in_one_line() -> None:
    (warned, sides) = lines(shorter())
    assert "900 of 3,400 interruptions" in warned.text
    assert sides.name == "launch"
    assert sides.text == (
        "112 days before it with 10,212 returns from an interruption, 33 days after it with 3,400"
        " returns"
    )


def test_the_screen_says_what_the_page_says() -> None:
    text = screen_text(shorter())
    for said in ("Faster before/after, not causal", "24 s faster", "0 of 71", "p = 0.014"):
        assert said in text
    failed = screen_text(another_change())
    assert "Result withheld" in failed
    assert "--marker shown=NAME" in failed
    assert "faster" not in failed
