"""Queries over a trial: who is in which arm, and what counts from the assignment on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    from .conftest import HandMade

NEVER = 2**63 - 1
ASSIGNED = (
    "assigned_no integer, unit_no integer, user_id text, user_no integer, is_treated boolean,"
    " assigned_us bigint, logged_us bigint"
)
LAGS = (
    "session_no integer, stream_no integer, return_us bigint, is_interruption boolean,"
    " eligible boolean, lag_us bigint, reorientation_us bigint, next_stop_us bigint"
)
ARMS = {"control": "off", "treatment": "on", "sham": "grey"}
RANGE = {"earliest_us": 10, "latest_us": 100}


@pytest.fixture(autouse=True)
def trial(runner: HandMade) -> None:
    """Users a and b in control, c and d in treatment; c has two streams, d none."""
    runner.given(
        "streams",
        "user_id text, user_no integer, stream_no integer",
        *[("a", 1, 1), ("b", 2, 2), ("c", 3, 3), ("c", 3, 4), ("z", 4, 5), ("refused", None, None)],
    )
    runner.given(
        "assigned",
        ASSIGNED,
        *[(1, 1, "a", 1, False, 20, 25), (2, 1, "b", 2, False, 30, 30)],
        *[(3, 3, "c", 3, True, 40, 40), (4, 4, "d", None, True, 50, 50)],
    )
    runner.let(**ARMS)


def lag(stream: int, at: int, **more: Any) -> tuple[Any, ...]:
    """A return of an interruption, followed up."""
    row = {
        "session_no": at,
        "stream_no": stream,
        "return_us": at,
        "is_interruption": True,
        "eligible": True,
        "lag_us": 5,
        "reorientation_us": 7,
        "next_stop_us": None,
    }
    return tuple((row | more).values())


BLANKS = (" ", "\u200b", "\u00a0\t")
"""Texts that say nothing, and look so."""
NOBODY = (*BLANKS, "nobody", "Nobody", " NOBODY ", None)
"""Ids that are nobody's where `nobody` is a placeholder."""


def assignment_rows(runner: HandMade) -> None:
    runner.given(
        "assignment_rows",
        "input_no integer, user_id text, at_us bigint, event text",
        *[(0, "a", 12, "Off"), (0, "a", 10, " off "), (0, "b", 11, "off"), (0, "b", 19, "on")],
        *[(1, "c", 9, "on"), (1, "c", 20, "on"), (1, "c", 19, "ON"), (1, "d", 15, "other")],
        *[(1, "new", 15, "grey"), (1, "nobody", 15, "on"), (1, "gone", 15, "on")],
        *[(1, "", 15, "on"), (1, "e", None, "off"), (1, "f", 15, " ")],
        *[(1, "g", 30, "off"), (1, "z", 18, "on"), (1, "", 16, "off"), (1, "", 17, "")],
        *[(0, "b", 12, "off"), (1, "h", 20, "on"), (1, "d", 16, "Other"), (1, "k", None, "lost")],
        *[(1, user, 15, "on") for user in NOBODY],
        *[(1, "f", 15, variant) for variant in BLANKS],
    )
    runner.given("excluded_users", "user_id text", ("gone",))


