"""The sums of users, against a loop over the rows of their stops and returns."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import numpy as np
import pytest
from factories.bursts import WINDOW, some_bursts

from resume_gap.constants import FOLLOW_UP
from resume_gap.replay.chunks import Sessions
from resume_gap.replay.return_rows import return_rows
from resume_gap.replay.stops import Stops
from resume_gap.replay.user_counts import USER_COUNTS, user_counts
from resume_gap.replay.waits import WaitRules, waits
from resume_gap.units import US

Sums = dict[int, dict[str, int]]


def summed(rows: dict[str, list[dict[str, int]]], users: list[int], cap: int) -> Sums:
    found: Sums = {user: dict.fromkeys(USER_COUNTS, 0) for user in users}
    for stop in rows["stops"]:
        mine, back = found[stop["user"]], stop["return_us"]
        mine["stops"] += 1
        mine["not_returned"] += back is None
        rated = stop["reason"] in ("mid_task", "away_event", "unknown")
        if rated and stop["stop_us"] + FOLLOW_UP.us <= stop["log_end_us"]:
            mine["followed_7d"] += 1
            mine["returned_7d"] += back is not None and back - stop["stop_us"] <= FOLLOW_UP.us
    for lag in rows["lags"]:
        mine = found[lag["user"]]
        mine["returns"] += 1
        if not lag["is_interruption"]:
            continue
        mine["interruptions"] += 1
        mine["reorientation_us"] += lag["reorientation_us"] or 0
        if not lag["eligible"]:
            continue
        mine["eligible"] += 1
        mine["zero"] += lag["lag_us"] == 0
        if lag["lag_us"] is not None and lag["lag_us"] <= cap:
            mine["productive"] += 1
            mine["reached_lag_us"] += lag["lag_us"]
    return found


@pytest.mark.parametrize("has_productive", [True, False])
@pytest.mark.parametrize("all_returns", [True, False])
def test_sums_are_those_of_the_rows(*, has_productive: bool, all_returns: bool) -> None:
    rules = WaitRules(has_productive=has_productive, all_returns=all_returns)
    total: dict[str, int] = defaultdict(int)
    for seed in range(60):
        random = Random(seed)  # noqa: S311 - a test log is no secret
        bursts = some_bursts(random)
        user_of_stream = np.array([0, *(random.randrange(1, 4) for _ in range(9))])
        threshold, cap = random.choice((WINDOW // 3, WINDOW // 2, WINDOW)), WINDOW // 4
        sessions = Sessions.at(bursts, threshold)
        found = waits(bursts, sessions, rules, threshold_us=threshold, cap_us=cap)
        stops = Stops.of(bursts, sessions, rules, threshold_us=threshold)
        made = return_rows(
            bursts, sessions, stops, found, ("stops", "lags"), has_productive=has_productive
        )
        rows = {
            name: [
                row | {"user": int(user_of_stream[row["stream_no"]])} for row in table.to_pylist()
            ]
            for name, table in made.items()
        }
        users = sorted({int(user_of_stream[stream]) for stream in bursts.stream.tolist()})
        mine = user_counts(sessions, stops, found, user_of_stream)
        assert mine.user_no.tolist() == users
        assert dict(
            zip(
                users,
                (dict(zip(USER_COUNTS, sums, strict=True)) for sums in mine.counts.T.tolist()),
                strict=True,
            )
        ) == summed(rows, users, cap), seed
        for name, sums in zip(USER_COUNTS, mine.counts, strict=True):
            total[name] += int(sums.sum())
    blind = {"productive", "zero", "reorientation_us", "reached_lag_us"}
    if not all_returns:
        blind |= {"interruptions", "eligible"}
    assert {name for name, n in total.items() if n == 0} == (set() if has_productive else blind)


def test_whoever_comes_back_within_seven_days_is_back_in_time() -> None:
    def back_after(gap_us: int, followed_us: int) -> dict[str, int]:
        one = np.array([1])
        stops = Stops(
            stream=one,
            stop_us=one * US,
            is_stop=one > 0,
            is_back=one > 0,
            return_us=one * US + gap_us,
            log_end_us=one * US + followed_us,
            reason=np.array([4], dtype=np.int8),
        )
        nothing = np.zeros(0, dtype=np.int64)
        sessions = Sessions(of_burst=one - 1, first=one - 1, last=one - 1, returns=nothing)
        bursts = some_bursts(Random(3))  # noqa: S311 - a test log is no secret
        none = waits(bursts, sessions, WaitRules(True, False), threshold_us=WINDOW, cap_us=WINDOW)
        (sums,) = user_counts(sessions, stops, none, np.array([0, 7])).counts.T.tolist()
        return dict(zip(USER_COUNTS, sums, strict=True))

    week = FOLLOW_UP.us
    assert back_after(week, week)["returned_7d"] == 1
    assert back_after(week + 1, week)["returned_7d"] == 0
    assert back_after(week, week)["followed_7d"] == 1
    assert back_after(week, week - 1)["followed_7d"] == 0
