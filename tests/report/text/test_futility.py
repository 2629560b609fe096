"""What is out of reach, and why."""

from __future__ import annotations

from factories.pages import rendered, screen_text
from factories.trial_results import better, trial, worse

from resume_gap.report.text.futility import futile
from resume_gap.results.predicted import Futility


def test_the_sealed_bound_and_the_interval_have_their_own_sentences() -> None:
    sealed = trial(futility=Futility(worth_seconds=9.0, sealed_seconds=7.3, measured_seconds=12.0))
    assert futile(sealed) == (
        "Futile: as predicted before the launch, a marker saves at most 7.3 s per first return, "
        "counted up to 2 min, people who would not leave included; the 9 s that are worth it "
        "(--worth) are out of reach, however long the trial runs."
    )
    measured = trial(futility=Futility(worth_seconds=9.0, sealed_seconds=20, measured_seconds=6.1))
    assert futile(measured) == (
        "Futile: the interval of the effect leaves room for a saving of at most 6.1 s per first "
        "return, counted up to 2 min; the 9 s that are worth it (--worth) are out of reach."
    )
    assert "at most 0.0 s per first return" in (futile(worse()) or "")


def test_within_reach_nothing_is_said() -> None:
    assert futile(better()) is None
    assert futile(trial(futility=None)) is None
    for told in (rendered(better()).visible, screen_text(better())):
        assert "Futile" not in told


def test_page_and_screen_say_it() -> None:
    for told in (rendered(worse()).visible, screen_text(worse())):
        assert "Futile: the interval of the effect" in " ".join(told.split())
