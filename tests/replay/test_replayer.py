"""What the target rules point at and whether they are right, at returns written by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from factories.chunks import CONTENTS, chunk_of

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.replay.policies import CHANCE, CHANCE_OF_THREE, Wait
from resume_gap.replay.replayer import Replay
from resume_gap.replay.touched import Touched, touched
from resume_gap.replay.waits import Waits

S = 1_000_000
GAP = 1_800 * S
CAP = 100 * S
BACK_US = 1_000_000 * S
"""When every return is."""

pytestmark = pytest.mark.usefixtures("loops")


class Returns:
    """Streams of two sessions, each with one return."""

    def __init__(self) -> None:
        self.bursts: list[dict[str, Any]] = []
        self.touches: list[dict[str, Any]] = []
        self.lags: list[int] = []
        self.left: list[bool] = []
        self._step = 0

    def add(
        self,
        before: list[int],
        after: list[tuple[int, float]] = (),  # type: ignore[assignment]
        *,
        lag: float | None = None,
        left: bool = False,
        work: int = 0,
        first: int = 0,
        **of_touch: Any,
    ) -> None:
        """Elements touched before and (with seconds after the return, as work) after it.

        `work` is the element of the next productive event, `lag` seconds after the return, and
        `first` that of the first event back.
        """
        stream = len(self.lags)
        stop = {"stream": stream, "end_us": BACK_US - GAP - 1, "last_content": before[-1]}
        back = {
            "stream": stream,
            "gap_us": GAP + 1,
            "start_us": BACK_US,
            "first_content": first,
            "next_work_content": work,
            "next_work_step": NEVER_ROW if not work else self._step + len(before) + 90,
        }
        self.bursts.append(stop)
        for element in before:
            self._touch(element, run_end_us=stop["end_us"], **of_touch)
        self.bursts.append(back)
        for element, second in after:
            self._touch(element, first_us=BACK_US + round(second * S), first_work_step=self._step)
        self.lags.append(NEVER if lag is None else round(lag * S))
        self.left.append(left)
        self._step += 100

    def _touch(self, element: int, **more: Any) -> None:
        row = {"burst": len(self.bursts) - 1, "element": element, "first_step": self._step}
        self.touches.append(row | more)
        self._step += 1

    def replay(self, near: float | None = None) -> tuple[Replay, Touched, Waits, Chunk]:
        chunk = chunk_of(self.bursts, self.touches)
        mine = touched(chunk, Sessions.at(chunk.bursts, GAP))
        wait = Wait(np.array(self.lags), np.array(self.left), CAP)
        every = np.ones(len(self.lags), dtype=np.bool_)
        y_us = np.arange(len(self.lags)) + 1
        return Replay(mine, CONTENTS, near=near), mine, Waits(every, every, y_us, wait), chunk

    def at(self, near: float | None = None) -> dict[str, list[Any]]:
        replay, mine, rows, _ = self.replay(near)
        found = replay.at(mine, rows).outcomes.columns()
        return {name: values.tolist() for name, values in found.items()}

    def hits(self, near: float | None = None) -> list[bool]:
        return self.at(near)["last_touched_hit"]


def test_a_hit_is_work_on_the_element_within_the_cap() -> None:
    returns = Returns()
    for lag, work in ((100, 12), (100.5, 12), (None, 12), (50, 11), (50, 0)):
        returns.add([11, 12], lag=lag, work=work)
    returns.add([12, 0], lag=50, work=0)  # no element was touched last, none worked on
    assert returns.hits() == [True, False, False, False, False, False]


def test_only_a_wait_for_another_element_can_be_shortened() -> None:
    returns = Returns()
    for lag, work, first in ((9, 12, 11), (0, 12, 11), (9, 12, 12), (9, 11, 13), (9, 12, 0)):
        returns.add([11, 12], lag=lag, work=work, first=first)
    found = returns.at()
    assert found["last_touched_addressable"] == [True, False, False, False, True]
    assert found["last_touched_addressable_us"] == [1, 0, 0, 0, 5]


def test_the_search_ends_with_the_touch_and_keeps_a_second() -> None:
    returns = Returns()
    returns.add([11, 12], [(13, 3), (12, 8), (12, 9)], lag=12, work=12)
    returns.add([11, 12], [(12, 20)], lag=12, work=12)
    returns.add([11, 12], [], lag=12, work=12)
    returns.add([11, 12], [(12, 0.75)], lag=12, work=12)
    returns.add([11, 12], [(12, 8)], lag=12, work=11)  # no hit
    found = returns.at()
    assert [us / S for us in found["last_touched_search_us"]] == [7, 11, 11, 0, 0]
    # Of a list the element that is right counts, not the one touched first.
    assert [us / S for us in found["recent_three_search_us"]] == [7, 11, 11, 0, 11]


def test_people_who_left_again_may_have_missed_the_marker() -> None:
    returns = Returns()
    for left, work in ((True, 12), (False, 12), (True, 11), (True, 0)):
        returns.add([11, 12], left=left, work=work)
    found = returns.at()
    assert found["last_touched_gave_up_right"] == [True, False, False, False]
    assert found["recent_three_gave_up_right"] == [True, False, True, False]
    assert found["later_work"] == [True, False, True, False]


def test_every_rule_points_at_its_own_element() -> None:
    returns = Returns()
    returns.add([1, 2, 3, 4, 5, 6, 7], lag=3, work=4)
    by_element: dict[int, dict[str, int]] = {
        2: {"n": 9},
        3: {"dwell_us": 50},
        4: {"last_work_step": 3},
    }
    for row in returns.touches:
        row.update(by_element.get(row["element"], {}))
    replay, mine, rows, chunk = returns.replay()
    found = replay.at(mine, rows)
    pointed = {name: chunk.touches.element[of[0]].tolist() for name, of in found.pointed.items()}
    assert pointed == {
        "last_touched": [7],
        "last_productive": [4],
        "longest_dwell": [3],
        "most_used": [2],
        "recent_three": [7, 6, 5],
    }
    assert {name: bool(found.outcomes[f"{name}_hit"][0]) for name in pointed} == {
        "last_touched": False,
        "last_productive": True,
        "longest_dwell": False,
        "most_used": False,
        "recent_three": False,
    }


def test_chance_knows_the_elements_and_how_many_are_right() -> None:
    returns = Returns()
    returns.add([11, 12, 13, 14], lag=3, work=13)
    returns.add([11, 12, 13, 14, 15], lag=3, work=16)
    returns.add([11, 12], lag=101, work=12)
    found = returns.at()
    assert found["chance"] == [CHANCE[4, 1], 0, 0] == [630, 0, 0]
    assert found["chance_of_three"] == [CHANCE_OF_THREE[4, 1], 0, 0] == [1890, 0, 0]


def test_the_habit_is_right_where_work_goes_on_there() -> None:
    returns = Returns()
    for work in (11, 12):
        returns.add([11, 11, 12], lag=3, work=work)
    assert returns.at()["habit_hit"] == [True, False]


@pytest.mark.parametrize(
    ("work", "position", "hit"),
    [(12, 7.0, True), (13, 7.0, True), (13, 7.5, False), (13, 3.0, True), (22, 5.0, False)],
)
def test_elements_may_be_near_in_the_same_context(work: int, position: float, *, hit: bool) -> None:
    returns = Returns()
    returns.add([11, 12], lag=3, work=work, position=5.0)
    returns.bursts[-1]["next_work_position"] = position
    assert returns.hits(near=2.0) == [hit]
    nowhere = Returns()
    nowhere.add([11, 10], lag=3, work=0, position=5.0)
    nowhere.bursts[-1]["next_work_position"] = 5.0
    assert nowhere.hits(near=2.0) == [False]


def test_what_else_is_said_of_the_headline() -> None:
    returns = Returns()
    returns.add([11, 12], [(13, 1), (11, 2), (12, 3)], lag=1, work=13, first=12)
    returns.add([11, 12], [(13, 1), (11, 2), (14, 3), (12, 4)], lag=1, work=23, first=11)
    returns.add([11, 12], [(12, 150)], lag=150, work=12)
    returns.add([0], [(12, 1)], lag=1, work=12)
    returns.touches = [row for row in returns.touches if row["element"]]
    replay, mine, rows, _ = returns.replay()
    found = replay.described(replay.at(mine, rows), mine, rows.wait)["last_touched"]
    assert found.pointed.tolist() == [True, True, True, False]
    assert found.already.tolist() == [True, False, False, False]
    assert found.hit_in_3.tolist() == [True, False, False, False]
    assert found.in_context.tolist() == [True, False, False, False]


def test_no_context_is_no_shared_context() -> None:
    returns = Returns()
    returns.add([1, 2], lag=1, work=3)
    replay, mine, rows, _ = returns.replay()
    found = replay.described(replay.at(mine, rows), mine, rows.wait)
    assert found["last_touched"].in_context.tolist() == [False]


def test_details_of_the_way_back() -> None:
    returns = Returns()
    returns.add([11, 22], [(31, 1), (22, 2), (32, 3), (33, 4)], lag=100, work=33)
    returns.add([11, 12], [(13, 1)], lag=101, work=13)
    returns.bursts[1]["next_work_step"] = returns.touches[5]["first_step"]  # that of 33
    returns.bursts[3]["next_work_step"] = returns.touches[-1]["first_step"]
    replay, mine, rows, _ = returns.replay()
    details = replay.details(replay.at(mine, rows), mine, rows.wait)
    assert {name: values.tolist() for name, values in details.items()} == {
        "pointed_no": [22, 12],
        "target_return_us": [2 * S, NEVER],
        "detours": [2, 0],
        "context_no": [2, 1],
        "is_reached": [True, False],
        "place_no": [33, 0],
    }
