"""Every check of a launch has one entry."""

from __future__ import annotations

from typing import get_args

import pytest
from factories.trust_checks import made

from resume_gap.report.text.launchchecks.table import CHECKS, FAMILIES, outcome
from resume_gap.results.common import ThresholdReason, ThresholdSource
from resume_gap.results.trust import TrustCheck

OF_RESULTS = {("threshold_before", code) for code in ("learned", "fallback", "given", "prediction")}
"""Codes that are fields of a result: where a threshold comes from, and why a given one does."""
NOT_INSTALLED = ("second_opinion", "not_installed")
"""The same of the other method."""


def test_every_check_has_one_entry_and_every_entry_is_of_a_check_that_something_makes() -> None:
    every = [name for family in FAMILIES for name in family.CHECKS]
    assert len(every) == len(set(every))
    has = {(name, code) for name, one in CHECKS.items() for code in one.outcomes}
    assert has == made("comparison") | OF_RESULTS | {NOT_INSTALLED}


def test_where_a_threshold_comes_from_is_one_of_the_codes() -> None:
    codes = {*get_args(ThresholdSource), *get_args(ThresholdReason)}
    assert {code for _, code in OF_RESULTS} <= codes
    assert set(get_args(ThresholdSource)) <= set(CHECKS["threshold_before"].outcomes)


@pytest.mark.parametrize(("name", "code"), [("user_mix", "full_moon"), ("moon_phase", "none")])
def test_what_is_not_known_has_no_entry(name: str, code: str) -> None:
    assert outcome(TrustCheck(name=name, code=code, status="warned")) is None
