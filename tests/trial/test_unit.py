"""The unit of randomization: named, found, and what is computed by it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from factories import made_trials as made
from factories.made_trials import Back, made_trial

from benchmarks.broken_trials import LOG, assignments, evaluate
from resume_gap.errors import UsageError
from resume_gap.trial import assignment_checks, effects

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.evaluate import Evaluated
    from resume_gap.trial.data import Trial


pytestmark = pytest.mark.usefixtures("few_draws")


def companies(users_each: int = 4) -> Trial:
    """60 companies of alike users, whole companies treated."""
    random = np.random.default_rng(3)
    level = random.normal(100, 25, 60)
    users = 60 * users_each
    backs = [Back(user, float(level[user // users_each]) + user % 3) for user in range(users)]
    units = [user // users_each + 1 for user in range(users)]
    treated = [unit % 2 == 0 for unit in units]
    return dataclasses.replace(made_trial(treated, backs, unit_no=units), by_unit=True)


def test_arms_are_compared_by_units() -> None:
    trial = companies()
    assert (trial.assigned_units, trial.triggered_units) == ((30, 30), (30, 30))
    found = effects.first_return(trial, 1)
    plain = effects.first_return(dataclasses.replace(trial, by_unit=False), 1)
    assert found.effect.method == "clustered"
    assert found.effect.estimate == pytest.approx(plain.effect.estimate)
    assert found.comparison is not None
    assert plain.comparison is not None
    assert found.comparison.variance == pytest.approx(4 * (plain.comparison.variance or 0), rel=0.1)


def test_the_sample_ratio_counts_units() -> None:
    found = assignment_checks.assigned_ratio(made.evidence(companies()))
    assert (found.figures["control"], found.figures["counted"]) == (30, "units")


def by_company(rows: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """The sample's users in companies of two, which share their arm or not."""
    order = rows.sort("variant", "user_id") if whole else rows.sort("user_id")
    number = pl.int_range(pl.len()) // 2
    return order.with_columns(company=pl.format("c{}", number))


def check(found: Evaluated) -> str:
    trust = found.evaluation.trust
    return next(c.code for c in trust.checks if c.name == "unit_of_randomization")


def test_companies_of_the_assignments_file(tmp_path: Path) -> None:
    rows = by_company(assignments(), whole=True)
    found = evaluate(rows, tmp_path)
    assert check(found) == "together"
    assert found.evaluation.verdict.word == "withheld"
    named = evaluate(rows, tmp_path, unit="company").evaluation
    assert named.primary.method == "clustered"
    (units,) = [c for c in named.trust.checks if c.name == "unit_of_randomization"]
    assert (units.figures["control"], units.figures["treatment"]) == (41, 39)


@pytest.mark.full  # the codes are those of tests/trial/test_unit_checks.py
def test_companies_that_share_no_arm_and_those_said_to_be_none(tmp_path: Path) -> None:
    assert check(evaluate(by_company(assignments(), whole=False), tmp_path)) == "one_by_one"
    rows = by_company(assignments(), whole=True)
    assert check(evaluate(rows, tmp_path, unit="user")) == "user"


@pytest.mark.full
def test_companies_of_the_log(tmp_path: Path) -> None:
    rows = by_company(assignments(), whole=True)
    log = tmp_path / "log.parquet"
    names = rows.select("user_id", "company")
    pl.read_parquet(LOG).join(names, on="user_id", how="left").write_parquet(log)
    plain = rows.drop("company")
    found = evaluate(plain, tmp_path, log=log, unit="company").evaluation
    assert found.primary.method == "clustered"
    beside = evaluate(rows, tmp_path, unit="company").evaluation
    assert found.primary.estimate == pytest.approx(beside.primary.estimate)
    with pytest.raises(UsageError, match="--unit 'firm'"):
        evaluate(plain, tmp_path, log=log, unit="firm")
