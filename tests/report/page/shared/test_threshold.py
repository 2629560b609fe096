"""The inactivity threshold on every page."""

from __future__ import annotations

import dataclasses
import re

from factories.pages import plain_spaces, rendered
from factories.trial_results import better, plan


def test_one_threshold_makes_no_table_of_limits() -> None:
    for found in (better(), plan()):
        one = dataclasses.replace(found.threshold, sensitivity=found.threshold.sensitivity[:1])
        text = rendered(dataclasses.replace(found, threshold=one)).visible
        assert "another inactivity threshold (--gap) shows" in rendered(found).visible
        assert not re.search("another inactivity threshold .--gap. shows|over these limits", text)
        assert "Run again with another --gap to see" in plain_spaces(text)
