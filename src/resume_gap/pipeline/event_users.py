"""Some users of every event name, found on the way over the ordered events.

Whether a name may be shown depends on a handful of its users only; asking the log again would cost
as much as another pass.
"""

from typing import Final

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.pipeline.contents import Contents

_BLOCK: Final = 50_000
"""Rows looked at in one go; names that have enough users by then are not looked for any more."""


class EventUsers:
    """The first users of every event name, as many as are asked for.

    Args:
        contents: Meaning of the content numbers.
        user_of_stream: User numbers by stream_no; they never fall.
        enough: How many users of a name are asked for.

    Attributes:
        users: By event_no (0 is unused), user numbers, the lowest first.
    """

    def __init__(self, contents: Contents, user_of_stream: Ints, enough: int) -> None:
        self._contents = contents
        self._user_of_stream = user_of_stream
        self._enough = enough
        self._is_sought = np.ones(len(contents.kind_event), dtype=np.bool_)
        self.users: list[list[int]] = [[] for _ in range(int(contents.kind_event.max()) + 1)]

    def add(self, stream_no: Ints, content: Ints) -> None:
        """Events in the order of their streams, which go on where the last ones ended."""
        for begin in range(0, len(content), _BLOCK):
            kind = content[begin : begin + _BLOCK] >> 32
            rows = np.flatnonzero(self._is_sought[kind])
            if len(rows):
                event = self._contents.kind_event[kind[rows]].astype(np.int64)
                user = self._user_of_stream[stream_no[begin + rows]]
                self._add(np.unique(event << 32 | user))

    def _add(self, pairs: Ints) -> None:
        event, user = pairs >> 32, pairs & 0xFFFFFFFF
        for first in np.flatnonzero(np.diff(event, prepend=-1)):
            no = int(event[first])
            known = self.users[no]
            # Of the users met before, only the last can come again.
            some = user[first : first + self._enough + 1]
            new = some[(event[first : first + self._enough + 1] == no) & ~np.isin(some, known)]
            known += new[: self._enough - len(known)].tolist()
            if len(known) == self._enough:
                self._is_sought[self._contents.kind_event == no] = False
