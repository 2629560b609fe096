"""Touches of sessions by loops, as Python and compiled, against their groups."""

from random import Random

import numpy as np
import pytest
from factories.session_touches import THRESHOLDS, random_chunk

from resume_gap.replay.chunks import Sessions
from resume_gap.replay.groups import TouchGroups
from resume_gap.replay.session_touches import SessionTouches

pytestmark = pytest.mark.usefixtures("loops")


@pytest.mark.parametrize("seed", range(40))
def test_loops_and_arrays_say_the_same_at_every_threshold(seed: int) -> None:
    chunk = random_chunk(Random(seed))  # noqa: S311
    shortest = Sessions.at(chunk.bursts, THRESHOLDS[0])
    by_loops, by_arrays = SessionTouches.of(chunk, shortest), TouchGroups.of(chunk, shortest)
    random = np.random.default_rng(seed)
    for threshold in THRESHOLDS:
        sessions = Sessions.at(chunk.bursts, threshold)
        by_loops, by_arrays = by_loops.merged(sessions), by_arrays.merged(sessions)
        assert by_loops.last_rows().tolist() == by_arrays.last_rows().tolist()
        every = np.arange(len(sessions.first))
        for asked in (every[random.random(len(every)) < 0.5], every):
            winners = by_arrays.winners(asked)
            assert set(by_loops.winners(asked)) == set(winners)
            for score, rows in by_loops.winners(asked).items():
                assert rows.tolist() == winners[score].tolist(), (threshold, score)
        for many in (1, 2, 3):
            worked = by_loops.first_worked(every, many)
            assert worked.tolist() == by_arrays.first_worked(every, many).tolist()
        element = random.integers(0, 7, (len(every), 3))
        wanted = element, every[:, None]
        at_us = by_loops.first_touch_us(*wanted)
        assert at_us.tolist() == by_arrays.first_touch_us(*wanted).tolist()
        step = random.integers(0, 1 + int(chunk.touches.last_step.max(initial=0)), len(every))
        asked = step, every, element[:, 0], element[:, 1]
        assert by_loops.before(*asked).tolist() == by_arrays.before(*asked).tolist()
