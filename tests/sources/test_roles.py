"""Names to roles: what is suggested by the words alone, and what is configured."""

from __future__ import annotations

import pytest

from resume_gap.errors import UsageError
from resume_gap.settings import Settings, settle
from resume_gap.sources.role_bits import AWAY, COMPLETING, IGNORED, PRODUCTIVE
from resume_gap.sources.role_names import Suggestion, suggest
from resume_gap.sources.roles import choose, parse, refuse_typed

FINISHING = PRODUCTIVE | COMPLETING


def suggestions(*names: str) -> dict[str, Suggestion]:
    return {name: suggest(name) for name in names}


NAMES = ["edit_cell", "edit_row", "view", "submit", "ping", "idle", "Edit"]


def test_without_configuration_the_frequent_are_suggested() -> None:
    choice = choose(Settings(), NAMES, suggestions("edit_cell", "submit", "idle"))
    assert choice.source == "suggested"
    assert choice.bits == {"edit_cell": PRODUCTIVE, "submit": FINISHING, "idle": AWAY}


def test_no_match_suggests_nothing() -> None:
    choice = choose(Settings(), ["view", "ping"], {})
    assert (choice.source, choice.bits, choice.unmatched) == ("none", {}, ())


def test_productive_or_complete_switch_all_suggestions_off() -> None:
    for given in ({"productive": ("edit_cell",)}, {"complete": ("view",)}):
        choice = choose(Settings(**given), NAMES, suggestions(*NAMES))
        assert choice.source == "configured"
        assert set(choice.bits) == {next(iter(given.values()))[0]}


def test_away_or_ignore_alone_leave_the_other_suggestions() -> None:
    choice = choose(Settings(away=("ping",)), NAMES, suggestions("submit", "idle"))
    assert choice.bits == {"ping": AWAY, "submit": FINISHING}
    choice = choose(Settings(ignore=("submit",)), NAMES, suggestions("submit", "edit_cell"))
    assert choice.bits == {"submit": IGNORED, "edit_cell": PRODUCTIVE}


def test_patterns_respect_case_and_add_up() -> None:
    settings = Settings(productive=("edit_*", "submit"), complete=("s?bmit",), ignore=("p[ij]ng",))
    choice = choose(settings, NAMES, {})
    assert choice.bits == {
        "edit_cell": PRODUCTIVE,
        "edit_row": PRODUCTIVE,
        "submit": FINISHING,
        "ping": IGNORED,
    }
    assert choice.unmatched == ()


def test_a_name_full_of_marks_is_taken_word_for_word() -> None:
    names = ["edit[1]", "edit1", "a*b", "axb"]
    choice = choose(Settings(productive=("edit[1]",)), names, {})
    assert choice.bits["edit[1]"] == PRODUCTIVE


def test_what_no_event_bears_is_reported() -> None:
    choice = choose(Settings(productive=("edit*", "sbmit", "x=1")), NAMES, {})
    assert choice.unmatched == ("sbmit", "x=1")


def test_column_and_value_is_no_name_where_the_column_exists() -> None:
    settings = Settings(productive=("action=save", "a=b"))
    entries = parse(settings, ["action", "event"])
    choice = choose(settings, ["a=b"], {}, entries, marked=PRODUCTIVE)
    assert choice.bits == {"a=b": PRODUCTIVE}
    assert choice.unmatched == ()
    choice = choose(settings, ["a=b"], {}, entries, marked=COMPLETING)
    assert choice.unmatched == ("action=save",)


@pytest.mark.parametrize("entry", ["kind=save", "properties.kind=save", " kind = save", "event=e"])
def test_column_and_value_is_read_once(entry: str) -> None:
    """A column, a dotted name, blanks around either, an event column: none is an event name."""
    settings = Settings(productive=(entry,))
    entries = parse(settings, ["kind"], ["event"], lambda name: name == "properties.kind")
    assert [mark.bit for mark in entries.marks] == [PRODUCTIVE]
    assert choose(settings, ["e"], {}, entries, marked=PRODUCTIVE).unmatched == ()


def test_every_role_has_its_bits() -> None:
    names = ["edit_cell", "submit", "logout", "idle", "click", "route_change"]
    choice = choose(Settings(), names, suggestions(*names))
    assert choice.bits == {
        "edit_cell": PRODUCTIVE,
        "submit": FINISHING,
        "logout": COMPLETING,
        "idle": AWAY,
    }


def test_undecided_names_have_no_role_and_are_handed_on() -> None:
    names = ["route_change", "page_changed", "view"]
    choice = choose(Settings(), names, suggestions(*names))
    assert (choice.bits, choice.source) == ({}, "none")
    assert choice.undecided == ("route_change", "page_changed")
    choice = choose(Settings(ignore=("route_*",)), names, suggestions(*names))
    assert choice.undecided == ("page_changed",)
    choice = choose(Settings(productive=("page_*",)), names, suggestions(*names))
    assert choice.undecided == ()


def test_what_was_typed_must_mean_something() -> None:
    names = ["edit", "view"]
    typed = settle({"productive": ("edits",)}, {"away": ("blurred",)}, typed=True)
    with pytest.raises(UsageError, match=r"--productive 'edits': .* \(did you mean edit\?\)"):
        refuse_typed(typed, ("edits", "blurred"), names)
    # What stands in a configuration file, or was given in Python, is a warning only.
    refuse_typed(typed, ("blurred",), names)
    refuse_typed(settle({"productive": ("edits",)}, {}), ("edits",), names)
