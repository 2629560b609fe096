"""Names to roles: what is suggested by the words alone, and what is configured."""

from __future__ import annotations

import pytest

from resume_gap.settings import Settings
from resume_gap.sources.role_bits import AWAY, COMPLETING, IGNORED, PRODUCTIVE
from resume_gap.sources.roles import choose, suggest, words

FINISHING = PRODUCTIVE | COMPLETING


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("editCell", ("edit", "cell")),
        ("HTMLEdit", ("html", "edit")),
        ("File.Edit:insert", ("file", "edit", "insert")),
        ("edit_cell-v2", ("edit", "cell", "v2")),
        ("  edit   cell ", ("edit", "cell")),
        ("SignOut", ("sign", "out", "signout")),
        ("Straße_ändern", ("straße", "ändern")),
        ("", ()),
        ("***", ()),
    ],
)
def test_words(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("edit", PRODUCTIVE), ("editCell", PRODUCTIVE), ("Edited", PRODUCTIVE),
        ("cell_editing", PRODUCTIVE), ("wrote note", PRODUCTIVE), ("note.written", PRODUCTIVE),
        ("running", PRODUCTIVE), ("setting_set", PRODUCTIVE), ("replied", PRODUCTIVE),
        ("replies", PRODUCTIVE), ("pasted", PRODUCTIVE), ("committed", PRODUCTIVE),
        ("drew", PRODUCTIVE), ("attaches", PRODUCTIVE), ("deleteRow", PRODUCTIVE),
        ("submit", FINISHING), ("formSubmitted", FINISHING), ("email_sent", FINISHING),
        ("finishes", FINISHING), ("completed", FINISHING), ("publishing", FINISHING),
        ("close", COMPLETING), ("closed_document", COMPLETING), ("logout", COMPLETING),
        ("log_out", COMPLETING), ("signed out", COMPLETING), ("signOut", COMPLETING),
        ("idle", AWAY), ("afk", AWAY), ("screenLock", AWAY), ("screen_locked", AWAY),
        ("blur", AWAY), ("tab hidden", AWAY), ("app-background", AWAY), ("focus", AWAY),
        ("visible", AWAY), ("off_task", AWAY),
        ("view", 0), ("pageview", 0), ("open_editor", 0), ("edit_view", 0), ("listItems", 0),
        ("autoSave", 0), ("autosave", 0), ("format", 0), ("update_subscription", 0),
        ("editor", 0), ("address", 0), ("dataset", 0), ("runtime", 0), ("postal", 0),
        ("scroll", 0), ("", 0), ("click", 0),
    ],
)  # fmt: skip
def test_suggestions_by_name(name: str, role: int) -> None:
    assert suggest(name) == role


NAMES = ["edit_cell", "edit_row", "view", "submit", "ping", "idle", "Edit"]


def test_without_configuration_the_frequent_are_suggested() -> None:
    choice = choose(Settings(), NAMES, ["edit_cell", "submit", "idle"], ())
    assert choice.source == "suggested"
    assert choice.bits == {"edit_cell": PRODUCTIVE, "submit": FINISHING, "idle": AWAY}


def test_no_match_suggests_nothing() -> None:
    choice = choose(Settings(), ["view", "ping"], [], ())
    assert (choice.source, choice.bits, choice.unmatched) == ("none", {}, ())


def test_productive_or_complete_switch_all_suggestions_off() -> None:
    for given in ({"productive": ("edit_cell",)}, {"complete": ("view",)}):
        choice = choose(Settings(**given), NAMES, NAMES, ())
        assert choice.source == "configured"
        assert set(choice.bits) == {next(iter(given.values()))[0]}


def test_away_or_ignore_alone_leave_the_other_suggestions() -> None:
    choice = choose(Settings(away=("ping",)), NAMES, ["submit", "idle"], ())
    assert choice.bits == {"ping": AWAY, "submit": FINISHING}
    choice = choose(Settings(ignore=("submit",)), NAMES, ["submit", "edit_cell"], ())
    assert choice.bits == {"submit": IGNORED, "edit_cell": PRODUCTIVE}


def test_patterns_respect_case_and_add_up() -> None:
    settings = Settings(productive=("edit_*", "submit"), complete=("s?bmit",), ignore=("p[ij]ng",))
    choice = choose(settings, NAMES, [], ())
    assert choice.bits == {
        "edit_cell": PRODUCTIVE,
        "edit_row": PRODUCTIVE,
        "submit": FINISHING,
        "ping": IGNORED,
    }
    assert choice.unmatched == ()


def test_a_name_full_of_marks_is_taken_word_for_word() -> None:
    names = ["edit[1]", "edit1", "a*b", "axb"]
    choice = choose(Settings(productive=("edit[1]",)), names, [], ())
    assert choice.bits["edit[1]"] == PRODUCTIVE


def test_what_no_event_bears_is_told() -> None:
    choice = choose(Settings(productive=("edit*", "sbmit", "x=1")), NAMES, [], ())
    assert choice.unmatched == ("sbmit", "x=1")


def test_column_and_value_is_no_name_where_the_column_exists() -> None:
    settings = Settings(productive=("action=save", "a=b"))
    choice = choose(settings, ["a=b"], [], ("action", "event"))
    assert choice.bits == {"a=b": PRODUCTIVE}
    assert choice.unmatched == ()
