"""What was predicted, beside what was measured."""

from __future__ import annotations

from factories.pages import part
from factories.trial_results import better, trial

from resume_gap.results.common import Estimate
from resume_gap.results.predicted import PredictedRow


def spared(name: str, seconds: float) -> PredictedRow:
    return PredictedRow(
        name=name,
        n_predicted=8_301,
        n_measured=2_402,
        predicted=Estimate(estimate=seconds),
        measured=Estimate(estimate=8.1, ci_lower=4.2, ci_upper=12.0),
    )


def test_what_was_spared_stands_once_beside_the_nearest_case() -> None:
    cases = [
        spared("saving_at_most_seconds", 9.0),
        spared("scenario:low", -1.0),
        spared("scenario:middle", 5.0),
        spared("scenario:high", 8.5),
    ]
    text = part(trial(predicted=(*better().evaluation.predicted[:2], *cases)), "predicted")
    assert text.count("8.1 s [4.2 s, 12 s]") == 1
    assert "measured: all interruptions, exploration only" in text
    assert "6.4 s [4.2 s, 8.6 s]" in text
    assert "15,542" in text
    assert "The high case lies nearest to what was measured at first returns." in text
    assert "nearest to what was measured at all interruptions" not in text
    alone = part(trial(predicted=tuple(cases[:1]), exploratory=()), "predicted")
    assert "nearest" not in alone
    assert "all interruptions" not in alone
