"""The log behind a page: warnings, the ledger, the columns, the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.results import changed, full

from resume_gap.report.page.model import Note, Paragraph, Table
from resume_gap.report.page.shared import data

if TYPE_CHECKING:
    from resume_gap.results.run import Run


def blocks(run: Run, title: str) -> tuple[object, ...]:
    (part,) = (part for part in data.parts(run) if part.title == title)
    return part.blocks


def table(run: Run, title: str) -> Table:
    found = blocks(run, title)[0]
    assert isinstance(found, Table)
    return found


def text(run: Run, title: str) -> str:
    found = blocks(run, title)[1]
    assert isinstance(found, Paragraph)
    return found.text


def test_every_row_is_used_or_dropped_for_a_reason_the_most_frequent_first() -> None:
    found = table(full(), "Rows")
    assert found.rows == (
        ("used", "1,240,002", "99.6 %"),
        ("dropped: event id seen before", "4,100", "0.3 %"),
        ("dropped: unreadable time", "1,000", "under 0.1 %"),
        ("dropped: no user", "108", "under 0.1 %"),
        ("read", "1,245,210", "100 %"),
    )
    assert found.marked == 4


def test_how_fine_the_stamps_are() -> None:
    assert text(full(), "Rows") == "The time stamps are finer than a second."
    coarse = changed(full(), resolution={"seconds": 60.0, "users_indexed": 1})
    said = text(coarse, "Rows")
    assert said.startswith(
        "Most time stamps are 1 min apart at best, so nothing finer than 2 min is printed; "
    )
    assert said.endswith(
        " 1 user has stamps of minutes with a second added per event; their gaps are taken in "
        "whole minutes."
    )


def test_columns_that_are_lacking_say_what_that_costs() -> None:
    rows = table(full(), "Columns").rows
    assert rows[0] == ("user_id", "uid", "who")
    assert rows[-1] == ("device", "none in this log", "no count of returns on another device")
    none = changed(full(), columns={**full().columns, "position": None})
    assert len(blocks(full(), "Columns")) == 1
    assert text(none, "Columns") == "Not in this log either, and not needed: position."


def test_roles_and_who_gave_them() -> None:
    assert table(full(), "What counts as work").rows == (
        ("productive", "edit_cell, add_row, write_comment"),
        ("task end", "submit_report, logout"),
    )
    assert text(full(), "What counts as work") == (
        "These roles are suggested by the names alone. Check them; --productive and --complete "
        "replace them. 470,200 events are productive, 38 % of those used."
    )
    given = changed(
        full(), roles={"source": "configured", "completing": (), "away": ("idle",), "agent": ()}
    )
    assert table(given, "What counts as work").rows[1:] == (("task end", "none"), ("idle", "idle"))
    assert text(given, "What counts as work").startswith("These roles were configured. ")


def test_a_log_without_work_is_warned_about() -> None:
    (note,) = blocks(changed(full(), roles={"source": "none"}), "What counts as work")
    assert isinstance(note, Note)
    assert note.severity == "warn"


def test_warnings_and_notes_are_sentences() -> None:
    (warning,) = data.warned(full())
    assert isinstance(warning, Note)
    assert warning.text == (
        "4,100 rows repeat an event id; 61 of them with other content. Kept the first of each."
    )
    assert table(full(), "Also noticed").rows == (
        ("The times carry no zone.", "1,245,210", "100 %", "Read as Europe/Berlin."),
    )
    clean = changed(full(), data_quality=())
    assert data.warned(clean) == (Paragraph(text="The checks of the data gave no warning."),)
    assert "Also noticed" not in [part.title for part in data.parts(clean)]
