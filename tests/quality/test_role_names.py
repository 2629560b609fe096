"""What is said of roles: nothing counts as work, names alone decided, much absence by name."""

from typing import Any

import pytest

from resume_gap.constants import AWAY_SHARE
from resume_gap.quality.role_names import end_checks, marker_checks, role_checks
from resume_gap.results.run import Roles


def roles(**parts: Any) -> Roles:
    return Roles(
        **{
            "source": "suggested",
            "productive": ("edit",),
            "completing": ("submit",),
            "away": ("idle",),
            "ignored": (),
            "productive_events": 5,
            "productive_share": 0.5,
            "away_share": 0.0,
            "leading": (),
            **parts,
        }
    )


def codes(found: Roles, *, has_productive: bool = True) -> list[tuple[str, str]]:
    checks = role_checks(found, has_productive=has_productive)
    return [(check.check, check.severity) for check in checks]


def test_roles_by_name_are_a_note_with_their_number() -> None:
    (check,) = role_checks(roles(), has_productive=True)
    assert (check.check, check.severity, check.count) == ("roles_by_name", "note", 3)
    both = roles(productive=("edit", "submit"), unnamed={"productive": 2, "away": 1, "leading": 9})
    assert role_checks(both, has_productive=True)[0].count == 3 + 3


def test_roles_that_were_given_need_no_word() -> None:
    assert codes(roles(source="configured", away_share=0.9)) == []


@pytest.mark.parametrize("source", ["suggested", "configured"])
def test_a_log_without_work_is_warned_about(source: str) -> None:
    found = codes(roles(source=source), has_productive=False)
    assert found == [("no_productive_events", "warn")]


def test_much_idle_by_name_alone_is_worth_a_word() -> None:
    assert codes(roles(away_share=AWAY_SHARE.value)) == [("roles_by_name", "note")]
    much = roles(away_share=AWAY_SHARE.value + 0.01, away=("idle", "lock"), unnamed={"away": 4})
    check = role_checks(much, has_productive=True)[0]
    assert (check.check, check.count, check.names) == ("idle_by_name", 6, ("idle", "lock"))
    assert check.share == pytest.approx(AWAY_SHARE.value + 0.01)


def test_idle_names_are_counted_with_those_not_shown() -> None:
    for unnamed, count in (({}, 1), ({"productive": 4}, 1), ({"away": 2}, 3)):
        found = roles(away_share=AWAY_SHARE.value + 0.01, unnamed=unnamed)
        assert role_checks(found, has_productive=True)[0].count == count


def test_events_of_a_marker_are_found_by_name_where_none_is_given() -> None:
    counts = {"resume_marker_clicked": 3, "MarkerShown": 40, "edit": 900, "map_marker_clicked": 8}
    (check,) = marker_checks(roles(), counts, {"MarkerShown"}.__contains__)
    assert (check.check, check.severity, check.count) == ("marker_in_log", "warn", 43)
    assert check.names == ("MarkerShown",)
    assert marker_checks(roles(marker=("x",)), counts, bool) == []
    assert marker_checks(roles(), {"edit": 1}, bool) == []


def test_task_ends_that_are_left_out_are_found_by_name() -> None:
    counts = {"edit": 900, "submit": 60, "close_document": 50, "publish": 49, "view": 300}
    given = roles(source="configured", completing=())
    (check,) = end_checks(given, counts, {"submit", "edit"}.__contains__)
    assert (check.check, check.severity, check.count) == ("task_ends_left_out", "warn", 110)
    assert check.names == ("submit",)
    assert end_checks(given, {"edit": 900, "publish": 49}, bool) == []
    for other in (
        roles(source="suggested", completing=()),
        roles(source="configured", completing=("close",)),
        roles(source="configured", completing=(), unnamed={"completing": 1}),
    ):
        assert end_checks(other, counts, bool) == []
