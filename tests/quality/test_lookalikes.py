"""Names that look alike are listed with what to paste; those of few users are only counted."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from resume_gap.quality.lookalikes import alike, name_checks
from resume_gap.quality.small_groups import EventNames, Groups
from resume_gap.sources.role_bits import PRODUCTIVE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("edit", "Edit"),
        ("edit", "edit "),
        ("save_doc", "save doc"),
        ("save-doc", "saveDoc"),
        ("caf\u00e9", "cafe\u0301"),
        ("\ufb01nd", "find"),
        ("edit", "edit\u200b"),
        ("edit", "\u00a0edit"),
        ("stra\u00dfe", "STRASSE"),
        ("\uff45dit", "edit"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert alike([one, "view", other]) == [(one, other)]


def test_not_alike() -> None:
    assert alike(["edit", "edits", "edit2", "view"]) == []


def names(*events: str, users: int = 5) -> EventNames:
    return EventNames(Groups(), {event: frozenset(range(users)) for event in events})


def test_the_mapping_and_the_roles_to_paste() -> None:
    roles = {"edit": PRODUCTIVE, "Edit": 0, "edit ": 0, "view": 0, "Save": 0, "save": PRODUCTIVE}
    (check,) = name_checks(roles, ("edit", "save"), names(*roles))
    assert check.severity == "warn"
    assert check.count == 2
    assert check.message.startswith("2 groups of event names differ only by case or separators")
    assert json.loads(check.message[check.message.index("{") :]) == {
        "Edit": "edit",
        "edit ": "edit",
        "Save": "save",
    }
    assert check.action.endswith("add 'Edit,edit?,Save' to --productive")
    (by_name,) = name_checks(roles, (), names(*roles))
    assert "--productive" not in by_name.action, "it would end the suggestion of all other roles"


@pytest.mark.parametrize(
    ("group", "words", "pairs"),
    [
        (("caf\u00e9", "cafe\u0301"), "Unicode form", r'{"cafe\u0301": "café"}'),
        (("save_doc", "save doc"), "separators (blank, _ or -)", '{"save doc": "save_doc"}'),
        (("edit", "edit\u200b"), "invisible characters", r'{"edit\u200b": "edit"}'),
        (("edit", "EDIT"), "case", '{"EDIT": "edit"}'),
    ],
)
def test_what_differs_is_said_and_seen(group: tuple[str, ...], words: str, pairs: str) -> None:
    (check,) = name_checks(dict.fromkeys(group, 0), (), names(*group))
    assert f"differ only by {words} and are kept apart" in check.message
    assert check.message.endswith(f"rename them in the log: {pairs}")
    assert "--show-ids" not in check.message


def test_only_some_groups_are_listed() -> None:
    roles = {spelled: 0 for n in range(8) for spelled in (f"save{n}", f"Save{n}")}
    (check,) = name_checks(roles, (), names(*roles))
    assert check.count == 8
    assert check.message.endswith('"Save4": "save4"} and those of 3 more groups')


@pytest.mark.parametrize(
    "group",
    [
        ("edit", "EDIT"),
        ("edit", "edit "),
        ("save_doc", "Save doc", "saveDoc"),
        ("caf\u00e9", "cafe\u0301"),
        ("\ufb01nd_it", "FIND-IT"),
        ("edit", "ed\u200bit", "e dit"),
    ],
)
def test_names_of_few_users_are_counted_with_what_makes_them_equal(group: tuple[str, ...]) -> None:
    (check,) = name_checks(dict.fromkeys(group, 0), ("edit*",), names(*group, users=4))
    assert not any(repr(name)[1:-1] in check.message + check.action for name in group)
    assert f"fewer than 5 users have some of these {len(group)} names: --show-ids" in check.message
    assert "rename them" not in check.message
    _, expression = check.message.split(" name = ")
    known = {"re": re, "unicodedata": unicodedata}
    assert len({eval(expression, known, {"name": name}) for name in group}) == 1  # noqa: S307


def test_named_and_unnamed_groups_stand_in_one_line() -> None:
    few = EventNames(
        Groups(),
        {"edit": frozenset(range(5)), "Edit": frozenset(range(5)), "sly": frozenset(range(9))},
    )
    (check,) = name_checks(dict.fromkeys(("edit", "Edit", "sly", "SLY"), 0), (), few)
    assert 'rename them in the log: {"Edit": "edit"}; 1 of the groups' in check.message
    assert "sly" not in check.message.lower()
    assert name_checks({"edit": 0, "view": 0}, (), names()) == []


def test_a_name_given_on_the_command_line_is_no_secret() -> None:
    roles = {"edit": PRODUCTIVE, "Edit": 0}
    (check,) = name_checks(roles, ("edit", "Edit"), names(users=4))
    assert '{"Edit": "edit"}' in check.message
