"""A roll-out compared with its log: what fits, and a line for what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from resume_gap.comparison.launch import LoggedSpan
from resume_gap.comparison.rollout import Rollout, everybody_launched, read_rollout
from resume_gap.errors import DataError
from resume_gap.pipeline.queries import Runner
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterator

SPAN = LoggedSpan(first_us=10 * DAY_US, last_us=200 * DAY_US)
EAST, WEST, NORTH = (("east", 60), ("west", 74), ("north", None))


@pytest.fixture
def runner() -> Iterator[Runner]:
    """Six users in three teams, one of them in none, one in a team that no file names."""
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("create table streams (user_id text, user_no integer, stream_no integer)")
        con.execute("create table log (user_id text, at_us bigint, unit text)")
        teams = ("east", "east", "west", "north", "", "south")
        for number, (name, team) in enumerate(zip("abcdef", teams, strict=True), start=1):
            con.execute("insert into streams values (?, ?, ?)", [name, number, number])
            con.execute("insert into log values (?, 5, ?)", [name, team])
        made = Runner(con)
        made.let(clock_from_us=-1, clock_before_us=10**18)
        yield made


def read(
    runner: Runner, *rows: tuple[str, float | None], by: str | None = "team", tz: str = "UTC"
) -> Rollout:
    """The roll-out of units with days of their launch."""
    runner.con.execute("create table rollout_rows (user_id text, at_us bigint, at_given boolean)")
    for unit, day in rows:
        at = None if day is None else int(day * DAY_US)
        runner.con.execute("insert into rollout_rows values (?, ?, ?)", [unit, at, at is not None])
    return read_rollout(runner, SPAN, path="teams.csv", by=by, tz=tz)


def test_units_are_counted_and_launches_bounded(runner: Runner) -> None:
    found = read(runner, EAST, WEST, NORTH, ("atlantis", 70), ("mars", None))
    assert (found.first_us, found.last_us) == (60 * DAY_US, 74 * DAY_US)
    assert (found.unit, found.unknown, found.unnamed, found.without) == ("team", 2, 1, 1)
    assert found.users.filter("is_named")["unit"].to_list() == ["east", "east", "west", "north"]


def test_without_a_column_users_are_the_units(runner: Runner) -> None:
    found = read(runner, ("a", 60), ("b", 67), ("nobody", 67), by=None)
    assert (found.unit, found.unknown, found.unnamed, found.without) == ("user", 1, 4, 0)


def test_launches_outside_of_the_log_bound_nothing(runner: Runner) -> None:
    found = read(runner, EAST, ("west", 5), ("north", 900))
    assert (found.first_us, found.last_us) == (60 * DAY_US, 60 * DAY_US)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("mars", 60)], r"none of its units is in the log \(in the file: 'mars', in the log: 'e"),
        ([], "names no unit"),
        ([("east", 60), ("west", 60), ("north", 60)], "on the same day.*use --launch 1970-03-02"),
        ([("east", 300), ("west", None)], "no unit got the marker within the log"),
        ([("east", 10), ("west", 3)], "no unit got the marker within the log.*begins 8 weeks"),
    ],
)
def test_what_does_not_fit_is_one_line(runner: Runner, rows: Any, words: str) -> None:
    with pytest.raises(DataError, match=words) as raised:
        read(runner, *rows)
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith("teams.csv: ")


def test_a_stranger_among_users_is_told_of_the_column(runner: Runner) -> None:
    with pytest.raises(DataError, match="--rollout-by COL") as raised:
        read(runner, EAST, by=None)
    # Units are people here.
    assert "(in the file: 'xxxx' (x for letters, 9 for digits), in the log: 'x" in str(raised.value)


def test_one_day_for_some_and_never_for_others_is_a_roll_out(runner: Runner) -> None:
    assert read(runner, EAST, ("west", 60), NORTH).first_us == 60 * DAY_US


def test_a_time_that_cannot_be_read_is_no_never(runner: Runner) -> None:
    runner.let(clock_before_us=65 * DAY_US)
    with pytest.raises(DataError, match="time of unit 'west' cannot be read"):
        read(runner, EAST, WEST)


def test_one_date_launches_everybody(runner: Runner) -> None:
    everybody_launched(runner, 7)
    rows = runner.table("user_units").fetchall()
    assert len(rows) == 6
    assert {row[-1] for row in rows} == {7}


@pytest.mark.parametrize(
    ("tz", "day"),
    [("UTC", "1970-03-02"), ("Europe/Berlin", "1970-03-03"), ("Asia/Tokyo", "1970-03-03")],
)
def test_the_one_day_is_that_of_the_time_zone_in_which_launch_is_read(
    tz: str, day: str, runner: Runner
) -> None:
    rows = [(name, 60 + 23.5 / 24) for name in ("east", "west", "north")]
    with pytest.raises(DataError, match=f"use --launch {day} instead"):
        read(runner, *rows, tz=tz)
