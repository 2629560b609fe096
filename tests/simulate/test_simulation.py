"""The simulator: what it plants stands in the log, and nothing else does."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from resume_gap.simulate import (
    PRESETS,
    SHAPES,
    Simulated,
    World,
    gap_log,
    simulate,
    stream,
    valley_seconds,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

PRODUCTIVE = {"edit_cell", "update_field", "write_note", "rename_item", "submit"}
COMPLETING = {"submit", "close_document", "sign_out"}
MACHINE = {"heartbeat", "tooltip_shown", "network_poll", "idle", "focus", "marker_shown"}
PAUSE = timedelta(minutes=30)
SMALL = World(users=25, weeks=2, null_target_share=0.1, search_median_seconds=40)


def plain_returns(log: pl.DataFrame) -> dict[tuple[str, Any], dict[str, Any]]:
    """Every return after more than 30 min, by a walk over the rows of each user.

    Written from the method's words (sections 3, 4 and 6), knowing nothing of the generator.
    """
    users = defaultdict(list)
    for row in log.sort("user_id", "timestamp").iter_rows(named=True):
        if row["event"] not in MACHINE:
            users[row["user_id"]].append(row)
    found = {}
    for user, rows in users.items():
        long = [
            i
            for i in range(1, len(rows))
            if rows[i]["timestamp"] - rows[i - 1]["timestamp"] > PAUSE
        ]
        for begin, start, end in zip([0, *long], long, [*long[1:], len(rows)], strict=False):
            before, after = rows[begin:start], rows[start:end]
            first = next((r for r in after if r["event"] in PRODUCTIVE), None)
            touched = [r["target"] for r in before if r["target"] is not None]
            seen: dict[str, None] = {}
            for r in reversed(rows[:start]):
                if r["target"] is not None and len(seen) < 10:
                    seen.setdefault(r["target"])
            found[user, after[0]["timestamp"]] = {
                "stop_at": before[-1]["timestamp"],
                "mid_task": is_mid_task(before),
                "first": first,
                "lag": first and (first["timestamp"] - after[0]["timestamp"]).total_seconds(),
                "next_gap": start != long[-1],
                "last_touched": touched[-1] if touched else None,
                "recent": list(seen),
            }
    return found


def is_mid_task(session: list[dict[str, Any]]) -> bool:
    stop = session[-1]["timestamp"]
    work = [i for i, r in enumerate(session) if r["event"] in PRODUCTIVE]
    if not work or stop - session[work[-1]]["timestamp"] > timedelta(minutes=10):
        return False
    last = session[work[-1]]
    for row in session[work[-1] :]:
        if row["event"] in COMPLETING:
            if row["task"] is not None and last["task"] is not None:
                ends = row["task"] == last["task"]
            elif row["context"] is not None and last["context"] is not None:
                ends = row["context"] == last["context"]
            else:
                ends = row["task"] is None and row["context"] is None
            if ends:
                return False
    return True


LOUD = replace(
    SMALL,
    heartbeats="work",
    noise_share=0.2,
    away_share=0.7,
    duplicate_share=0.05,
    late_share=0.05,
    time_zone_hours=(-8.0, 5.5),
    launch="trial",
    marker_events="treatment",
    variant_column=True,
    hostile_names=True,
)


@pytest.fixture(scope="module", params=[SMALL, LOUD], ids=["quiet", "loud"])
def small(request: pytest.FixtureRequest) -> Simulated:
    return simulate(request.param, seed=5)


@pytest.fixture(scope="module")
def trial() -> Simulated:
    return simulate(replace(PRESETS["trial"], users=60, marker_events="both"), seed=5)


def digest(paths: list[Path]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


@pytest.mark.parametrize("log_format", ["parquet", "csv", "jsonl"])
def test_same_seed_same_bytes(tmp_path: Path, log_format: Any) -> None:
    world = replace(PRESETS["hostile"], users=8, weeks=1, launch="trial")
    one = write(simulate(world, seed=3), tmp_path / "one", log_format=log_format)
    two = write(simulate(world, seed=3), tmp_path / "two", log_format=log_format)
    other = write(simulate(world, seed=4), tmp_path / "other", log_format=log_format)
    assert digest(one) == digest(two)
    assert digest(one)[0] != digest(other)[0]
    assert [p.relative_to(tmp_path / "one").as_posix() for p in one] == [
        f"events.{log_format}",
        "events_assignments.csv",
        "events_truth/truth.json",
        "events_truth/interruptions.parquet",
        "events_truth/users.parquet",
    ]


def test_stream_writes_the_rows_of_simulate(tmp_path: Path) -> None:
    world = replace(PRESETS["rollout"], users=30, weeks=4, replications=4, launch_day=7)
    whole = write(simulate(world, seed=1), tmp_path / "whole", log_format="csv")
    parts = stream(world, tmp_path / "parts", seed=1, log_format="csv")
    assert digest(whole) == digest(parts)


@pytest.mark.parametrize("name", ["workday", "trial", "rollout"])
def test_samples_are_small_and_rich_enough(tmp_path: Path, name: str) -> None:
    simulated = simulate(PRESETS[name], seed=0)
    log, *_ = write(simulated, tmp_path, name=name)
    found = simulated.truth["summary"]
    assert log.stat().st_size < 2_000_000
    assert found["users_interrupted"] >= 60
    assert found["eligible"] > 300
    assert simulated.truth["rows"]["log"] == simulated.log.height


def test_every_planted_interruption_is_in_the_log(small: Simulated) -> None:
    plain = plain_returns(small.log)
    planted = small.interruptions.filter(pl.col("gap_seconds") > PAUSE.total_seconds())
    assert planted.height > 100
    keys = set(planted.select("user_id", "return_at").iter_rows())
    assert keys == {key for key, value in plain.items() if value["mid_task"]}
    reached = gone = 0
    for row in planted.iter_rows(named=True):
        seen = plain[row["user_id"], row["return_at"]]
        assert seen["stop_at"] == row["stop_at"]
        assert seen["last_touched"] == row["stop_target"]
        if row["gave_up"]:
            gone += 1
            assert row["lag_seconds"] is None
            assert row["reorientation_seconds"] == 900
            assert seen["first"] is None
            continue
        reached += 1
        assert seen["lag"] == pytest.approx(row["lag_seconds"], abs=1e-9)
        assert seen["first"]["target"] == row["resume_target"]
        assert row["resumed_at_same_element"] == (row["resume_target"] == row["stop_target"])
        assert row["reorientation_seconds"] == min(row["lag_seconds"], 900)
    assert reached > 100
    assert gone > 5


def test_chance_is_that_of_pointing_at_random() -> None:
    simulated = simulate(replace(SMALL, null_target_share=0), seed=6)
    plain = plain_returns(simulated.log)
    for row in simulated.interruptions.filter(pl.col("gap_seconds") > 1800).iter_rows(named=True):
        recent = plain[row["user_id"], row["return_at"]]["recent"]
        found = row["resume_target"] in recent
        assert row["chance"] == pytest.approx(1 / len(recent) if found else 0)


def test_null_world_hits_as_often_as_chance() -> None:
    found = simulate(PRESETS["null"], seed=2).truth["summary"]
    assert found["marker"]["hit_share"] == pytest.approx(found["marker"]["chance_share"], abs=0.015)
    assert found["marker"]["hit_share"] > 0.03
    assert found["effects"]["p1"]["effect_seconds"] == 0


def test_machine_rows_leave_the_truth_alone() -> None:
    world = replace(
        SMALL,
        heartbeats="work",
        noise_share=0.2,
        away_share=1.0,
        duplicate_share=0.1,
        late_share=0.1,
        stamps="second",
    )
    quiet, loud = simulate(SMALL, seed=9), simulate(world, seed=9)
    assert quiet.interruptions.equals(loud.interruptions)
    events = set(loud.log["event"].unique())
    assert {"heartbeat", "idle", "focus", "network_poll"} <= events
    assert loud.log.filter(pl.col("timestamp").dt.microsecond() != 0).is_empty()
    gaps = (
        loud.log.filter(pl.col("event") == "heartbeat")
        .unique()
        .sort("user_id", "timestamp")
        .select(gap=pl.col("timestamp").diff().over("user_id").dt.total_seconds())
    )
    assert gaps.filter(pl.col("gap").is_between(29, 31)).height / gaps.height > 0.7


def test_open_heartbeats_run_through_the_breaks() -> None:
    log = simulate(replace(SMALL, heartbeats="open"), seed=9).log
    per_user = log.sort("user_id", "timestamp").with_columns(
        gap=pl.col("timestamp").diff().over("user_id")
    )
    assert per_user.filter(pl.col("gap").is_between(timedelta(minutes=4), PAUSE)).is_empty()


def test_duplicates_and_late_rows_are_counted() -> None:
    world = replace(SMALL, duplicate_share=0.05, late_share=0.1, event_ids=True)
    simulated = simulate(world, seed=1)
    log, rows = simulated.log, simulated.truth["rows"]
    assert rows["log"] == log.height == rows["people"] + rows["duplicates"]
    assert log["event_id"].n_unique() == rows["people"]
    assert log.unique().height == rows["people"]
    late = log.unique().filter(pl.col("received_at") - pl.col("timestamp") > timedelta(hours=1))
    assert late.height == rows["late"]
    assert rows["duplicates"] / rows["people"] == pytest.approx(0.05, abs=0.01)
    assert rows["late"] / rows["people"] == pytest.approx(0.1, abs=0.01)
    assert not log["timestamp"].is_sorted()
    assert log["received_at"].is_sorted()


def test_arms_are_balanced_and_nothing_else_differs() -> None:
    world = World(
        users=2000,
        weeks=1,
        launch="trial",
        launch_day=1,
        stretches_per_day_mean=1,
        stretch_steps_median=8,
    )
    simulated = simulate(world, seed=8)
    assert simulated.assignments is not None
    arms = Counter(simulated.assignments["variant"])
    assert abs(arms["treatment"] - 1000) < 3 * 500**0.5
    skewed = simulate(replace(world, treatment_skew=0.1, both_arms_share=0.05), seed=8).assignments
    assert skewed is not None
    once = skewed.unique("user_id", keep="first", maintain_order=True)
    assert once.filter(pl.col("variant") == "treatment").height == pytest.approx(1200, abs=70)
    assert skewed.height - once.height == pytest.approx(100, abs=30)
    # The arms are drawn apart from the people: a launch changes nobody's habits.
    habits = ["user_id", "role", "plan", "activity", "pace", "search_factor", "struggler"]
    plain = simulate(replace(world, launch="none"), seed=8)
    assert plain.users.select(habits).equals(simulated.users.select(habits))
    searching = simulated.users.group_by("arm").agg(pl.col("struggler").mean())["struggler"]
    assert abs(searching[0] - searching[1]) < 0.06


def test_marker_is_shown_where_the_rule_fires(trial: Simulated) -> None:
    shown = trial.log.filter(pl.col("event") == "marker_shown")
    rows = trial.interruptions.filter(
        pl.col("followed") & pl.col("would_show") & (pl.col("gap_seconds") > 1800)
    )
    assert shown.height == rows.height
    assert set(shown["timestamp"] - timedelta(milliseconds=200)) == set(rows["return_at"])
    only = simulate(replace(trial.world, marker_events="treatment"), seed=5).log
    assert (
        only.filter(pl.col("event") == "marker_shown").height
        == rows.filter("shown").height
        == rows.filter(pl.col("arm") == "treatment").height
    )


def test_potential_outcomes_differ_by_the_marker_alone(trial: Simulated) -> None:
    rows, world = trial.interruptions, trial.world
    both = rows.filter(~pl.col("gave_up_without") & ~pl.col("gave_up_with"))
    change = pl.col("lag_with_seconds") - pl.col("lag_without_seconds")
    wrong = both.filter(~pl.col("arrow_right")).select(change.alias("d"))["d"]
    right = both.filter("arrow_right").select(change.alias("d"))["d"]
    assert set(wrong.round(5)) == {0.0, world.wrong_arrow_seconds}
    assert right.max() == 0
    assert right.min() < -10
    treated = rows.filter(pl.col("arm") == "treatment")
    assert treated["reorientation_seconds"].equals(treated["reorientation_with_seconds"])
    others = rows.filter(pl.col("arm").is_null() | (pl.col("arm") == "control"))
    assert others["reorientation_seconds"].equals(others["reorientation_without_seconds"])
    first = (
        rows.filter(pl.col("followed") & pl.col("eligible") & (pl.col("gap_seconds") > 1800))
        .sort("return_at")
        .unique("user_id", keep="first")
    )
    effect = first["reorientation_with_seconds"] - first["reorientation_without_seconds"]
    assert trial.truth["summary"]["effects"]["p1"]["effect_seconds"] == pytest.approx(effect.mean())


def test_novelty_fades_by_exposure() -> None:
    world = replace(
        PRESETS["trial"], novelty_half_exposures=1, noticed_share=1, already_there_share=0
    )
    rows = simulate(world, seed=3).interruptions.filter(
        ~pl.col("arrow_right") & ~pl.col("gave_up_with") & ~pl.col("gave_up_without")
    )
    cost = pl.col("lag_with_seconds") - pl.col("lag_without_seconds")
    for exposures in (0, 1, 3):
        part = rows.filter(pl.col("exposures") == exposures).select(cost.alias("d"))["d"]
        assert part.mean() == pytest.approx(2 * 0.5**exposures, abs=1e-5)


def test_selection_keeps_strugglers_in_treatment_only() -> None:
    simulated = simulate(replace(PRESETS["selection"], users=600), seed=4)
    quits = dict(simulated.users.group_by("arm").agg(pl.col("quit").mean()).iter_rows())
    assert quits["control"] > 2 * quits["treatment"] > 0
    firsts = simulated.truth["summary"]["effects"]["p1_arms"]
    assert min(firsts["control"]["n"], firsts["treatment"]["n"]) > 250


def test_rollout_reaches_teams_on_their_dates() -> None:
    simulated = simulate(replace(PRESETS["rollout"], users=60), seed=4)
    assert simulated.rollout is not None
    launched = dict(simulated.rollout.iter_rows())
    assert 0 < sum(at is None for at in launched.values()) < 12
    assert len({at for at in launched.values() if at is not None}) == 4
    team = dict(simulated.users.select("user_id", "team").iter_rows())
    for row in simulated.interruptions.iter_rows(named=True):
        at = launched[team[row["user_id"]]]
        live = at is not None and row["return_at"] >= at
        assert row["arm"] == ("treatment" if live else "control")


def test_assignment_at_the_first_return() -> None:
    world = replace(PRESETS["trial"], users=40, assigned_at_first_return=True)
    simulated = simulate(world, seed=4)
    assert simulated.assignments is not None
    assigned = dict(simulated.assignments.select("user_id", "assigned_at").iter_rows())
    returns = set(simulated.interruptions.select("user_id", "return_at").iter_rows())
    assert set(assigned.items()) <= returns


@pytest.mark.parametrize("excess", [0.0, 40.0])
def test_steady_world_plants_the_excess(excess: float) -> None:
    world = replace(PRESETS["steady"], excess_seconds=excess, users=150)
    simulated = simulate(world, seed=2)
    log = simulated.log.sort("user_id", "timestamp")
    work = log.with_columns(
        next=pl.when(pl.col("event").is_in(PRODUCTIVE)).then("timestamp"),
        done=pl.when(pl.col("event").is_in(PRODUCTIVE)).then(pl.col("event") == "submit"),
        gap=pl.col("timestamp").diff().over("user_id"),
    ).with_columns(
        pl.col("next").backward_fill().over("user_id"),
        pl.col("done").forward_fill().shift(1).over("user_id"),
    )
    # Mid-task at the event before, and past the first rows after a return, which are the return.
    calm = work.filter(
        ~pl.col("done"),
        *(pl.col("gap").shift(k).over("user_id") < timedelta(minutes=5) for k in range(6)),
    )
    usual = calm.select((pl.col("next") - pl.col("timestamp")).dt.total_microseconds().mean() / 1e6)
    back = simulated.interruptions.filter("eligible")["reorientation_seconds"]
    assert back.mean() - usual.item() == pytest.approx(excess, abs=0.8)
    assert simulated.interruptions["gave_up"].sum() == 0


def test_cut_ends_the_log_in_the_middle() -> None:
    simulated = simulate(replace(SMALL, cut_days=8.5), seed=2)
    end = simulated.log["timestamp"].max()
    assert end < pl.Series(["2025-03-11T12:00:00"]).str.to_datetime(time_zone="UTC")[0]
    rows = simulated.interruptions
    assert rows["return_at"].max() <= end
    assert (
        rows.filter(~pl.col("eligible"))
        .select((pl.col("return_at") > end - timedelta(minutes=15)).all())
        .item()
    )


def test_hostile_rows_survive_every_format(tmp_path: Path) -> None:
    simulated = simulate(replace(PRESETS["hostile"], users=12), seed=2)
    log, rows = simulated.log, simulated.truth["rows"]
    assert log.filter(pl.col("timestamp").dt.year().is_in([1970, 2099])).height > 0
    assert log.filter(pl.col("user_id") == "[object Object]").height > 0
    assert rows["log"] == log.height
    assert any("<script>" in value for value in log["target"].drop_nulls().unique())
    assert not any("\0" in value for value in log["target"].drop_nulls().unique())
    path = write(simulated, tmp_path, log_format="jsonl")[0]
    with path.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    assert [row["target"] for row in read] == log["target"].to_list()
    path = write(simulated, tmp_path, log_format="csv")[0]
    with path.open(encoding="utf-8", newline="") as lines:
        again = list(csv.DictReader(lines))
    assert [row["target"] or None for row in again] == log["target"].to_list()
    assert [row["user_id"] for row in again] == log["user_id"].to_list()
    path = write(simulated, tmp_path)[0]
    assert pl.read_parquet(path).equals(log)


def test_replications_share_a_log() -> None:
    simulated = simulate(World(users=3, weeks=1, replications=4, first_world=17), seed=0)
    worlds = {user.split("-")[0] for user in simulated.log["user_id"].unique()}
    assert worlds <= {"w0017", "w0018", "w0019", "w0020"}
    assert simulated.users["user_id"].to_list()[3] == "w0018-u0000"
    assert simulate(World(users=3, weeks=1), seed=0).users["user_id"][2] == "u0002"


def test_minute_stamps_and_time_zones() -> None:
    world = World(users=20, weeks=1, stamps="minute", time_zone_hours=(9.0,))
    log = simulate(world, seed=0).log
    assert log.filter(pl.col("timestamp").dt.second() != 0).is_empty()
    assert log["timestamp"].dt.hour().median() < 6


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"users": 0}, "users must be at least 1"),
        ({"base_seconds": -1}, "base_seconds must not be negative"),
        ({"look_share": 1.2}, r"look_share must lie in \[0, 1\], not 1.2"),
        ({"search_sigma": -1.0}, "search_sigma must not be negative"),
        ({"search_median_seconds": 0}, "search_median_seconds must be above 0"),
        ({"step_sigma": float("nan")}, "step_sigma must be a number"),
        ({"forget_seconds": float("inf")}, "forget_seconds must be finite"),
        ({"launch": "ab"}, "launch must be one of none, trial, rollout, switch, not 'ab'"),
        ({"stamps": "day"}, "stamps must be one of"),
        ({"roles": ("a",)}, "must have the same length"),
        ({"role_shares": (0.5, 0.3, 0.3)}, "role_shares must sum to 1"),
        ({"time_zone_hours": ()}, "time_zone_hours must not be empty"),
        ({"contexts": 3}, "contexts_per_user must be at most contexts"),
        ({"launch": "switch", "launch_day": 21}, r"launch_day must lie in \[0, 21\)"),
        ({"treatment_share": 0.9, "treatment_skew": 0.2}, "treatment_share"),
        ({"excess_seconds": 4.0}, "excess_seconds needs"),
        ({"cut_days": 0.0}, "cut_days must lie in"),
        ({"short_share": 0.6, "meeting_share": 0.6}, "at most 1"),
        ({"step_max_seconds": 300.0}, "step_max_seconds must be at most 180"),
    ],
)
def test_impossible_worlds_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        World(**wrong)
    assert "\n" not in str(error.value)


def test_seeds_and_formats_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="seed must lie"):
        simulate(World(users=2, weeks=1), seed=-1)
    with pytest.raises(ValueError, match="nobody worked"):
        simulate(World(users=1, weeks=1, attendance_share=0), seed=1)
    simulated = simulate(World(users=2, weeks=1), seed=1)
    with pytest.raises(ValueError, match="log_format must be one of"):
        write(simulated, tmp_path, log_format="xlsx")  # type: ignore[arg-type]


def test_truth_at_another_limit(small: Simulated) -> None:
    wide = small.summary(pause_seconds=3600, cap_seconds=60)
    assert wide["interruptions"] < small.truth["summary"]["interruptions"]
    assert wide["reorientation"]["mean_seconds"] <= 60


@pytest.mark.parametrize("shape", SHAPES)
def test_gap_logs(shape: Any) -> None:
    log = gap_log(shape, n_users=40, gaps_per_user=50, seed=1, labels=True)
    assert log.height == 40 * 51
    assert log.equals(gap_log(shape, n_users=40, gaps_per_user=50, seed=1, labels=True))
    assert log.select(pl.col("timestamp").diff().over("user_id").min()).item() >= timedelta(0)
    assert log["after_break"].any() == (shape in ("valley", "shallow_valley"))
    seconds = gap_log(shape, n_users=3, gaps_per_user=5, stamps="second", prefix="w1-")
    assert seconds.filter(pl.col("timestamp").dt.microsecond() != 0).is_empty()
    assert seconds.columns == ["user_id", "timestamp", "event"]
    assert seconds["user_id"][0] == "w1-u00000"


def test_gap_logs_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match="shape must be one of"):
        gap_log("round", n_users=1, gaps_per_user=1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least 1"):
        gap_log("pareto", n_users=0, gaps_per_user=1)
    with pytest.raises(ValueError, match="has no valley"):
        valley_seconds("pareto")


def test_valley_parts_work_from_breaks() -> None:
    log = gap_log("valley", n_users=60, gaps_per_user=400, seed=1, labels=True)
    gaps = log.with_columns(gap=pl.col("timestamp").diff().over("user_id")).drop_nulls()
    cut = timedelta(seconds=valley_seconds("valley"))
    called = gaps.filter(pl.col("gap") > cut)
    hits = called["after_break"].sum()
    assert hits / called.height > 0.97
    assert hits / gaps["after_break"].sum() > 0.97
