"""Both judges on the same random returns; what they say by hand is in test_replayer.py."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from factories.chunks import CONTENTS, chunk_of

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.replay.judging import Judge, LoopJudge, judge_of, rows_of
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.places import Places, Spots
from resume_gap.replay.policies import Wait
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.replay.touched import touched
from resume_gap.replay.waits import Waits

THRESHOLD, CAP = 10, 5_000_000


def some_log(random: np.random.Generator) -> Chunk:
    """One stream of sessions with a few touches each, in two contexts."""
    bursts: list[dict[str, Any]] = []
    touches: list[dict[str, Any]] = []
    for burst in range(12):
        at = burst * 20_000_000
        bursts.append(
            {
                "gap_us": NEVER if burst == 0 else int(random.choice([THRESHOLD, THRESHOLD + 1])),
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
    for seed in range(60):
        random = np.random.default_rng(seed)
        chunk = some_log(random)
        sessions = Sessions.at(chunk.bursts, THRESHOLD)
        many, rows = len(sessions.returns), len(chunk.touches.element)
        wait = Wait(
            random.choice([0, 1, 3_000_000, CAP, CAP + 1, NEVER], many),
            random.random(many) < 0.5,
            CAP,
        )
        nobody = np.zeros(many, dtype=np.bool_)
        returns = Waits(nobody, nobody, random.integers(0, CAP, many), wait)
        spots = Spots.of(chunk, CONTENTS, near)
        places = Places.of_bursts(chunk, CONTENTS, spots)
        places = places.at(sessions.first[sessions.returns], wait.lag_us <= CAP)
        pointed = random.integers(-1, rows, (len(sessions.first), 7)).astype(np.int32)
        worked = random.integers(-1, rows, (many, 2))
        mine = touched(chunk, sessions)
        both = by_arrays, by_loops = Judge(spots), LoopJudge(spots)
        counted = [one.counted(pointed, sessions.stops, places) for one in both]
        assert np.array_equal(*counted)
        some = pointed[sessions.stops]
        judged = Outcomes.of_returns(many), Outcomes.of_returns(many)
        for one, outcomes in zip(both, judged, strict=True):
            outcomes.flags[:], outcomes.numbers[:] = False, 0
            one.judge(some, mine, places, returns, outcomes)
        for name, values in judged[0].columns().items():
            assert values.tolist() == judged[1][name].tolist(), (seed, name)
        for rule in TARGET_RULES:
            rows_pointed = rows_of(rule, some)
            of_arrays = by_arrays.described(rows_pointed, worked, places)
            of_loops = by_loops.described(rows_pointed, worked, places)
            for field in fields(of_arrays):
                values = getattr(of_arrays, field.name).tolist()
                assert values == getattr(of_loops, field.name).tolist(), (seed, field.name)
        hits += int((judged[0]["recent_three_search_us"] > 0).sum())
    assert hits > 10


def test_loops_judge_where_they_are_compiled(loops: str) -> None:
    spots = Spots.of(chunk_of([{}]), CONTENTS, None)
    assert type(judge_of(spots)) is (LoopJudge if loops == "compiled" else Judge)
