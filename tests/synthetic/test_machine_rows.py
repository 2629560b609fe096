"""Rows that no person made."""

from __future__ import annotations

import numpy as np

from resume_gap.synthetic import World, names
from resume_gap.synthetic.machine_rows import COLUMNS, away, heartbeats, noise, rows
from resume_gap.synthetic.people import MINUTE_US, SECOND_US

STRETCHES = {
    name: np.array(values, dtype=np.int64)
    for name, values in {
        "user": [0, 1],
        "at": [0, 0],
        "end": [5 * MINUTE_US, 2 * MINUTE_US],
        "next": [60 * MINUTE_US, -1],
        "device": [2, 3],
    }.items()
}


def test_what_is_not_given_is_null() -> None:
    made = rows(user=np.array([4]), at=np.array([7]), event=np.array([1]))
    assert tuple(made) >= ("user", "at", "event")
    assert set(made) == set(COLUMNS)
    assert (made["target"][0], made["firm"][0]) == (-1, 0)


def test_heartbeats_run_while_the_application_is_open() -> None:
    rng = np.random.default_rng(1)
    worked = heartbeats(World(heartbeats="work"), STRETCHES, rng)
    assert np.bincount(worked["user"]).tolist() == [9, 3]
    opened = heartbeats(World(heartbeats="open"), STRETCHES, rng)
    assert np.bincount(opened["user"]).tolist() == [119, 3]


def test_noise_stays_inside_and_idle_outside_of_stretches() -> None:
    rng = np.random.default_rng(1)
    made = noise(5.0, STRETCHES, rng)
    end = STRETCHES["end"][made["user"]]
    assert len(end)
    assert ((made["at"] > 0) & (made["at"] < end)).all()
    gone = away(1.0, STRETCHES, rng)
    assert gone["event"].tolist() == [names.IDLE, names.FOCUS]
    assert gone["at"][1] == 60 * MINUTE_US - SECOND_US // 2
