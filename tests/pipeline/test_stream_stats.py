"""What streams come to: time, intervals, days, and the part of a trial."""

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, steps_of

from resume_gap.arrays import NEVER
from resume_gap.constants import ASSIGNED_AT_RETURN, BOT_HOURS, FALLBACK_GAP, PRODUCTIVE_STEP_CAP
from resume_gap.pipeline.steps import Steps
from resume_gap.pipeline.stream_stats import stream_stats

pytestmark = pytest.mark.usefixtures("loops")
CAP = PRODUCTIVE_STEP_CAP.us


def column(name: str, steps: Steps, productive: list[bool] | None = None) -> list[int]:
    flags = np.zeros(len(steps.at), dtype=np.bool_) if productive is None else np.array(productive)
    return stream_stats(steps, flags).column(name).to_pylist()


def test_productive_time_runs_to_the_next_event_and_no_longer_than_its_cap() -> None:
    at = [0, 10 * SECOND, 10 * SECOND + CAP, 10 * SECOND + 2 * CAP + 1, 20 * SECOND + 2 * CAP]
    for row, expected in enumerate((10 * SECOND, CAP, CAP, 10 * SECOND - 1, 0)):
        streams = {1: [(one, 0) for one in at], 2: [(5, 0)]}
        productive = [k == row for k in range(5)] + [True]
        assert column("productive_us", steps_of(streams), productive) == [expected, 0]


def test_a_day_is_restless_with_more_hours_than_anybody_works() -> None:
    most = int(BOT_HOURS.value)
    day = 24 * HOUR

    def hours(n: int, first: int = 0) -> list[tuple[int, int]]:
        return [(first + hour * HOUR + part, 0) for hour in range(n) for part in (0, MINUTE)]

    streams = {1: hours(most), 2: hours(most + 1) + hours(most + 3, day), 3: hours(most, 2 * day)}
    assert column("restless_days", steps_of(streams)) == [0, 2, 0]
    streams = {1: hours(12, 12 * HOUR) + hours(12, day), 2: [(day - 1, 0), (day, 0)]}
    assert column("restless_days", steps_of(streams)) == [0, 0]


def test_what_a_stream_comes_to_and_what_of_it_is_a_trials() -> None:
    just, long = ASSIGNED_AT_RETURN.us, FALLBACK_GAP.us
    streams = {
        4: [(0, 0), (SECOND, 0), (5 * SECOND, 0)],
        7: [(10 * just, 0)],
        9: [(just - 1, 0), (just, 0), (2 * just, 0), (2 * just + 1, 0)],
    }
    ends = [0, 1, long, long + 1, 0, 0, long + 1, 3]
    at = steps_of(streams).at
    steps = steps_of(
        streams,
        own_end=(at + ends).tolist(),
        resolution=np.array([0, 60, 1]),
        newest=np.array([6, 7, 8]),
        in_batch=np.array([True, False, True, True, False, False, False, False]),
    )
    assigned_us = np.full(10, NEVER)
    assigned_us[[4, 9]] = [SECOND, 2 * just]
    productive = np.array([True] * 8)
    found = stream_stats(steps, productive, assigned_us=assigned_us).to_pydict()
    assert found == {
        "productive_after_us": [4 * SECOND, 0, 1],
        "productive_just_before_us": [SECOND, 0, just],
        "stream_no": [4, 7, 9],
        "events": [3, 1, 4],
        "first_us": [0, 10 * just, just - 1],
        "last_us": [5 * SECOND, 10 * just, 2 * just + 1],
        "newest_us": [6, 7, 8],
        "productive_us": [5 * SECOND, 0, 1 + just + 1],
        "intervals": [2, 1, 2],
        "long_intervals": [0, 1, 1],
        "restless_days": [0, 0, 0],
        "resolution": [0, 60, 1],
        "indexed": [False] * 3,
        "batch_events": [2, 1, 0],
    }
    plain = stream_stats(steps_of(streams), productive)
    assert [name for name in found if name not in plain.column_names] == list(found)[:2]
    assert plain["batch_events"].to_pylist() == [0, 0, 0]
    assert plain["intervals"].to_pylist() == [0, 0, 0]
