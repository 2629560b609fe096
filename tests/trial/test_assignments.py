"""Assignments that the log itself holds, and those of a plan."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import duckdb
import pytest

from resume_gap.errors import DataError
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings
from resume_gap.trial import assignments
from resume_gap.trial.assignments import Arms, assign, assign_everybody, assignments_in_log


@pytest.fixture
def runner() -> Iterator[Runner]:
    with duckdb.connect() as con:
        yield Runner(con)


def log_of(runner: Runner, *values: str) -> None:
    runner.con.execute(
        "create table log as select * from (values " + ", ".join(values) + ") as t"
        " (user_id, at_us, at_given, assigned_variant, carried_variant, variant)"
    )


def test_assignment_events_come_before_what_events_carry(runner: Runner) -> None:
    log_of(runner, "('a', 1, true, null, 'c1', 'v1')", "('b', 2, true, 'e2', 'c2', 'v2')")
    key = Settings(experiment="arrow")
    said = assignments_in_log(runner, key, has_variant=True, experiments=tuple)
    assert said == "assignment events of arrow"
    assert runner.table("assignment_rows").select("user_id, at_us, at_given, event").fetchall() == [
        ("b", 2, True, "e2")
    ]
    runner.con.execute("update log set assigned_variant = null")
    assert (
        assignments_in_log(runner, key, has_variant=True, experiments=tuple)
        == "what events carry for arrow"
    )
    assert [
        row[3]
        for row in runner.table("assignment_rows")
        .select("user_id, at_us, at_given, event")
        .fetchall()
    ] == ["c1", "c2"]
    assert assignments_in_log(runner, Settings(), has_variant=True, experiments=tuple) == (
        "the log's column of the variant"
    )
    assert [
        row[3]
        for row in runner.table("assignment_rows")
        .select("user_id, at_us, at_given, event")
        .fetchall()
    ] == ["v1", "v2"]


def test_a_log_without_an_assignment_says_so(runner: Runner) -> None:
    log_of(runner, "('a', 1, true, null::varchar, null::varchar, null::varchar)")
    with pytest.raises(DataError, match="no assignment event of the experiment 'arrow'"):
        assignments_in_log(
            runner, Settings(experiment="arrow"), has_variant=True, experiments=tuple
        )
    with pytest.raises(DataError, match="column of the variant is empty"):
        assignments_in_log(runner, Settings(), has_variant=True, experiments=tuple)
    with pytest.raises(DataError, match="--assignments FILE"):
        assignments_in_log(runner, Settings(), has_variant=False, experiments=tuple)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            ("arow", "new_menu"),
            r"'arrow' \(did you mean arow\?\); experiments found: 'arow', 'new_",
        ),
        (("a", "b", "c", "d", "e"), "experiments found: 'a', 'b', 'c' and 2 more$"),
        ((), "no event names an experiment; give --assignments FILE"),
    ],
)
def test_the_experiments_of_the_log_are_named(
    found: tuple[str, ...], words: str, runner: Runner
) -> None:
    log_of(runner, "('a', 1, true, null::varchar, null::varchar, null::varchar)")
    settings = Settings(experiment="arrow")
    with pytest.raises(DataError, match=words):
        assignments_in_log(runner, settings, has_variant=False, experiments=lambda: found)


def test_a_plan_assigns_everybody_to_control_at_one_instant(runner: Runner) -> None:
    runner.con.execute(
        "create table streams as select * from (values"
        " ('b', 2), ('b', 2), ('a', 1), ('x', null)) as t (user_id, user_no)"
    )
    assign_everybody(runner, 77)
    assert runner.table("assigned").fetchall() == [
        (1, 1, "a", 1, False, 77, 77),
        (2, 2, "b", 2, False, 77, 77),
    ]


@pytest.mark.parametrize(
    ("settings", "named_by"),
    [
        (Settings(control="off", treatment="on"), "given"),
        (Settings(control="off"), "inferred"),
        (Settings(treatment="on"), "inferred"),
        (Settings(), "inferred"),
    ],
)
def test_arms_are_given_where_both_are_named(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, named_by: str
) -> None:
    names = ("off", "on") if settings.control or settings.treatment else ("control", "treatment")
    runner = mock.MagicMock()
    runner.read.return_value.fetchall.return_value = [(name, name) for name in names]
    monkeypatch.setattr(assignments, "assign_pair", lambda _, arms, path: (arms, path))
    found: Any = assign(runner, settings, "here", path="there")
    assert found == (Arms("here", *names, None, named_by), "there")
    runner.let.assert_called_once_with(sham=None)
    assert assign(runner, settings, "here") == (found[0], "here")
