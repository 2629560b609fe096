"""The table of guardrails: sums that the users have, and words for people."""

import re

import pytest

from resume_gap.pipeline.queries import text
from resume_gap.report.text import measures
from resume_gap.trial.guarded import GUARDED, INTERRUPTIONS, GuardedMeasure

ALL = [*GUARDED, INTERRUPTIONS]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_guardrail_is_made_of_sums_of_the_users_and_has_words(one: GuardedMeasure) -> None:
    for column in {one.column, one.per} - {None}:
        assert re.search(rf"\b{column},?$", text("65_trial_users"), re.MULTILINE)
    assert "{" not in measures.measure(one.name) + measures.harm(one.name, less=True)


def test_names_and_labels_are_of_one_guardrail() -> None:
    assert len({one.name for one in ALL}) == len({measures.measure(one.name) for one in ALL})
    assert measures.measure("return_rate_1d") == "came back within 1 day"
