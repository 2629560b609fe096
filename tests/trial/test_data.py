"""What a trial counts of one user, on eleven rows that can be read.

Threshold 30 min, so that the cap is 15 min; `edit` is work. The log ends with its last row.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from factories.strategies import ORIGIN_US
from factories.trial_logs import CONTROL, SHOWN, THIRD, TREATMENT, TrialLog
from factories.trials import Found, evaluate
from oracles.log import MINUTE, SECOND, Roles
from oracles.trial import Assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

ROWS = (
    (0, "edit"),
    (20, "edit"),  # at work, and away in mid-task
    (7_200, "view"),
    (7_240, "edit"),
    (7_245, "view"),  # back after 2 h, at work after 40 s
    (14_400, "view"),
    (14_460, "edit"),
    (14_500, "edit"),  # back again, at work after 60 s
    (21_600, "edit"),
    (21_610, "edit"),  # back at work at once
    (9 * 86_400, "view"),  # back after more than a week; here the log ends
)


def at(seconds: float) -> int:
    return ORIGIN_US + round(seconds * SECOND)


def row(seconds: float, event: str, user: str = "ann", **more: Any) -> dict[str, Any]:
    return {"user_id": user, "timestamp_us": at(seconds), "event": event} | more


def trial(
    *assignments: tuple[str, float | None],
    rows: list[dict[str, Any]] | None = None,
    said: list[dict[str, Any]] | None = None,
    columns: tuple[str, ...] = (),
) -> Found:
    """Ann's trial; assignments are (variant, seconds)."""
    given = [
        Assignment("ann", variant, None if seconds is None else at(seconds))
        for variant, seconds in assignments
    ]
    own = rows or [row(seconds, event) for seconds, event in ROWS]
    return evaluate(trial_log(own, given, said=said or [], columns=columns))


def trial_log(
    rows: list[dict[str, Any]],
    assignments: list[Assignment],
    *,
    said: Sequence[dict[str, Any]] = (),
    columns: tuple[str, ...] = (),
) -> TrialLog:
    return TrialLog(
        rows=rows,
        said=list(said),
        assignments=assignments,
        in_log=False,
        columns=columns,
        roles=Roles(productive=frozenset({"edit"})),
        threshold_us=30 * MINUTE,
        until_us=None,
    )


@cache
def assigned_at(seconds: float) -> Found:
    """Ann's trial with one assignment."""
    return trial((TREATMENT, seconds))


ASSIGNED = (
    *(0, 0.000001, 20, 20.000001, 7_200, 7_205.000001, 7_240, 8_100, 8_100.000001, 14_400),
    *(14_460, 14_460.000001, 21_600, 21_604, 21_606, 21_610, 21_700, 86_400, 9 * 86_400 + 6),
)
"""When Ann and those who do the same are assigned."""


@cache
def each_assigned() -> Found:
    """One user for each of these instants, all with Ann's rows: users change nothing of another."""
    users = [f"u{number:02}" for number in range(len(ASSIGNED))]
    return evaluate(
        trial_log(
            [row(seconds, event, user) for user in users for seconds, event in ROWS],
            [
                Assignment(user, TREATMENT, at(seconds))
                for user, seconds in zip(users, ASSIGNED, strict=True)
            ],
        )
    )


def of(table: pl.DataFrame, seconds: float) -> pl.DataFrame:
    """Ann's rows, assigned then, of a table of `each_assigned`."""
    number = each_assigned().user_ids.index(f"u{ASSIGNED.index(seconds):02}") + 1
    return table.filter(table["assigned_no"] == number)


def ann(seconds: float) -> dict[str, Any]:
    """Ann's sums, assigned then."""
    return of(each_assigned().trial.users, seconds).row(0, named=True) | {
        "assigned_no": 1,
        "unit_no": 1,
        "user_no": 1,
    }


def test_each_user_has_the_sums_of_a_trial_alone() -> None:
    assert assigned_at(7_200).trial.users.row(0, named=True) == ann(7_200)


def test_an_assignment_at_the_very_return_counts_that_return() -> None:
    found = assigned_at(7_200)
    assert found.moved == 0
    first = found.trial.firsts.row(0, named=True)
    assert (first["return_us"], first["reorientation_us"]) == (at(7_200), 40 * SECOND)
    assert (first["lag_us"], first["lag_end"]) == (40 * SECOND, "observed")
    sums = ann(7_200)
    assert (sums["interruptions_before"], sums["interruptions"]) == (0, 4)
    assert not sums["is_late"]


