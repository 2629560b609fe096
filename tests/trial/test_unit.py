"""The unit of randomization: named, found, and what is computed by it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import polars as pl
import pytest
from factories import made_trials as made
from factories.made_trials import Back, made_trial

from benchmarks.broken_trials import LOG, assignments, evaluate
from resume_gap.errors import UsageError
from resume_gap.pipeline.queries import Runner
from resume_gap.trial import assignment_checks, effects
from resume_gap.trial.unit import (
    UnitColumns,
    Units,
    known_values,
    name_units,
    named_values,
    platform_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture
def hand_made() -> Iterator[Runner]:
    """Six users in two arms, their companies and floors in the assignments, plans in the log."""
    given = (
        ("a", 1, "zeta", "1"),
        ("b", 5, "acme", "1"),
        ("b", 4, "beta", "1"),  # the earliest counts
        ("c", 3, "beta", "1"),
        ("d", 3, "acme", "2"),
        ("e", 3, " ", "2"),  # no company
        ("x", 3, "acme", "2"),  # not of the trial
    )
    rows = [(user, at, [company, floor]) for user, at, company, floor in given]
    log = [("a", 1, "p"), ("a", 2, "q"), ("b", 2, "p"), ("d", 3, None), ("x", 1, "p")]
    with duckdb.connect(config={"threads": 1}) as con:
        runner = Runner(con)
        users = [(1, "a", False), (2, "b", False), (3, "c", True), (4, "d", True)]
        users += [(5, "e", True), (6, "f", False)]
        con.execute(
            "create table assigned (assigned_no integer, user_id text, is_treated boolean,"
            " unit_no integer)"
        )
        con.executemany("insert into assigned values (?, ?, ?, null)", users)
        con.execute("create table assignment_rows (user_id text, at_us bigint, segments text[])")
        con.executemany("insert into assignment_rows values (?, ?, ?)", rows)
        con.execute(
            "create table log (user_id text, at_us bigint, unit text, context text, task text,"
            " device text, segments text[])"
        )
        con.executemany(
            "insert into log values (?, ?, ?, null, null, null, null)",
            [(user, at, plan) for user, at, plan in log],
        )
        con.execute("update log set device = unit, segments = ['s' || unit]")
        yield runner


COLUMNS = UnitColumns(
    log=("plan",), mapped={"device": "plan"}, by=("tier",), beside=("company", "floor")
)


def units_of(runner: Runner) -> dict[str, int]:
    return dict(runner.table("assigned").order("user_id").select("user_id, unit_no").fetchall())


def test_units_are_numbered_by_arm_those_without_one_last(hand_made: Runner) -> None:
    found = name_units(hand_made, "company", COLUMNS)
    # Users b and c are of one company in different arms; e and f have none.
    assert found == Units("company", without=2, several=1, mixed=2)
    assert units_of(hand_made) == {"b": 1, "a": 2, "f": 3, "d": 4, "c": 5, "e": 6}


def test_units_may_be_a_column_of_the_log(hand_made: Runner) -> None:
    assert name_units(hand_made, "plan", COLUMNS) == Units("plan", without=4, several=1, mixed=0)
    assert units_of(hand_made) == {"a": 1, "b": 1, "f": 2, "c": 3, "d": 4, "e": 5}
    assert name_units(hand_made, "user", COLUMNS) == Units("user")
    assert name_units(hand_made, None, COLUMNS) is None


def test_what_is_known_of_users_is_null_where_there_are_several_values(hand_made: Runner) -> None:
    found = {one.column: one.values.rows() for one in known_values(hand_made, COLUMNS)}
    assert found == {
        "plan": [(1, 3, None), (2, 3, "p")],
        "tier": [(1, 4, None), (2, 4, "sp")],
        "company": [(1, 1, "zeta"), (2, 1, None), (3, 1, "beta"), (4, 1, "acme")],
        "floor": [(1, 2, "1"), (2, 2, "1"), (3, 2, "1"), (4, 2, "2"), (5, 2, "2")],
    }
    assert list(found) == ["plan", "tier", "company", "floor"]
    nothing = UnitColumns(log=(), mapped={"event": "name"}, by=(), beside=())
    assert known_values(hand_made, nothing) == ()


def test_a_platform_is_that_of_most_rows(hand_made: Runner) -> None:
    """User a was on the web once and on ios twice; b as often on either; c says nothing."""
    rows = [("a", "web"), ("a", "ios"), ("a", "ios"), ("b", "ios"), ("b", "web"), ("c", " ")]
    hand_made.con.execute("create table platform_rows (user_id text, texts text[])")
    hand_made.con.executemany(
        "insert into platform_rows values (?, [null, ?])", [*rows, ("stranger", "web")]
    )
    (found,) = platform_values(hand_made, ("browser", "os"))
    assert (found.kind, found.column) == ("column", "os")
    assert found.values.rows() == [(1, "ios"), (2, "web")]


def test_a_named_group_is_null_where_a_user_has_several(hand_made: Runner) -> None:
    """User a was of one team, b of two; c says nothing, a stranger is not of the trial."""
    rows = [("a", "red"), ("a", "red"), ("a", " "), ("b", "red"), ("b", "blue"), ("c", None)]
    hand_made.con.execute("create table unit_rows (user_id text, texts text[])")
    hand_made.con.executemany(
        "insert into unit_rows values (?, [null, ?])", [*rows, ("stranger", "red")]
    )
    (found,) = named_values(hand_made, ("company", "team"))
    assert (found.kind, found.column) == ("column", "team")
    assert found.values.rows() == [(1, "red"), (2, None)]


def by_company(rows: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """The sample's users in companies of two, which share their arm or not."""
    order = rows.sort("variant", "user_id") if whole else rows.sort("user_id")
    number = pl.int_range(pl.len()) // 2
    return order.with_columns(company=pl.format("c{}", number))


def check(found: Evaluated) -> str:
    trust = found.evaluation.trust
    return next(c.code for c in trust.checks if c.name == "unit_of_randomization")


@pytest.mark.full  # sums by unit are compared with tests/oracles/trial.py
def test_companies_of_the_assignments_file(tmp_path: Path) -> None:
    rows = by_company(assignments(), whole=True)
    named = evaluate(rows, tmp_path, unit="company").evaluation
    assert named.primary.method == "clustered"
    (units,) = [c for c in named.trust.checks if c.name == "unit_of_randomization"]
    assert (units.figures["control"], units.figures["treatment"]) == (41, 39)


@pytest.mark.full  # the codes are those of tests/trial/test_unit_checks.py
def test_companies_that_are_found_that_share_no_arm_or_are_none(tmp_path: Path) -> None:
    assert check(evaluate(by_company(assignments(), whole=False), tmp_path)) == "one_by_one"
    rows = by_company(assignments(), whole=True)
    found = evaluate(rows, tmp_path)
    assert check(found) == "together"
    assert found.evaluation.verdict.word == "withheld"
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
    unnamed = evaluate(plain, tmp_path, log=log)
    assert (check(unnamed), unnamed.evaluation.verdict.word) == ("together", "withheld")
    by_chance = by_company(assignments(), whole=False).select("user_id", "company")
    pl.read_parquet(LOG).join(by_chance, on="user_id", how="left").write_parquet(log)
    assert check(evaluate(plain, tmp_path, log=log)) == "one_by_one"
    with pytest.raises(UsageError, match="--unit 'firm'"):
        evaluate(plain, tmp_path, log=log, unit="firm")
