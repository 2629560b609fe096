"""One chunk of streams replayed at any threshold: were the target rules right?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.constants import HABIT_WINDOW, RECENT_ELEMENTS, SEARCH_REST
from resume_gap.pipeline.contents import Contents
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions
from resume_gap.replay.policies import (
    CHANCE,
    CHANCE_OF_THREE,
    Described,
    PolicyOutcome,
    Replayed,
    Wait,
)
from resume_gap.replay.recent import habits, recent_elements
from resume_gap.replay.target_rules import LAST_TOUCHED, LISTED, TARGET_RULES
from resume_gap.replay.touched import Touched


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where pointed elements stand, by row of their last touch; the row `ABSENT` is nowhere."""

    element: Ints
    context: Ints
    position: Floats

    @classmethod
    def of(cls, element: Ints, context: Ints, position: Floats) -> "_Spots":
        """Spots with one more at the end, which is what the index -1 finds."""
        return cls(np.append(element, 0), np.append(context, 0), np.append(position, np.nan))


class Replay:
    """Replays a chunk at any threshold from the shortest up."""

    def __init__(self, shortest: Touched, contents: Contents, *, near: float | None) -> None:
        chunk, sessions = shortest.chunk, shortest.sessions
        self._chunk = chunk
        self._contents = contents
        self._near = near
        self._recent = recent_elements(
            chunk, sessions, shortest.last_rows(), int(RECENT_ELEMENTS.value)
        )
        self._habit = habits(chunk, sessions, HABIT_WINDOW.us)
        # Every longer limit's sessions end where one of the shortest limit ends.
        self._shortest_of_burst = sessions.of_burst
        touches, context = chunk.touches, contents.label_context
        self._last = _Spots.of(touches.element, context[touches.label], touches.position)
        self._first_work = _Spots.of(
            touches.element, context[touches.first_work_label], touches.first_work_position
        )

    def at(self, touched: Touched, wait: Wait) -> Replayed:
        """What the policies would have shown at one limit."""
        sessions = touched.sessions
        place = _Place.of(self._chunk, self._contents, sessions, wait)
        ended = self._shortest_of_burst[sessions.last[sessions.stops]]
        recent, winners = self._recent[ended], touched.winners()
        pointed = {
            rule.name: (
                recent[:, : rule.size]
                if rule.score is None
                else winners[rule.score][sessions.stops][:, None]
            )
            for rule in TARGET_RULES
        }
        first_element = self._first_element(sessions)
        hits = self._hits(recent, place)
        known, found = (recent != ABSENT).sum(axis=1), hits.sum(axis=1)
        return Replayed(
            pointed=pointed,
            policies={
                name: self._judge(rows, first_element, touched, place, wait)
                for name, rows in pointed.items()
            },
            chance=CHANCE[known, found],
            chance_of_three=CHANCE_OF_THREE[known, found],
            later_work=wait.abandoned & place.has_later,
            habit=self._hits(self._habit[ended][:, None], place)[:, 0],
        )

    def described(self, replayed: Replayed, touched: Touched, wait: Wait) -> dict[str, Described]:
        """By policy what is only asked of the headline limit."""
        sessions = touched.sessions
        place = _Place.of(self._chunk, self._contents, sessions, wait)
        three = self._first_three(touched.first_worked(sessions.returns, LISTED), place)
        first_element = self._first_element(sessions)
        found = {}
        for name, rows in replayed.pointed.items():
            in_three = np.zeros(len(rows), dtype=np.bool_)
            for worked in three:
                in_three |= _any(self._hits(rows, worked))
            context = self._last.context[rows]
            found[name] = Described(
                pointed=_any(rows != ABSENT),
                already=self._already(rows, first_element),
                hit_in_3=in_three,
                in_context=_any((context == place.context[:, None]) & (context > 0)),
            )
        return found

    def details(self, replayed: Replayed, touched: Touched, wait: Wait) -> dict[str, NDArray[Any]]:
        """What is only asked of the headline limit; (r) each.

        Returns:
            pointed_no: The element last touched.
            target_return_us: Time from the return to the first touch of that element (section 4),
                `NEVER` where there is none.
            detours: Distinct elements touched before the first productive event, other than its
                own and the one last touched; meaningless where none was seen.
            context_no: The context of the stop.
            is_reached: Work within the cap.
            place_no: And the element of its first event, 0 for none.
        """
        sessions, bursts = touched.sessions, self._chunk.bursts
        back = sessions.returns
        first = sessions.first[back]
        pointed = self._last.element[replayed.pointed[LAST_TOUCHED][:, 0]].astype(np.int64)
        own = self._contents.element(bursts.next_work_content[first]).astype(np.int64)
        first_us = touched.first_touch_us(pointed, back)
        reached = wait.lag_us <= wait.cap_us
        stopped = bursts.last_content[sessions.last[sessions.stops]]
        return {
            "pointed_no": pointed,
            "target_return_us": np.where(
                first_us == NEVER, NEVER, first_us - bursts.start_us[first]
            ),
            "detours": touched.before(bursts.next_work_step[first], back, own, pointed),
            "context_no": self._contents.context(stopped),
            "is_reached": reached,
            "place_no": np.where(reached, own, 0),
        }

    def _judge(
        self, rows: Ints, first_element: Ints, touched: Touched, place: "_Place", wait: Wait
    ) -> PolicyOutcome:
        """Hold pointed elements, (r, k) rows, against what happened."""
        hits = self._hits(rows, place)
        hit = _any(hits)
        addressable = hit & ~self._already(rows, first_element) & (wait.lag_us > 0)
        search = np.zeros(len(hit), dtype=np.int64)
        some = np.flatnonzero(addressable)
        if len(some):
            back = touched.sessions.returns[some][:, None]
            at_us = touched.first_touch_us(self._last.element[rows[some]], back)
            waited = np.where(hits[some], at_us, NEVER).min(axis=1) - place.return_us[some]
            waited = np.minimum(np.minimum(waited, wait.lag_us[some]), wait.cap_us)
            search[some] = np.maximum(0, waited - SEARCH_REST.us)
        left, gave_up = np.flatnonzero(wait.abandoned), np.zeros_like(hit)
        gave_up[left] = _any(self._hits(rows[left], place.later.some(left)))
        return PolicyOutcome(
            hit=hit, addressable=addressable, search_us=search, gave_up_right=gave_up
        )

    def _first_element(self, sessions: Sessions) -> Ints:
        """(r) element of the first event back."""
        first = self._chunk.bursts.first_content[sessions.first[sessions.returns]]
        return self._contents.element(first)

    def _already(self, rows: Ints, first_element: Ints) -> Bools:
        """(r) whether the first event back is on a pointed element."""
        element = self._last.element[rows]
        return _any((element == first_element[:, None]) & (element > 0))

    def _hits(self, rows: Ints, place: "_Spot") -> Bools:
        """(r, k) whether each pointed element is the place."""
        wanted = place.element[:, None]
        element = self._last.element[rows]
        if self._near is None:
            return (element == wanted) & (wanted > 0)
        away = np.abs(self._last.position[rows] - place.position[:, None])
        same = self._last.context[rows] == place.context[:, None]
        return (element > 0) & (wanted > 0) & same & (away <= self._near)

    def _first_three(self, worked: Ints, place: "_Place") -> "list[_Spot]":
        """The first, second and third element worked on after each return, within the cap."""
        return [
            _Spot(
                element=np.where(place.reached, self._first_work.element[row], 0),
                context=self._first_work.context[row],
                position=self._first_work.position[row],
            )
            for row in worked.T
        ]


