"""What could be saved under the assumptions of the scenarios, in sentences."""

from __future__ import annotations

import pytest
from factories.results import changed, full

from resume_gap.report.text import scenarios
from resume_gap.report.text.numbers import MINUS
from resume_gap.results.common import Estimate
from resume_gap.results.opportunity import Opportunity


def test_the_assumptions_stand_beside_what_they_allow() -> None:
    assert scenarios.at_least(full().opportunity, "3.5 s") == (
        "under the middle assumptions (50 % noticed, 60 % less search, 2 s per miss) at "
        "least 3.5 s could be saved"
    )


def test_a_lower_end_below_zero_is_a_cost() -> None:
    assert scenarios.at_least(Opportunity(reason=None), "\N{MINUS SIGN}0.8 s") == (
        "under the middle assumptions the marker may cost 0.8 s"
    )


@pytest.mark.parametrize(
    ("saving", "least", "says"),
    [
        ("4.8 s", "3.5 s", "it would save 4.8 s per interruption, perhaps only 3.5 s"),
        ("1.0 s", f"{MINUS}0.3 s", "it would save 1.0 s per interruption, or cost 0.3 s"),
        (f"{MINUS}0.2 s", f"{MINUS}0.8 s", "it would cost 0.2 s per interruption, perhaps 0.8 s"),
        ("3.5 s", "3.5 s", "it would save 3.5 s per interruption"),
    ],
)
def test_what_is_expected_stands_before_the_lower_end(saving: str, least: str, says: str) -> None:
    found = full().opportunity
    assert scenarios.expected(found, saving, least) == (
        f"with middle assumptions (50 % noticed, 60 % less search, 2 s per miss) {says}"
    )
    assert scenarios.expected(found, saving, least, short=True) == (
        f"with middle assumptions {says}"
    )


def test_the_low_scenario_stands_beside_the_middle_one() -> None:
    few = changed(full(), opportunity={"middle": Estimate(estimate=1.41)})
    assert scenarios.middle_and_low(few.opportunity) == (
        "Under the middle assumptions (50 % of markers noticed, 60 % of the search removed by a "
        "hit, 2 s lost by a miss) it could save 1.4 s per interruption, in the low scenario "
        "\N{MINUS SIGN}0.1 s."
    )
    assert "could save 1.4 s [" in scenarios.middle_and_low(full().opportunity)
    assert scenarios.middle_and_low(Opportunity(reason=None)) == ""
