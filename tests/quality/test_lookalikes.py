"""Names that look alike are listed with what to paste; those of few users are only counted."""

from __future__ import annotations

import pytest

from resume_gap.quality.lookalikes import alike, name_checks
from resume_gap.quality.small_groups import EventNames, Groups
from resume_gap.sources.role_bits import PRODUCTIVE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("edit", "Edit"), ("edit", "edit "), ("save_doc", "save doc"), ("save-doc", "saveDoc"),
        ("caf\u00e9", "cafe\u0301"), ("\ufb01nd", "find"), ("edit", "edit\u200b"),
        ("edit", "\u00a0edit"), ("stra\u00dfe", "STRASSE"), ("\uff45dit", "edit"),
    ],
)  # fmt: skip
def test_alike(one: str, other: str) -> None:
    assert alike([one, "view", other]) == [(one, other)]


def test_not_alike() -> None:
    assert alike(["edit", "edits", "edit2", "view"]) == []


def names(*events: str, users: int = 5) -> EventNames:
    return EventNames(Groups(), {event: frozenset(range(users)) for event in events})


def test_the_roles_to_paste() -> None:
    roles = {"edit": PRODUCTIVE, "Edit": 0, "edit ": 0, "view": 0}
    (check,) = name_checks(roles, (), names(*roles))
    assert check.severity == "warn"
    assert check.count == 1
    assert "'edit' and 'Edit' and 'edit '" in check.message
    assert check.action.endswith("--productive 'edit,Edit,edit?'")


def test_names_of_few_users_are_counted_only() -> None:
    roles = {"edit": PRODUCTIVE, "Edit": 0}
    (check,) = name_checks(roles, ("edit",), names(*roles, users=4))
    assert check.count == 1
    assert "Edit" not in check.message + check.action
    assert name_checks({"edit": 0, "view": 0}, (), names()) == []
