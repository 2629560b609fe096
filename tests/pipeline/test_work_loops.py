"""The loops that carry work from event to event, on rows written by hand, in both ways."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER_ROW
from resume_gap.pipeline.work_loops import carry_work, foresee_work
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

pytestmark = pytest.mark.usefixtures("loops")
ROLES = np.array([0, 0, PRODUCTIVE, COMPLETING], dtype=np.int32)
VIEW, EDIT, CLOSE = (kind << 32 for kind in range(1, 4))
STARTS = np.array([0, 5, 7])
CONTENT = np.array([VIEW, EDIT, VIEW, EDIT | 1, CLOSE, CLOSE, VIEW])
"""Two streams; label 1 is a task of its own, which what closes does not name."""


def test_work_is_carried_to_the_end_of_its_stream() -> None:
    productive, is_open = np.ones((2, 7), dtype=np.bool_)
    last, end = np.ones(7, dtype=np.int32), np.ones(7, dtype=np.int64)
    own_end = np.array([90, 60, 2, 40, 5, 6, 7])
    task, context = np.array([[0, 1], [0, 0]], dtype=np.int32)
    carry_work(STARTS, CONTENT, own_end, ROLES, task, context, productive, last, is_open, end)
    assert productive.tolist() == [False, True, False, True, False, False, False]
    assert last.tolist() == [-1, 1, 1, 3, 3, -1, -1]
    assert is_open.tolist() == [False, True, True, True, False, False, False]
    assert end.tolist()[1:5] == [60] * 4


def test_what_comes_is_seen_from_every_row_of_its_stream() -> None:
    following, leaving = np.ones((2, 7), dtype=np.int32)
    foresee_work(STARTS, CONTENT, ROLES, following, leaving)
    assert following.tolist() == [1, 1, 3, 3] + [NEVER_ROW] * 3
    assert leaving.tolist() == [4] * 5 + [5, NEVER_ROW]
