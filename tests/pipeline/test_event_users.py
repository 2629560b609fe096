"""Some users of every event name."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resume_gap.pipeline import event_users
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.event_users import EventUsers

NONE = np.zeros(1, dtype=np.int32)
KIND_EVENT = np.array([0, 1, 2, 1, 3], dtype=np.int32)
"""The kinds 1 and 3 are one event name."""
CONTENTS = Contents(np.zeros(5, dtype=np.int32), KIND_EVENT, NONE, NONE, NONE)
USER_OF_STREAM = np.array([0, 1, 1, 2, 3, 4, 4, 4, 5, 6], dtype=np.int64)

rows = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), max_size=40)


@given(rows, st.integers(1, 4), st.integers(1, 20))
def test_the_first_users_of_every_name(
    drawn: list[tuple[int, int]], enough: int, batch: int
) -> None:
    ordered = sorted(drawn, key=lambda row: row[0])
    found = EventUsers(CONTENTS, USER_OF_STREAM, enough)
    for begin in range(0, len(ordered), batch):
        stream, kind = np.array(ordered[begin : begin + batch], dtype=np.int64).T
        found.add(stream, kind << 32 | 7)
    for event in (1, 2, 3):
        mine = {USER_OF_STREAM[stream] for stream, kind in drawn if KIND_EVENT[kind] == event}
        assert found.users[event] == sorted(mine)[:enough]


def test_names_with_enough_users_are_not_looked_for_any_more() -> None:
    rows = 2 * event_users._BLOCK
    stream = np.repeat(np.arange(1, 9), rows // 8)
    found = EventUsers(CONTENTS, USER_OF_STREAM, 2)
    found.add(stream, np.full(rows, 1 << 32))
    assert found.users == [[], [1, 2], [], []]
    assert list(found._is_sought) == [True, False, True, False, True]
