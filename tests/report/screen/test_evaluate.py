"""The screen of a trial."""

from __future__ import annotations

from factories.pages import screen_text
from factories.trial_results import TRIALS, better, with_sham

from resume_gap.report.screen import evaluate


def test_the_screen_of_a_trial() -> None:
    text = screen_text(better())
    for words in (
        "Returns without their marker: 310 of 1,000",
        "48 s Until work goes on, first return · with the marker; 56 s without it",
        "8.1 s faster with the marker. 95 % confident of 4.2 s to 12 s faster.",
        "harmed: more interruptions per user",
        "4,100 rows repeat",
    ):
        assert words in text, words


def test_what_only_a_trial_says() -> None:
    lines = {line.name: line.text for line in evaluate.lines(with_sham())}
    assert "Marker against sham" in lines["sham"]
    assert lines["users"].startswith("1,502 users in control (off)")
    looked = {line.name: line.text for line in evaluate.lines(TRIALS["many_looks"]())}
    assert looked["looks"] == "the interval holds at every one of 28 interim looks"
    assert {line.name: line.text for line in evaluate.lines(TRIALS["withheld"]())}["looks"] == ""
