"""Where the inactivity threshold comes from, in words."""

from __future__ import annotations

import pytest
from factories.results import changed, full

from resume_gap.report.text import threshold


@pytest.mark.parametrize(
    ("reason", "numbers", "says"),
    [
        ("given", {}, "with --gap"),
        ("prediction", {}, "that of the prediction file"),
        ("valley", {"valley_depth": 0.958}, "a clear valley between them (96 % deep)"),
        ("no_valley", {}, "no valley between 1 min and 2 h"),
        ("kinds_of_users", {}, "kinds of users"),
        (
            "kinds_of_work",
            {"valley_seconds": 100.0, "event_share": 0.72},
            "a valley at 1 min 40 s, but 72 % of the gaps up to 6 min 40 s follow one event",
        ),
        ("rare_in_resamples", {"resamples_share": 0.43}, "in only 43 % of the resamples"),
        ("moves_in_resamples", {}, "moves too much"),
        ("too_little", {"gaps": 12_000, "users": 20}, "from: 20 users (50 are needed)"),
        (
            "too_little",
            {"gaps": 1, "users": 49},
            "from: 1 gap (2,000 are needed), 49 users (50 are needed)",
        ),
    ],
)
def test_every_reason_for_a_threshold_in_words(
    reason: str, numbers: dict[str, float], says: str
) -> None:
    some = changed(full(), threshold={"reason": reason, "figures": numbers})
    assert threshold.why(some).endswith(says) or says in threshold.why(some)
