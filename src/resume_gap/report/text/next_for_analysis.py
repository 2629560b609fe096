"""What to do after an analysis, in words."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text import measurability
from resume_gap.report.text.change import change
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import RecommendationReason

_AFTER: Final[Mapping[RecommendationReason, str]] = {
    "worth_a_test": (
        "show a random half of users the marker; only that shows how much it would save"
    ),
    "above_the_marks": "build it, and show it to a random half of users first",
    "give_ups": "show a random half of users a marker, and compare",
    "too_little": "collect a longer log, or one of more people, and analyze it",
    "too_uncertain": "log more users",
    "no_productive_events": "say which events are work, and analyze the same log again",
    "depends_on_threshold": (
        "decide how long nothing may happen before work counts as stopped, and analyze again"
    ),
}

_CHECK_ENDS: Final = "check which events end a task, or look at every return instead"


def clause(analysis: Analysis) -> str:
    """`show a random half of the users a marker at ..., and compare`; empty where nothing is."""
    found = analysis.marker.recommendation
    if found is None:
        return ""
    if analysis.measurability.reason is not None:
        return measurability.to_record(analysis.measurability.reason)
    if found.reason == "no_interruptions" and analysis.counts.is_mostly("completed"):
        return _CHECK_ENDS
    return _AFTER.get(found.reason, "")


def change_lead(analysis: Analysis) -> str:
    """What stands in front of what would change the word; empty of a sentence of its own."""
    found = analysis.marker.recommendation
    test = found is not None and found.word == "test"
    return "Why not build yet" if test and change(analysis) else ""