@pytest.mark.parametrize("late", [1e-6, 5])
def test_an_assignment_just_after_a_return_was_made_by_it(late: float) -> None:
    """Trackers write it a moment later; the trial is that of an assignment at the return."""
    found = trial((TREATMENT, 7_200 + late))
    assert found.moved == 1
    assert found.trial.users.equals(assigned_at(7_200).trial.users)
    assert found.trial.firsts["return_us"].to_list() == [at(7_200)]
    assert found.assigned.first_us == at(7_200 + late)


def test_an_assignment_during_re_orientation_is_late() -> None:
    """Over five seconds and up to the cap after coming back; that return is history."""
    for seconds in (7_205.000001, 7_240, 7_200 + 900):
        sums = ann(seconds)
        assert sums["assigned_us"] == at(seconds)
        assert sums["is_late"]
        assert (sums["eligible_before"], sums["reorientation_before_us"]) == (1, 40 * SECOND)
        first = of(each_assigned().trial.firsts, seconds)
        assert first["reorientation_us"].to_list() == [60 * SECOND]
    assert not ann(7_200 + 900.000001)["is_late"]


def test_what_came_before_the_assignment_is_history() -> None:
    sums = ann(14_400)
    assert sums["has_history"]
    assert (sums["interruptions_before"], sums["eligible_before"]) == (1, 1)
    assert sums["reorientation_before_us"] == 40 * SECOND
    assert (sums["interruptions"], sums["eligible"], sums["productive"]) == (3, 2, 2)
    assert sums["reorientation_us"] == 60 * SECOND
    assert not ann(0)["has_history"]
    assert ann(0.000001)["has_history"]


def test_a_return_at_the_end_of_the_log_is_not_followed_up() -> None:
    """It counts among the interruptions; it is no exposure, and nobody is triggered by it."""
    found = trial((TREATMENT, 86_400))
    sums = found.trial.users.row(0, named=True)
    assert (sums["interruptions"], sums["eligible"], sums["reorientation_us"]) == (1, 0, 0)
    assert found.trial.triggered == (0, 0)
    last = found.trial.returns.row(-1, named=True)
    assert (last["is_after"], last["exposure"], last["lag_end"]) == (True, None, "log_end")


def test_exposures_number_the_followed_up_interruptions_from_the_assignment_on() -> None:
    def exposures(seconds: float) -> list[int | None]:
        return of(each_assigned().trial.returns, seconds)["exposure"].to_list()

    assert exposures(0) == [1, 2, 3, None]
    assert exposures(14_400) == [None, 1, 2, None]
    assert exposures(9 * 86_400 + 6) == [None] * 4


def test_the_return_rate_is_of_stops_from_the_assignment_on() -> None:
    """Four stops in mid-task with a week of log after them; the last took over a week."""

    def rate(seconds: float) -> tuple[int, int]:
        sums = ann(seconds)
        return sums["followed_7d"], sums["returned_7d"]

    assert rate(0) == rate(20) == (4, 3)
    assert rate(20.000001) == rate(7_200) == (3, 2)
    assert rate(21_610) == (1, 0)
    assert rate(21_700) == (0, 0)


def test_productive_time_is_cut_at_the_assignment() -> None:
    """Each edit counts to the next event, at most 30 s: 20, 30; 5; 30, 30; 10, 30."""

    def split(seconds: float) -> tuple[float, float]:
        sums = ann(seconds)
        return sums["productive_before_us"] / SECOND, sums["productive_us"] / SECOND

    assert split(0) == (0, 155)
    assert split(14_400) == (55, 100)
    assert split(14_460) == (55, 100)
    assert split(14_460.000001) == (85, 70)
    assert split(86_400) == (155, 0)


def test_work_between_a_return_and_its_assignment_is_outcome() -> None:
    """The marker was there: as history it would make a covariate that the marker changes."""
    moved, exact, late = ann(21_604), ann(21_600), ann(21_606)
    assert (moved["productive_before_us"], moved["productive_us"]) == (115 * SECOND, 40 * SECOND)
    assert moved == exact
    assert (late["productive_before_us"], late["productive_us"]) == (125 * SECOND, 30 * SECOND)


