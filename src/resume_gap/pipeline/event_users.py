"""Some users of every event name, found on the way over the ordered events.

Whether a name may be shown depends on a handful of its users only; asking the log again would cost
as much as another pass.
"""

from typing import Final

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import run_heads

_BLOCK: Final = 50_000
"""Rows looked at in one go; names that have enough users by then are not looked for any more."""


class EventUsers:
    """The first users of every event name, as many as are asked for.

    Args:
        contents: Meaning of the content numbers.
        user_of_stream: User numbers by stream_no; they never fall.
        enough: How many users of a name are asked for.
    """

    def __init__(self, contents: Contents, user_of_stream: Ints, enough: int) -> None:
        self._event_of_kind = contents.kind_event.astype(np.int64)
        self._user_of_stream = user_of_stream
        self._enough = enough
        self._is_sought = np.ones(len(self._event_of_kind), dtype=np.bool_)
        names = int(self._event_of_kind.max()) + 1
        self._found = np.zeros((names, enough), dtype=np.int32)
        self._many = np.zeros(names, dtype=np.int64)
        self._last = np.full(names, -1, dtype=np.int64)

    @property
    def users(self) -> list[list[int]]:
        """By event_no (0 is unused), user numbers, the lowest first."""
        return [
            users[:many]
            for users, many in zip(self._found.tolist(), self._many.tolist(), strict=True)
        ]

    def add(self, stream_no: Ints, content: Ints) -> None:
        """Events in the order of their streams, which go on where the last ones ended."""
        for begin in range(0, len(content), _BLOCK):
            kind = content[begin : begin + _BLOCK] >> 32
            rows = np.flatnonzero(self._is_sought[kind])
            if len(rows):
                event = self._event_of_kind[kind[rows]]
                user = self._user_of_stream[stream_no[begin + rows]]
                self._add(np.unique(event << 32 | user))

    def _add(self, pairs: Ints) -> None:
        event, user = pairs >> 32, pairs & 0xFFFFFFFF
        # Of the users met before, only the last can come again.
        is_new = user > self._last[event]
        event, user = event[is_new], user[is_new]
        heads = run_heads(event)
        many = np.diff(heads, append=len(event))
        place = self._many[event] + np.arange(len(event)) - np.repeat(heads, many)
        fits = place < self._enough
        self._found[event[fits], place[fits]] = user[fits]
        self._last[event] = user  # they rise within a name, so that its last one stays
        self._many[event[heads]] = np.minimum(self._many[event[heads]] + many, self._enough)
        if (self._many[event[heads]] == self._enough).any():
            self._is_sought = self._many[self._event_of_kind] < self._enough
