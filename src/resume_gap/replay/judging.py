"""Elements pointed at, compared with what happened: by arrays on small logs, else by loops.

An element is pointed at by the row of a touch; `ABSENT` points at nothing.
"""

import numpy as np

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.compiled import pays
from resume_gap.constants import SEARCH_REST
from resume_gap.replay.chunks import ABSENT, taken
from resume_gap.replay.judge_loops import count_right, describe, judge
from resume_gap.replay.places import Places, Spots
from resume_gap.replay.policies import Described, PolicyOutcome, Wait
from resume_gap.replay.touched import Touched


class Judge:
    """Compares elements of a chunk with where work went on.

    Args:
        spots: Where the touches of the chunk lie.
    """

    def __init__(self, spots: Spots) -> None:
        self._spots = spots

    def counted(self, pointed: Ints, asking: Ints, places: Places) -> tuple[Ints, Ints]:
        """How many elements could be pointed at before each return, and how many are right.

        Args:
            pointed: (stops, k) rows.
            asking: (r) the stop before each return.
            places: Where work went on.

        Returns:
            (r) each.
        """
        rows = pointed[asking]
        right = self._hits(rows, places.element, places.area, places.position)
        return (rows != ABSENT).sum(axis=1), right.sum(axis=1)

    def judged(self, rows: Ints, touched: Touched, places: Places, wait: Wait) -> PolicyOutcome:
        """What became of the elements pointed at, (r, k) rows."""
        hits = self._hits(rows, places.element, places.area, places.position)
        hit = _any(hits)
        addressable = hit & ~self._already(rows, places) & (wait.lag_us > 0)
        search = np.zeros(len(hit), dtype=np.int64)
        some = np.flatnonzero(addressable)
        if len(some):
            back = touched.sessions.returns[some][:, None]
            at_us = touched.first_touch_us(taken(self._spots.element, rows[some]), back)
            waited = np.where(hits[some], at_us, NEVER).min(axis=1) - places.return_us[some]
            waited = np.minimum(np.minimum(waited, wait.lag_us[some]), wait.cap_us)
            search[some] = np.maximum(0, waited - SEARCH_REST.us)
        later = self._hits(rows, places.later_element, places.area, places.position)
        return PolicyOutcome(
            hit=hit,
            addressable=addressable,
            search_us=search,
            gave_up_right=wait.abandoned & _any(later),
        )

    def described(self, rows: Ints, worked: Ints, places: Places) -> Described:
        """What else is reported of the elements pointed at.

        Args:
            rows: (r, k)
            worked: (r, j) rows in which the first elements were worked on after each return.
            places: Where work went on.
        """
        spots, in_three = self._spots, np.zeros(len(rows), dtype=np.bool_)
        for work in worked.T:
            element = np.where(places.reached, taken(spots.element, work), 0)
            area, position = taken(spots.work_area, work), taken(spots.work_position, work)
            in_three |= _any(self._hits(rows, element, area, position))
        context = taken(spots.context, rows)
        return Described(
            pointed=_any(rows != ABSENT),
            already=self._already(rows, places),
            hit_in_3=in_three,
            in_context=_any((context == places.context[:, None]) & (context > 0)),
        )

    def _already(self, rows: Ints, places: Places) -> Bools:
        """(r) whether the first event back is on a pointed element."""
        element = taken(self._spots.element, rows)
        return _any((element == places.first_element[:, None]) & (element > 0))

    def _hits(self, rows: Ints, element: Ints, area: Ints, position: Floats) -> Bools:
        """(r, k) whether each pointed element is the place."""
        spots = self._spots
        there = (taken(spots.element, rows) > 0) & (element > 0)[:, None]
        same = taken(spots.area, rows) == area[:, None]
        away = np.abs(taken(spots.position, rows) - position[:, None])
        return there & same & (away <= spots.near)


class LoopJudge(Judge):
    """The same by loops, for large logs."""

    def counted(self, pointed: Ints, asking: Ints, places: Places) -> tuple[Ints, Ints]:
        """See `Judge`."""
        spots = self._spots
        known, right = np.empty((2, len(asking)), dtype=np.int64)
        count_right(
            pointed.ravel(),
            asking,
            pointed.shape[1],
            spots.element,
            spots.area,
            spots.position,
            places.element,
            places.area,
            places.position,
            np.array([spots.near]),
            known,
            right,
        )
        return known, right

    def judged(self, rows: Ints, touched: Touched, places: Places, wait: Wait) -> PolicyOutcome:
        """See `Judge`."""
        spots, chunk, sessions = self._spots, touched.chunk, touched.sessions
        hit, addressable, gave_up_right = np.empty((3, len(rows)), dtype=np.bool_)
        search = np.empty(len(rows), dtype=np.int64)
        judge(
            rows.ravel(),
            rows.shape[1],
            spots.element,
            spots.area,
            spots.position,
            chunk.touches.first_us,
            chunk.begin_of(sessions),
            sessions.returns,
            places.element,
            places.later_element,
            places.area,
            places.position,
            np.array([spots.near]),
            places.first_element,
            places.return_us,
            wait.lag_us,
            wait.abandoned,
            wait.cap_us,
            SEARCH_REST.us,
            hit,
            addressable,
            search,
            gave_up_right,
        )
        return PolicyOutcome(
            hit=hit, addressable=addressable, search_us=search, gave_up_right=gave_up_right
        )

    def described(self, rows: Ints, worked: Ints, places: Places) -> Described:
        """See `Judge`."""
        spots = self._spots
        pointed, already, hit_in_3, in_context = np.empty((4, len(rows)), dtype=np.bool_)
        describe(
            rows.ravel(),
            rows.shape[1],
            worked.ravel(),
            worked.shape[1],
            spots.element,
            spots.area,
            spots.position,
            spots.work_position,
            spots.work_area,
            spots.context,
            np.array([spots.near]),
            places.reached,
            places.first_element,
            places.context,
            pointed,
            already,
            hit_in_3,
            in_context,
        )
        return Described(pointed=pointed, already=already, hit_in_3=hit_in_3, in_context=in_context)


def judge_of(spots: Spots) -> Judge:
    """Who judges in a chunk: loops where a loop is compiled."""
    return LoopJudge(spots) if pays(spots.element) else Judge(spots)


def _any(flags: Bools) -> Bools:
    """(r) whether any of each row's flags is set; (r, k)."""
    found: Bools = np.any(flags, axis=1) if flags.shape[1] > 1 else flags[:, 0]
    return found
