"""Replay, slots and excess equal the slow plain-Python reference on random logs."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from factories.effort import effort, random_logs
from factories.long_logs import long_log
from factories.measured import Measured, run
from factories.strategies import Log, logs
from hypothesis import HealthCheck, event, given, seed, settings
from hypothesis import strategies as st
from oracles import excess_range as oracle_range
from oracles import log as oracle
from oracles import replay as oracle_replay

from resume_gap.analysis.sensitivity import grid_us
from resume_gap.errors import DataError
from resume_gap.pipeline.batches import Shelf
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.stored import UserColumns
from resume_gap.replay.target_rules import POLICIES
from resume_gap.replay.totals import ThresholdSums, joined
from resume_gap.stats.excess import CellSums, excess
from resume_gap.stats.excess_range import excess_range, step_anew

EXAMPLES = random_logs(short=8, full=80)
"""Half of what `test_against_oracle.py` draws, or less: everything is measured twice here."""
PARTS = 8
RENAMED = {"already_there": "already"}
JUDGED = (
    "pointed",
    "already_there",
    "hit",
    "hit_in_3",
    "in_context",
    "addressable",
    "search_us",
    "gave_up_right",
)
LONG_LOGS = range(40)


def compare(log: Log, near: float | None, *, all_returns: bool) -> Counter[str]:
    """Compares every return, then all slots; how many hits and slots there were."""
    expected = oracle_replay.replay(log.rows, log.roles, log.threshold_us, log.until_us, near=near)
    plain = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us)
    try:
        found = run(
            log.rows,
            log.columns,
            log.roles,
            log.threshold_us,
            log.until_us,
            near=near,
            all_returns=all_returns,
        )
    except DataError:
        assert plain.counts["streams"] == 0
        return Counter()
    frame = [row["replay"] for row in found.returns]
    assert len(frame) == len(expected)
    for mine, theirs, back in zip(frame, expected, plain.returns, strict=True):
        eligible = back["eligible"]
        for policy in POLICIES:
            for name in JUDGED:
                if name == "gave_up_right" and not eligible:
                    continue
                here = mine[f"{policy}_{RENAMED.get(name, name)}"]
                assert here == theirs[policy][name], (policy, name, mine, theirs)
        assert mine["habit_hit"] == theirs["habit_hit"], (mine, theirs)
        assert mine["chance"] == theirs["chance"], (mine, theirs)
        assert mine["chance_of_three"] == theirs["chance_three"], (mine, theirs)
    counts = compare_slots(log, found, all_returns=all_returns)
    counts["hits"] = sum(row["last_touched"]["hit"] for row in expected)
    return counts


def compare_slots(log: Log, found: Measured, *, all_returns: bool) -> Counter[str]:
    """Compares all cells, and counts the slots that were found."""
    slots: Counter[str] = Counter()
    expected = oracle_replay.slots(
        log.rows, log.roles, log.threshold_us, log.until_us, all_returns=all_returns
    )
    if not any(row["event"] in log.roles.productive for row in log.rows):
        return slots
    cells = {
        "stop": found.replays.thresholds[log.threshold_us].cells,
        "first_back": found.replays.first_back,
        "control": found.replays.thresholds[log.threshold_us].control,
    }
    for name, parts in cells.items():
        entries, mine = expected[name], joined(parts)
        slots[name] = sum(len(e["found"]) for e in entries)
        assert int(mine.n.sum()) == len(entries)
        assert int(mine.y_us.sum()) == sum(e["y_us"] for e in entries)
        assert totals(mine) == sorted(entry_totals(entries))
        theirs, ours = oracle_replay.excess(entries), excess(mine)
        if theirs.estimate_us is None:
            assert ours.estimate.estimate is None
        else:
            assert ours.estimate.estimate == pytest.approx(float(theirs.estimate_us) / 1e6)
            if theirs.se_us is not None:
                assert ours.error == pytest.approx(theirs.se_us / 1e6, rel=1e-9, abs=1e-9)
    slots["begun"] = compare_clocks(log, found, all_returns=all_returns)
    return slots


def compare_clocks(log: Log, found: Measured, *, all_returns: bool) -> int:
    """Compares the three clocks of the excess; how many controls the third of them has."""
    own = oracle_range.compared(
        log.rows, log.roles, log.threshold_us, log.until_us, all_returns=all_returns
    )
    if not own:
        return 0
    sums = found.replays.thresholds[log.threshold_us]
    from_end = excess(joined(sums.from_end)).estimate
    mine = excess_range(joined(sums.cells), from_end, joined(sums.steps))
    theirs = oracle_range.clocks(own)
    for ours, expected in zip(
        (mine.from_event.estimate, mine.from_end, mine.step_anew), theirs, strict=True
    ):
        if expected.estimate_us is None:
            assert ours.estimate is None
        else:
            assert ours.estimate == pytest.approx(float(expected.estimate_us) / 1e6, abs=1e-6)
    anew = step_anew(joined(sums.cells), joined(sums.steps))
    if anew is not None and theirs[2].se_us is not None:
        assert anew.error == pytest.approx(theirs[2].se_us / 1e6, rel=1e-9, abs=1e-6)
    expected = oracle_range.of_reached(own)
    at_work = step_anew(joined(sums.reached), joined(sums.steps))
    if expected is not None and expected.estimate_us is not None:
        assert at_work is not None
        assert at_work.interval.estimate == pytest.approx(float(expected.estimate_us) / 1e6)
        if expected.se_us is not None:
            assert at_work.error == pytest.approx(expected.se_us / 1e6, rel=1e-9, abs=1e-6)
    return sum(len(one.begun) for one in own)


def totals(cells: CellSums) -> list[tuple[int, ...]]:
    """(interruptions, their time, found slots, their time) of every user and cell, unnamed."""
    rows = np.stack([cells.n, cells.y_us, cells.found, cells.found_us], axis=1)
    return sorted(tuple(row) for row in rows.tolist())


def entry_totals(entries: list[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    sums: dict[Any, list[int]] = {}
    for entry in entries:
        own = sums.setdefault((entry["user_id"], entry["cell"]), [0, 0, 0, 0])
        added = (1, entry["y_us"], len(entry["found"]), sum(entry["found"]))
        for place, value in enumerate(added):
            own[place] += value
    return [tuple(own) for own in sums.values()]


@pytest.mark.effort
@pytest.mark.parametrize("part", range(PARTS))
def test_the_replay_equals_the_reference(part: int) -> None:
    @seed(100 + part)
    @settings(
        max_examples=EXAMPLES // PARTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(log=logs(), near=st.sampled_from([None, None, 0, 1, 9]), all_returns=st.booleans())
    def check(log: Log, near: float | None, *, all_returns: bool) -> None:
        for name, many in compare(log, near, all_returns=all_returns).items():
            event(f"{name}: {min(3, many)}")

    check()


@pytest.mark.effort
def test_long_logs_equal_the_reference_with_slots_of_every_kind() -> None:
    counts: Counter[str] = Counter()
    numbers = LONG_LOGS[: effort(4, 24)]
    for number in numbers:
        near = 4 if number % 4 == 0 else None
        counts += compare(long_log(number), near, all_returns=number % 5 == 0)
    assert counts["hits"] > len(numbers) / 2
    assert min(counts["stop"], counts["first_back"]) > 3 * len(numbers)
    assert counts["control"] > 15 * len(numbers)
    assert counts["begun"] > 30 * len(numbers)


def test_long_logs_point_at_elements_of_sessions_long_past() -> None:
    """Ten recent elements that no single session before the stop has."""
    reaching = 0
    for number in LONG_LOGS:
        log = long_log(number)
        for stream in oracle.to_streams(log.rows, log.roles, log.until_us):
            steps = oracle_replay.to_steps(stream, log.rows, log.roles)
            backs = oracle_replay.returns_of(
                stream, steps, log.threshold_us, oracle.cap_of(log.threshold_us), known=True
            )
            for back in backs:
                ever = oracle_replay.elements_by_last_touch(back.earlier)
                own = oracle_replay.elements_by_last_touch(back.before)
                reaching += len(ever) >= 10 and len(own) < 5
    assert reaching > 50


def expected_sums(log: Log, threshold_us: int, *, all_returns: bool) -> dict[str, Counter[str]]:
    """By column of `ThresholdSums` every user's sum over the eligible interruptions of a threshold.

    The cap, and with it who is eligible, is the threshold's own.
    """
    cap_us = oracle.cap_of(threshold_us)
    given = log.rows, log.roles, threshold_us, log.until_us
    replayed = oracle_replay.replay(*given, cap_us=cap_us)
    backs = []
    for stream in oracle.to_streams(log.rows, log.roles, log.until_us):
        steps = oracle_replay.to_steps(stream, log.rows, log.roles)
        backs += oracle_replay.returns_of(stream, steps, threshold_us, cap_us, known=True)
    sums: dict[str, Counter[str]] = {}
    for judged, back in zip(replayed, backs, strict=True):
        if not back.eligible or not (all_returns or back.is_interruption):
            continue
        waited = oracle_replay.interruption_of(back).y_us
        row = {
            "eligible": 1,
            "reorientation_us": waited,
            "habit_hit": judged["habit_hit"],
            "chance": judged["chance"],
            "chance_of_three": judged["chance_three"],
            "abandoned": back.lag.lag_end == "abandoned",
            "later_work": back.lag.lag_end == "abandoned"
            and oracle_replay.first_productive(back.later) is not None,
            "reached": back.work is not None,
        }
        for policy in POLICIES:
            for name in ("hit", "addressable", "search_us", "gave_up_right"):
                row[f"{policy}_{name}"] = judged[policy][name]
            row[f"{policy}_addressable_us"] = waited if judged[policy]["addressable"] else 0
        for name, value in row.items():
            sums.setdefault(name, Counter())[judged["user_id"]] += int(value)
    return sums


def by_user(found: ThresholdSums, name: str, users: Mapping[int, str]) -> dict[str, int]:
    """Sums that are not 0 by user id."""
    sums = zip(found.users.tolist(), found.columns[name].tolist(), strict=True)
    return {users[no]: value for no, value in sums if value}


@pytest.mark.full
@pytest.mark.parametrize("all_returns", [False, True])
def test_every_threshold_sums_what_the_reference_replays_at_it(*, all_returns: bool) -> None:
    found_slots: Counter[int] = Counter()
    found_later: Counter[str] = Counter()
    for number in LONG_LOGS[3::8] if all_returns else LONG_LOGS[::6]:
        log = long_log(number)
        thresholds = grid_us(log.threshold_us)
        found = run(
            log.rows,
            log.columns,
            log.roles,
            log.threshold_us,
            log.until_us,
            grid_us=thresholds,
            all_returns=all_returns,
        )
        users = dict(found.sums.select("user_no", "user_id").iter_rows())
        for threshold in thresholds:
            cap_us = oracle.cap_of(threshold)
            mine = found.replays.thresholds[threshold]
            theirs = expected_sums(log, threshold, all_returns=all_returns)
            for name, sums in theirs.items():
                found_later[name] += sum(sums.values())
                assert by_user(mine, name, users) == +sums, (threshold, name)
            if not theirs:
                assert not mine.columns or not mine.columns["eligible"].any()
            slots = oracle_replay.slots(
                log.rows, log.roles, threshold, log.until_us, cap_us=cap_us, all_returns=all_returns
            )["stop"]
            assert totals(joined(mine.cells)) == sorted(entry_totals(slots)), threshold
            found_slots[threshold] += sum(len(e["found"]) for e in slots)
    assert all(many > 20 for many in found_slots.values()), found_slots
    assert found_later["abandoned"] >= found_later["later_work"] > 0


def test_sums_of_users_are_the_sums_of_returns() -> None:
    columns = UserColumns(Shelf(None), "columns")
    counted = np.array([True, True, True, False])
    outcomes = Outcomes.of({"eligible": counted, "x": np.array([2, 3, 4, 5])})
    columns.add(np.array([1, 1, 2, 2]), outcomes, counted)
    outcomes = Outcomes.of({"eligible": counted[:1], "x": np.array([9])})
    columns.add(np.array([3]), outcomes, counted[:1])
    sums = ThresholdSums(columns, users=columns.users)
    assert sums.columns["x"].tolist() == [5, 4, 9]
    assert sums.by_user("x", np.arange(4)).tolist() == [0, 5, 4, 9]
