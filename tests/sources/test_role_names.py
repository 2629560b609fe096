"""Roles suggested by names, against a table of published names that were decided one by one.

`data/event_names.csv` says for each name what it means for a person's work: *productive* (the
person makes or changes something), *finishing* (and hands it off), *leaving* (the person goes by
an act), *idle* (evidence of absence, or of its end), *none* (looking, or a machine), *undecided*
(the name alone cannot say). It was decided before the rules were run on it, by somebody who had
read the method; one row was changed afterwards (`restored_version`, which the method itself
decides). The rules were written against two thirds of the first 495 names; on the last third,
measured once, 145 of 156 roles were right. Then two lists were gathered from public source code
(no clean sample: a few names were cut or skipped), decided, and measured once: 111 of 126 and 116
of 128 were right. SmallFiles that is 91 % of
410 names that the rules had not been fitted to, with 8 taken for work that are none or undecided.
The rules were then mended for what these showed.
"""

from __future__ import annotations

import csv
import inspect
import re
from pathlib import Path

import pytest
from factories.effort import effort
from factories.strategies import LETTERS
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_gap.sources import role_names, role_words
from resume_gap.sources.role_names import (
    Suggestion,
    is_understood,
    marker_kind,
    suggest,
    suggest_all,
)

TABLE = Path(__file__).parent / "data" / "event_names.csv"
WORK = {"productive", "finishing"}


def _table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _effect(role: str) -> str:
    """An undecided name has no role."""
    return "none" if role == "undecided" else role


def test_the_table_is_whole() -> None:
    rows = _table()
    names = [row["name"].lower() for row in rows]
    assert len(set(names)) == len(names) >= 320
    assert {row["role"] for row in rows} == {
        "productive",
        "finishing",
        "leaving",
        "idle",
        "none",
        "undecided",
    }


def test_95_percent_of_the_table_come_out_right() -> None:
    rows = _table()
    wrong = [
        f"{row['name']}: {row['role']}, suggested {suggest(row['name']).role}"
        for row in rows
        if _effect(suggest(row["name"]).role) != _effect(row["role"])
    ]
    assert len(wrong) <= 0.05 * len(rows), f"{len(wrong)} of {len(rows)}:\n" + "\n".join(wrong)


def test_no_name_of_the_table_is_taken_for_work_or_idle_that_is_neither() -> None:
    found = [(row["name"], row["role"], suggest(row["name"]).role) for row in _table()]
    assert [one for one in found if one[2] in WORK and one[1] not in WORK] == []
    assert [one for one in found if one[2] == "idle" and one[1] != "idle"] == []


