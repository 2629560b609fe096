"""What to do after an analysis, in words."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text import measurability, vocabulary
from resume_gap.report.text.numbers import duration
from resume_gap.results.analyze import Analysis, Recommendation
from resume_gap.results.common import RecommendationReason


def _search(found: Recommendation, analysis: Analysis) -> str:
    search = duration(float(found.figures["search_seconds"]), vocabulary.step(analysis))
    return (
        "show a random half of users the marker; only that shows how much search"
        f" ({search} per interruption) it would save"
    )


_AFTER: Final[Mapping[RecommendationReason, str]] = {
    "above_the_marks": "build it, and show it to a random half of users first",
    "give_ups": "show a random half of users a marker, and compare",
    "too_little": "collect a longer log, or one of more people, and analyze it",
    "too_uncertain": "log more users",
    "depends_on_threshold": (
        "decide how long nothing may happen before work counts as stopped, and analyze again"
    ),
}


def clause(analysis: Analysis) -> str:
    """`show a random half of the users a marker at ..., and compare`; empty where nothing is."""
    found = analysis.marker.recommendation
    if found is None:
        return ""
    if analysis.measurability.reason is not None:
        return measurability.to_record(analysis.measurability.reason)
    if found.reason == "worth_a_test":
        return _search(found, analysis)
    return _AFTER.get(found.reason, "")
