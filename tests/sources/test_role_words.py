"""The words of event names: splitting, inflection, compounds."""

from __future__ import annotations

import pytest

from resume_gap.sources.role_words import forms, joined, split


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("editCell", ("edit", "cell")),
        ("HTMLEdit", ("html", "edit")),
        ("File.Edit:insert", ("file", "edit", "insert")),
        ("edit_cell-v2", ("edit", "cell", "v2")),
        ("  edit   cell ", ("edit", "cell")),
        ("Ort ändern", ("ort", "ändern")),
        ("GrößeGeändert", ("größe".casefold(), "geändert")),
        ("gro\u0308sse_a\u0308ndern", ("grösse", "ändern")),
        ("„Zeile“ gelöscht…", ("zeile", "gelöscht")),
        ("[Amplitude] Page Viewed", ("page", "viewed")),
        ("[only brackets]", ("only", "brackets")),
        ("\\mod_quiz\\event\\attempt_submitted", ("attempt", "submitted")),
        ("", ()),
        ("***", ()),
    ],
)
def test_split(name: str, expected: tuple[str, ...]) -> None:
    assert split(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SignOut", ("signout",)),
        ("user signed out", ("user", "signout")),
        ("log_out", ("logout",)),
        ("TimedOut", ("timeout",)),
        ("visibilitychange", ("visibility", "change")),
        ("keyDown", ("keypress",)),
        ("drop_down_selected", ("dropdown", "selected")),
        ("page close close", ("pageclose", "close")),
        ("out", ("out",)),
        ("", ()),
    ],
)
def test_joined(name: str, expected: tuple[str, ...]) -> None:
    assert joined(split(name)) == expected


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("edit", {"edit", "edits", "edited", "editing"}),
        ("write", {"writes", "wrote", "written", "writing"}),
        ("submit", {"submits", "submitted", "submitting"}),
        ("reply", {"replies", "replied", "replying"}),
        ("attach", {"attaches", "attached", "attaching"}),
        ("send", {"sends", "sent", "sending"}),
        ("create", {"created", "creating", "creation"}),
    ],
)
def test_forms(word: str, some: set[str]) -> None:
    assert some <= forms(word)
