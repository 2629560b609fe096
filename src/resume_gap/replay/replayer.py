"""One chunk of streams replayed at any threshold: were the target rules right?"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resume_gap.arrays import NEVER
from resume_gap.constants import HABIT_WINDOW, RECENT_ELEMENTS
from resume_gap.pipeline.contents import Contents
from resume_gap.replay.chunks import taken
from resume_gap.replay.judging import judge_of
from resume_gap.replay.places import Places, Spots
from resume_gap.replay.policies import CHANCE, CHANCE_OF_THREE, Described, Replayed, Wait
from resume_gap.replay.recent import habits, recent_elements
from resume_gap.replay.target_rules import LAST_TOUCHED, LISTED, TARGET_RULES
from resume_gap.replay.touched import Touched


class Replay:
    """Replays a chunk at any threshold from the shortest up."""

    def __init__(self, shortest: Touched, contents: Contents, *, near: float | None) -> None:
        chunk, sessions = shortest.chunk, shortest.sessions
        self._chunk = chunk
        self._contents = contents
        self._recent = recent_elements(
            chunk, sessions, shortest.last_rows(), int(RECENT_ELEMENTS.value)
        )
        self._habit = habits(chunk, sessions, HABIT_WINDOW.us)
        # Every longer limit's sessions end where one of the shortest limit ends.
        self._shortest_of_burst = sessions.of_burst
        self._spots = Spots.of(chunk, contents, near)
        self._judge = judge_of(self._spots)

    def at(self, touched: Touched, wait: Wait) -> Replayed:
        """What the policies would have shown at one limit."""
        sessions = touched.sessions
        winners = touched.winners(sessions.stops)
        places = Places.of(self._chunk, self._contents, self._spots, sessions, wait)
        ended = self._shortest_of_burst[sessions.last[sessions.stops]]
        pointed = {
            rule.name: (
                self._recent[ended, : rule.size]
                if rule.score is None
                else winners[rule.score][:, None]
            )
            for rule in TARGET_RULES
        }
        known, right = self._judge.counted(self._recent, ended, places)
        _, habit = self._judge.counted(self._habit[:, None], ended, places)
        return Replayed(
            pointed=pointed,
            policies={
                name: self._judge.judged(rows, touched, places, wait)
                for name, rows in pointed.items()
            },
            chance=CHANCE[known, right],
            chance_of_three=CHANCE_OF_THREE[known, right],
            later_work=wait.abandoned & places.has_later,
            habit=habit > 0,
        )

    def described(self, replayed: Replayed, touched: Touched, wait: Wait) -> dict[str, Described]:
        """By policy what is only asked of the headline limit."""
        sessions = touched.sessions
        places = Places.of(self._chunk, self._contents, self._spots, sessions, wait)
        worked = touched.first_worked(sessions.returns, LISTED)
        return {
            name: self._judge.described(rows, worked, places)
            for name, rows in replayed.pointed.items()
        }

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
