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

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.constants import HABIT_WINDOW, RECENT_ELEMENTS, SEARCH_REST
from resume_gap.pipeline.steps import Contents, run_ends, run_heads
from resume_gap.replay.chunks import NONE, Chunk, Sessions, Spots, taken
from resume_gap.replay.recent import habits, most_then_latest, recent_elements
from resume_gap.stats.policies import CHANCE_PARTS

POLICIES = ("last_touched", "last_productive", "longest_dwell", "most_used", "recent_three")
_THREE = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """How each return's wait for work went on (queries/32_lags.sql), in order; r of them."""

    lag_us: Ints
    """`NEVER` where no productive event was seen."""
    abandoned: Bools
    cap_us: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What the decision and the ladder ask of one policy after each return; r of them.

    Attributes:
        hit: The element is the place where work went on within the cap.
        addressable: A hit that could have shortened something.
        search_us: What the way to it took beyond a second, where addressable; else 0.
    """

    hit: Bools
    addressable: Bools
    search_us: Ints


@dataclass(frozen=True, slots=True)
class Described:
    """What else is told of one policy at the headline limit; r of them.

    Attributes:
        pointed: There was an element to point at.
        already: The first event back is on it.
        hit_in_3: It is among the first three elements worked on, work within the cap.
        context_hit: It lies in the context where work went on.
        gave_up_right: Left again, and worked there the next time.
    """

    pointed: Bools
    already: Bools
    hit_in_3: Bools
    context_hit: Bools
    gave_up_right: Bools


@dataclass(frozen=True, slots=True)
class Replayed:
    """The replay of one pause limit.

    Attributes:
        pointed: By policy, in the order of `POLICIES`, (r, k) rows of the elements pointed at.
        policies: By the same names how right they were.
        chance: (r) expectation of pointing at random among the last elements, in 2520ths.
        chance_of_three: (r) the same for a list of three.
        habit: (r) whether the most used element of the day before the stop is the place.
    """

    pointed: dict[str, Ints]
    policies: dict[str, Judged]
    chance: Ints
    chance_of_three: Ints
    habit: Bools


class Replay:
    """Replays a chunk at any pause limit from the shortest up."""

    def __init__(self, shortest: "Groups", contents: Contents, *, near: float | None) -> None:
        chunk, sessions = shortest.chunk, shortest.sessions
        self._chunk = chunk
        self._contents = contents
        self._near = near
        self._recent = recent_elements(
            chunk, sessions, shortest.last_row, int(RECENT_ELEMENTS.value)
        )
        self._habit = habits(chunk, sessions, HABIT_WINDOW.us)
        # Every longer limit's sessions end where one of the shortest limit ends.
        self._shortest_of_burst = sessions.of_burst
        touches, context = chunk.touches, contents.label_context
        self._last = Spots.of(touches.element, context[touches.label], touches.position)
        self._first_work = Spots.of(
            touches.element, context[touches.first_work_label], touches.first_work_position
        )

    def at(self, groups: "Groups", wait: Wait) -> Replayed:
        """What the policies would have shown at one limit."""
        sessions = groups.sessions
        place = _Place.of(self._chunk, self._contents, sessions, wait)
        ended = self._shortest_of_burst[sessions.last[sessions.stops]]
        recent = self._recent[ended]
        pointed = {
            name: groups.row_of(groups.winners(score))[sessions.stops][:, None]
            for name, score in groups.scores().items()
        }
        pointed["recent_three"] = recent[:, :_THREE]
        first_element = self._first_element(sessions)
        hits = self._hits(recent, place)
        known, found = (recent != NONE).sum(axis=1), hits.sum(axis=1)
        return Replayed(
            pointed=pointed,
            policies={
                name: self._judge(rows, first_element, groups, place, wait)
                for name, rows in pointed.items()
            },
            chance=_CHANCE[known, found],
            chance_of_three=_CHANCE_OF_THREE[known, found],
            habit=self._hits(self._habit[ended][:, None], place)[:, 0],
        )

    def described(self, replayed: Replayed, groups: "Groups", wait: Wait) -> dict[str, Described]:
        """By policy what is only asked of the headline limit."""
        sessions = groups.sessions
        place = _Place.of(self._chunk, self._contents, sessions, wait)
        three = self._first_three(groups.first_worked(_THREE)[sessions.returns], groups, place)
        first_element, left = self._first_element(sessions), np.flatnonzero(wait.abandoned)
        found = {}
        for name, rows in replayed.pointed.items():
            in_three = np.zeros(len(rows), dtype=np.bool_)
            for worked in three:
                in_three |= np.any(self._hits(rows, worked), axis=1)
            context = self._last.context[rows]
            gave_up = np.zeros(len(rows), dtype=np.bool_)
            gave_up[left] = np.any(self._hits(rows[left], place.later.some(left)), axis=1)
            found[name] = Described(
                pointed=np.any(rows != NONE, axis=1),
                already=self._already(rows, first_element),
                hit_in_3=in_three,
                context_hit=np.any((context == place.context[:, None]) & (context > 0), axis=1),
                gave_up_right=gave_up,
            )
        return found

    def details(self, groups: "Groups", wait: Wait) -> dict[str, NDArray[Any]]:
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
        sessions, bursts = groups.sessions, self._chunk.bursts
        back = sessions.returns
        first = sessions.first[back]
        pointed = taken(groups.element, groups.winners(groups.last_step)[sessions.stops])
        touched = groups.first_touch_us(pointed, back)
        work_step = np.zeros(len(sessions.first), dtype=np.int64)
        own, last = work_step.copy(), work_step.copy()
        work_step[back] = bursts.next_work_step[first]
        own[back] = self._contents.element(bursts.next_work_content[first])
        last[back] = pointed
        on_the_way = (
            (groups.first_step() < work_step[groups.session])
            & (groups.element != own[groups.session])
            & (groups.element != last[groups.session])
        )
        reached = wait.lag_us <= wait.cap_us
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
        self, rows: Ints, first_element: Ints, groups: "Groups", place: "_Place", wait: Wait
    ) -> Judged:
        """Hold pointed elements, (r, k) rows, against what happened."""
        hits = self._hits(rows, place)
        hit: Bools = np.any(hits, axis=1)
        addressable = hit & ~self._already(rows, first_element) & (wait.lag_us > 0)
        search = np.zeros(len(hit), dtype=np.int64)
        some = np.flatnonzero(addressable)
        if len(some):
            back = groups.sessions.returns[some][:, None]
            touched = groups.first_touch_us(self._last.element[rows[some]], back)
            waited = np.where(hits[some], touched, NEVER).min(axis=1) - place.return_us[some]
            waited = np.minimum(np.minimum(waited, wait.lag_us[some]), wait.cap_us)
            search[some] = np.maximum(0, waited - SEARCH_REST.us)
        return Judged(hit=hit, addressable=addressable, search_us=search)

    def _first_element(self, sessions: Sessions) -> Ints:
        """(r) element of the first event back."""
        first = self._chunk.bursts.first_content[sessions.first[sessions.returns]]
        return self._contents.element(first)

    def _already(self, rows: Ints, first_element: Ints) -> Bools:
        """(r) whether the first event back is on a pointed element."""
        element = self._last.element[rows]
        already: Bools = np.any((element == first_element[:, None]) & (element > 0), axis=1)
        return already

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
        )


@dataclass(frozen=True, slots=True)
class Groups:
    """Touches of each session gathered by element; g of them, by element, then by session.

    Sessions of a longer limit are unions of a shorter one's, and so are their groups: these are
    gathered from touches once, and then from one another (`merged`).

    Attributes:
        head: Index of the first touch in `Chunk.by_element`; the group's touches follow it.
        session: The session.
        element: The element.
        key: Element and session in one number; it rises.
        n: How many events.
        dwell_us: Time spent.
        bridge_us: What the session's last event would add if the session went on.
        last_row: Row of the last touch.
        last_step: And its last step.
        first_work_step: First step worked on there, `NEVER` for none.
        last_work_step: And the last one, -1 for none.
    """

    chunk: Chunk
    sessions: Sessions
    head: Ints
    session: Ints
    element: Ints
    key: Ints
    n: Ints
    dwell_us: Ints
    bridge_us: Ints
    last_row: Ints
    last_step: Ints
    first_work_step: Ints
    last_work_step: Ints

    @classmethod
    def of(cls, chunk: Chunk, sessions: Sessions) -> "Groups":
        """Gathered from the touches."""
        touches, order = chunk.touches, chunk.by_element
        bursts = np.arange(len(chunk.bursts.number))
        # Every touch alone, as if every burst were a session.
        single = cls(
            chunk=chunk,
            sessions=Sessions(of_burst=bursts, first=bursts, last=bursts, returns=bursts[:0]),
            head=np.arange(len(order)),
            session=touches.burst[order],
            element=touches.element[order],
            key=order[:0],
            n=touches.n[order],
            dwell_us=touches.dwell_us[order],
            bridge_us=touches.bridge_us[order],
            last_row=order,
            last_step=touches.last_step[order],
            first_work_step=touches.first_work_step[order],
            last_work_step=touches.last_work_step[order],
        )
        return single._gathered(sessions)

    def merged(self, sessions: Sessions) -> "Groups":
        """The groups of a longer limit; its sessions are unions of those here."""
        unchanged = len(sessions.first) == len(self.sessions.first)
        return self if unchanged else self._gathered(sessions)

    def _gathered(self, sessions: Sessions) -> "Groups":
        last = self.sessions.last[self.session]
        session = sessions.of_burst[last]
        key = (self.element.astype(np.int64) << 32) | session
        heads = run_heads(key)
        ends = run_ends(heads, len(key))
        bridged = np.where(last != sessions.last[session], self.bridge_us, 0)
        return Groups(
            chunk=self.chunk,
            sessions=sessions,
            head=self.head[heads],
            session=session[heads],
            element=self.element[heads],
            key=key[heads],
            n=_reduced(np.add, self.n, heads),
            dwell_us=_reduced(np.add, self.dwell_us + bridged, heads),
            bridge_us=_reduced(np.add, self.bridge_us - bridged, heads),
            last_row=self.last_row[ends],
            last_step=self.last_step[ends],
            first_work_step=_reduced(np.minimum, self.first_work_step, heads),
            last_work_step=_reduced(np.maximum, self.last_work_step, heads),
        )

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
        sessions = len(self.sessions.first)
        found = np.full(sessions, NONE, dtype=np.int64)
        best = most_then_latest(self.session, score, self.last_step, sessions)
        best = best[score[best] >= 0]
        found[self.session[best]] = best
        return found

    def first_worked(self, many: int) -> Ints:
        """(s, many) indices of the groups worked on first in each session, in order."""
        sessions = len(self.sessions.first)
        found = np.full((sessions, many), NONE, dtype=np.int64)
        left = np.flatnonzero(self.first_work_step != NEVER)
        for place in range(many):
            earliest = np.full(sessions, NEVER)
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
        index = self.head[groups[there]]
        wanted = self.first_work_step[groups[there]]
        touches, order = self.chunk.touches, self.chunk.by_element
        while len(there):
            row = order[index]
            reached = touches.first_work_step[row] == wanted
            found[there[reached]] = row[reached]
            there, index, wanted = there[~reached], index[~reached] + 1, wanted[~reached]
        return found

    def first_step(self) -> Ints:
        """(g) the first step of each group."""
        return self.chunk.touches.first_step[self.chunk.by_element[self.head]]

    def first_touch_us(self, element: Ints, session: Ints) -> Ints:
        """When each element was first touched in the session; `NEVER` where it was not."""
        key, wanted = self.key, (element.astype(np.int64) << 32) | session
        index = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
        first_row = taken(self.chunk.by_element, taken(self.head, index))
        first_us = taken(self.chunk.touches.first_us, first_row)
        return np.where(taken(key, index) == wanted, first_us, NEVER)


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
