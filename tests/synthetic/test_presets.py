"""Worlds by name, with parameters set as text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from resume_gap.synthetic import PRESETS, configured


def test_parameters_are_set_as_text() -> None:
    world = configured("workday", ["users=40", "first_day=2025-04-07", 'roles=["a","b","c"]'])
    assert world == replace(
        PRESETS["workday"], users=40, first_day=date(2025, 4, 7), roles=("a", "b", "c")
    )


@pytest.mark.parametrize(
    ("preset", "assignment", "message"),
    [
        ("holiday", "users=4", "there is no preset 'holiday'; there are workday, "),
        ("trial", "users", "'users' is no pair; write users=40"),
        ("trial", "user=4", "no parameter 'user'; did you mean users?"),
        ("trial", "users=many", "--set users: 'many' is not a number"),
        ("trial", "first_day=monday", "'monday' is no date; write 2025-03-03"),
        ("trial", "users=0", "users must be at least 1"),
    ],
)
def test_what_cannot_be_meant_is_refused(preset: str, assignment: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        configured(preset, [assignment])
    assert "\n" not in str(error.value)
