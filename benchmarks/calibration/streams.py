"""Work without a memory: what a return would have taken without its interruption is known.

After every event a person may leave, always with the same chance; the next event looks or
produces, always with the same chance. So the wait for the next productive event has one law at
every moment and at every return, leaving before it included, and what is planted on top of it
at the returns is the excess and nothing else.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.calibration.logs import Bools, Ints
from resume_gap.constants import MID_TASK_WINDOW, TAU_CAP
from resume_gap.results.common import US

START_US = 1_735_689_600 * US
"""Wednesday, 1 January 2025."""
_EVENTS = np.array(["edit_cell", "write_note", "submit", "view", "scroll"])
_SUBMIT, _LOOK = 2, 3
_LEAVES = 1 / 20
_SUBMITS = 1 / 15
_LEAST_BREAK_US = 40 * 60 * US
_HOUR_US = 3600 * US


@dataclass(frozen=True, slots=True)
class Streams:
    """Worlds in one log.

    Attributes:
        log: user_id, timestamp, event.
        until_us: Where it ends.
        excess_us: (worlds) sum of what the interruptions add, over the followed-up ones.
        interruptions: (worlds) these.
    """

    log: pl.DataFrame
    until_us: int
    excess_us: Ints
    interruptions: Ints


def draw_streams(
    seed: int, worlds: int, *, users: int, returns: float, excess_seconds: float, days: int
) -> Streams:
    """Draw everything that the users of some worlds do until the log ends.

    Args:
        seed: of the batch.
        worlds: in the log.
        users: of each world.
        returns: of a user of mean activity.
        excess_seconds: what a return takes longer; 0: nothing is changed.
        days: from the first event to the end of the log.
    """
    rng = np.random.default_rng([seed, 3])
    people = worlds * users
    until_us = START_US + days * 24 * _HOUR_US + 13 * _HOUR_US
    active = np.clip(np.exp(0.4 * rng.standard_normal(people)), 0.4, 2.5)
    pace = np.exp(0.3 * rng.standard_normal(people))
    looks = 1 / (1 + np.exp(0.6 - 0.4 * rng.standard_normal(people)))
    # Twice the events that fit on average; nobody's stream ends before the log does.
    many = np.rint((2 * returns * active + 12) / _LEAVES).astype(np.int64)
    user = np.repeat(np.arange(people), many)
    rows = len(user)
    first = np.zeros(rows, dtype=np.bool_)
    first[np.cumsum(many) - many] = True

    returning = np.zeros(rows, dtype=np.bool_)
    returning[1:] = rng.random(rows - 1) < _LEAVES
    returning &= ~first
    away = (until_us - START_US) / (returns * active[user])
    away *= np.exp(0.5 * rng.standard_normal(rows) - 0.125)
    pause = 7 * US * pace[user] * np.exp(0.9 * rng.standard_normal(rows))
    gap = np.where(returning, np.maximum(away, _LEAST_BREAK_US), np.minimum(pause, 150 * US))
    gap[first] = away[first] * rng.random(int(first.sum()))
    gap_us = np.rint(gap).astype(np.int64)

    luck = rng.random((2, rows))
    looking = luck[0] < looks[user]
    event = np.where(looking, _LOOK, 0) + (luck[1] < 0.5)
    event[~looking & (luck[1] > 1 - _SUBMITS)] = _SUBMIT

    excess_us = round(excess_seconds * US)
    upto = np.cumsum(gap_us + np.where(returning, excess_us, 0))
    at = START_US + upto - (upto - gap_us)[first][user]
    planted = _planted(at, event, user, returning=returning, excess_us=excess_us, until_us=until_us)
    if excess_us:
        # They land on a look, and do what they would have done that much later.
        back = np.flatnonzero(returning)
        at, event, user = (
            np.concatenate([at, at[back] - excess_us]),
            np.concatenate([event, _LOOK + (luck[1][back] < 0.5)]),
            np.concatenate([user, user[back]]),
        )
    kept = at < until_us
    number = np.arange(people)
    ids = pl.Series([f"w{u // users:04}-u{u % users:04}" for u in number.tolist()])
    log = pl.DataFrame(
        {
            "user_id": ids.gather(user[kept]),
            "timestamp": pl.Series(at[kept]).cast(pl.Datetime("us", "UTC")),
            "event": pl.Series(_EVENTS.tolist()).gather(event[kept]),
        }
    )
    added, counted = (
        np.bincount(user[: len(p)] // users, weights=p, minlength=worlds).astype(np.int64)
        for p in planted
    )
    return Streams(log, until_us, added, counted)


def _planted(
    at: Ints, event: Ints, user: Ints, *, returning: Bools, excess_us: int, until_us: int
) -> tuple[Ints, Ints]:
    """By row: what the interruption added, and whether it is one that is followed up."""
    cap_us = TAU_CAP.us
    rows = np.arange(len(at))
    begins = returning.copy()
    begins[0] = True
    begins[1:] |= user[1:] != user[:-1]
    session = np.cumsum(begins)
    productive = event <= _SUBMIT

    before = np.maximum.accumulate(np.where(productive, rows, -1))[rows - 1]
    lately = at[rows - 1] - at[before] <= MID_TASK_WINDOW.us
    same = (before >= 0) & (session[before] == session[rows - 1])
    mid_task = returning & same & lately & (event[before] != _SUBMIT)
    counted = mid_task & (at - excess_us + cap_us <= until_us)

    last = len(at) - 1
    after = np.minimum.accumulate(np.where(productive, rows, last)[::-1])[::-1]
    reached = productive[after] & (session[after] == session)
    wait = np.where(reached, at[after] - at, cap_us)
    longer = np.where(reached, wait + excess_us, cap_us)
    added = np.minimum(longer, cap_us) - np.minimum(wait, cap_us)
    return np.where(counted, added, 0), counted.astype(np.int64)
