"""Every check of a trial has one entry, every one that can fail plain words."""

from __future__ import annotations

import pytest
from factories.trust_checks import made

from resume_gap.report.text.trialchecks.table import CHECKS, FAMILIES, outcome
from resume_gap.results.trust import TrustCheck


def test_every_check_has_one_entry_and_every_entry_is_of_a_check_that_something_makes() -> None:
    every = [name for family in FAMILIES for name in family.CHECKS]
    assert len(every) == len(set(every))
    assert {(name, code) for name, one in CHECKS.items() for code in one.outcomes} == made("trial")


@pytest.mark.parametrize(("name", "code"), [("both_arms", "full_moon"), ("moon_phase", "none")])
def test_what_is_not_known_has_no_entry(name: str, code: str) -> None:
    assert outcome(TrustCheck(name=name, code=code, status="warned")) is None