def test_every_rule_has_its_place() -> None:
    """Every function that reads a name is one of the rules."""
    reading = {
        made.__name__
        for made in vars(role_names).values()
        if inspect.isfunction(made)
        and list(made.__annotations__.values())[:1] == [role_names._Name]
    }
    assert reading == {rule.__name__ for rule in role_names._RULES}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Names that suggest nothing.
        ("/courses/1/update", ("none", "not_a_name")),
        ("POST /api/items/edit", ("none", "not_a_name")),
        ("https://example.org/edit", ("none", "not_a_name")),
        ("edit@example.org", ("none", "not_a_name")),
        ('{"edit": 1}', ("none", "not_a_name")),
        ('[{"edit": 1}]', ("none", "not_a_name")),
        ("", ("none", "not_a_name")),
        ("...", ("none", "not_a_name")),
        ("$set", ("none", "system_name")),
        ("edit_error", ("none", "failure")),
        ("save failed", ("none", "failure")),
        ("webhook_created", ("none", "machine_word")),
        ("create_webhook", ("productive", "productive_word")),
        ("submit_job", ("finishing", "finishing_word")),
        ("job_submitted", ("none", "machine_word")),
        ("notification_sent", ("none", "sent_by_a_server")),
        ("email_sent", ("none", "sent_by_a_server")),
        ("send_email", ("finishing", "finishing_word")),
        ("message_sent", ("finishing", "finishing_word")),
        ("update from customer", ("none", "somebody_else")),
        ("customer_replied", ("none", "somebody_else")),
        ("reply_to_customer", ("productive", "productive_word")),
        ("customer_updated", ("productive", "productive_word")),
        ("telemetry_sent", ("none", "machine_word")),
        ("login_submitted", ("none", "signing_in")),
        ("user sign in completed", ("none", "signing_in")),
        ("otp_entered", ("none", "signing_in")),
        ("mfa approved", ("none", "signing_in")),
        ("enter_password", ("none", "signing_in")),
        ("create_login", ("productive", "productive_word")),
        ("password_changed", ("undecided", "undecided_word")),
        ("answer_submitted", ("finishing", "finishing_word")),
        # Task ends.
        ("build_completed", ("none", "finished_by_a_machine")),
        ("video_complete", ("none", "finished_by_a_machine")),
        ("upload_finished", ("none", "finished_by_a_machine")),
        ("layout_done", ("none", "finished_by_a_machine")),
        ("compile_finished", ("none", "finished_by_a_machine")),
        ("metrics_sent", ("none", "machine_word")),
        ("send_metrics_report", ("finishing", "finishing_word")),
        ("dns_resolved", ("none", "machine_word")),
        ("ticket_resolved", ("productive", "productive_word")),
        ("file_uploaded", ("productive", "productive_word")),
        ("task_completed", ("finishing", "finishing_word")),
        ("export_published", ("finishing", "finishing_word")),
        # Exits.
        ("close_document", ("leaving", "leaving_word")),
        ("tab_closed", ("none", "ui_part_closed")),
        ("dialog.close", ("none", "ui_part_closed")),
        ("ticket_closed", ("finishing", "finishing_word")),
        ("quit", ("leaving", "leaving_word")),
        ("app.exit", ("leaving", "leaving_word")),
        ("exit_interview", ("none", "no_known_word")),
        # Undecided.
        ("route_change", ("undecided", "undecided_word")),
        ("page_changed", ("undecided", "undecided_word")),
        ("update_page", ("undecided", "undecided_word")),
        ("edit_page", ("productive", "productive_word")),
        ("command_executed", ("undecided", "undecided_word")),
        ("copy_link_clicked", ("undecided", "undecided_word")),
        ("edit_started", ("undecided", "undecided_word")),
        ("typing_started", ("productive", "productive_word")),
        ("default_browser_set", ("undecided", "undecided_word")),
        # Searching and looking.
        ("search_submitted", ("none", "search_carried_out")),
        ("save_search", ("productive", "productive_word")),
        ("edit_view", ("none", "looking_word")),
        ("edit_cancelled", ("none", "looking_word")),
        # Absence.
        ("page_close", ("idle", "idle_word")),
        ("close_page", ("none", "ui_part_closed")),
        ("beforeunload", ("idle", "idle_word")),
        ("Application Backgrounded", ("idle", "idle_word")),
        ("change_background", ("productive", "productive_word")),
        ("background_changed", ("productive", "productive_word")),
        ("MOVE_TO_BACKGROUND", ("idle", "idle_word")),
        ("move_background", ("productive", "productive_word")),
        ("task_moved_to_idle", ("productive", "productive_word")),
        ("focus_form", ("none", "no_known_word")),
        ("lock_document", ("none", "no_known_word")),
        ("restored_version", ("none", "no_known_word")),
        ("window_restored", ("idle", "idle_word")),
        ("user_suspended", ("none", "no_known_word")),
        ("system_suspend", ("idle", "idle_word")),
        ("went_offline", ("idle", "idle_word")),
        ("offline_session", ("none", "no_known_word")),
        ("focus_changed", ("undecided", "undecided_word")),
        ("window_focus_changed", ("idle", "idle_word")),
        ("wake_tab_lock", ("none", "no_known_word")),
        ("hide_column", ("none", "no_known_word")),
    ],
)
def test_rules(name: str, expected: tuple[str, str]) -> None:
    assert suggest(name)[:2] == expected


def test_the_word_that_decided_is_named() -> None:
    assert suggest("cell_edited") == Suggestion("productive", "productive_word", "edited")
    assert suggest("click") == Suggestion("none", "no_known_word", "")


