"""What is out of reach, and why."""

from __future__ import annotations

from factories.full_log import full
from factories.pages import rendered, screen_text
from factories.results import changed
from factories.trial_results import better, trial, worse

from resume_gap.report.text.futility import futile
from resume_gap.results.predicted import Futility


def test_the_sealed_bound_and_the_interval_have_their_own_sentences() -> None:
    sealed = trial(futility=Futility(worth_seconds=9.0, sealed_seconds=7.3, measured_seconds=12.0))
    assert futile(sealed) == (
        "Futile: as predicted before the launch, a marker saves at most 7.3 s per first return, "
        "counted up to 2 min, people who would not leave included; the 9 s that are worth it "
        "are out of reach, however long the trial runs."
    )
    measured = trial(futility=Futility(worth_seconds=9.0, sealed_seconds=20, measured_seconds=6.1))
    assert futile(measured) == (
        "Futile: the interval of the effect leaves room for a saving of at most 6.1 s per first "
        "return, counted up to 2 min; the 9 s that are worth it are out of reach."
    )
    assert "at most 0.0 s per first return" in (futile(worse()) or "")


def test_with_coarse_stamps_the_bound_is_rounded_up() -> None:
    log = changed(full(), resolution={"seconds": 10.0})
    sealed = Futility(worth_seconds=90.0, sealed_seconds=41.0, measured_seconds=60.0)
    assert "saves at most 60 s per" in (futile(trial(log=log, futility=sealed)) or "")
    measured = Futility(worth_seconds=90.0, sealed_seconds=120.0, measured_seconds=41.0)
    assert "a saving of at most 60 s per" in (futile(trial(log=log, futility=measured)) or "")


def test_within_reach_nothing_is_said() -> None:
    assert futile(better()) is None
    assert futile(trial(futility=None)) is None
    for told in (rendered(better()).visible, screen_text(better())):
        assert "Futile" not in told


def test_page_and_screen_say_it() -> None:
    for told in (rendered(worse()).visible, screen_text(worse())):
        assert "Futile: the interval of the effect" in " ".join(told.split())