def test_variants_are_those_of_usable_rows(runner: HandMade) -> None:
    assignment_rows(runner)
    variables = {"clock_from_us": 10, "clock_before_us": 20, "placeholder_ids": ["nobody"]}
    runner.let(**variables)
    runner.make("119_assignment_pairs")
    found = sorted(runner.rows("50_variants"))
    assert found == [
        ("a", 1, ["off"], 10, "off"),
        ("b", 2, ["off", "on"], 11, "off"),
        ("c", 3, ["on"], 19, "on"),
        ("d", None, ["other"], 15, "other"),
        ("new", None, ["grey"], 15, "grey"),
        ("z", 4, ["on"], 18, "on"),
    ]
    runner.given(
        "variants",
        "user_id text, user_no integer, variants text[], assigned_us bigint, first_variant text",
        *found,
    )
    assert runner.rows("51_assigned") == [
        (1, 1, "a", 1, False, 10, 10),
        (2, 2, "c", 3, True, 19, 19),
        (3, 3, "z", 4, True, 18, 18),
    ]
    assert runner.row_of("56_variant_counts") == {
        "both_arms": 1,
        "both_control": 1,
        "both_treatment": 0,
        "other_variants": 1,
        "sham_users": 1,
        "named": 4,
    }
    assert runner.rows("58_assigned_streams") == [(1, 10), (2, None), (3, 19), (4, 19), (5, 18)]
    assert runner.rows("54_variant_names") == [
        *[("grey", "grey"), ("off", "Off"), ("off", "off")],
        *[("on", "ON"), ("on", "on"), ("other", "other"), ("other", "Other")],
    ]
    assert runner.row_of("55_assignment_counts") == {
        "n": 22 + len(NOBODY) + len(BLANKS),
        "unusable": 11 + len(NOBODY) + len(BLANKS),
        "lost_control": 3,
        "lost_treatment": 5 + len(NOBODY),
    }
    spans = runner.rows("53_assignment_spans")
    assert spans == [(0, 5, 10, 19), (1, 17 + len(NOBODY) + len(BLANKS), 9, 30)]
    without_sham = runner.row_of("56_variant_counts", sham=None)
    assert without_sham["other_variants"] == 2


@pytest.mark.parametrize("user", [*NOBODY, ""])
def test_a_row_without_a_user_is_counted(runner: HandMade, user: str | None) -> None:
    """Whoever is dropped without a count passes every check of the assignments."""
    assert lost_of(runner, (0, user, 15, "off")) == ([], 1, 1)


@pytest.mark.parametrize("variant", [*BLANKS, "", None])
def test_a_row_without_a_variant_is_counted(runner: HandMade, variant: str | None) -> None:
    assert lost_of(runner, (0, "a", 15, variant)) == ([], 1, 0)


@pytest.mark.parametrize(("at", "lost"), [(9, 1), (10, 0), (19, 0), (20, 1), (None, 1)])
def test_a_row_without_a_time_is_counted(runner: HandMade, at: int | None, lost: int) -> None:
    users, *counts = lost_of(runner, (0, "a", at, " Off"))
    assert (len(users), *counts) == (1 - lost, lost, lost)


def test_whoever_keeps_placeholders_has_them_in_the_trial(runner: HandMade) -> None:
    found = lost_of(runner, (0, "Nobody", 15, "off"), placeholders=[])
    assert found == (["Nobody"], 0, 0)


def lost_of(
    runner: HandMade, row: tuple[Any, ...], placeholders: list[str] | None = None
) -> tuple[list[str], int, int]:
    """Users with a variant, unusable rows, and those of them that name the control."""
    columns = "input_no integer, user_id text, at_us bigint, event text"
    runner.given("assignment_rows", columns, row)
    runner.given("excluded_users", "user_id text")
    nobody = ["nobody"] if placeholders is None else placeholders
    runner.let(clock_from_us=10, clock_before_us=20, placeholder_ids=nobody)
    runner.make("119_assignment_pairs")
    counts = runner.row_of("55_assignment_counts")
    users = [found[0] for found in runner.rows("50_variants")]
    return users, counts["unusable"], counts["lost_control"]


def test_a_plan_assigns_everybody_at_once(runner: HandMade) -> None:
    found = runner.rows("52_everybody_assigned", assigned_at_us=77)
    assert found == [
        (place, place, user, place, False, 77, 77) for place, user in enumerate("abcz", start=1)
    ]


def test_ids_are_compared_with_those_of_the_log(runner: HandMade) -> None:
    runner.given(
        "assigned",
        ASSIGNED,
        *[(1, 1, "a", 1, False, 20, 25), (2, 1, " A", None, False, 10, 30)],
        *[(3, 3, "Z ", None, True, 40, 40), (4, 4, "new", None, True, 50, 50)],
    )
    assert runner.row_of("57_assigned_counts") == {
        "assigned_users": 4,
        "known_users": 1,
        "alike": 2,
        "first_us": 10,
        "last_us": 50,
        "least_assigned_id": " A",
        "log_users": 4,
        "least_id": "a",
    }


