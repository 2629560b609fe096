"""Units by weeks: means of returns, weeks counted from the first launch, cut weeks missing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from resume_gap.comparison.panel import UnitWeeks, panel_of
from resume_gap.comparison.rollout import Rollout
from resume_gap.units import DAY_US, US

from .test_series import LAUNCH_US, returns

ROWS = (
    (1, -14, True, 2, 20.0),  # two users of east in the first week
    (2, -8, True, 2, 40.0),
    (1, -7, True, 1, 9.0),
    (1, 0, True, 1, 5.0),
    (3, 3, True, 4, 8.0),  # west, in the week that its launch cuts
    (3, 7, True, 1, 6.0),
    (4, -1, True, 3, 33.0),  # north, which never got it
    (5, -1, True, 9, 9.0),  # nobody's unit
    (1, 1, False, 2, 3.0),
)


def rollout(**days: float | None) -> Rollout:
    launches = {"east": 0.0, "west": 3.0, "north": None} | days
    users = [(1, "east"), (2, "east"), (3, "west"), (4, "north"), (5, None)]
    frame = pl.DataFrame(
        [
            (
                number,
                unit,
                unit is not None,
                None
                if launches.get(unit or "") is None
                else LAUNCH_US + round(launches[unit or ""] * DAY_US),
            )
            for number, unit in users
        ],
        schema=["user_no", "unit", "is_named", "launched_us"],
        orient="row",
    )
    return Rollout("team", frame, LAUNCH_US, LAUNCH_US, 0, 0, 1)


def panel(*, is_due: bool = True, **days: float | None) -> UnitWeeks:
    found = returns(*ROWS, first_day=-14, last_day=13)
    return panel_of(found, rollout(**days), is_due=is_due)


MISSING = np.nan


def test_a_cell_is_the_mean_of_the_unit_s_returns_in_a_week() -> None:
    found = panel()
    assert found.first_week == -2
    # Units in the order of their names: east, north, west.
    np.testing.assert_array_equal(
        found.means,
        [[15.0, 9.0, 5.0, MISSING], [MISSING, 11.0, MISSING, MISSING], [MISSING] * 3 + [6.0]],
    )
    np.testing.assert_array_equal(found.returns, [[4, 1, 1, 0], [0, 3, 0, 0], [0, 0, 0, 1]])


def test_the_first_whole_week_with_the_marker_is_the_first_launched() -> None:
    assert panel().launched.tolist() == [2, 4, 3]
    assert panel().begun.tolist() == [2, 4, 2]


@pytest.mark.parametrize(
    ("day", "launched", "counted"),
    [
        (0.0, 2, 4),
        (0.03, 2, 4),  # three quarters of an hour: clocks were changed
        (6.97, 3, 4),
        (0.05, 3, 0),
        (6.9, 3, 0),
        (-14.0, 0, 4),
        (-30.0, 0, 4),
        (90.0, 4, 4),
    ],
)
def test_a_launch_within_a_week_cuts_it(day: float, launched: int, counted: int) -> None:
    found = panel(west=day)
    assert found.launched[2] == launched
    assert found.begun[2] == launched - (counted == 0)
    assert found.returns[2, 2] == counted


def test_returns_without_a_marker_are_a_panel_of_their_own() -> None:
    found = panel(is_due=False)
    assert found.means[0, 2] == 1.5
    assert int(found.returns.sum()) == 2


def test_sums_are_those_of_the_named_users() -> None:
    found = panel(west=7.0)
    seconds = np.nansum(found.means * found.returns)
    assert seconds == pytest.approx(sum(row[4] for row in ROWS[:-2]))
    assert US > 1
