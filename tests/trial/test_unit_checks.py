"""Checks of the unit of randomization."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from factories import made_trials as made
from factories.made_trials import Back, made_trial

from resume_gap.trial import unit_checks
from resume_gap.trial.unit import SharedColumn, UnitCandidates, Units

if TYPE_CHECKING:
    from resume_gap.trial.data import Trial


def companies() -> Trial:
    """60 companies of four users."""
    units = [user // 4 + 1 for user in range(240)]
    backs = [Back(user, 50.0) for user in range(240)]
    treated = [unit % 2 == 0 for unit in units]
    return dataclasses.replace(made_trial(treated, backs, unit_no=units), by_unit=True)


def test_a_unit_with_users_in_both_arms_was_not_assigned_as_a_whole() -> None:
    trial = companies()
    for mixed, status in ((13, "failed"), (12, "passed")):
        named = Units("company", mixed=mixed)
        found = unit_checks.unit_of_randomization(made.evidence(trial, units=named))
        assert found.status == status, mixed


def test_users_that_were_said_to_be_the_unit_are_believed() -> None:
    trial = dataclasses.replace(companies(), by_unit=False)
    found = unit_checks.unit_of_randomization(made.evidence(trial, units=Units("user")))
    assert (found.status, found.code) == ("not_checked", "user")


def test_a_shared_column_that_was_assigned_together_is_named() -> None:
    shared = SharedColumn("company", 40, 200, 0.00005)
    trial = dataclasses.replace(companies(), by_unit=False)
    for found, code in (
        (UnitCandidates(2, (shared,)), "together"),
        (UnitCandidates(2, ()), "one_by_one"),
        (UnitCandidates(0, ()), "no_column"),
    ):
        evidence = made.evidence(trial, candidates=lambda found=found: found)
        check = unit_checks.unit_of_randomization(evidence)
        assert check.code == code
        assert (check.status == "failed") is (code == "together")
