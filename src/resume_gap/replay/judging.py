"""Elements pointed at, compared with what happened: by arrays on small logs, else by loops.

An element is pointed at by the row of a touch; `ABSENT` points at nothing.
"""

import numpy as np

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.compiled import pays
from resume_gap.constants import SEARCH_REST
from resume_gap.replay.chunks import ABSENT, taken
from resume_gap.replay.judge_loops import count_right, describe, judge_returns
from resume_gap.replay.outcomes import RETURN_FLAGS, RETURN_NUMBERS, Outcomes
from resume_gap.replay.places import Places, Spots
from resume_gap.replay.policies import Described
from resume_gap.replay.target_rules import TARGET_RULES, TargetRule
from resume_gap.replay.touched import Touched
from resume_gap.replay.waits import Waits


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

    def judge(
        self, pointed: Ints, touched: Touched, places: Places, rows: Waits, outcomes: Outcomes
    ) -> None:
        """Write what became of the elements that each rule pointed at.

        Args:
            pointed: (r, elements of all rules) rows.
            touched: In the sessions of the threshold.
            places: Where work went on.
            rows: The returns.
            outcomes: Receives the columns of the rules.
        """
        for rule in TARGET_RULES:
            judged = self._judged(rows_of(rule, pointed), touched, places, rows)
            for name, values in judged.items():
                outcomes[f"{rule.name}_{name}"][:] = values

    def _judged(
        self, pointed: Ints, touched: Touched, places: Places, rows: Waits
    ) -> dict[str, Ints | Bools]:
        """The columns of one rule."""
        wait = rows.wait
        hits = self._hits(pointed, places.element, places.area, places.position)
        hit = _any(hits)
        addressable = hit & ~self._already(pointed, places) & (wait.lag_us > 0)
        search = np.zeros(len(hit), dtype=np.int64)
        some = np.flatnonzero(addressable)
        if len(some):
            back = touched.sessions.returns[some][:, None]
            at_us = touched.first_touch_us(taken(self._spots.element, pointed[some]), back)
            waited = np.where(hits[some], at_us, NEVER).min(axis=1) - places.return_us[some]
            waited = np.minimum(np.minimum(waited, wait.lag_us[some]), wait.cap_us)
            search[some] = np.maximum(0, waited - SEARCH_REST.us)
        later = self._hits(pointed, places.later_element, places.area, places.position)
        return {
            "hit": hit,
            "addressable": addressable,
            "gave_up_right": wait.abandoned & _any(later),
            "search_us": search,
            "addressable_us": np.where(addressable, rows.y_us, 0),
        }

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

    def judge(
        self, pointed: Ints, touched: Touched, places: Places, rows: Waits, outcomes: Outcomes
    ) -> None:
        """See `Judge`."""
        spots, chunk, wait = self._spots, touched.chunk, rows.wait
        sessions = touched.sessions
        first, last = sessions.first[sessions.returns], sessions.last[sessions.returns]
        judge_returns(
            pointed.ravel(),
            np.array([rule.size for rule in TARGET_RULES]),
            spots.element,
            spots.area,
            spots.position,
            chunk.touches.first_us,
            chunk.touch_begin[first],
            chunk.touch_begin[last + 1],
            places.element,
            places.later_element,
            places.area,
            places.position,
            np.array([spots.near]),
            places.first_element,
            places.return_us,
            wait.lag_us,
            wait.abandoned,
            rows.y_us,
            wait.cap_us,
            SEARCH_REST.us,
            len(RETURN_FLAGS),
            len(outcomes.flag_names),
            len(RETURN_NUMBERS),
            len(outcomes.number_names),
            outcomes.flags.ravel(),
            outcomes.numbers.ravel(),
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


def rows_of(rule: TargetRule, pointed: Ints) -> Ints:
    """(r, k) the rows of one rule among those of all, (r, elements of all rules)."""
    begin = sum(one.size for one in TARGET_RULES[: TARGET_RULES.index(rule)])
    return pointed[:, begin : begin + rule.size]


def judge_of(spots: Spots) -> Judge:
    """Who judges in a chunk: loops where a loop is compiled."""
    return LoopJudge(spots) if pays(spots.element) else Judge(spots)


def _any(flags: Bools) -> Bools:
    """(r) whether any of each row's flags is set; (r, k)."""
    found: Bools = np.any(flags, axis=1) if flags.shape[1] > 1 else flags[:, 0]
    return found
