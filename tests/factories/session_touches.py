"""Random touches of a few sessions, and what they come to, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.replay.chunks import Bursts, Candidates, Chunk, Sessions, Touches

if TYPE_CHECKING:
    from random import Random

THRESHOLDS = (5, 20, 60)
"""From the shortest up."""


def random_chunk(random: Random) -> Chunk:
    """Two streams of bursts with random gaps, two runs in each, a few elements."""
    many = random.randrange(1, 40)
    opens = sorted({0, random.randrange(many)})
    gap = [
        NEVER if b in opens else random.choice([3, 5, 6, 20, 21, 60, 61, 99]) for b in range(many)
    ]
    rows: list[dict[str, int]] = []
    step = 0
    for burst in range(many):
        for run in range(2):
            for element in random.sample(range(1, 6), random.randrange(4)):
                n = random.randrange(1, 4)
                worked = random.random() < 0.6
                rows.append(
                    {
                        "burst": burst,
                        "element": element,
                        "n": n,
                        "dwell_us": random.randrange(50),
                        "bridge_us": 0,
                        "first_step": step,
                        "last_step": step + n - 1,
                        "first_work_step": step if worked else NEVER_ROW,
                        "last_work_step": step + n - 1 if worked else -1,
                    }
                )
                step += n
            if run and rows and rows[-1]["burst"] == burst:
                rows[-1]["bridge_us"] = random.randrange(100)
    plain = {name: np.array([r[name] for r in rows], dtype=np.int64) for name in rows[0]}
    nothing = np.zeros(len(rows), dtype=np.int64)
    per_burst = {
        name: np.zeros(many, dtype=np.int64)
        for name in Bursts.__dataclass_fields__
        if name != "segments"
    }
    per_burst["gap_us"] = np.array(gap, dtype=np.int64)
    return Chunk(
        bursts=Bursts(**per_burst, segments={}),
        touches=Touches(**{n: plain.get(n, nothing) for n in Touches.__dataclass_fields__}),
        moments=Candidates(**dict.fromkeys(Candidates.__dataclass_fields__, nothing[:0])),
    )


def gathered(chunk: Chunk, sessions: Sessions) -> dict[tuple[int, int], dict[str, int]]:
    """By element and session what its touches come to, one after the other."""
    found: dict[tuple[int, int], dict[str, int]] = {}
    touches = chunk.touches
    for row, burst in enumerate(touches.burst):
        session = int(sessions.of_burst[burst])
        group = found.setdefault(
            (int(touches.element[row]), session),
            {
                "n": 0,
                "dwell_us": 0,
                "first_step": int(touches.first_step[row]),
                "first_work_step": NEVER_ROW,
                "last_work_step": -1,
            },
        )
        group["n"] += int(touches.n[row])
        group["dwell_us"] += int(touches.dwell_us[row])
        if burst != sessions.last[session]:
            group["dwell_us"] += int(touches.bridge_us[row])
        group["last_row"], group["last_step"] = row, int(touches.last_step[row])
        for name, how in (("first_work_step", min), ("last_work_step", max)):
            group[name] = how(group[name], int(getattr(touches, name)[row]))
    return dict(sorted(found.items()))
