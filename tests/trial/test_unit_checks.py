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
    for mixed, status, code in ((13, "failed", "mixed"), (12, "passed", "units")):
        named = Units("company", without=3, several=4, mixed=mixed)
        found = unit_checks.unit_of_randomization(made.evidence(trial, units=named))
        assert (found.status, found.code) == (status, code), mixed
        assert found.figures == {
            "column": "company",
            "control": 30,
            "treatment": 30,
            "without": 3,
            "several": 4,
            "mixed": mixed,
            "users": 240,
        }


def test_users_that_were_said_to_be_the_unit_are_believed() -> None:
    trial = dataclasses.replace(companies(), by_unit=False)
    found = unit_checks.unit_of_randomization(made.evidence(trial, units=Units("user")))
    assert (found.status, found.code) == ("not_checked", "user")


def test_a_shared_column_that_was_assigned_together_is_named() -> None:
    shared = SharedColumn("company", 40, 200, 0.00005)
    other = SharedColumn("floor", 9, 90, 0.00006)
    trial = dataclasses.replace(companies(), by_unit=False)
    for found, code in (
        (UnitCandidates(2, (shared, other)), "together"),
        (UnitCandidates(2, ()), "one_by_one"),
        (UnitCandidates(0, ()), "no_column"),
    ):
        evidence = made.evidence(trial, candidates=lambda found=found: found)
        check = unit_checks.unit_of_randomization(evidence)
        assert check.code == code
        status = {"together": "failed", "one_by_one": "passed", "no_column": "not_checked"}
        assert check.status == status[code]
        if code == "together":
            columns = ("company", "floor")
            figures = {"column": "company", "columns": columns, "values": 40, "users": 200}
            assert (check.p, check.figures) == (0.00005, figures)
        else:
            assert (check.p, check.figures) == (None, {"columns": found.tried})


def test_groups_that_no_column_names_are_told_by_what_they_share() -> None:
    trial = dataclasses.replace(companies(), by_unit=False)
    mail = SharedColumn("domain", 40, 200, 0.00005, is_unnamed=True)
    found = UnitCandidates(3, (mail, SharedColumn("company", 40, 200, 0.00006)))
    check = unit_checks.unit_of_randomization(made.evidence(trial, candidates=lambda: found))
    assert (check.code, check.status, check.p) == ("together_unnamed", "failed", 0.00005)
    assert check.figures == {"by": "domain", "values": 40, "users": 200}
