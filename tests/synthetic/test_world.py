"""The parameters of a world."""

from __future__ import annotations

import json

from resume_gap.synthetic import World


def test_parameters_are_plain_json() -> None:
    found = World(users=3, weeks=2, replications=4).parameters()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["novelty_half_exposures"] == "inf"
    assert found["first_day"] == World().first_day.isoformat()


def test_days_and_people_of_all_worlds() -> None:
    world = World(users=3, weeks=2, replications=4)
    assert (world.days, world.people) == (14, 12)
