"""Both judges on the same random returns; what they say by hand is in test_replayer.py."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from factories.chunks import CONTENTS, chunk_of

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.replay.judging import Judge, LoopJudge, judge_of
from resume_gap.replay.places import Places, Spots
from resume_gap.replay.policies import Wait
from resume_gap.replay.touched import touched

LIMIT, CAP = 10, 5_000_000


def some_log(random: np.random.Generator) -> Chunk:
    """One stream of sessions with a few touches each, in two contexts."""
    bursts: list[dict[str, Any]] = []
    touches: list[dict[str, Any]] = []
    for burst in range(12):
        at = burst * 20_000_000
        bursts.append(
            {
                "gap_us": NEVER if burst == 0 else int(random.choice([LIMIT, LIMIT + 1])),
                "start_us": at,
                "first_content": int(random.integers(0, 13)),
                "next_work_content": int(random.integers(0, 13)),
                "next_work_position": float(random.choice([0, 1, 2, 3, np.nan])),
                "next_work_step": int(random.choice([burst, NEVER_ROW])),
            }
        )
        for element in random.permutation(13)[: random.integers(0, 5)].tolist():
            touches.append(
                {
                    "burst": burst,
                    "element": element,
                    "first_step": len(touches),
                    "first_us": at + int(random.integers(0, 6_000_000)),
                    "position": float(random.choice([0, 1, 2, 3, np.nan])),
                    "first_work_label": int(random.integers(0, 13)),
                    "first_work_position": float(random.choice([1, 2, np.nan])),
                    "first_work_step": int(random.choice([len(touches), NEVER_ROW])),
                }
            )
    return chunk_of(bursts, touches)


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("near", [None, 1.0])
def test_loops_and_arrays_judge_alike(near: float | None) -> None:
    hits = 0
    for seed in range(30):
        random = np.random.default_rng(seed)
        chunk = some_log(random)
        sessions = Sessions.at(chunk.bursts, LIMIT)
        many, rows = len(sessions.returns), len(chunk.touches.element)
        wait = Wait(
            random.choice([0, 1, 3_000_000, CAP, CAP + 1, NEVER], many),
            random.random(many) < 0.5,
            CAP,
        )
        spots = Spots.of(chunk, CONTENTS, near)
        places = Places.of(chunk, CONTENTS, spots, sessions, wait)
        pointed = random.integers(-1, rows, (len(sessions.first), 4))
        worked = random.integers(-1, rows, (many, 2))
        mine = touched(chunk, sessions)
        by_arrays, by_loops = Judge(spots), LoopJudge(spots)
        counted = [one.counted(pointed, sessions.stops, places) for one in (by_arrays, by_loops)]
        assert np.array_equal(*counted)
        for wide in (1, 3):
            some = np.ascontiguousarray(pointed[sessions.stops, :wide])
            outcomes = [one.judged(some, mine, places, wait) for one in (by_arrays, by_loops)]
            described = [one.described(some, worked, places) for one in (by_arrays, by_loops)]
            for one, other in (outcomes, described):
                for field in fields(one):
                    values = getattr(one, field.name).tolist()
                    assert values == getattr(other, field.name).tolist(), (seed, wide, field.name)
            hits += int((outcomes[0].search_us > 0).sum())
    assert hits > 10


def test_loops_judge_where_they_are_compiled(loops: str) -> None:
    spots = Spots.of(chunk_of([{}]), CONTENTS, None)
    assert type(judge_of(spots)) is (LoopJudge if loops == "compiled" else Judge)
