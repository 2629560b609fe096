"""Event names around a launch: new, gone, more often; and the ups and downs of every week."""

from __future__ import annotations

import numpy as np
import pytest

from resume_gap.constants import CHANGED_LEAST
from resume_gap.stats.what_changed import NameChange, rate_changes

DAYS, LAUNCH, HORIZON = 126, 98, 14
WEEKDAY = np.arange(DAYS) % 7
ACTIVE = np.where(WEEKDAY < 5, 20, 0)
RNG = np.random.default_rng(1)


def rows(rate: float, after: float | None = None) -> np.ndarray:
    """Rows of a name on active days, at a rate per user before the launch and one after it."""
    rates = np.where(np.arange(DAYS) < LAUNCH, rate, rate if after is None else after)
    return RNG.poisson(rates * ACTIVE)


def change(*names: np.ndarray) -> list[str]:
    found = rate_changes(np.array(names), ACTIVE, WEEKDAY, LAUNCH, HORIZON)
    return [one.change for one in found]


def test_a_renamed_event_is_gone_and_another_is_new() -> None:
    assert change(rows(3.0, 0.0), rows(0.0, 3.0), rows(3.0)) == ["vanishes", "appears", "steady"]


def test_a_heartbeat_that_is_sent_half_as_often_jumps() -> None:
    assert change(rows(40.0, 18.0), rows(40.0, 85.0)) == ["jumps", "jumps"]


def test_less_than_half_and_less_than_double_are_no_jump() -> None:
    assert change(rows(40.0, 22.0), rows(40.0, 75.0)) == ["steady", "steady"]


def test_a_name_that_often_doubles_does_not_jump() -> None:
    waves = rows(40.0) * (1 + (np.arange(DAYS) // 14) % 2)
    doubled = waves.copy()
    doubled[LAUNCH : LAUNCH + 14] = rows(82.0)[LAUNCH : LAUNCH + 14]
    assert change(waves, doubled) == ["steady", "steady"]


def test_too_few_rows_and_too_few_days_say_nothing() -> None:
    rare = np.zeros(DAYS, dtype=np.int64)
    rare[LAUNCH] = 19
    once = np.zeros(DAYS, dtype=np.int64)
    once[LAUNCH] = 500
    assert change(rare, once) == ["steady", "steady"]


def test_a_name_that_came_back_after_a_long_time_is_not_new() -> None:
    back = rows(0.0, 3.0)
    back[0] = 1
    assert change(back) != ["appears"]


def test_a_name_that_stays_away_as_long_as_before_does_not_vanish() -> None:
    """It comes for weeks and goes for weeks; one that was always there is gone."""
    always = rows(3.0, 0.0)
    seasons = always.copy()
    seasons[20:60] = 0
    weeks = always.copy()
    weeks[20:34] = 0
    assert change(always, seasons, weeks) == ["vanishes", "steady", "vanishes"]


def test_rates_are_per_active_user_and_day() -> None:
    (found,) = rate_changes(
        np.array([ACTIVE * 2 + ACTIVE * 6 * (np.arange(DAYS) >= LAUNCH)]),
        ACTIVE,
        WEEKDAY,
        LAUNCH,
        HORIZON,
    )
    assert found == NameChange("jumps", 2.0, 8.0, 2 * 20 * 20 + 8 * 10 * 20)


def on(days: list[int], each: int) -> np.ndarray:
    """So many rows on some days."""
    found = np.zeros(DAYS, dtype=np.int64)
    found[days] = each
    return found


AFTER = [day for day in range(LAUNCH, LAUNCH + HORIZON) if day % 7 < 5]
BEFORE = [day for day in range(LAUNCH - 28, LAUNCH) if day % 7 < 5]
FEWEST = int(CHANGED_LEAST.value)


def test_a_new_name_is_there_on_half_of_the_active_days_and_often_enough() -> None:
    assert change(on(AFTER[::2], FEWEST), on(AFTER[::3], FEWEST)) == ["appears", "steady"]
    daily = FEWEST // len(AFTER)
    less = on(AFTER, daily)
    less[AFTER[0]] -= 1
    assert change(on(AFTER, daily), less) == ["appears", "steady"]


def test_a_name_that_is_gone_was_there_on_half_of_the_active_days() -> None:
    assert change(on(BEFORE[::2], 9), on(BEFORE[::3], 9)) == ["vanishes", "steady"]


def test_a_pause_counts_from_as_many_active_days_on_as_lie_after_the_launch() -> None:
    long, shorter = rows(3.0, 0.0), rows(3.0, 0.0)
    long[21:49] = shorter[21:46] = 0
    assert change(long, shorter) == ["steady", "vanishes"]


def test_a_jump_needs_half_of_the_days_where_the_name_is_more_frequent() -> None:
    rare = [day for day in range(LAUNCH) if day % 7 == 1]
    up = on(rare, 20) + on([day for day in range(LAUNCH, DAYS) if day % 7 < 5], 40)
    down = on([day for day in range(LAUNCH) if day % 7 < 5], 40)
    down[[day for day in range(LAUNCH, DAYS) if day % 7 == 1]] = 20
    burst = on([day for day in range(DAYS) if day % 7 == 1], 20)
    burst[LAUNCH + 1] = 900
    assert change(up, down, burst) == ["jumps", "jumps", "steady"]


def test_exactly_double_is_a_jump() -> None:
    assert change(ACTIVE * np.where(np.arange(DAYS) < LAUNCH, 2, 4)) == ["jumps"]


def test_a_name_of_a_single_day_before_the_launch_is_gone() -> None:
    (found,) = rate_changes(on([0], 2 * FEWEST)[None], ACTIVE, WEEKDAY, 1, HORIZON)
    assert found.change == "vanishes"


@pytest.mark.parametrize("launch", [5, 10, 30, 36, DAYS - 1])
def test_without_earlier_dates_nothing_jumps(launch: int) -> None:
    doubled = ACTIVE * np.where(np.arange(DAYS) < launch, 2, 5)
    found = rate_changes(np.array([rows(3.0), doubled]), ACTIVE, WEEKDAY, launch, HORIZON)
    assert [one.change for one in found] == ["steady", "steady"]


def test_before_the_first_day_there_was_nothing() -> None:
    found = rate_changes(np.array([rows(3.0)]), ACTIVE, WEEKDAY, 0, HORIZON)
    assert [one.change for one in found] == ["appears"]
