"""Random bursts of a few streams, as the light part of the method reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.constants import MID_TASK_WINDOW
from resume_gap.replay.chunks import Bursts

if TYPE_CHECKING:
    from random import Random

WINDOW = MID_TASK_WINDOW.us
GAPS = (WINDOW // 2, WINDOW, 2 * WINDOW)


def some_bursts(random: Random) -> Bursts:
    """A few streams of bursts of two steps each, with work and absences here and there."""
    many = random.randrange(1, 30)
    opens = {0, *(random.randrange(many) for _ in range(2))}
    rows: list[dict[str, int]] = []
    stream = end_us = 0
    for number in range(many):
        gap = NEVER if number in opens else random.choice(GAPS)
        stream += number in opens
        stop_us, start_us = end_us, end_us + (0 if gap == NEVER else gap)
        end_us = start_us + random.choice((0, WINDOW))
        step = 2 * number
        work = random.choice((step, step + 1, step + 3, NEVER_ROW))
        worked = random.choice((step + 1, step - 2, step - 6, -1))
        until_work = random.choice((0, random.randrange(WINDOW)))
        rows.append(
            {
                "stream": stream,
                "start_us": start_us,
                "end_us": end_us,
                "gap_us": gap,
                "first_step": step,
                "last_step": step + 1,
                "worked_step": worked,
                "worked_until_us": -1 if worked < 0 else end_us - random.choice((0, *GAPS)),
                "is_open": random.random() < 0.7,
                "next_work_step": work,
                "next_work_us": NEVER if work == NEVER_ROW else start_us + until_work,
                "next_leaving_step": random.choice((step, step + 1, step + 2, NEVER_ROW)),
                "away_before_us": random.choice((-1, stop_us - 1, stop_us, start_us)),
            }
        )
    ends = {row["stream"]: row["end_us"] for row in rows}
    log_ends = {stream: end + random.choice((0, WINDOW, 1 << 50)) for stream, end in ends.items()}
    for row in rows:
        row["log_end_us"] = log_ends[row["stream"]]
    nothing = np.zeros(many, dtype=np.int64)
    columns = {
        name: np.array([row[name] for row in rows]) if name in rows[0] else nothing
        for name in Bursts.__dataclass_fields__
        if name != "segments"
    }
    return Bursts(**columns, segments={})
