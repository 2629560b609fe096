"""What `complete`, `finish` and `done` speak of."""

from __future__ import annotations

import pytest

from resume_gap.sources.role_names import may_end_nothing
from resume_gap.sources.task_end_words import (
    COMPLETING,
    FINISHED_BY_MACHINES,
    SENT_BY_MACHINES,
    TASKS,
    says_what_is_done,
)


def test_no_word_is_both_a_task_and_a_machines_work() -> None:
    assert TASKS.isdisjoint(FINISHED_BY_MACHINES)
    assert COMPLETING.isdisjoint(TASKS | FINISHED_BY_MACHINES)
    assert all(not verbs & nouns for verbs, nouns in SENT_BY_MACHINES)


@pytest.mark.parametrize(
    ("name", "is_sure"),
    [
        ("completed", True),
        ("mark as done", True),
        ("lesson completed", True),
        ("complete harvest", True),
        ("finish harvest", True),
        ("harvest completed", False),
        ("done harvest", False),
    ],
)
def test_a_task_end_for_sure(name: str, *, is_sure: bool) -> None:
    assert says_what_is_done(tuple(name.split())) == is_sure


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("tiles_done", True),
        ("requestFinished", True),
        ("layout_done", False),  # suggests nothing
        ("task_done", False),
        ("harvest_submitted", False),  # no machine's word
        ("edit_tiles", False),
    ],
)
def test_a_task_end_that_may_be_none(name: str, *, may: bool) -> None:
    assert may_end_nothing(name) == may
