"""Marker replay, section 6 of the method: would the arrow have pointed at the right place?

Five policies look only at what came before the gap and point at elements; the first productive
event back says whether they were right. A pointed element is carried as the row of its last touch
before the return, which knows its context and its position too.
"""

from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resume_gap.judgement import HABIT_WINDOW, RECENT_ELEMENTS, SEARCH_REST
from resume_gap.measures.chunk import NONE, Chunk, Sessions, Spots, taken
from resume_gap.measures.recent import habits, most_then_latest, recent_elements
from resume_gap.pipeline.steps import NEVER, Bools, Contents, Floats, Ints, run_ends
from resume_gap.stats.policies import CHANCE_PARTS

POLICIES = ("last_touched", "last_productive", "longest_dwell", "most_used", "recent_three")
_THREE = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """How each return's wait for work went on (queries/32_lags.sql), in order; r of them."""

    lag_us: Ints
    """`NEVER` where no productive event was seen."""
    abandoned: Bools
    tau_us: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What one policy would have shown after each return; r of them.

    Attributes:
        pointed: There was an element to point at.
        already: The first event back is on it.
        hit: It is the place where work went on within the cap.
        hit_in_3: It is among the first three elements worked on, work within the cap.
        context_hit: It lies in the context where work went on.
        addressable: A hit that could have shortened something.
        search_us: What the way to it took beyond a second, where addressable; else 0.
        gave_up_right: Left again, and worked there the next time.
    """

    pointed: Bools
    already: Bools
    hit: Bools
    hit_in_3: Bools
    context_hit: Bools
    addressable: Bools
    search_us: Ints
    gave_up_right: Bools


@dataclass(frozen=True, slots=True)
class Replayed:
    """The replay of one pause limit.

    Attributes:
        policies: By name, in the order of `POLICIES`.
        chance: (r) expectation of pointing at random among the last elements, in 2520ths.
        chance_of_three: (r) the same for a list of three.
        habit: (r) whether the most used element of the day before the stop is the place.
    """

    policies: dict[str, Judged]
    chance: Ints
    chance_of_three: Ints
    habit: Bools


class Replay:
    """Replays a chunk at any pause limit from the shortest up."""

    def __init__(
        self, chunk: Chunk, contents: Contents, *, shortest_us: int, near: float | None
    ) -> None:
        self._chunk = chunk
        self._contents = contents
        self._near = near
        shortest = Sessions.at(chunk.bursts, shortest_us)
        self._recent = recent_elements(chunk, shortest, int(RECENT_ELEMENTS.value))
        self._habit = habits(chunk, shortest, HABIT_WINDOW.us)
        # Every longer limit's sessions end where one of the shortest limit ends.
        self._shortest_of_burst = shortest.of_burst
        touches, context = chunk.touches, contents.label_context
        self._last = Spots.of(touches.element, context[touches.label], touches.position)
        self._first_work = Spots.of(
            touches.element, context[touches.first_work_label], touches.first_work_position
        )

    def at(self, sessions: Sessions, groups: "Groups", wait: Wait) -> Replayed:
        """What the policies would have shown at one limit."""
        place = _Place.of(self._chunk, self._contents, sessions, wait)
        ended = self._shortest_of_burst[sessions.last[sessions.stops]]
        recent = self._recent[ended]
        pointed = {
            name: groups.row_of(groups.winners(score))[sessions.stops][:, None]
            for name, score in groups.scores().items()
        }
        pointed["recent_three"] = recent[:, :_THREE]
        three = self._first_three(groups.first_worked(_THREE)[sessions.returns], groups, place)
        first = self._chunk.bursts.first_content[sessions.first[sessions.returns]]
        back = _Back(groups, sessions.returns, self._contents.element(first))
        hits = self._hits(recent, place)
        known, found = (recent != NONE).sum(axis=1), hits.sum(axis=1)
        return Replayed(
            policies={
                name: self._judge(pointed[name], back, place, three, wait) for name in POLICIES
            },
            chance=_CHANCE[known, found],
            chance_of_three=_CHANCE_OF_THREE[known, found],
            habit=self._hits(self._habit[ended][:, None], place)[:, 0],
        )

    def details(self, sessions: Sessions, groups: "Groups", wait: Wait) -> dict[str, NDArray[Any]]:
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
        bursts, back = self._chunk.bursts, sessions.returns
        first = sessions.first[back]
        pointed = taken(groups.element, groups.winners(groups.last_step)[sessions.stops])
        touched = groups.first_touch_us(pointed, back)
        work_step = np.zeros(len(sessions.first), dtype=np.int64)
        own, last = work_step.copy(), work_step.copy()
        work_step[back] = bursts.next_work_step[first]
        own[back] = self._contents.element(bursts.next_work_content[first])
        last[back] = pointed
        on_the_way = (
            (groups.first_step < work_step[groups.session])
            & (groups.element != own[groups.session])
            & (groups.element != last[groups.session])
        )
        reached = wait.lag_us <= wait.tau_us
        stopped = bursts.last_content[sessions.last[sessions.stops]]
        return {
            "pointed_no": pointed,
            "target_return_us": np.where(touched == NEVER, NEVER, touched - bursts.start_us[first]),
            "detours": np.bincount(groups.session[on_the_way], minlength=len(sessions.first))[back],
            "context_no": self._contents.context(stopped),
            "is_reached": reached,
            "place_no": np.where(reached, own[back], 0),
        }

    def _judge(
        self,
        rows: Ints,
        back: "_Back",
        place: "_Place",
        three: "list[_Spot]",
        wait: Wait,
    ) -> Judged:
        """Hold pointed elements, (r, k) rows, against what happened."""
        element, context = self._last.element[rows], self._last.context[rows]
        hits = self._hits(rows, place)
        hit: Bools = np.any(hits, axis=1)
        same = (element == back.first_element[:, None]) & (element > 0)
        already: Bools = np.any(same, axis=1)
        addressable = hit & ~already & (wait.lag_us > 0)
        search = np.zeros(len(hit), dtype=np.int64)
        some = np.flatnonzero(addressable)
        if len(some):
            touched = back.groups.first_touch_us(element[some], back.session[some][:, None])
            waited = np.where(hits[some], touched, NEVER).min(axis=1) - place.return_us[some]
            waited = np.minimum(np.minimum(waited, wait.lag_us[some]), wait.tau_us)
            search[some] = np.maximum(0, waited - SEARCH_REST.us)
        in_three = np.zeros(len(hit), dtype=np.bool_)
        for worked in three:
            in_three |= np.any(self._hits(rows, worked), axis=1)
        context_hit = (context == place.context[:, None]) & (context > 0)
        gave_up = np.zeros(len(hit), dtype=np.bool_)
        left = np.flatnonzero(wait.abandoned)
        gave_up[left] = np.any(self._hits(rows[left], place.later.some(left)), axis=1)
        return Judged(
            pointed=np.any(rows != NONE, axis=1),
            already=already,
            hit=hit,
            hit_in_3=in_three,
            context_hit=np.any(context_hit, axis=1),
            addressable=addressable,
            search_us=search,
            gave_up_right=gave_up,
        )

    def _hits(self, rows: Ints, place: "_Spot") -> Bools:
        """(r, k) whether each pointed element is the place."""
        wanted = place.element[:, None]
        element = self._last.element[rows]
        if self._near is None:
            return (element == wanted) & (wanted > 0)
        away = np.abs(self._last.position[rows] - place.position[:, None])
        same = self._last.context[rows] == place.context[:, None]
        return (element > 0) & (wanted > 0) & same & (away <= self._near)

    def _first_three(self, worked: Ints, groups: "Groups", place: "_Place") -> "list[_Spot]":
        """The first, second and third element worked on after each return, within the cap."""
        spots = []
        for column in worked.T:
            row = groups.work_row_of(column)
            spots.append(
                _Spot(
                    element=np.where(place.reached, self._first_work.element[row], 0),
                    context=self._first_work.context[row],
                    position=self._first_work.position[row],
                )
            )
        return spots


@dataclass(frozen=True, slots=True)
class _Back:
    """The sessions that returns open: touches, numbers, element of the first event."""

    groups: "Groups"
    session: Ints
    first_element: Ints


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

    @classmethod
    def of(cls, chunk: Chunk, contents: Contents, sessions: Sessions, wait: Wait) -> "_Place":
        bursts, first = chunk.bursts, sessions.first[sessions.returns]
        reached = wait.lag_us <= wait.tau_us
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
        )


class Groups:
    """Touches of each session gathered by element; g of them, by element, then by session."""

    def __init__(self, chunk: Chunk, sessions: Sessions) -> None:
        touches, order = chunk.sorted_touches, chunk.by_element
        self._sessions = len(sessions.first)
        session, element = sessions.of_burst[touches.burst], touches.element
        fresh = np.ones(len(order), dtype=np.bool_)
        fresh[1:] = (session[1:] != session[:-1]) | (element[1:] != element[:-1])
        heads = np.flatnonzero(fresh)
        ends = run_ends(heads, len(order))
        inside = touches.burst != sessions.last[session]
        dwell = touches.dwell_us + np.where(inside, touches.bridge_us, 0)
        self._heads, self._touches, self._order = heads, touches, order
        self.session = session[heads]
        self.element = element[heads]
        self.n = _reduced(np.add, touches.n.astype(np.int64), heads)
        self.dwell_us = _reduced(np.add, dwell, heads)
        self.first_step = touches.first_step[heads]
        self.first_us = touches.first_us[heads]
        self.last_row = order[ends]
        self.last_step = touches.last_step[ends]
        self.first_work_step = _reduced(np.minimum, touches.first_work_step, heads)
        self.last_work_step = _reduced(np.maximum, touches.last_work_step, heads)

    def scores(self) -> dict[str, Ints]:
        """By policy what the element that it points at has most of; below 0: never."""
        return {
            "last_touched": self.last_step,
            "last_productive": self.last_work_step,
            "longest_dwell": self.dwell_us,
            "most_used": self.n,
        }

    def winners(self, score: Ints) -> Ints:
        """(s) index of each session's group with the highest score; ties to the latest touched."""
        found = np.full(self._sessions, NONE, dtype=np.int64)
        best = most_then_latest(self.session, score, self.last_step, self._sessions)
        best &= score >= 0
        found[self.session[best]] = np.flatnonzero(best)
        return found

    def first_worked(self, many: int) -> Ints:
        """(s, many) indices of the groups worked on first in each session, in order."""
        found = np.full((self._sessions, many), NONE, dtype=np.int64)
        left = np.flatnonzero(self.first_work_step != NEVER)
        for place in range(many):
            earliest = np.full(self._sessions, NEVER)
            np.minimum.at(earliest, self.session[left], self.first_work_step[left])
            chosen = self.first_work_step[left] == earliest[self.session[left]]
            found[self.session[left[chosen]], place] = left[chosen]
            left = left[~chosen]
        return found

    def row_of(self, groups: Ints) -> Ints:
        """Rows of the groups' last touches; `NONE` stays."""
        return np.where(groups == NONE, NONE, taken(self.last_row, groups))

    def work_row_of(self, groups: Ints) -> Ints:
        """Rows of the touches in which the groups were worked on first; `NONE` stays."""
        found = np.full(groups.shape, NONE, dtype=np.int64)
        there = np.flatnonzero(groups != NONE)
        # Rows of a group stand in order, so those worked on begin where the step is reached.
        row = self._heads[groups[there]]
        wanted = self.first_work_step[groups[there]]
        while len(there):
            reached = self._touches.first_work_step[row] == wanted
            found[there[reached]] = self._order[row[reached]]
            there, row, wanted = there[~reached], row[~reached] + 1, wanted[~reached]
        return found

    def first_touch_us(self, element: Ints, session: Ints) -> Ints:
        """When each element was first touched in the session; `NEVER` where it was not."""
        key = (self.element.astype(np.int64) << 32) | self.session
        wanted = (element.astype(np.int64) << 32) | session
        index = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
        return np.where(taken(key, index) == wanted, taken(self.first_us, index), NEVER)


def _reduced(how: np.ufunc, values: Ints, heads: Ints) -> Ints:
    return how.reduceat(values, heads) if len(heads) else values


def _chance_tables(many: int) -> tuple[Ints, Ints]:
    """[k, m] chance of one and of three random arrows when m of the last k elements are right."""
    one = np.zeros((many + 1, many + 1), dtype=np.int64)
    three = one.copy()
    for k in range(1, many + 1):
        for m in range(1, k + 1):
            one[k, m] = CHANCE_PARTS * m // k
            drawn = comb(k, _THREE)
            missed = comb(k - m, _THREE) if k >= _THREE else 0
            three[k, m] = CHANCE_PARTS - CHANCE_PARTS * missed // max(1, drawn)
    return one, three


_CHANCE, _CHANCE_OF_THREE = _chance_tables(int(RECENT_ELEMENTS.value))
