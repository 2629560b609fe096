"""Logs that cannot show what is asked, or mislead: none gets a wrong recommendation."""

from typing import Final

import pytest

from benchmarks.blind_logs import office
from benchmarks.blind_logs.measure import analyzed
from benchmarks.blind_logs.page import written
from benchmarks.blind_logs.troubles import TROUBLES, Trouble

QUICK: Final = {"plain", "new_ids", "cryptic"}
"""Those of every run; the others are drawn with `--full`."""


def cases() -> list[object]:
    return [
        pytest.param(
            trouble,
            id=trouble.rows.__name__,
            marks=() if trouble.rows.__name__ in QUICK else pytest.mark.full,
        )
        for trouble in TROUBLES
    ]


@pytest.mark.parametrize("trouble", cases())
def test_no_log_gets_a_wrong_recommendation(trouble: Trouble) -> None:
    found = analyzed(trouble)
    word = found.marker.recommendation
    assert word is not None
    assert word.word in trouble.words
    if trouble.reason is not None:
        assert word.reason == trouble.reason
    if trouble.check is not None:
        assert trouble.check in {check.check for check in found.data_quality}
    if word.word == "cannot_be_measured":
        assert found.marker.policies == ()
        assert found.opportunity.search_upper_seconds is None
    if found.measurability.reason is not None:
        assert found.reorientation.mean.estimate is None
        assert found.excess.lower is None
        assert found.counts.interruptions > 0
        ends = found.reorientation.ends  # where work lies apart, nobody is seen to reach it
        assert (ends.observed or 0) + (ends.abandoned or 0) > 0


def test_the_office_without_trouble() -> None:
    rows = office.office()
    assert len({row["user_id"] for row in rows}) == office.PEOPLE
    assert rows == office.office()


def test_a_log_on_the_page() -> None:
    saves = next(one for one in TROUBLES if one.rows.__name__ == "saves")
    page = written([saves])
    assert "## Only saves" in page
    assert "**Cannot be measured.**" in page
    assert "Also log what people do before they work again: views, clicks, searches." in page
