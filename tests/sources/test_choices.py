"""Columns that were chosen by their values are named, with what undoes it."""

from __future__ import annotations

from resume_gap.sources.choices import about_choices
from resume_gap.sources.siblings import Preferred

OTHER = Preferred(event_column="user_id", column="uid", instead_of="user", why="is empty")
FILLED = Preferred(
    event_column="event", column="action", instead_of="name", why="is empty in 5 rows"
)


def test_a_column_taken_in_place_of_another() -> None:
    (check,) = about_choices([OTHER], None)
    assert (check.check, check.severity, check.count) == ("column_by_content", "note", 1)
    assert check.message == "user_id is read from 'uid': 'user' is empty"
    assert check.action == "--user user takes it all the same"


def test_a_column_that_fills_another() -> None:
    first, check = about_choices([OTHER], FILLED)
    assert first.check == "column_by_content"
    assert check.check == "event_filled"
    assert check.message == ("'name' is empty in 5 rows; there the event is read from 'action'")
    assert check.action == "--event name leaves these rows out"


def test_nothing_chosen_is_nothing_to_say() -> None:
    assert about_choices([], None) == ()
