"""How stretches end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resume_gap.synthetic import World
from resume_gap.synthetic.breaks import Breaks, take_breaks
from resume_gap.synthetic.names import AWAY_AGAIN, CALL, LUNCH, MEETING, NIGHT, SHORT
from resume_gap.synthetic.people import HOUR_US, MINUTE_US, draw_people, first_day_us


def some_breaks(world: World, **given: Any) -> Breaks:
    people = draw_people(world, seed=1)
    n = 400
    noon = first_day_us(world) + 10 * HOUR_US
    arguments: dict[str, Any] = {
        "user": np.arange(n) % len(people),
        "end_us": np.full(n, noon),
        "day_end_us": np.full(n, noon + 40 * HOUR_US),
        "gave_up": np.zeros(n, dtype=np.bool_),
        "lunched": np.zeros(n, dtype=np.bool_),
    }
    return take_breaks(world, people, rng=np.random.default_rng(1), **(arguments | given))


def test_causes_come_in_the_shares_of_the_world() -> None:
    found = some_breaks(World(users=20, weeks=1, short_share=0.2, meeting_share=0.3))
    day = ~found.night
    shares = [float((found.cause[day] == cause).mean()) for cause in (SHORT, MEETING, CALL)]
    assert shares == pytest.approx([0.2, 0.3, 0.5], abs=0.08)
    assert set(found.cause[found.night].tolist()) <= {NIGHT}
    assert found.night.any()


def test_lunch_is_taken_once_and_around_noon() -> None:
    world = World(users=20, weeks=1)
    noon = np.full(400, first_day_us(world) + 12 * HOUR_US)
    hungry = some_breaks(world, end_us=noon)
    assert set(hungry.cause[~hungry.night].tolist()) == {LUNCH}
    fed = some_breaks(world, end_us=noon, lunched=np.ones(400, dtype=np.bool_))
    assert LUNCH not in fed.cause


def test_who_gave_up_leaves_again_and_is_never_mid_task() -> None:
    found = some_breaks(World(users=20, weeks=1), gave_up=np.ones(400, dtype=np.bool_))
    assert set(found.cause.tolist()) == {AWAY_AGAIN}
    assert not found.mid_task.any()
    assert found.length_us.min() >= 65 * MINUTE_US


def test_no_break_is_shorter_than_its_floor() -> None:
    found = some_breaks(World(users=20, weeks=1, short_share=0, break_floor_minutes=50))
    assert found.length_us.min() >= 50 * MINUTE_US
    assert len(np.unique(found.length_us)) > 300
