"""Which variant is control and which is treatment; assignments that the log itself holds."""

from collections.abc import Iterator

import duckdb
import pytest

from resume_gap.errors import DataError
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings
from resume_gap.trial.assignments import _arms, assign_everybody, assignments_in_log


@pytest.fixture
def runner() -> Iterator[Runner]:
    with duckdb.connect() as con:
        yield Runner(con)


def arms(*names: str, **given: str) -> tuple[str, str]:
    """The arms where the assignments write their variants so."""
    spelt = {name.strip().lower(): name for name in names}
    return _arms(spelt, Settings(**given), "a.csv", rows=12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Control", "arrow_v2"), ("Control", "arrow_v2")),
        (("arrow_v2", "off"), ("off", "arrow_v2")),
        (("true", "false"), ("false", "true")),
        (("blue", "treatment"), ("blue", "treatment")),
        (("B", "A"), ("A", "B")),
        (("control",), ("control", "treatment")),  # nobody is in the other arm
        (("on",), ("control", "on")),
    ],
)
def test_names_tell_the_arms(names: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert arms(*names) == expected


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (("red", "blue"), "--control NAME --treatment NAME"),
        (("control", "off"), "--control NAME --treatment NAME"),
        (("on", "yes"), "--control NAME --treatment NAME"),
        (("control", "red", "blue"), "--treatment NAME"),
        (("red", "blue", "green"), "--control NAME --treatment NAME"),
        (("treatment", "red", "blue"), "--control NAME --treatment NAME"),
    ],
)
def test_names_that_do_not_tell_are_asked_for(names: tuple[str, ...], asked: str) -> None:
    with pytest.raises(DataError, match=f"do not say which is which; write {asked}$"):
        arms(*names)


def test_given_names_count_however_they_are_spelt() -> None:
    assert arms("Red", "Blue", "green", control=" blue ", treatment="RED") == ("Blue", "Red")
    assert arms("red", "blue", control="blue") == ("blue", "red")
    assert arms("red", "blue", treatment="blue") == ("red", "blue")
    assert arms("red", control="red") == ("red", "treatment")
    assert arms("red", treatment="red") == ("control", "red")


def test_one_given_name_does_not_tell_two_others() -> None:
    with pytest.raises(DataError, match=r"write --treatment NAME$"):
        arms("red", "blue", "green", control="red")
    with pytest.raises(DataError, match=r"write --control NAME$"):
        arms("red", "blue", "green", treatment="red")


def test_a_name_that_nobody_has_is_refused() -> None:
    with pytest.raises(DataError, match=r"a\.csv: nobody is assigned to 'blu'.*did you mean blue"):
        arms("red", "blue", control="blu", treatment="red")
    with pytest.raises(DataError, match=r"variants found: 'red', 'blue'$"):
        arms("red", "blue", control="nothing of the kind")
    # Where one given name is there and the other like none, an arm is empty.
    assert arms("red", control="red", treatment="something else") == ("red", "something else")


def test_no_readable_assignment_is_refused_with_their_number() -> None:
    with pytest.raises(DataError, match="none of 12 assignments"):
        arms()


def test_only_so_many_variants_are_listed() -> None:
    with pytest.raises(DataError) as refused:
        arms(*(f"v{i}x" for i in range(9)))
    assert "'v7x' ..." in str(refused.value)
    assert "v8x" not in str(refused.value)


def log_of(runner: Runner, *values: str) -> None:
    runner.con.execute(
        "create table log as select * from (values " + ", ".join(values) + ") as t"
        " (user_id, at_us, at_given, assigned_variant, carried_variant, variant)"
    )


def test_assignment_events_come_before_what_events_carry(runner: Runner) -> None:
    log_of(runner, "('a', 1, true, null, 'c1', 'v1')", "('b', 2, true, 'e2', 'c2', 'v2')")
    key = Settings(experiment="arrow")
    said = assignments_in_log(runner, key, has_variant=True)
    assert said == "assignment events of arrow"
    assert runner.table("assignment_rows").select("user_id, at_us, at_given, event").fetchall() == [
        ("b", 2, True, "e2")
    ]
    runner.con.execute("update log set assigned_variant = null")
    assert assignments_in_log(runner, key, has_variant=True) == "what events carry for arrow"
    assert [
        row[3]
        for row in runner.table("assignment_rows")
        .select("user_id, at_us, at_given, event")
        .fetchall()
    ] == ["c1", "c2"]
    assert assignments_in_log(runner, Settings(), has_variant=True) == (
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
        assignments_in_log(runner, Settings(experiment="arrow"), has_variant=True)
    with pytest.raises(DataError, match="column of the variant is empty"):
        assignments_in_log(runner, Settings(), has_variant=True)
    with pytest.raises(DataError, match="--assignments FILE"):
        assignments_in_log(runner, Settings(), has_variant=False)


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
