"""What was touched in the sessions of one threshold, whichever way it is found."""

from typing import Protocol, Self

from resume_gap.arrays import Ints
from resume_gap.compiled import pays
from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.replay.groups import TouchGroups
from resume_gap.replay.session_touches import SessionTouches


class Touched(Protocol):
    """The touches of a chunk at one threshold, as the target rules and the judge ask for them.

    A row is that of a touch in the chunk; `ABSENT` for none.
    """

    @property
    def chunk(self) -> Chunk:
        """Whole streams."""
        ...

    @property
    def sessions(self) -> Sessions:
        """Of the threshold; s of them."""
        ...

    def merged(self, sessions: Sessions) -> Self:
        """The same at a longer threshold, whose sessions are unions of those here."""
        ...

    def last_rows(self) -> Ints:
        """Rows of the last touch of every session and element, the latest first."""
        ...

    def winners(self, asked: Ints) -> dict[str, Ints]:
        """By score of a target rule, (r) the last row of the element that has most of it.

        Ties go to the latest touched; a score below 0 never wins.

        Args:
            asked: (r) sessions.
        """
        ...

    def first_touch_us(self, element: Ints, session: Ints) -> Ints:
        """When each element was first touched in the session; `NEVER` where it was not.

        Args:
            element: Of any shape.
            session: Of a shape that can be spread to it.
        """
        ...

    def first_worked(self, session: Ints, many: int) -> Ints:
        """(r, many) rows in which the first elements of r sessions were worked on, in order."""
        ...

    def before(self, step: Ints, session: Ints, own: Ints, last: Ints) -> Ints:
        """(r) how many elements, without `own` and `last`, r sessions touched before a step."""
        ...


def touched(chunk: Chunk, sessions: Sessions) -> Touched:
    """What was touched in some sessions; by loops where a loop is compiled."""
    if pays(chunk.touches.element):
        return SessionTouches.of(chunk, sessions)
    return TouchGroups.of(chunk, sessions)