def test_the_latest_return_just_before_an_assignment_made_it(runner: HandMade) -> None:
    runner.given(
        "lags",
        LAGS,
        *[lag(1, 15), lag(1, 17), lag(1, 20), lag(2, 24), lag(3, 35), lag(4, 36), lag(5, 39)],
    )
    found = sorted(runner.rows("59_assigning_returns", assigned_at_return_us=5))
    assert found == [(1, 17), (3, 36)]
    found = sorted(runner.rows("59_assigning_returns", assigned_at_return_us=6))
    assert found == [(1, 17), (2, 24), (3, 36)]
    runner.given("assigning_returns", "assigned_no integer, return_us bigint", (1, 17), (3, 36))
    found = runner.rows("60_assigned_at_return")
    assert [(row[0], *row[4:]) for row in found] == [
        *[(1, False, 17, 25), (2, False, 30, 30), (3, True, 36, 40), (4, True, 50, 50)],
    ]


def test_waits_are_history_or_outcome(runner: HandMade) -> None:
    runner.given(
        "lags",
        LAGS,
        *[lag(1, 17, reorientation_us=64), lag(1, 19, reorientation_us=1)],
        lag(1, 18, eligible=False, reorientation_us=None),
        lag(1, 20, reorientation_us=2),
        lag(1, 21, lag_us=10, reorientation_us=4),
        lag(1, 22, lag_us=11, reorientation_us=8),
        lag(1, 23, lag_us=None, reorientation_us=16),
        lag(1, 24, eligible=False, lag_us=1, reorientation_us=None),
        lag(1, 25, is_interruption=False, reorientation_us=32),
        *[lag(2, 20), lag(4, 40), lag(5, 40)],
    )
    found = {row[0]: row[1:] for row in runner.rows("62_trial_waits", cap_us=10)}
    # Before: interruptions, eligible, sum; after: the same and those at work within the cap.
    assert found == {
        1: (3, 2, 65, 5, 4, 2, 30, True),
        2: (1, 1, 7, 0, 0, 0, 0, True),  # assigned just a cap after the return
        3: (0, 0, 0, 1, 1, 1, 7, False),
    }


def test_a_stop_is_followed_for_a_day_and_a_week(runner: HandMade) -> None:
    runner.given(
        "stops",
        "stream_no integer, stop_us bigint, return_us bigint, log_end_us bigint, reason text",
        (1, 19, 20, 99, "mid_task"),
        *[(1, 20, 22, 99, "mid_task"), (1, 20, 23, 99, "away_event"), (1, 20, 27, 99, "unknown")],
        *[(1, 20, 28, 99, "mid_task"), (1, 20, None, 99, "mid_task")],
        *[(1, 20, 21, 22, "mid_task"), (1, 20, 21, 21, "mid_task"), (1, 20, 21, 26, "mid_task")],
        *[(1, 20, 21, 99, "idle"), (5, 90, 91, 99, "mid_task"), (4, 40, 47, 47, "mid_task")],
    )
    found = sorted(runner.rows("63_trial_stops", soon_us=2, follow_up_us=7))
    assert found == [(1, 7, 3, 5, 3), (3, 1, 0, 1, 1)]


def test_productive_time_of_a_user_is_that_of_all_streams(runner: HandMade) -> None:
    runner.given(
        "stream_stats",
        "stream_no integer, events bigint, first_us bigint, productive_us bigint,"
        " productive_after_us bigint, productive_just_before_us bigint",
        *[(1, 3, 20, 100, 60, 7), (2, 3, 29, 200, 90, 8)],
        *[(3, 3, 41, 300, 10, 1), (4, 3, 39, 400, 20, 2), (5, 3, 0, 999, 999, 9)],
    )
    # The assignment of a was moved onto its return, so that work just before it is outcome, too.
    assert sorted(runner.rows("64_trial_work")) == [
        *[(1, 100, 67, False), (2, 200, 90, True), (3, 700, 30, True)],
    ]
    runner.con.execute("update stream_stats set events = 1 where stream_no = 3")
    runner.con.execute("update stream_stats set events = 0 where stream_no in (2, 4)")
    assert sorted(runner.rows("64_trial_work")) == [(1, 100, 67, False), (3, 300, 10, False)]


