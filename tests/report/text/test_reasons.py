"""Why a figure is not there, and what to do."""

from __future__ import annotations

import pytest
from factories.results import ALL

from resume_gap.report.text import reasons

REASONS = (
    "no_productive_events",
    "no_elements",
    "no_interruptions",
    "no_controls",
    "too_few_controls",
    "early_controls_differ",
    "log_is_thinned",
    "order_unknown",
    "too_coarse",
    "too_few_steps",
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence_that_says_what_to_do(reason: str) -> None:
    said = reasons.why(reason, ALL["too_few_controls"]())
    assert reason not in said
    assert "_" not in said
    assert ";" in said or "try" in said, said
    assert not said.endswith(".")


@pytest.mark.parametrize("reason", [*REASONS, "first_event_is_work", "of_a_later_version", None])
def test_a_reason_alone_is_a_clause(reason: str | None) -> None:
    said = reasons.in_general(reason)
    assert "_" not in said
    assert said[0].islower()
    assert not said.endswith(".")


def test_a_reason_alone_is_in_the_words_of_the_page() -> None:
    analysis = ALL["early_controls_differ"]()
    assert reasons.in_general("early_controls_differ") == reasons.short(
        analysis.excess.reason, analysis
    )
    order = reasons.in_general("order_unknown", of_marker=True)
    assert order.startswith("too many events share one instant")
    assert reasons.in_general("order_unknown").startswith("the log cannot show it; ")


def test_without_an_interruption_it_is_said_what_every_return_followed() -> None:
    found = ALL["no_interruptions"]()
    said = reasons.why("no_interruptions", found)
    assert said.startswith("there is no interruption, as no return followed a stop in mid-task; ")
    assert "followed a task end (" in said
    assert "longer log" not in said
