"""Where nothing is recommended: a log that is blind, or rows that no person may have caused.

Sections 1 and 7 of the method: figures with and without such rows stand side by side, and decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from resume_gap.constants import UNNAMED_WORK
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.results.analyze import Marker, Recommendation
from resume_gap.results.common import Check, RecommendationReason, Word

_DEFINITE: Final[frozenset[Word]] = frozenset({"build", "test", "do_not_build"})
_SINGLE: Final = frozenset(rule.name for rule in TARGET_RULES if not rule.is_list)
"""Target rules that point at one element."""


def no_word(reason: RecommendationReason) -> Recommendation:
    """Not enough data, for a reason without figures."""
    return Recommendation(word="not_enough_data", reason=reason, figures={})


def blind(reason: RecommendationReason, figures: Mapping[str, float | int | str]) -> Recommendation:
    """A log that cannot show what is asked, with what that was judged by."""
    return Recommendation(word="cannot_be_measured", reason=reason, figures=figures)


def settled(marker: Marker, checks: Sequence[Check]) -> Marker:
    """The marker; with no recommendation where rows in question make it.

    Args:
        marker: What was found about the marker.
        checks: All findings; those with `words` were measured with and without some rows.
    """
    found = marker.recommendation
    if found is None or found.word not in _DEFINITE:
        return marker
    for check in checks:
        if check.words is None or check.words[0] not in _DEFINITE:
            continue
        first, second = check.words
        if first != second:
            figures = {**found.figures, "word_first": first, "word_second": second}
            unsure = replace(
                found, word="not_enough_data", reason="depends_on_events", figures=figures
            )
            return replace(marker, recommendation=unsure)
    return marker


def unnamed_work(marker: Marker) -> Recommendation | None:
    """That few hits are no reason against a marker, as most work is at no element; else None.

    Work on an event without an element counts as a miss.

    Args:
        marker: What was found about the marker.
    """
    found, unnamed = marker.recommendation, marker.place_without_element or 0.0
    if found is None or found.word != "do_not_build" or not _hides_hits(found.figures, unnamed):
        return None
    return blind("work_without_elements", {**found.figures, "without_element_share": unnamed})


def large_elements(marker: Marker) -> Recommendation | None:
    """That no marker could do better than chance, as people have hardly any elements; else None.

    Args:
        marker: What was found about the marker.
    """
    found = marker.recommendation
    chances = [
        one.chance for one in marker.policies if one.name in _SINGLE and one.chance is not None
    ]
    if found is None or found.word != "do_not_build" or not chances:
        return None
    if min(chances) <= 1 - float(found.figures["min_lift"]):
        return None
    return blind("elements_too_large", {**found.figures, "chance": min(chances)})


def _hides_hits(figures: Mapping[str, float | int | str], unnamed: float) -> bool:
    """Whether the marks could be reached if work at no element were like the other work.

    A hit is seen where work both stopped and went on at an element, so the share of those counts
    twice.

    Args:
        figures: Of the recommendation, with the upper limits of the best rule.
        unnamed: Share of the interruptions after which work went on at no element.
    """
    if unnamed < UNNAMED_WORK.value or "lift_upper" not in figures:
        return False
    seen = (1 - unnamed) ** 2
    return all(
        float(figures[limit]) >= seen * float(figures[mark])
        for limit, mark in (("lift_upper", "min_lift"), ("search_upper_seconds", "worth_seconds"))
    )
