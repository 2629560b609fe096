"""A trial of random logs: no difference to the slow plain-Python reference."""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import pytest
from factories.effort import effort
from factories.made_trials import evidence
from factories.trial_logs import (
    CONTROL,
    LEFT_OUT,
    LOGS_AT_ONCE,
    PLACEHOLDER,
    SHOWN,
    THIRD,
    TREATMENT,
    TrialLog,
    trial_log,
)
from factories.trials import Found, evaluate, first_seconds, log_users
from oracles import log as oracle
from oracles import mismatch as oracle_mismatch
from oracles import trial as oracle_trial
from oracles.log import SECOND

from resume_gap.arrays import NEVER
from resume_gap.constants import FIRST_SECONDS
from resume_gap.pipeline.gap_counts import GAP_PARTS
from resume_gap.trial.cap import primary_cap
from resume_gap.trial.mismatch import stages_of
from resume_gap.trial.unaffected import finished_returns, mean_waits, returns_before

LOGS = effort(80, 500)
PARTS = 4  # so that workers share them
BATCHES = max(PARTS, LOGS // LOGS_AT_ONCE)
AGAIN_ONE_IN = 4

USER_NUMBERS = ("assigned_no", "unit_no", "user_no")
RETURNS = {
    "stop_us": "stop_at_us",
    "return_us": "return_at_us",
    "next_stop_us": "next_stop_at_us",
} | {
    name: name
    for name in (
        "reason",
        "is_interruption",
        "eligible",
        "is_after",
        "exposure",
        "lag_us",
        "lag_end",
        "reorientation_us",
        "last_touched_hit",
        "target_return_us",
    )
}


def expect(
    log: TrialLog, control: str = CONTROL, treatment: str = TREATMENT
) -> tuple[oracle_trial.Assigned, oracle_trial.Measured]:
    assigned = oracle_trial.assign(
        log.assignments,
        log_users(log),
        nobody=(PLACEHOLDER,),
        left_out=(LEFT_OUT,),
        control=control,
        treatment=treatment,
    )
    return assigned, oracle_trial.measure(
        log.rows, log.roles, log.threshold_us, assigned, log.until_us
    )


def users_of(found: Found) -> list[dict[str, Any]]:
    rows = found.trial.users.drop(*USER_NUMBERS).to_dicts()
    return [{"user_id": user} | row for user, row in zip(found.user_ids, rows, strict=True)]


def compare_assigned(
    found: Found, assigned: oracle_trial.Assigned, expected: oracle_trial.Measured, log: TrialLog
) -> None:
    logged = [member.logged_us for member in assigned.members]
    assert found.user_ids == [member.user_id for member in assigned.members]
    assert found.known == {m.user_id for m in assigned.members} & log_users(log)
    mine = found.assigned
    assert (mine.both_arms, mine.other_variants) == (assigned.both_arms, assigned.other_variants)
    assert mine.both_first == assigned.both_first
    assert (mine.without_time, mine.outside) == (assigned.without_time, assigned.outside)
    assert (mine.first_us, mine.last_us) == (min(logged), max(logged))
    assert found.moved == expected.moved


def compare_users(found: Found, expected: oracle_trial.Measured) -> None:
    for mine, theirs in zip(users_of(found), expected.users, strict=True):
        assert mine == theirs


def compare_returns(found: Found, expected: oracle_trial.Measured) -> None:
    for frame, rows in (
        (found.trial.returns, expected.returns),
        (found.trial.counted, [r for r in expected.returns if r["exposure"] is not None]),
        (found.trial.firsts, expected.firsts),
    ):
        assert frame.height == len(rows)
        for mine, theirs in zip(frame.iter_rows(named=True), rows, strict=True):
            assert found.user_ids[mine["assigned_no"] - 1] == theirs["user_id"]
            for name, other in RETURNS.items():
                if name in mine and name != "eligible":
                    assert mine[name] == theirs[other], (name, mine, theirs)
    for mine, theirs in zip(
        found.trial.returns.iter_rows(named=True), expected.returns, strict=True
    ):
        assert mine["eligible"] == theirs["eligible"]
    sums = {row["user_id"]: row for row in expected.users}
    for mine in found.trial.firsts.iter_rows(named=True):
        theirs = sums[found.user_ids[mine["assigned_no"] - 1]]
        for name in ("eligible", "eligible_before", "productive_before_us", "is_treated"):
            assert mine[name] == theirs[name]


def compare_events(found: Found, expected: oracle_trial.Measured, log: TrialLog) -> None:
    until_us = NEVER if log.until_us is None else log.until_us
    everything = [
        row
        for row in (*log.rows, *log.said)
        if row["timestamp_us"] is not None and row["timestamp_us"] <= until_us
    ]
    assert found.events.users == oracle_trial.arm_users(everything, expected.members)
    assert {arm: one[:3] for arm, one in found.events.shown.items()} == oracle_trial.markers(
        everything, {SHOWN}, expected, log.threshold_us
    )
    assert {
        arm: one.first_visit for arm, one in found.events.shown.items()
    } == oracle_trial.first_visit_markers(everything, {SHOWN}, expected)


def compare_caps(found: Found, expected: oracle_trial.Measured) -> None:
    """The cap of the primary effect, and what the first returns are charged at every cap."""
    trial, longest_us = found.trial, found.trial.cap_us
    cap_us = oracle_trial.primary_cap(expected.returns, expected.members, longest_us)
    assert primary_cap(trial, None).us == cap_us
    for at_us in {cap_us, longest_us, *(m * SECOND for m in (60, 300) if m * SECOND <= longest_us)}:
        mine = trial.firsts_at(at_us)["reorientation_us"].to_list()
        assert mine == [oracle_trial.charged(row, at_us) for row in expected.firsts]


def compare_beside(found: Found, expected: oracle_trial.Measured) -> None:
    """What the arms are compared by at returns that no marker can change."""
    cap_us = oracle_trial.primary_cap(expected.returns, expected.members, found.trial.cap_us)
    trial = replace(found.trial, primary_us=cap_us)
    theirs = oracle_trial.waits_beside(expected.returns, expected.members, cap_us)
    for returns, means in zip(
        (finished_returns(trial), returns_before(trial)), theirs, strict=True
    ):
        mine = mean_waits(trial, returns)
        users = [found.user_ids[number - 1] for number in mine["assigned_no"]]
        assert dict(zip(users, mine["own_us"], strict=True)) == pytest.approx(
            {user: float(mean) for user, mean in means.items()}
        )


def compare_later_work(found: Found, expected: oracle_trial.Measured, log: TrialLog) -> None:
    """When those who were at work in the first seconds of the first return worked after these."""
    streams = {
        (stream.user_id, stream.stream): stream
        for stream in oracle.to_streams(log.rows, log.roles, log.until_us)
    }
    for first_us, frame in found.later_work.items():
        mine = {found.user_ids[number - 1]: times for number, *times, _ in frame.iter_rows()}
        pause_us = min(first_us, FIRST_SECONDS.us)
        assert mine == {
            row["user_id"]: [
                oracle_trial.later_work(
                    row, streams[row["user_id"], row["stream"]], after_us, found.trial.cap_us
                )
                for after_us in (first_us, lag_us + pause_us)
            ]
            for row in expected.firsts
            if (lag_us := row["lag_us"]) is not None and lag_us <= found.trial.cap_us
        }


def compare_stages(found: Found, expected: oracle_trial.Measured) -> None:
    """Who is left after each stage at which arms can become uneven."""
    users = [user | {"in_log": user["user_id"] in found.known} for user in expected.users]
    seen = evidence(found.trial, assigned=replace(found.assigned, lost=(0, 0)))
    mine = [
        (one.stage, (one.of_control, one.of_treatment), (one.control, one.treatment))
        for one in stages_of(seen)
    ]
    assert mine == oracle_mismatch.stages(users, (0, 0))


def compare_gaps(found: Found, assigned: oracle_trial.Assigned, log: TrialLog) -> None:
    """Gaps of coarse stamps are spread over bins, so that only their sum is compared."""
    assert found.learn_before_us == assigned.first_us
    expected = oracle_trial.learned_gaps(log.rows, log.roles, assigned.first_us)
    mine: dict[tuple[str, str | None], Counter[int]] = defaultdict(Counter)
    for row in found.gap_counts.iter_rows(named=True):
        mine[row["user_id"], row.get("stream") or None][row["bin"]] += row["parts"]
    coarse = {
        (row["user_id"], row.get("stream") or None): row["resolution"]
        for row in found.stats.iter_rows(named=True)
    }
    assert set(mine) <= set(expected)
    for key, gaps in expected.items():
        assert sum(mine[key].values()) == len(gaps) * GAP_PARTS
        if not coarse[key]:
            theirs = Counter(oracle.bin_of(gap / oracle.SECOND) for gap in gaps)
            assert mine[key] == {number: n * GAP_PARTS for number, n in theirs.items()}


def compare_without_said(found: Found, log: TrialLog) -> None:
    """What marker and assignment write changes nothing but who is known and what they wrote."""
    silent = evaluate(log, without_said=True)
    assert users_of(silent) == users_of(found)
    assert silent.trial.returns.equals(found.trial.returns)
    same = {"source": "", "outside": 0}
    assert replace(silent.assigned, **same) == replace(found.assigned, **same)
    assert (silent.moved, silent.learn_before_us) == (found.moved, found.learn_before_us)
    names = {row["event"] for row in log.rows}
    assert silent.events.users == {
        name: users for name, users in found.events.users.items() if name in names
    }
    assert silent.events.shown == {}

    def gaps(of: Found) -> list[tuple[Any, ...]]:
        return sorted(of.gap_counts.drop("stream_no", "user_no").rows())

    assert gaps(silent) == gaps(found)


def compare_sham(log: TrialLog) -> None:
    """The pairs with a third arm, a sham, are trials of their own."""
    for pair in ((THIRD, TREATMENT), (CONTROL, THIRD)):
        assigned, expected = expect(log, *pair)
        if len({member.is_treated for member in assigned.members}) < 2:
            continue
        found = evaluate(log, pair=pair)
        compare_users(found, expected)
        compare_returns(found, expected)
        assert found.user_ids == [member.user_id for member in assigned.members]
        assert found.moved == expected.moved


def compare(number: int) -> None:
    """Compares one log of many users."""
    log = trial_log(number)
    assigned, expected = expect(log)
    found = evaluate(log)
    compare_assigned(found, assigned, expected, log)
    compare_users(found, expected)
    compare_returns(found, expected)
    compare_events(found, expected, log)
    compare_caps(found, expected)
    compare_beside(found, expected)
    compare_later_work(found, expected, log)
    compare_stages(found, expected)
    compare_gaps(found, assigned, log)
    if number % AGAIN_ONE_IN == 0:
        compare_without_said(found, log)
    if number % AGAIN_ONE_IN == 1:
        compare_sham(log)


@pytest.mark.effort
@pytest.mark.parametrize("part", range(PARTS))
def test_every_figure_of_a_trial_equals_the_reference(part: int) -> None:
    for number in range(part, BATCHES, PARTS):
        compare(number)


def test_the_logs_hold_what_there_is_to_compare() -> None:
    """Every figure is above 0 for several users, by the reference's own account."""
    seen = Counter[str]()
    for number in range(32):
        log = trial_log(number)
        assigned, expected = expect(log)
        seen["both arms"] += assigned.both_arms
        seen["other variants"] += assigned.other_variants
        seen["without time"] += assigned.without_time
        seen["moved"] += expected.moved
        seen["second exposures"] += sum(row["exposure"] == 2 for row in expected.returns)
        for user in expected.users:
            seen["not followed up"] += user["interruptions"] > user["eligible"]
            seen["not returned"] += user["followed_7d"] > user["returned_7d"]
            for name, value in user.items():
                if name != "user_id":
                    seen[name] += bool(value)
        streams = oracle.to_streams(log.rows, log.roles, log.until_us)
        by_key = {(stream.user_id, stream.stream): stream for stream in streams}
        cap_us = oracle.cap_of(log.threshold_us)
        for row in expected.firsts:
            stream = by_key[row["user_id"], row["stream"]]
            for first_us in first_seconds(log):
                if row["lag_us"] is not None and row["lag_us"] <= first_us:
                    later_us = oracle_trial.later_work(row, stream, first_us, cap_us)
                    seen["no later work"] += later_us is None
                    seen["later work"] += later_us is not None
        longest_us = oracle_trial.primary_cap(expected.returns, expected.members, cap_us)
        for name, means in zip(
            ("finished", "earlier"),
            oracle_trial.waits_beside(expected.returns, expected.members, longest_us),
            strict=True,
        ):
            seen[name] += sum(mean > 0 for mean in means.values())
        said = [row for row in log.said if row["timestamp_us"] is not None]
        shown = oracle_trial.markers(said, {SHOWN}, expected, log.threshold_us)
        for markers, at_rule, returns in shown.values():
            seen += Counter({"shown": markers, "at rule": at_rule, "returns shown": returns})
            seen["elsewhere"] += markers - at_rule
    assert min(seen.values()) > 8, seen
