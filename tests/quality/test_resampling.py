"""The sampled users are measured in a database of their own."""

import numpy as np
import pyarrow as pa
from factories.streams import MINUTE, steps_of

from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.resampling import Resampling, resampled
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.sources.sandbox import open_sandbox

EDIT = 1 << 32
LOOK = 2 << 32
NOTHING = np.array([0])


def resampling(**more: object) -> Resampling:
    contents = Contents(
        kind_roles=np.array([0, PRODUCTIVE, 0]),
        kind_event=np.array([0, 1, 2]),
        label_element=NOTHING,
        label_context=NOTHING,
        label_task=NOTHING,
    )
    return Resampling(
        **{
            "contents": contents,
            "cut_us": MINUTE,
            "threshold_us": 30 * MINUTE,
            "log_end_us": None,
            "all_returns": True,
            **more,
        }
    )  # type: ignore[arg-type]


def runner(con: object) -> Runner:
    there = Runner(con)  # type: ignore[arg-type]
    there.store(
        "streams",
        pa.table(
            {
                "stream_no": pa.array([1], pa.int32()),
                "user_no": pa.array([1], pa.int32()),
                "user_id": ["ann"],
                "session_key": pa.nulls(1, pa.string()),
            }
        ),
    )
    return there


def test_a_sample_without_an_event_is_not_measured() -> None:
    with open_sandbox(files=[], threads=1) as con:
        empty = steps_of({})
        with resampled(runner(con), resampling(), [empty]) as found:
            assert found is None
