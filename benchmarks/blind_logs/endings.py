"""Troubles of names: what a machine has done is called like a person's task end."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.blind_logs.office import MINUTE, SECOND, Rows, office
from benchmarks.blind_logs.trouble import NOT_WRONG, Trouble, event, visits

AFTER: Final = SECOND * 3 // 10
"""How long a machine takes."""


def layouts_done() -> Rows:
    """The browser logs `layout_done` after every third act."""
    return _sometimes("layout_done", 31)


def tiles_done() -> Rows:
    """The client logs `tiles_done` after every third act."""
    return _sometimes("tiles_done", 32)


def _sometimes(name: str, seed: int) -> Rows:
    random = Random(seed)  # noqa: S311 - a test log is no secret
    rows = office()
    more = [event(row, name, row["timestamp"] + AFTER) for row in rows if random.random() < 1 / 3]
    return rows + more


def tiles_done_at_starts() -> Rows:
    """The client logs `tiles_done` whenever somebody comes back."""
    rows = office()
    starts = [own[0] for own in visits(rows)]
    return rows + [event(row, "tiles_done", row["timestamp"] + AFTER) for row in starts]


def stock_takes_done() -> Rows:
    """People hand in their work with `stocktake_done` at the end of every second visit."""
    rows = office()
    lasts = [own[-1] for own in visits(rows)][::2]
    return rows + [event(row, "stocktake_done", row["timestamp"] + MINUTE) for row in lasts]


def canvases_drawn() -> Rows:
    """The client logs `canvas_drawn` after every act, looking included."""
    rows = office()
    return rows + [event(row, "canvas_drawn", row["timestamp"] + AFTER) for row in rows]


ENDINGS: Final = (
    Trouble(name="Layouts that are done", rows=layouts_done),
    Trouble(
        name="Something done, after acts",
        rows=tiles_done,
        words=NOT_WRONG,
        check="doubtful_task_ends",
    ),
    Trouble(
        name="Something done, at returns",
        rows=tiles_done_at_starts,
        words=NOT_WRONG,
        check="doubtful_task_ends",
    ),
    Trouble(
        name="What a machine draws after acts",
        rows=canvases_drawn,
        words=NOT_WRONG,
        check="echoes",
    ),
    Trouble(name="Tasks that are done", rows=stock_takes_done),
)
