"""What the bounds on a marker's saving assume, in words."""

from typing import Final

from resume_gap.results.opportunity import BoundAssumption, Opportunity

ASSUMPTION: Final[dict[BoundAssumption, str]] = {
    "nothing": "nothing is assumed: it may also hurt",
    "never_hurts": "it never makes anybody slower",
    "not_faster": "it cannot beat the pace of uninterrupted work",
    "only_where_right": "it helps only where it points right and the person is not there yet",
    "only_search": "only the search for the place goes, and the last second of it stays",
}
NOTHING_LEFT: Final = "where it hits, people are already there"
"""Why there is nothing left to save."""


def is_nothing_left(found: Opportunity) -> bool:
    """Whether a marker could save nothing, as people are there already where it hits."""
    return found.search_upper_seconds == 0


def and_more(found: Opportunity) -> str:
    """What the upper bound leaves out, a clause to end with; empty where nobody left again."""
    keeps = bool(found.abandoned) and found.with_give_ups.estimate is not None
    return "; more if it also keeps people who leave" if keeps else ""
