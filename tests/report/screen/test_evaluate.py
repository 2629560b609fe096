"""The screen of a trial."""

from __future__ import annotations

from factories.pages import screen_text
from factories.trial_results import better

from resume_gap.report.screen import evaluate


def test_the_screen_of_a_trial() -> None:
    text = screen_text(better())
    for words in (
        "1,502 users in control (off), 1,498 in treatment (arrow_v2)",
        "Marker not shown where it should be warned",
        "48 s with the marker, 56 s without it",
        "8.1 s faster [4.2 s, 12 s]",
        "1 harmed (interruptions per user), 1 not shown",
        "4,100 rows repeat",
    ):
        assert words in text, words
    users = next(line.text for line in evaluate.lines(better()) if line.name == "users")
    assert "1,204 and 1,198 of them" in users, "cut on a screen that is full"
