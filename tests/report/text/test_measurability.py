"""Every reason why a log cannot be measured names what is missing and what to log."""

from typing import get_args

import pytest

from resume_gap.report.text import measurability
from resume_gap.results.common import BlindReason
from resume_gap.results.run import Measurability

FIGURES = {
    "zero_share": 0.97,
    "resolution_seconds": 60.0,
    "median_lag_seconds": 41.0,
    "batch_share": 0.31,
    "productive_share": 0.004,
    "not_understood_share": 0.2,
    "recurring_share": 0.002,
    "within_share": 0.61,
    "varying_share": 0.74,
    "without_element_share": 0.92,
    "next_share": 0.83,
    "new_share": 0.97,
    "chance": 0.96,
}
REASONS = (
    *get_args(BlindReason),
    "elements_do_not_recur",
    "element_names_vary",
    "work_without_elements",
    "elements_in_fixed_order",
    "work_on_new_elements",
    "elements_too_large",
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_says_what_to_log(reason: str) -> None:
    assert measurability.is_known(reason)
    said = measurability.sentence(reason, FIGURES)
    assert said == f"{measurability.finding(reason, FIGURES)} {measurability.remedy(reason)}."
    assert measurability.to_record(reason).endswith("; then make this report again")
    assert said.endswith(".")
    assert "_" not in said
    clause = measurability.why(reason, FIGURES)
    assert ";" in clause
    assert not clause.endswith(".")


@pytest.mark.parametrize(
    ("reason", "part"),
    [
        ("first_event_is_work", "in 97 % of the interruptions"),
        ("too_coarse", "stamped to 1 min"),
        ("order_unknown", "31 % of the returns"),
        ("roles_too_thin", "0.4 % of the events"),
        ("elements_do_not_recur", "0.2 % are touched"),
        ("element_names_vary", "74 % of the work"),
        ("work_without_elements", "after 92 % of the interruptions"),
        ("elements_in_fixed_order", "after 83 % of the gaps"),
        ("work_on_new_elements", "after 97 % of the gaps"),
        ("elements_too_large", "in 96 % of the interruptions"),
    ],
)
def test_the_figure_that_decided_is_named(reason: str, part: str) -> None:
    assert part.lower() in measurability.sentence(reason, FIGURES).lower()


def test_names_that_say_nothing() -> None:
    said = measurability.sentence("roles_too_thin", {"not_understood_share": 0.63})
    assert "63 % of the events" in said


def test_nothing_is_said_of_a_log_that_can_be_measured() -> None:
    assert measurability.message(Measurability()) is None
    assert not measurability.is_known("no_elements")