def _any(flags: Bools) -> Bools:
    """(r) whether any of each row's flags is set; (r, k)."""
    found: Bools = np.any(flags, axis=1) if flags.shape[1] > 1 else flags[:, 0]
    return found


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where something happened after each return; (r) each, element 0 for nowhere."""

    element: Ints
    context: Ints
    position: Floats

    def some(self, which: Ints) -> "_Spot":
        """Only these."""
        return _Spot(self.element[which], self.context[which], self.position[which])


@dataclass(frozen=True, slots=True)
class _Place(_Spot):
    """Where work went on after each return; element and context 0 where not within the cap."""

    return_us: Ints
    reached: Bools
    later: _Spot
    """The stream's next productive event, whatever lies between."""
    has_later: Bools
    """Whether there is one."""

    @classmethod
    def of(cls, chunk: Chunk, contents: Contents, sessions: Sessions, wait: Wait) -> "_Place":
        bursts, first = chunk.bursts, sessions.first[sessions.returns]
        reached = wait.lag_us <= wait.cap_us
        content = bursts.next_work_content[first]
        position = bursts.next_work_position[first]
        element, context = contents.element(content), contents.context(content)
        return cls(
            element=np.where(reached, element, 0),
            context=np.where(reached, context, 0),
            position=position,
            return_us=bursts.start_us[first],
            reached=reached,
            later=_Spot(element, context, position),
            has_later=bursts.next_work_step[first] != NEVER,
        )
