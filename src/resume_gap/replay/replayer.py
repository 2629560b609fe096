"""One chunk of streams replayed at any threshold: were the target rules right?"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Ints
from resume_gap.constants import HABIT_WINDOW, RECENT_ELEMENTS
from resume_gap.pipeline.contents import Contents
from resume_gap.replay.chunks import Sessions, taken
from resume_gap.replay.judging import judge_of, rows_of
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.places import Places, Spots
from resume_gap.replay.policies import CHANCE, CHANCE_OF_THREE, Described, Replayed, Wait
from resume_gap.replay.recent import habits, recent_elements
from resume_gap.replay.target_rules import LAST_TOUCHED, LISTED, TARGET_RULES
from resume_gap.replay.touched import Touched
from resume_gap.replay.waits import Waits


class Replay:
    """Replays a chunk at any threshold from the shortest up."""

    def __init__(self, shortest: Touched, contents: Contents, *, near: float | None) -> None:
        chunk, sessions = shortest.chunk, shortest.sessions
        self._chunk = chunk
        self._contents = contents
        self._recent = recent_elements(
            chunk, sessions, shortest.last_rows(), int(RECENT_ELEMENTS.value)
        )
        # Every longer threshold's sessions end where one of the shortest threshold ends.
        self._shortest_of_burst = sessions.of_burst
        spots = Spots.of(chunk, contents, near)
        self._judge = judge_of(spots)
        self._places = Places.of_bursts(chunk, contents, spots)
        # Whether an element is where work goes on depends on no threshold, only whether in time.
        stops = sessions.stops
        places = self._places.at(
            sessions.first[sessions.returns], np.ones(len(stops), dtype=np.bool_)
        )
        self._known, self._right, self._habit = np.zeros((3, len(sessions.first)), dtype=np.int64)
        habit = habits(chunk, sessions, HABIT_WINDOW.us)[:, None]
        self._known[stops], self._right[stops] = self._judge.counted(self._recent, stops, places)
        self._habit[stops] = self._judge.counted(habit, stops, places)[1]

    def at(self, touched: Touched, rows: Waits) -> Replayed:
        """What the policies would have shown at one threshold."""
        sessions, wait = touched.sessions, rows.wait
        places = self._places_at(sessions, wait)
        ended = self._shortest_of_burst[sessions.last[sessions.stops]]
        known, right = self._known[ended], np.where(places.reached, self._right[ended], 0)
        outcomes = Outcomes.of_returns(len(ended))
        for name, values in {
            "eligible": rows.eligible,
            "habit_hit": places.reached & (self._habit[ended] > 0),
            "abandoned": wait.abandoned,
            "later_work": wait.abandoned & places.has_later,
            "reached": places.reached,
            "reorientation_us": rows.y_us,
            "chance": CHANCE[known, right],
            "chance_of_three": CHANCE_OF_THREE[known, right],
        }.items():
            outcomes[name][:] = values
        pointed = self._pointed(touched, ended)
        self._judge.judge(pointed, touched, places, rows, outcomes)
        return Replayed({r.name: rows_of(r, pointed) for r in TARGET_RULES}, outcomes)

    def _pointed(self, touched: Touched, ended: Ints) -> Ints:
        """(r, elements of all rules) rows of the elements pointed at; `ended` the stops."""
        winners = touched.winners(touched.sessions.stops)
        pointed = np.empty((len(ended), sum(r.size for r in TARGET_RULES)), dtype=np.int32)
        for rule in TARGET_RULES:
            rows_of(rule, pointed)[:] = (
                self._recent[ended, : rule.size]
                if rule.score is None
                else winners[rule.score][:, None]
            )
        return pointed

    def _places_at(self, sessions: Sessions, wait: Wait) -> Places:
        """Where work went on after the returns of one threshold."""
        return self._places.at(sessions.first[sessions.returns], wait.lag_us <= wait.cap_us)

    def described(self, replayed: Replayed, touched: Touched, wait: Wait) -> dict[str, Described]:
        """By policy what is only asked of the headline threshold."""
        sessions = touched.sessions
        places = self._places_at(sessions, wait)
        worked = touched.first_worked(sessions.returns, LISTED)
        return {
            name: self._judge.described(rows, worked, places)
            for name, rows in replayed.pointed.items()
        }

    def details(self, replayed: Replayed, touched: Touched, wait: Wait) -> dict[str, NDArray[Any]]:
        """What is only asked of the headline threshold; (r) each.

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
        pointed = taken(self._chunk.touches.element, replayed.pointed[LAST_TOUCHED][:, 0])
        own = self._contents.element(bursts.next_work_content[first]).astype(np.int64)
        pointed = pointed.astype(np.int64)
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
