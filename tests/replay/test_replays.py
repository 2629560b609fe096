"""Sums of chunks added up by hand: what is kept, for whom, and under which name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from factories.chunks import chunk_of

from resume_gap.arrays import NEVER, Ints
from resume_gap.replay.chunks import Sessions
from resume_gap.replay.matching import Asking, Matched
from resume_gap.replay.policies import Described, PolicyOutcome, Replayed, Wait
from resume_gap.replay.replays import (
    _are_among,
    _cells,
    _Collected,
    _columns,
    _described,
    _facts,
)
from resume_gap.replay.totals import Asked
from resume_gap.replay.waits import Waits
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES
from resume_gap.stats.excess_range import StepSums

LIMIT = 1_800_000_000


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def flags(text: str) -> Any:
    return np.array([one == "x" for one in text])


def matched(user: Ints, cell: Ints) -> Matched:
    """Returns with distinct figures."""
    n = np.arange(1, len(user) + 1)
    asking = Asking(user, cell, step=n, last_step=n, y_us=n * 100)
    return Matched(asking, n, n * 1_000, n * 10_000, ints(7, 8), ints(70, 80))


def collected(*user_of_stream: int) -> _Collected:
    asked = Asked(LIMIT, (LIMIT,), near=None, tz="UTC", all_returns=False)
    return _Collected(asked, ints(*user_of_stream))


def test_cells_add_up_by_user_and_cell() -> None:
    cells = _cells(matched(ints(2, 1, 2, 2), ints(5, 5, 3, 5)), ints(1, 2, 4, 8))
    assert (cells.user.tolist(), cells.cell.tolist()) == ([1, 2, 2], [5, 3, 5])
    assert cells.n.tolist() == [1, 1, 2]
    assert cells.y_us.tolist() == [200, 300, 500]
    assert cells.found.tolist() == [2, 3, 5]
    assert cells.found_us.tolist() == [2, 4, 9]


def test_keys_are_sought_among_rising_ones() -> None:
    assert _are_among(ints(1, 3, 5, 9, 10), ints(3, 9)).tolist() == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert _are_among(ints(3), ints()).tolist() == [False]


def test_controls_stay_where_an_interruption_may_ask_for_them() -> None:
    # User 0 has one stream, user 1 two, so that the other may ask in a later chunk.
    sums = collected(0, 1, 1)
    one = matched(ints(0, 0), ints(5, 6))
    sums._limits[LIMIT].cells.append(_cells(one, one.found_us))
    steps = StepSums(
        user=ints(0, 0, 1, 1),
        cell=ints(6, 7, 5, 7),
        **{n: ints(1, 2, 3, 4) for n in ("many", "us", "gap_us", "weighted_high", "weighted_low")},
    )
    other = matched(ints(1), ints(4))
    controls: Any = SimpleNamespace(control=lambda: other, steps=lambda: steps)
    sums.add_controls(LIMIT, controls)
    (kept,) = sums._limits[LIMIT].steps
    assert (kept.user.tolist(), kept.cell.tolist()) == ([0, 1, 1], [6, 5, 7])
    assert kept.many.tolist() == [1, 3, 4]
    (control,) = sums._limits[LIMIT].control
    assert (control.user.tolist(), control.found_us.tolist()) == ([1], [1_000])


def test_a_user_has_as_many_elements_as_the_stream_with_most() -> None:
    sums = collected(2, 0, 0)
    rows = ((0, 1), (0, 2), (1, 3), (2, 5), (3, 5), (3, 6), (3, 7))
    chunk = chunk_of(
        [{"stream": 0}, {"stream": 0, "gap_us": 9}, {"stream": 1}, {"stream": 2}],
        [{"burst": b, "element": e, "first_step": i} for i, (b, e) in enumerate(rows)],
    )
    sums.add_elements(chunk)
    assert sums._elements.tolist() == [3, 0, 3]
    sums.add_elements(chunk_of([{"stream": 2}], [{"burst": 0, "element": 9, "first_step": 0}]))
    assert sums._elements.tolist() == [3, 0, 3]


def the_waits() -> Waits:
    return Waits(
        burst_no=ints(11, 12, 13),
        is_interruption=flags("xx-"),
        eligible=flags("x-x"),
        y_us=ints(5, 6, 7),
        wait=Wait(ints(50, 900, NEVER), flags("--x"), cap_us=900),
    )


def test_only_counted_returns_are_summed_but_all_are_shown() -> None:
    sums = collected(0, 1)
    rows = the_waits()
    one = matched(ints(1), ints(4))
    columns = {"eligible": ints(1, 10, 100), "target_return_us": ints(3, NEVER, 4)}
    sums.add(LIMIT, rows, columns, one)
    sums.add_headline(rows, columns, one)
    sums.add_first_back(one)
    found = sums.replays()
    assert found.limits[LIMIT].columns["eligible"].tolist() == [0, 1]
    assert found.limits[LIMIT].cells[0].found_us.tolist() == [1_000]
    assert found.limits[LIMIT].from_end[0].found_us.tolist() == [10_000]
    assert found.first_back[0].found_us.tolist() == [1_000]
    assert found.slots.to_dict(as_series=False) == {"cell": [70, 80], "y_us": [7, 8]}
    assert found.frame.to_dict(as_series=False) == {
        "burst_no": [11, 12, 13],
        "is_counted": [True, False, False],
        "lag_us": [50, 900, NEVER],
        "found": [1, 0, 0],
        "found_us": [1_000, 0, 0],
        "found_end_us": [10_000, 0, 0],
        "eligible": [1, 10, 100],
        "target_return_us": [3, None, 4],
    }


def test_every_column_of_a_rule_has_its_own_name() -> None:
    outcome = PolicyOutcome(flags("x--"), flags("-x-"), ints(1, 2, 3), flags("--x"))
    judged = Replayed(
        pointed={},
        policies={"most_used": outcome},
        chance=ints(21, 22, 23),
        chance_of_three=ints(31, 32, 33),
        later_work=flags("xx-"),
        habit=flags("-xx"),
    )
    found = _columns(the_waits(), judged)
    described = Described(flags("xxx"), flags("xx-"), flags("x-x"), flags("-xx"))
    found |= _described({"most_used": described})
    assert {name: values.astype(np.int64).tolist() for name, values in found.items()} == {
        "eligible": [1, 0, 1],
        "reorientation_us": [5, 6, 7],
        "habit_hit": [0, 1, 1],
        "abandoned": [0, 0, 1],
        "later_work": [1, 1, 0],
        "reached": [1, 1, 0],
        "chance": [21, 22, 23],
        "chance_of_three": [31, 32, 33],
        "most_used_hit": [1, 0, 0],
        "most_used_addressable": [0, 1, 0],
        "most_used_search_us": [1, 2, 3],
        "most_used_gave_up_right": [0, 0, 1],
        "most_used_addressable_us": [0, 6, 0],
        "most_used_pointed": [1, 1, 1],
        "most_used_already": [1, 1, 0],
        "most_used_hit_in_3": [1, 0, 1],
        "most_used_in_context": [0, 1, 1],
    }


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
    found = _facts(chunk, Sessions.at(chunk.bursts, LIMIT), asking)
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
