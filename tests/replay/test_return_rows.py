"""Rows of sessions, stops and lags, against SQL that finds them otherwise."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest
from factories.bursts import WINDOW, some_bursts
from oracles.returns import by_queries

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.pipeline.queries import Runner
from resume_gap.replay.chunks import Sessions
from resume_gap.replay.return_rows import ROW_RELATIONS, return_rows
from resume_gap.replay.stops import Stops
from resume_gap.replay.waits import WaitRules, waits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from resume_gap.replay.chunks import Bursts

NULL = {
    "gap_us": NEVER,
    "next_work_step": NEVER_ROW,
    "next_work_us": NEVER,
    "next_leaving_step": NEVER_ROW,
}
NULL |= {"worked_until_us": -1, "away_before_us": -1}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with duckdb.connect(config={"threads": 1}) as con:
        yield Runner(con)


def stored(runner: Runner, bursts: Bursts) -> None:
    columns = {"burst_no": pa.array(range(1, len(bursts.stream) + 1))}
    for name in bursts.__dataclass_fields__:
        if name in ("segments", "log_end_us"):
            continue
        values = getattr(bursts, name).tolist()
        if name == "worked_step":
            values = [value if value >= 0 else None for value in values]
        columns["stream_no" if name == "stream" else name] = pa.array(
            [None if value == NULL.get(name) else value for value in values],
            pa.bool_() if name == "is_open" else pa.int64(),
        )
    runner.store("bursts", pa.table(columns))
    ends = dict(zip(bursts.stream.tolist(), bursts.log_end_us.tolist(), strict=True))
    runner.store("log_ends", pa.table({"stream_no": [*ends], "log_end_us": [*ends.values()]}))


def rows_of(
    bursts: Bursts,
    rules: WaitRules,
    threshold: int,
    cap: int,
    relations: Collection[str] = ROW_RELATIONS,
) -> dict[str, pa.Table]:
    sessions = Sessions.at(bursts, threshold)
    found = waits(bursts, sessions, rules, threshold_us=threshold, cap_us=cap)
    stops = Stops.of(bursts, sessions, rules, threshold_us=threshold)
    return return_rows(
        bursts, sessions, stops, found, relations, has_productive=rules.has_productive
    )


@pytest.mark.parametrize("has_productive", [True, False])
@pytest.mark.parametrize("all_returns", [True, False])
def test_rows_are_those_of_the_queries(
    runner: Runner, *, has_productive: bool, all_returns: bool
) -> None:
    rules = WaitRules(has_productive=has_productive, all_returns=all_returns)
    seen: set[str] = set()
    for seed in range(40):
        bursts = some_bursts(Random(seed))  # noqa: S311 - a test log is no secret
        stored(runner, bursts)
        for threshold in (WINDOW // 3, WINDOW // 2, WINDOW):
            expected = by_queries(
                runner,
                threshold_us=threshold,
                cap_us=threshold // 2,
                mid_task_window_us=WINDOW,
                has_productive=has_productive,
                all_returns=all_returns,
            )
            found = rows_of(bursts, rules, threshold, threshold // 2)
            for relation, order in zip(found, ("start_us", "stop_us", "stop_us"), strict=True):
                rows = found[relation]
                theirs = sorted(expected[relation], key=lambda row: (row["stream_no"], row[order]))
                names = rows.column_names
                assert rows.to_pylist() == [{n: row[n] for n in names} for row in theirs], seed
            seen |= {(row["reason"], row["return_us"] is not None) for row in expected["stops"]}
            seen |= {(row["lag_end"], row["abandoned_by_leaving"]) for row in expected["lags"]}
    reasons = ("idle", "completed", "mid_task") if has_productive else ("unknown",)
    every = {(reason, is_back) for reason in reasons for is_back in (False, True)}
    if has_productive:
        every |= {("away_event", True), ("observed", False), ("abandoned", False)}
        every |= {("abandoned", True), ("log_end", False)}
    else:
        every |= {(None, False)}
    assert seen == every


def test_a_stream_of_one_burst_is_a_session_and_a_stop_if_silence_follows() -> None:
    one = next(
        bursts
        for bursts in (some_bursts(Random(seed)) for seed in range(3000))  # noqa: S311 - no secret
        if len(bursts.stream) == 1 and bursts.log_end_us[0] - bursts.end_us[0] == WINDOW
    )
    rules = WaitRules(has_productive=True, all_returns=False)
    for threshold, stops in ((WINDOW - 1, 1), (WINDOW, 0)):
        found = rows_of(one, rules, threshold, threshold)
        assert [rows.num_rows for rows in found.values()] == [1, stops, 0]


def test_only_what_is_wanted_is_made() -> None:
    bursts = some_bursts(Random(1))  # noqa: S311 - a test log is no secret
    rules = WaitRules(has_productive=True, all_returns=False)
    every = rows_of(bursts, rules, WINDOW, WINDOW)
    assert [*every] == ["sessions", "stops", "lags"]
    for relation, rows in every.items():
        (found,) = rows_of(bursts, rules, WINDOW, WINDOW, (relation,)).items()
        assert found == (relation, rows)
    assert rows_of(bursts, rules, WINDOW, WINDOW, ()) == {}