def test_the_earliest_row_counts_and_a_second_variant_leaves_the_user_out() -> None:
    assert ann(7_200) == trial(
        (TREATMENT, 14_400), (TREATMENT, 7_200), (CONTROL, None), ("", 0)
    ).trial.users.row(0, named=True)
    bob = [row(seconds, event, "bob") for seconds, event in ROWS]
    log = trial_log(
        [*bob, *(row(seconds, event) for seconds, event in ROWS)],
        [
            Assignment("bob", CONTROL, at(0)),
            Assignment("ann", TREATMENT, at(0)),
            Assignment("ann", THIRD, at(9)),
            Assignment("cleo", THIRD, at(0)),
        ],
    )
    found = evaluate(log)
    assert found.user_ids == ["bob"]
    assert (found.assigned.both_arms, found.assigned.other_variants) == (1, 1)
    assert found.assigned.both_first == (0, 1)
    assert (found.assigned.without_time, found.assigned.outside) == (0, 0)


def test_no_arm_came_first_where_two_are_named_at_one_instant() -> None:
    log = trial_log(
        [*(row(seconds, event, who) for who in ("bob", "ann") for seconds, event in ROWS)],
        [
            Assignment("bob", CONTROL, at(0)),
            *(Assignment("ann", a, at(7)) for a in (CONTROL, TREATMENT)),
        ],
    )
    found = evaluate(log).assigned
    assert (found.both_arms, found.both_first) == (1, (0, 0))


def test_a_marker_belongs_to_the_latest_return() -> None:
    """Also half an hour after that visit ended, and no longer."""
    times = (7_200, 7_201, 7_245 + 1_800, 7_245 + 1_801)
    found = trial((TREATMENT, 0), said=[row(seconds, SHOWN) for seconds in times])
    assert found.events.shown[True][:3] == (4, 3, 1)


def test_only_returns_of_the_trial_can_miss_their_marker() -> None:
    """One shown at a return before a late assignment is in its place, but at none of those."""
    found = trial((TREATMENT, 7_210), said=[row(7_211, SHOWN), row(14_401, SHOWN)])
    assert found.events.shown[True][:3] == (2, 2, 1)
    alone = trial((TREATMENT, 7_210), said=[row(7_211, SHOWN)])
    assert alone.events.shown[True][:3] == (1, 1, 0)


@pytest.mark.parametrize("interrupted", ["a", "b"])
def test_of_two_streams_back_at_once_the_interruption_takes_the_marker(interrupted: str) -> None:
    idle = "b" if interrupted == "a" else "a"
    rows = [
        row(0, "edit", stream=interrupted),
        row(0, "view", stream=idle),
        row(7_200, "view", stream=interrupted),
        row(7_200, "view", stream=idle),
        row(9_000, "edit", stream=interrupted),
        row(9_000, "edit", stream=idle),
    ]
    said = [row(7_201, SHOWN, stream=None)]
    found = trial((TREATMENT, 0), rows=rows, said=said, columns=("stream",))
    assert found.trial.returns["is_interruption"].sum() == 1
    assert found.events.shown[True][:3] == (1, 1, 1)


def test_a_marker_and_an_assignment_are_no_events_of_the_log() -> None:
    """Neither an edge of a gap nor its end, nor the end of the log."""
    said = [row(seconds, SHOWN) for seconds in (1_000, 2_000, 3_600, 7_210, 10 * 86_400)]
    found = trial((TREATMENT, 0), said=said)
    assert found.trial.users.row(0, named=True) == ann(0)
    assert found.trial.returns.equals(assigned_at(0).trial.returns)
    assert found.events.users == {"edit": (0, 1), "view": (0, 1), SHOWN: (0, 1)}


def test_the_threshold_is_learned_from_gaps_that_end_before_the_first_assignment() -> None:
    """A gap into the assignment itself is not: that return may be part of the trial."""

    def gaps(seconds: float) -> int:
        counted: pl.Series = assigned_at(seconds).gap_counts["parts"]
        return int(counted.sum()) >> 16

    assert [gaps(seconds) for seconds in (0, 20, 20.000001, 7_200, 9 * 86_400 + 1)] == [
        0,
        0,
        1,
        1,
        10,
    ]
