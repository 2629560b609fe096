"""Predicted and measured: only with a prediction, and not causal."""

from __future__ import annotations

from factories.launch_results import shorter, with_prediction
from factories.pages import part

from resume_gap.report.page.compare.predicted import predicted


def test_without_a_prediction_there_is_no_part() -> None:
    assert predicted(shorter()) == ()


def test_what_was_measured_is_after_the_launch() -> None:
    text = part(with_prediction(), "predicted")
    assert "Measured 24 s per interruption; middle scenario 11 s" in text
    assert "measured: interruptions after the launch" in text
    assert (
        "The high case lies nearest to what was measured at interruptions after the launch" in text
    )
    assert "before/after, not causal" in text
    assert "sealed (abababababab)" in text
    assert "first returns, and" not in text


def test_the_result_says_where_it_was_measured() -> None:
    (one,) = with_prediction().comparison.measured_savings
    assert (one.at, one.nearest, one.saved.estimate) == ("after_launch", ("high",), 23.5)