def test_users_without_events_have_zero_everywhere(runner: HandMade) -> None:
    whole = "assigned_no integer, "
    waits = ("interruptions_before", "eligible_before", "reorientation_before_us", "interruptions")
    waits += ("eligible", "productive", "reorientation_us")
    columns = ", ".join(f"{name} bigint" for name in waits)
    runner.given("trial_waits", f"{whole}{columns}, is_late boolean", (1, *range(11, 18), True))
    stops = ("followed_1d", "returned_1d", "followed_7d", "returned_7d")
    runner.given(
        "trial_stops", whole + ", ".join(f"{n} bigint" for n in stops), (2, 21, 22, 23, 24)
    )
    work = "productive_ever_us bigint, productive_us bigint, has_history boolean"
    runner.given("trial_work", whole + work, (3, 39, 31, True))
    runner.let(**ARMS)
    found = runner.read("65_trial_users")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    keys = ("assigned_no", "unit_no", "user_no", "is_treated", "assigned_us")
    assert [tuple(row.pop(key) for key in keys) for row in rows] == [
        *[(1, 1, 1, False, 20), (2, 1, 2, False, 30)],
        *[(3, 3, 3, True, 40), (4, 4, None, True, 50)],
    ]
    nothing = dict.fromkeys((*waits, *stops, "productive_before_us", "productive_us"), 0)
    flags = {"has_history": False, "is_late": False}
    assert rows == [
        nothing | dict(zip(waits, range(11, 18), strict=True)) | {**flags, "is_late": True},
        nothing | dict(zip(stops, range(21, 25), strict=True)) | flags,
        {**nothing, **flags, "productive_us": 31, "productive_before_us": 8, "has_history": True},
        nothing | flags,
    ]


def log(runner: HandMade, *rows: tuple[Any, ...]) -> None:
    runner.given("log", "user_id text, event text, at_us bigint", *rows)


def test_events_of_the_arms_are_counted_by_unit_from_the_assignment_on(runner: HandMade) -> None:
    log(
        runner,
        *[("a", "e", 19), ("a", "e", 20), ("a", "e", 21), ("b", "e", 30), ("b", "f", 100)],
        *[("b", "f", 101), ("c", "e", 40), ("c", "", 40), ("c", "e", 39), ("z", "e", 40)],
    )
    assert runner.rows("66_arm_events", **RANGE) == [
        *[("e", False, 1, 3), ("e", True, 1, 1), ("f", False, 1, 1)],
    ]


def test_markers_belong_to_the_latest_return_of_their_user(runner: HandMade) -> None:
    runner.given(
        "lags",
        LAGS,
        lag(1, 15),  # before the assignment
        lag(1, 30, next_stop_us=35),
        lag(1, 60, is_interruption=False),
        *[lag(3, 50, next_stop_us=52), lag(4, 50, next_stop_us=55)],
        lag(4, 70),
    )
    log(
        runner,
        *[("a", "hint", 19), ("a", "hint", 20), ("a", "hint", 37), ("a", "hint", 45)],
        *[("a", "hint", 46), ("a", "hint", 61), ("a", "view", 31), ("b", "hint", 33)],
        *[("c", "hint", 45), ("c", "hint", 53), ("c", "hint", 65), ("c", "hint", 66)],
        *[("c", "hint", 70), ("c", "hint", 101), ("z", "hint", 60)],
    )
    variables = {**RANGE, "shown_names": ["hint"], "threshold_us": 10, "showing_percent": 10}
    found = runner.read("67_marker_shown") if runner.let(**variables) is None else None
    assert found is not None
    control, treatment = [dict(zip(found.columns, r, strict=True)) for r in found.fetchall()]
    assert control == {
        "is_treated": False,
        "shown": 6,  # 20 after the first return; 37 and 45 within its visit; 46 and 61 elsewhere
        "at_rule": 3,
        "returns_shown": 1,
        "users": 2,
        "first_elsewhere": 1,
        "soon_us": None,
        "first_visit": 1,
    }
    assert treatment == {
        "is_treated": True,
        "shown": 5,
        "at_rule": 3,  # 53 and 65 at the visit that lasts longer, 70
        "returns_shown": 2,
        "users": 1,
        "first_elsewhere": 1,
        "soon_us": None,
        "first_visit": 1,
    }
    log(runner, *[("c", "hint", 53), ("c", "hint", 70), ("b", "hint", 33)])
    later = runner.rows("67_marker_shown")
    assert later[1] == (True, 2, 2, 2, 1, 0, 3, 0)


