"""What to do after an analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.pages import plain_spaces
from factories.results import ALL, changed, full

from resume_gap.report.text import next_for_analysis, recommendation
from resume_gap.results.analyze import Analysis, Recommendation

if TYPE_CHECKING:
    from resume_gap.results.common import RecommendationReason, Word


def decided(word: Word, reason: RecommendationReason) -> Analysis:
    found = full().marker.recommendation
    assert found is not None
    new = Recommendation(word=word, reason=reason, figures=found.figures)
    return changed(full(), marker={"recommendation": new})


@pytest.mark.parametrize(
    ("word", "reason", "says"),
    [
        ("build", "above_the_marks", "build it, and show it to a random half of users first"),
        (
            "test",
            "worth_a_test",
            "show a random half of users the marker; only that shows how much",
        ),
        ("test", "give_ups", "show a random half of users a marker, and compare"),
        ("not_enough_data", "too_little", "collect a longer log, or one of more people"),
        ("not_enough_data", "too_uncertain", "log more users"),
        ("test", "depends_on_threshold", "decide how long nothing may happen before work counts"),
        ("do_not_build", "below_the_marks", ""),
    ],
)
def test_every_recommendation_has_its_next_step(
    word: Word, reason: RecommendationReason, says: str
) -> None:
    clause = plain_spaces(next_for_analysis.clause(decided(word, reason)))
    assert clause.startswith(says)
    assert bool(clause) == bool(says)
    assert not clause.endswith(".")


def test_a_log_that_cannot_be_measured_needs_another_log() -> None:
    clause = next_for_analysis.clause(ALL["blind"]())
    assert clause.startswith(
        "also log what people do before they work again: views, clicks, searches"
    )


def test_without_a_recommendation_nothing_follows() -> None:
    nothing = changed(full(), marker={"recommendation": None})
    assert next_for_analysis.clause(nothing) == ""


def test_a_log_without_work_is_not_to_be_made_longer() -> None:
    found = decided("not_enough_data", "no_productive_events")
    assert next_for_analysis.clause(found).startswith("say which events are work")
    assert recommendation.word(found) == "Cannot be measured"


def test_where_task_ends_come_before_all_returns_they_are_to_be_checked() -> None:
    found = decided("not_enough_data", "no_interruptions")
    ended = changed(found, counts={"reasons": {"completed": found.counts.returns}})
    assert "which events end a task" in next_for_analysis.clause(ended)
    assert next_for_analysis.clause(changed(found, counts={"reasons": {}})) == ""
