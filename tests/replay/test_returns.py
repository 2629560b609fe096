"""The cap, the curve of re-orientation, and the mean of a threshold."""

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import polars as pl
import pytest

import resume_gap
from resume_gap.arrays import Ints
from resume_gap.constants import FOLLOW_UP
from resume_gap.pipeline import reduction
from resume_gap.replay import returns
from resume_gap.replay.returns import (
    MeasuredBatch,
    MeasureRules,
    ReturnRules,
    ThresholdTotals,
    added_up,
    cap_us,
    curve,
    measure,
)
from resume_gap.replay.user_counts import USER_COUNTS, UserCounts
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


def total(**more: int | bool) -> ThresholdTotals:
    return ThresholdTotals(
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
def test_what_queries_and_batches_are_given(monkeypatch: pytest.MonkeyPatch, *, flag: bool) -> None:
    def measured(batch: Any, rules: Any) -> MeasuredBatch:
        rows: Any = {name: f"{batch} {name}" for name in relations}
        users = UserCounts(np.array([2]), np.arange(len(USER_COUNTS))[:, None])
        return MeasuredBatch(batch, rules, users, rows)

    def by_stream(relation: Any, column: str) -> Ints:
        asked[column] = relation.file
        return np.array([0, 1, 2, 1])

    asked: dict[str, str] = {}
    relations = ("stops", "lags")
    work = pl.DataFrame({"user_no": [1, 2], "streams": [8, 9]})
    monkeypatch.setattr(returns, "by_stream", by_stream)
    monkeypatch.setattr(returns, "measured", measured)
    monkeypatch.setattr(returns, "added_up", lambda batches, rules: ([*batches], rules))
    runner = mock.Mock()
    runner.read.side_effect = runner.table.side_effect = lambda name: mock.Mock(
        file=name, **{"pl.return_value": work}
    )
    found: Any = measure(
        runner,
        mock.Mock(batches=lambda name: [f"{name} one", f"{name} two", f"{name} three"]),
        ReturnRules(
            threshold_us=2_000 * US,
            grid_us=[9, 2_000 * US, 5],
            log_end_us=77,
            has_productive=flag,
            all_returns=not flag,
            relations=relations,
        ),
    )
    runner.let.assert_called_once_with(
        follow_up_us=FOLLOW_UP.us,
        has_productive=flag,
        log_end_us=77,
        threshold_us=2_000 * US,
        cap_us=900 * US,
    )
    runner.make.assert_called_once_with("29_log_ends")
    assert [call.args for call in runner.store.call_args_list] == [
        (name, f"bursts one {name}") for name in relations
    ]
    assert [call.args for call in runner.extend.call_args_list] == [
        (name, f"bursts {batch} {name}") for batch in ("two", "three") for name in relations
    ]
    batches, rules = found.totals
    assert [batch.sums for batch in batches] == ["bursts one", "bursts two", "bursts three"]
    assert {id(batch.interrupted) for batch in batches} == {id(rules)}
    assert (rules.threshold_us, rules.thresholds_us) == (2_000 * US, [5, 9, 2_000 * US])
    assert (rules.waits, rules.relations) == (WaitRules(flag, not flag), relations)
    assert asked == {"user_no": "22_stream_users", "log_end_us": "log_ends"}
    assert runner.read.call_args.args == ("40_user_work",)
    three_times = {name: [0, 3 * n] for n, name in enumerate(USER_COUNTS)}
    assert found.user_sums.to_dict(as_series=False) == work.to_dict(as_series=False) | three_times


def test_totals_of_batches_add_up_and_a_user_counts_once() -> None:
    rules = MeasureRules(
        threshold_us=5,
        thresholds_us=[5, 9],
        user_of_stream=np.array([0, 1, 1, 4]),
        ends=np.zeros(4, dtype=np.int64),
        waits=WaitRules(has_productive=True, all_returns=False),
    )
    nobody = np.zeros(0, dtype=np.int64)
    none: Any = None
    one = MeasuredBatch(np.arange(10).reshape(2, 5), (np.array([1, 4, 1]), nobody), none, none)
    other = MeasuredBatch(
        10 * np.arange(10).reshape(2, 5), (np.array([1, 2]), np.array([2])), none, none
    )
    short, long = added_up(iter([one, other]), rules)
    assert astuple(short) == (5, True, 0, 11, 3, 22, 33, 44)
    assert astuple(long) == (9, True, 55, 66, 1, 77, 88, 99)
    assert added_up([], rules)[0] == ThresholdTotals(threshold_us=5, has_productive=True)


def test_a_threshold_without_returns_has_no_figure_but_0() -> None:
    found = ThresholdTotals(threshold_us=7, has_productive=True)
    assert astuple(found) == (7, True, 0, 0, 0, 0, 0, 0)
    assert found.mean_seconds is None


def test_returns_are_the_same_however_many_batches_there_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = []
    for rows in (reduction.BATCH_ROWS, 20_000, 900):
        monkeypatch.setattr(reduction, "BATCH_ROWS", rows)
        out = tmp_path / str(rows)
        resume_gap.analyze(SAMPLE, out=out)
        tables = [(out / name).read_bytes() for name in ("interruptions.parquet", "users.parquet")]
        summary = json.loads((out / "summary.json").read_text())
        found.append((tables, {k: v for k, v in summary.items() if k != "generated_from"}))
    assert found[0] == found[1] == found[2]
