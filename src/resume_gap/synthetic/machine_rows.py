"""Rows that no person made: heartbeats, noise of the application, idle and focus."""

from typing import Final

import numpy as np

from resume_gap.synthetic import names
from resume_gap.synthetic.people import MINUTE_US, SECOND_US, Flags, Int64s
from resume_gap.synthetic.world import World

_OPEN_US: Final = 90 * MINUTE_US
_AWAY_FROM_US: Final = 3 * MINUTE_US

COLUMNS: Final = ("user", "at", "event", "target", "context", "task", "device", "firm")
"""Of all events of a block."""


def rows(*, user: Int64s, at: Int64s, event: Int64s, **known: Int64s) -> dict[str, Int64s]:
    """Rows with the columns of events; what is not given is null, or not firm."""
    columns = {"user": user, "at": at, "event": event, **known}
    for name in COLUMNS:
        if name not in columns:
            columns[name] = np.full(len(at), 0 if name == "firm" else -1, dtype=np.int64)
    return columns


def heartbeats(
    world: World, stretches: dict[str, Int64s], rng: np.random.Generator
) -> dict[str, Int64s]:
    """One every so often, to within a tenth of a second, while the application is open."""
    start, end, follow = stretches["at"], stretches["end"], stretches["next"]
    if world.heartbeats == "open":
        end = np.where((follow >= 0) & (follow - end <= _OPEN_US), follow, end)
    every = round(world.heartbeat_seconds * SECOND_US)
    wobble = SECOND_US // 10
    counts = np.maximum(end - start - wobble - 1, 0) // every
    row = np.repeat(np.arange(len(counts)), counts)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    number = np.arange(len(row)) - first[row] + 1
    at = start[row] + number * every + rng.integers(-wobble, wobble + 1, len(row))
    return rows(
        user=stretches["user"][row],
        at=at,
        event=np.full(len(row), names.HEARTBEAT),
        device=stretches["device"][row],
    )


def noise(mean: float, stretches: dict[str, Int64s], rng: np.random.Generator) -> dict[str, Int64s]:
    """What the application logs by itself, strictly inside stretches."""
    start, end = stretches["at"], stretches["end"]
    counts = np.where(end - start > SECOND_US, rng.poisson(mean, len(start)), 0)
    row = np.repeat(np.arange(len(counts)), counts)
    inside = 0.001 + 0.998 * rng.random(len(row))
    return rows(
        user=stretches["user"][row],
        at=start[row] + (inside * (end - start)[row]).astype(np.int64),
        event=names.FIRST_NOISE + rng.integers(0, names.NOISES, len(row)),
        device=stretches["device"][row],
    )


def away(share: float, stretches: dict[str, Int64s], rng: np.random.Generator) -> dict[str, Int64s]:
    """`idle` a good minute after the stop, `focus` half a second before the return."""
    end, follow = stretches["end"], stretches["next"]
    chosen: Flags = rng.random(len(end)) < share
    chosen &= follow - end > _AWAY_FROM_US
    row = np.flatnonzero(chosen)
    idle = end[row] + rng.integers(60 * SECOND_US, 90 * SECOND_US, len(row))
    return rows(
        user=np.concatenate([stretches["user"][row]] * 2),
        at=np.concatenate([idle, follow[row] - SECOND_US // 2]),
        event=np.repeat([names.IDLE, names.FOCUS], len(row)),
        device=np.concatenate([stretches["device"][row]] * 2),
    )
