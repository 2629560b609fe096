"""Why runs of a history do not know a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from factories.summaries import estimate, launch, summary

from resume_gap.report.text import unknown
from resume_gap.results.common import BlindReason
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import FIGURES, read_report

if TYPE_CHECKING:
    from resume_gap.results.history import Trend

DIFFERS = "work soon after a gap differs from later work anyway"
REASONS = (
    "no_productive_events",
    "no_interruptions",
    "no_controls",
    "too_few_controls",
    "early_controls_differ",
    "log_is_thinned",
    "no_elements",
    "elements_do_not_recur",
    "withheld",
    "few_users",
    "no_days_after",
    "short_history",
    "all_launched",
    "something_that_a_later_version_says",
    *get_args(BlindReason),
)


def trend(name: str, *contents: dict[str, Any]) -> Trend:
    reports = [read_report(f"r{n}", one, None) for n, one in enumerate(contents)]
    (found,) = (one for one in line_up(reports, tool_version="0").trends if one.name == name)
    return found


def without(reason: str | None, day: int = 1) -> dict[str, Any]:
    return summary(day, excess={"reason": reason, "from_event": estimate(-144.0, 11.0)})


def test_it_says_in_how_many_runs_and_why() -> None:
    found = trend("extra_time", without("early_controls_differ"), summary(8))
    assert unknown.sentences(found) == (f"Not known in 1 of 2 runs: {DIFFERS}.",)
    alone = trend("extra_time", without("early_controls_differ"))
    assert unknown.sentences(alone) == (f"Not known: {DIFFERS}.",)
    assert unknown.sentences(trend("extra_time", summary())) == ()


def test_every_reason_has_a_sentence_of_its_own() -> None:
    found = trend(
        "extra_time",
        without("early_controls_differ", 1),
        without("no_controls", 8),
        without("early_controls_differ", 15),
    )
    first, second = unknown.sentences(found)
    assert first == f"Not known in 2 of 3 runs: {DIFFERS}."
    assert second.startswith("Not known in 1 of 3 runs: no stretch of uninterrupted work")


def test_a_trial_that_was_withheld_is_said_in_the_words_of_a_trial() -> None:
    content = launch()
    content["evaluation"]["primary"] = {**estimate(None), "reason": "withheld"}
    assert unknown.sentences(trend("trial_effect", content)) == (
        "Not known: a check of the trial failed.",
    )
    content |= {"command": "compare", "comparison": content.pop("evaluation")}
    assert unknown.sentences(trend("launch_effect", content)) == (
        "Not known: a check of the launch failed.",
    )


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("reason", [*REASONS, None])
def test_every_reason_is_a_clause(name: str, reason: str | None) -> None:
    said = unknown.why(name, reason)
    assert said
    assert "_" not in said
    assert said[0].islower()
    assert not said.endswith(".")
