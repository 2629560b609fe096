"""Gates of what else changed at a launch (sections 8 and 10): event names that come, go or jump."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from benchmarks.calibration.gates import (
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    Record,
    Records,
    percent,
    share,
)
from resume_gap.stats.what_changed import rate_changes

_BATCH: Final = 200
_HORIZON: Final = 14
_NAMES: Final = 12
_HISTORY: Final = 94
_RATES: Final = 8.0 / np.arange(1, _NAMES + 1) ** 1.6
"""Rows per active user and day of the names, by rank."""
_HEARTBEAT: Final = 20.0


# --- what is drawn ---


def draw_events(
    seed: int,
    replications: int,
    *,
    users: int,
    change: str = "nothing",
    left: float = 0.0,
    drift: float = 0.0,
    on: float = 0.0,
) -> list[Record]:
    """Daily rows of twelve names and a heartbeat around a launch.

    Args:
        seed: of the batch.
        replications: logs.
        users: active on a working day; a third of them on weekends.
        change: at the launch: `nothing`, `renamed` (a name of at least one row in five days of a
            user goes on as another) or `dropped` (the heartbeat).
        left: share of the rows that go on as before.
        drift: by how much the logarithm of each rate walks in a day.
        on: days in the mean that a third name comes, before it stays away as long; 0: always.
    """
    days = _HISTORY + _HORIZON
    weekday = np.arange(days) % 7
    records = []
    for world in range(replications):
        draw = np.random.default_rng([seed, world])
        active = draw.poisson(np.where(weekday > 4, users / 3, users))
        rates = np.append(_RATES, _HEARTBEAT)[:, None] * np.ones(days)
        rates = rates * np.exp(drift * np.cumsum(draw.normal(size=rates.shape), axis=1))
        if on:
            rates[2] *= np.logical_xor.accumulate(draw.random(days) < 1 / on)
        rates *= np.exp(0.15 * draw.normal(size=rates.shape))  # days differ
        counts = draw.poisson(rates * active)
        counts = np.vstack([counts, np.zeros((1, days), dtype=np.int64)])
        touched: set[int] = set()
        if change != "nothing":
            number = _NAMES if change == "dropped" else int(draw.integers(_NAMES - 2))
            gone = counts[number, _HISTORY:] - draw.binomial(counts[number, _HISTORY:], left)
            counts[number, _HISTORY:] -= gone
            touched.add(number)
            if change == "renamed":
                counts[-1, _HISTORY:] = gone
                touched.add(_NAMES + 1)
        found = rate_changes(counts, active, weekday, _HISTORY, _HORIZON)
        changed = {number for number, one in enumerate(found) if one.change != "steady"}
        records.append(
            {
                "all": touched <= changed,
                "any": bool(touched & changed),
                "wrong": bool(changed - touched),
            }
        )
    return records


# --- the situations ---

_USERS: Final = (20, 200)
_CHANGES: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "renamed": ("an event renamed", {"change": "renamed"}),
    "renamed_slowly": ("renamed, a tenth as before", {"change": "renamed", "left": 0.1}),
    "dropped": ("a heartbeat dropped", {"change": "dropped"}),
    "thinned": ("a heartbeat a third as often", {"change": "dropped", "left": 1 / 3}),
}
_QUIET: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "steady": ("steady rates", {}),
    "drifting": ("rates that drift by 3 % a day", {"drift": 0.03}),
    "bursts": ("a name that comes for ten days, and goes", {"on": 10.0}),
}


def _of(planted: Mapping[str, tuple[str, Mapping[str, Any]]]) -> list[tuple[Experiment, str]]:
    return [
        (
            Experiment(
                f"compare_events.{key}_{users}",
                _BATCH,
                draw_events,
                {**parameters, "users": users},
            ),
            f"{label}, {users} users a day",
        )
        for key, (label, parameters) in planted.items()
        for users in _USERS
    ]


_CHANGED: Final = _of(_CHANGES)
_UNCHANGED: Final = _of(_QUIET)


# --- what is asked ---


def _shares(records: Records, name: str, some: Sequence[tuple[Experiment, str]]) -> list[Figure]:
    return [share(e.key, label, [r[name] for r in records[e.key]]) for e, label in some]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    wrong = figures["Names reported where nothing changed"]
    most = max(wrong, key=lambda figure: figure.value or -math.inf)
    return f"""\
- A rate that changes by less than a factor of two is not reported, nor one that moved half as far
  before. What is logged a little more often after a launch stays unseen.
- Where nothing changed a name is reported in up to {percent(most)} of the logs ({most.label})."""


FAMILY: Final = Family(
    name="compare_events",
    planted="""\
Daily rows of twelve event names, from eight in a user's day to one in six days, and of a heartbeat
that ticks twenty times; 94 days before a launch and 14 after it. Days differ by 15 %, weekends have
a third of the users. At the launch an event goes on under another name, or the heartbeat stops or
slows. `stats.what_changed.rate_changes` sees the counts and active users of each day.""",
    experiments=tuple(e for e, _ in [*_CHANGED, *_UNCHANGED]),
    gates=(
        Gate(
            name="Logging that changed is reported",
            what="Share of the logs in which a changed name is reported.",
            band=Band(0.95, None),
            unit="share",
            figures=lambda records: _shares(records, "any", _CHANGED),
        ),
        Gate(
            name="Every changed name is reported",
            what="Both names of a renamed event.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "all", _CHANGED),
        ),
        Gate(
            name="Names reported where nothing changed",
            what="Share of the logs with any; with a change, any but those that changed.",
            band=Band(None, 0.05),
            unit="share",
            figures=lambda records: _shares(records, "wrong", [*_UNCHANGED, *_CHANGED]),
            of_method=False,
        ),
    ),
    weak=_weak,
)
