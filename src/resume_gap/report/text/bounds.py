"""What the bounds on a marker's saving assume, in words."""

from typing import Final

from resume_gap.results.analyze import BoundAssumption

ASSUMPTION: Final[dict[BoundAssumption, str]] = {
    "nothing": "nothing is assumed: it may also hurt",
    "never_hurts": "it never makes anybody slower",
    "not_faster": "it cannot beat the pace of uninterrupted work",
    "only_where_right": "it helps only where it points right and the person is not there yet",
    "only_search": "only the search for the place goes, and the last second of it stays",
}
