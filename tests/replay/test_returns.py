"""The cap, the curve of re-orientation, and the mean of a limit."""

from dataclasses import astuple
from unittest import mock

import numpy as np
import pytest

from resume_gap.constants import FOLLOW_UP, MID_TASK_WINDOW
from resume_gap.replay import returns
from resume_gap.replay.returns import LimitTotals, cap_us, curve, measure
from resume_gap.replay.waits import WaitRules
from resume_gap.units import US


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
    monkeypatch.setattr(returns, "_totals", lambda *given: given)
    runner = mock.Mock()
    found = measure(
        runner,
        "shelf",  # type: ignore[arg-type]
        threshold_us=2_000 * US,
        grid_us=[9, 2_000 * US, 5],
        log_end_us=77,
        has_productive=flag,
        all_returns=not flag,
    )
    runner.let.assert_called_once_with(
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
    runner.read.assert_called_once_with("40_user_sums")
    rules = WaitRules(has_productive=flag, all_returns=not flag)
    assert found.totals == (runner, "shelf", [5, 9, 2_000 * US], rules)


def test_a_limit_without_returns_has_no_figure_but_0() -> None:
    found = LimitTotals(threshold_us=7, has_productive=True)
    assert astuple(found) == (7, True, 0, 0, 0, 0, 0, 0)
    assert found.mean_seconds is None
