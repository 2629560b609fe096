"""The sentence beside the recommendation in `summary.json`."""

from __future__ import annotations

import json

from factories.results import ALL, full

from resume_gap.report.render import jsonfile
from resume_gap.report.text import recommendation


def test_a_recommendation_says_why() -> None:
    found = full()
    written = json.loads(jsonfile.summary(found))["marker"]["recommendation"]
    assert written["message"] == recommendation.because(found)


def test_without_a_recommendation_there_is_nothing_to_say() -> None:
    without = [make() for make in ALL.values() if make().marker.recommendation is None]
    assert without
    for found in without:
        assert json.loads(jsonfile.summary(found))["marker"]["recommendation"] is None
