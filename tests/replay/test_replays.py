"""What is asked of each return, and under which name it is summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from factories.chunks import chunk_of

from resume_gap.replay.chunks import Sessions
from resume_gap.replay.matching import Asking
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.policies import Described
from resume_gap.replay.replays import _facts, _flags, _is_read, _shown
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES

if TYPE_CHECKING:
    from resume_gap.arrays import Ints

THRESHOLD = 1_800_000_000


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def flags(text: str) -> Any:
    return np.array([one == "x" for one in text])


def test_what_the_headline_alone_tells_of_a_rule_has_its_own_name() -> None:
    described = Described(flags("xxx"), flags("xx-"), flags("x-x"), flags("-xx"))
    found = _flags({"most_used": described})
    assert {name: values.astype(np.int64).tolist() for name, values in found.items()} == {
        "most_used_pointed": [1, 1, 1],
        "most_used_already": [1, 1, 0],
        "most_used_hit_in_3": [1, 0, 1],
        "most_used_in_context": [0, 1, 1],
    }


def test_breakdowns_do_not_ask_how_long_addressable_returns_took() -> None:
    shown = _shown(Outcomes.of_returns(0))
    assert {"eligible", "chance", "most_used_search_us", "most_used_addressable"} <= set(shown)
    assert not [name for name in shown if name.endswith("addressable_us")]


@pytest.mark.parametrize("beyond", [0, 1])
def test_facts_of_a_return_are_those_of_its_stop_and_its_first_burst(beyond: int) -> None:
    names = ("start_us", "end_us", "last_content", "first_content", "next_work_content")
    more = ("last_device", "first_device")
    bursts: list[dict[str, Any]] = [
        {name: 100 * number + place for place, name in enumerate(names + more)}
        for number in range(1, 4)
    ]
    longest = GAP_CLASS_ENDS_US[0] + beyond
    bursts[1] |= {"gap_us": 1}
    bursts[2] |= {"gap_us": longest, "begins_in_batch": True}
    chunk = chunk_of([{**one, "stream": 4} for one in bursts])
    chunk.bursts.segments["segment_plan"] = ints(1, 2, 3)
    asking = Asking(ints(6), ints(9), ints(0), ints(0), ints(0))
    found = _facts(chunk, Sessions.at(chunk.bursts, THRESHOLD), asking)
    assert {name: values.tolist() for name, values in found.items()} == {
        "user_no": [6],
        "cell": [9],
        "stream_no": [4],
        "return_us": [300],
        "stop_us": [201],
        "gap_class": [GAP_CLASSES[beyond]],
        "stop_content": [202],
        "return_content": [303],
        "work_content": [304],
        "stop_device_no": [205],
        "return_device_no": [306],
        "in_batch": [True],
        "segment_plan": [2],
    }


def test_queries_read_hits_segments_and_what_they_name() -> None:
    names = ("in_batch", "most_used_hit", "habit_hit", "most_used_search_us", "segment_1", "cell")
    assert [_is_read(name) for name in names] == [True] * 5 + [False]