def test_early_markers_are_those_of_treatment_before_its_assignment(runner: HandMade) -> None:
    log(
        runner,
        *[("c", "hint", 39), ("c", "hint", 10), ("a", "hint", 15), ("d", "hint", 50)],
        *[("d", "hint", 9), ("d", "view", 12)],
    )
    assert runner.rows("68_early_markers", **RANGE, shown_names=["hint"]) == [(1,)]
    log(runner, *[("c", "hint", 40), ("d", "hint", 49), ("c", "hint", 39)])
    assert runner.rows("68_early_markers") == [(2,)]


def test_first_work_is_that_very_soon_after_a_return_of_treatment(runner: HandMade) -> None:
    """What must not count has a name of its own."""
    runner.con.execute("insert into streams values ('d', 5, 7)")
    runner.con.execute("update assigned set user_no = 5 where user_id = 'd'")
    others = ("late", "before", "early", "cut off", "no gap", "control")
    runner.given(
        "kinds",
        "event text, kind_no integer, roles integer",
        *[("edit", 1, PRODUCTIVE), ("edit", 2, 3), ("send", 3, 3), ("view", 4, 0)],
        *[(name, 5, 3) for name in ("rest", *others)],
    )
    runner.given(
        "lags",
        LAGS,
        *[lag(3, 40, lag_us=2), lag(4, 60, lag_us=0), lag(3, 70, lag_us=3), lag(3, 39, lag_us=1)],
        *[lag(3, 80, lag_us=1, eligible=False), lag(3, 85, lag_us=1, is_interruption=False)],
        *[lag(1, 50, lag_us=1), lag(7, 60, lag_us=1)],
    )
    log(
        runner,
        *[("c", "edit", 42), ("c", "view", 42), ("c", "before", 38), ("c", "rest", 60)],
        *[("c", "late", 73), ("c", "early", 40), ("c", "cut off", 81), ("c", "no gap", 86)],
        *[("a", "control", 51), ("c", "send", 60), ("c", "send", 42), ("d", "send", 61)],
        *[("c", "edit", 60)] * 2,
    )
    runner.let(**RANGE)
    both = [("send", 2, 0.0), ("edit", 1, 0.0), ("rest", 1, 0.0)]
    assert runner.rows("69_first_work", first_step_us=2) == both
    assert runner.rows("69_first_work", first_step_us=1) == both
    log(runner, ("c", "edit", 42))
    assert runner.rows("69_first_work", first_step_us=2) == [("edit", 1, 0.0)]
    assert runner.rows("69_first_work", first_step_us=1) == []
    log(
        runner,
        *[("c", "edit", 42), ("a", "edit", 51), ("a", "send", 1), ("a", "send", 99)],
        *[("a", "view", 52), ("a", "edit", 53)],
        *[("a", "send", 9), ("a", "send", 101), ("a", "edit", 10), ("a", "edit", 100)],
    )
    assert runner.rows("69_first_work", first_step_us=2) == [("edit", 1, 0.8)]


def test_launches_wait_for_those_who_were_active_before(runner: HandMade) -> None:
    runner.given(
        "sessions",
        "stream_no integer, start_us bigint, end_us bigint",
        *[(1, 5, 40), (2, 5, 39), (3, 50, 60), (4, 49, 55), (5, 100, 120)],
    )
    runner.given(
        "lags",
        LAGS,
        *[lag(1, 49), lag(1, 50), lag(1, 60), lag(4, 130), lag(2, 70)],
        *[lag(3, 110, eligible=False), lag(3, 115, is_interruption=False)],
    )
    variables: dict[str, Any] = {"launches_us": [50, 100], "active_before_us": 10}
    found = runner.rows("75_launch_waits", **variables, everybody=False)
    assert found == [(0, 1, 0), (0, 3, 80)]
    variables["active_before_us"] = 40
    found = runner.rows("75_launch_waits", **variables, everybody=False)
    assert found == [(0, 1, 0), (0, 2, 20), (0, 3, 80), (1, 3, 30)]
    everybody = runner.rows("75_launch_waits", **variables, everybody=True)
    assert [row[:2] for row in everybody] == [(n, user) for n in (0, 1) for user in (1, 2, 3, 4)]


