"""The cap, the curve of re-orientation, and the mean of a limit."""

import json
from dataclasses import astuple
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

import resume_gap
from resume_gap.constants import FOLLOW_UP, MID_TASK_WINDOW
from resume_gap.replay import returns
from resume_gap.replay.returns import (
    BatchTotals,
    LimitTotals,
    ReturnRules,
    TotalsRules,
    added_up,
    cap_us,
    curve,
    measure,
)
from resume_gap.replay.waits import WaitRules
from resume_gap.units import US

SAMPLE = Path(__file__).parents[2] / "sample_events" / "workday.parquet"


def test_the_cap_is_15_minutes_and_never_above_the_threshold() -> None:
    assert cap_us(1_800 * US) == 900 * US
    assert cap_us(900 * US) == 900 * US
    assert cap_us(350 * US) == 350 * US


def test_the_curve_counts_whoever_is_back_by_then() -> None:
    lags = np.array([0, 1, 4, 15, 15, 200]) * US
    found = dict(curve(lags, 8, 240 * US))
    assert list(found) == [0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240]
    assert found[0] == 1 / 8
    assert found[1] == found[2] == 2 / 8
    assert found[5] == found[10] == 3 / 8
    assert found[15] == found[180] == 5 / 8
    assert found[240] == 6 / 8  # two never got there


def test_the_curve_ends_at_the_cap() -> None:
    assert [t for t, _ in curve(np.array([US]), 1, round(2.5 * US))] == [0, 1, 2, 2.5]
    assert curve(np.array([], dtype=np.int64), 0, 900 * US) == ()


def test_the_times_of_the_curve_are_round() -> None:
    times = (0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900)
    for cap in (900, 2_000):
        found = curve(np.array([US]), 2, cap * US)
        assert [t for t, _ in found] == sorted({*times, cap})


def total(**more: int | bool) -> LimitTotals:
    return LimitTotals(
        **{
            "threshold_us": 1_800 * US,
            "has_productive": True,
            "returns": 9,
            "interruptions": 8,
            "users_interrupted": 3,
            "eligible": 4,
            "productive": 2,
            "reorientation_us": 100 * US,
            **more,
        }
    )  # type: ignore[arg-type]


def test_the_mean_is_over_the_followed_up_interruptions() -> None:
    assert total().mean_seconds == pytest.approx(25.0)
    assert total(eligible=0, reorientation_us=0).mean_seconds is None
    assert total(has_productive=False).mean_seconds is None


@pytest.mark.parametrize("flag", [True, False])
def test_what_the_queries_are_given(monkeypatch: pytest.MonkeyPatch, *, flag: bool) -> None:
    monkeypatch.setattr(returns, "by_stream", lambda relation, column: (relation, column))
    monkeypatch.setattr(returns, "_turns", lambda events: [(0, 4), (5, 9)] if events else [])
    monkeypatch.setattr(returns, "totals_of", lambda batch, rules: (batch, rules))
    monkeypatch.setattr(returns, "added_up", lambda batches, rules: ([*batches], rules))
    runner = mock.Mock()
    runner.read.side_effect = runner.table.side_effect = lambda name: mock.Mock(
        file=name, shape=(7, 15)
    )
    found = measure(
        runner,
        mock.Mock(batches=lambda name: [f"{name} one", f"{name} two"]),
        ReturnRules(
            threshold_us=2_000 * US,
            grid_us=[9, 2_000 * US, 5],
            log_end_us=77,
            has_productive=flag,
            all_returns=not flag,
        ),
    )
    given, *turns = runner.let.call_args_list
    assert given == mock.call(
        mid_task_window_us=MID_TASK_WINDOW.us,
        follow_up_us=FOLLOW_UP.us,
        has_productive=flag,
        all_returns=not flag,
        log_end_us=77,
        threshold_us=2_000 * US,
        cap_us=900 * US,
    )
    made = [call.args[0] for call in runner.make.call_args_list]
    assert made == ["29_log_ends", "30_sessions", "31_stops", "32_lags"]
    assert [call.args[0] for call in runner.append.call_args_list] == made[1:]
    assert turns == [
        mock.call(first_stream_no=0, last_stream_no=4, sessions_before=0),
        mock.call(first_stream_no=5, last_stream_no=9, sessions_before=7),
    ]
    assert [call.args[0] for call in runner.read.call_args_list] == [
        "40_user_sums",
        "22_stream_users",
    ]
    batches, rules = found.totals
    assert batches == [("bursts one", rules), ("bursts two", rules)]
    assert rules.limits_us == [5, 9, 2_000 * US]
    assert rules.waits == WaitRules(has_productive=flag, all_returns=not flag)
    assert (rules.user_of_stream[0].file, rules.user_of_stream[1]) == ("22_stream_users", "user_no")
    assert (rules.ends[0].file, rules.ends[1]) == ("log_ends", "log_end_us")


def test_totals_of_batches_add_up_and_a_user_counts_once() -> None:
    rules = TotalsRules(
        limits_us=[5, 9],
        user_of_stream=np.array([0, 1, 1, 4]),
        ends=np.zeros(4, dtype=np.int64),
        waits=WaitRules(has_productive=True, all_returns=False),
    )
    nobody = np.zeros(0, dtype=np.int64)
    one = BatchTotals(np.arange(10).reshape(2, 5), (np.array([1, 4]), nobody))
    other = BatchTotals(10 * np.arange(10).reshape(2, 5), (np.array([1, 2]), np.array([2])))
    short, long = added_up(iter([one, other]), rules)
    assert astuple(short) == (5, True, 0, 11, 3, 22, 33, 44)
    assert astuple(long) == (9, True, 55, 66, 1, 77, 88, 99)
    assert added_up([], rules)[0] == LimitTotals(threshold_us=5, has_productive=True)


def test_a_limit_without_returns_has_no_figure_but_0() -> None:
    found = LimitTotals(threshold_us=7, has_productive=True)
    assert astuple(found) == (7, True, 0, 0, 0, 0, 0, 0)
    assert found.mean_seconds is None


def test_streams_take_turns_of_so_many_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """No stream is cut, none is left out, and those without events have no turn of their own."""
    monkeypatch.setattr(returns, "TURN_EVENTS", 10)
    assert returns._turns(np.array([0, 3, 0, 4])) == [(0, 3)]
    assert returns._turns(np.array([0, 3, 7, 0, 1, 25, 2, 9, 0])) == [
        (0, 3),
        (4, 4),
        (5, 6),
        (7, 8),
    ]


def test_returns_are_the_same_however_many_turns_there_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = []
    for events in (returns.TURN_EVENTS, 20_000, 900):
        monkeypatch.setattr(returns, "TURN_EVENTS", events)
        out = tmp_path / str(events)
        resume_gap.analyze(SAMPLE, out=out)
        tables = [(out / name).read_bytes() for name in ("interruptions.parquet", "users.parquet")]
        summary = json.loads((out / "summary.json").read_text())
        found.append((tables, {k: v for k, v in summary.items() if k != "generated_from"}))
    assert found[0] == found[1] == found[2]