@pytest.mark.parametrize("bare", ["move", "Changed", "set", "updating", "run", "POST"])
def test_a_bare_word_over_half_of_the_events_is_undecided(bare: str) -> None:
    half = {bare: 50, "view": 50}
    assert suggest_all(half, 100)[bare].role == "productive"
    over = {bare: 51, "view": 49}
    assert suggest_all(over, 100)[bare][:2] == ("undecided", "over_half_of_the_events")
    assert suggest_all({bare: 51}, 1000)[bare].role == "productive"


def test_other_names_may_hold_over_half_of_the_events() -> None:
    suggestions = suggest_all({"insert": 90, "move_card": 90}, 100)
    assert {one.role for one in suggestions.values()} == {"productive"}


def test_understood_names_have_a_role_or_look() -> None:
    assert is_understood("edit_cell", "productive")
    assert is_understood("item_viewed", "none")
    assert is_understood("sessionStart", "none")
    assert not is_understood("page_changed", "undecided")
    assert not is_understood("xyz", "none")


def test_the_names_that_the_tracking_plan_recommends_get_the_role_it_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "tracking-plan.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|[^|\n]*\|([^|\n]*`[^|\n]*)\| (\w+) \|$", page, re.MULTILINE)
    names = [(name, role) for cell, role in rows for name in re.findall("`([^`]+)`", cell)]
    assert len(names) > 20
    assert [(name, suggest(name).role) for name, _ in names] == names


VERBS = (
    *("edit", "write", "delete", "rename", "paste", "submit", "publish", "reply", "comment"),
    *("save", "commit", "send", "close"),
)
OBJECTS = ("cell", "row", "note", "document", "draft", "formula", "record", "paragraph")
STYLES = {
    "snake": "_".join,
    "kebab": "-".join,
    "dotted": ".".join,
    "spaced": " ".join,
    "colon": ":".join,
    "upper": lambda words: "_".join(words).upper(),
    "title": lambda words: " ".join(word.title() for word in words),
    "camel": lambda words: words[0] + "".join(word.title() for word in words[1:]),
    "pascal": lambda words: "".join(word.title() for word in words),
}
TABLE_WORDS = [
    list(role_words.split(row["name"]))
    for row in _table()
    if suggest(row["name"]).reason not in {"not_a_name", "system_name"}
]


@given(st.sampled_from(TABLE_WORDS), st.sampled_from(sorted(STYLES)))
def test_case_and_separators_change_no_role(words: list[str], style: str) -> None:
    assert suggest(STYLES[style](words)) == suggest(" ".join(words))


@given(st.data())
def test_inflection_changes_no_role(data: st.DataObject) -> None:
    verb = data.draw(st.sampled_from(VERBS))
    thing = data.draw(st.sampled_from(OBJECTS))
    form = data.draw(st.sampled_from(sorted(role_words.forms(verb))))
    assert suggest(f"{form}_{thing}").role == suggest(f"{verb}_{thing}").role
    assert suggest(f"{thing}_{form}").role == suggest(f"{thing}_{verb}").role


NAMES = st.dictionaries(
    st.one_of(st.sampled_from([row["name"] for row in _table()]), st.text(LETTERS, max_size=12)),
    st.integers(1, 100),
    max_size=12,
)


@pytest.mark.effort
@settings(max_examples=effort(25, 100))
@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_the_names_changes_no_role(counts: dict[str, int], random: object) -> None:
    shuffled = list(counts.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    total = sum(counts.values())
    assert suggest_all(dict(shuffled), total) == suggest_all(counts, total)


@given(st.text(LETTERS, max_size=40))
def test_any_text_is_a_name(text: str) -> None:
    suggestion = suggest(text)
    assert suggestion.word == suggestion.word.casefold()
    if text.startswith("$"):
        assert suggestion.role == "none"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("marker_shown", "shown"),
        ("Resume Arrow displayed", "shown"),
        ("resumeMarkerClicked", "clicked"),
        ("save_state_marker_dismissed", "dismissed"),
        ("map_marker_clicked", None),
        ("arrow_clicked", None),
        ("marker", None),
        ("resume_shown", None),
    ],
)
def test_a_marker_is_known_by_what_happens_to_it(name: str, kind: str | None) -> None:
    assert marker_kind(name) == kind
