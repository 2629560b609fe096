"""Which events repeat like a clock: the vote of the users, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.heartbeats import Machines, heartbeats
from resume_gap.quality.resampling import Aside
from resume_gap.quality.small_groups import EventNames

US = 1_000_000
ZERO = np.zeros(2, dtype=np.int64)
CONTENTS = Contents(
    kind_roles=ZERO,
    kind_event=np.array([0, 1]),
    label_element=ZERO,
    label_context=ZERO,
    label_task=ZERO,
)


def stream(number: int, seconds: list[float]) -> Steps:
    at = np.array([round(s * US) for s in seconds], dtype=np.int64)
    nothing: dict[str, Any] = dict.fromkeys(Steps.__dataclass_fields__)
    return replace(
        Steps(**nothing),
        starts=np.array([0, len(at)]),
        stream_no=np.array([number]),
        at=at,
        content=np.full(len(at), 1 << 32, dtype=np.int64),
    )


def steady(every: float, many: int = 40) -> list[float]:
    return [every * n for n in range(many)]


def unsteady(many: int = 40) -> list[float]:
    return np.cumsum(1.3 ** (np.arange(many) % 20) * 10).tolist()


def found(*streams: list[float], resolution_seconds: float = 0.0) -> tuple[int, ...]:
    aside = Aside(CONTENTS, 1, 1, None, all_returns=False, memory_limit=None, threads=None)
    sample = [stream(number, own) for number, own in enumerate(streams, start=1)]
    return heartbeats(Machines(sample, ("ping",), EventNames(), resolution_seconds, aside))


@pytest.mark.parametrize(
    ("steady_users", "others", "is_heartbeat"),
    [(1, 0, True), (2, 1, True), (1, 1, False), (1, 2, False), (2, 3, False), (3, 2, True)],
)
def test_more_than_half_of_the_users_decide(
    steady_users: int, others: int, *, is_heartbeat: bool
) -> None:
    streams = [steady(30)] * steady_users + [unsteady()] * others
    assert found(*streams) == ((1,) if is_heartbeat else ())


def test_what_is_faster_than_five_seconds_or_the_stamps_is_no_heartbeat() -> None:
    assert found(steady(4.9)) == ()
    assert found(steady(5.1)) == (1,)
    assert found(steady(30), resolution_seconds=1) == (1,)
    assert found(steady(30), resolution_seconds=60) == ()


def test_nothing_is_sought_in_nothing() -> None:
    assert found() == ()
    assert found([0.0]) == ()