def test_work_after_the_first_seconds_counts_unless_the_user_left(runner: HandMade) -> None:
    runner.given(
        "kinds",
        "event text, kind_no integer, roles integer",
        *[("edit", 1, PRODUCTIVE), ("send", 2, PRODUCTIVE | COMPLETING), ("exit", 3, COMPLETING)],
        ("view", 4, 0),
    )
    runner.given(
        "lags",
        LAGS,
        *[lag(1, 19, lag_us=1), lag(1, 30, lag_us=3), lag(1, 50, lag_us=1)],
        *[lag(2, 29, lag_us=1), lag(2, 31, lag_us=4)],
        *[lag(4, 60, lag_us=1), lag(3, 60, lag_us=9)],
        *[lag(1, 25, lag_us=1, eligible=False), lag(1, 26, lag_us=1, is_interruption=False)],
    )

    log(runner, ("a", "click", 29), ("a", "click", 34), ("a", "look", 31), ("b", "click", 31))
    onward: dict[int, tuple[int | None, bool]] = {}
    early_users = {1}

    def later(*events: tuple[int, ...]) -> list[tuple[Any, ...]]:
        runner.given(
            "events",
            "stream_no integer, at_us bigint, content bigint, id_hash ubigint",
            *[(row[0], row[1], row[2] << 32 | 9, *row[3:], None)[:4] for row in events],
        )
        found = runner.rows(
            "76_later_work", first_seconds_us=3, pause_us=3, cap_us=20, clicked_names=["click"]
        )
        onward.update({number: (next_us, clicked) for number, _, next_us, clicked in found})
        return [(number, later_us) for number, later_us, *_ in found if number in early_users]

    # b was late, of c the lower stream counts, whose work was late, too.
    early = (1, 31, 1)
    assert later(early, (1, 33, 1), (1, 34, 2), (1, 36, 1), (2, 33, 1), (3, 61, 1)) == [(1, 4)]
    assert onward[1] == (None, False)  # 36 is no later than 3 after 33.
    assert later(early, (1, 50, 1)) == [(1, 20)]
    assert onward[1] == (20, False)
    assert later(early, (1, 33, 1), (1, 37, 1), (2, 38, 1), (2, 39, 1)) == [(1, 7)]
    assert (onward[1], onward[2]) == ((7, False), (8, True))
    assert later(early, (1, 51, 1)) == [(1, None)]
    assert later(early, (1, 40, 1), (1, 39, 3)) == [(1, None)]
    assert later(early, (1, 40, 1), (1, 40, 3)) == [(1, 10)]
    assert later(early, (1, 40, 1), (1, 39, 3), (1, 45, 3)) == [(1, None)]
    assert later(early, (1, 40, 1), (1, 39, 2), (1, 41, 3)) == [(1, 9)]
    assert later(early, (1, 40, 1), (1, 38, 4)) == [(1, 10)]  # a look is no leaving
    assert later((1, 29, 1)) == []
    # What is delivered again happened once; other ids, and rows without one, are other events.
    assert later(early, (1, 32, 1, 7), (1, 36, 1, 7), (1, 40, 1, 8)) == [(1, 10)]
    assert later(early, (1, 32, 1), (1, 36, 1), (1, 29, 1, 7), (1, 35, 1, 7)) == [(1, 6)]
    # The return that the assignment made is the first one; the earlier of two streams counts.
    runner.con.execute("insert into lags select * replace (20 as return_us) from lags limit 1")
    runner.con.execute("update lags set return_us = 59 where stream_no = 4")
    early_users.add(3)
    assert later((1, 33, 1), (1, 22, 1), (3, 70, 1), (4, 70, 1)) == [(1, 13), (3, 11)]
