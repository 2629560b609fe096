"""What to paste where the names alone cannot say which events are work."""

from __future__ import annotations

import shlex

from resume_gap.settings import Settings
from resume_gap.sources.role_advice import as_options, undecided_check
from resume_gap.sources.role_names import suggest
from resume_gap.sources.roles import RoleChoice, choose


def _choice(*names: str) -> RoleChoice:
    return choose(Settings(), names, {name: suggest(name) for name in names})


def all_shown(_: str) -> bool:
    return True


def test_the_options_keep_what_was_suggested_and_add_the_undecided() -> None:
    choice = _choice("edit_cell", "submit", "logout", "idle", "route_change", "view")
    assert as_options(choice) == (
        "--productive edit_cell,submit,route_change --complete submit,logout --away idle"
    )


def test_only_what_there_is_becomes_an_option() -> None:
    assert as_options(_choice("route_change")) == "--productive route_change"


def test_a_name_is_one_word_of_the_shell_and_of_the_list() -> None:
    choice = _choice("Page changed; rm -rf $HOME", "page, changed", "page=changed")
    option, value = shlex.split(as_options(choice))
    assert option == "--productive"
    assert value == "Page changed; rm -rf $HOME,page? changed,page?changed"
    pasted = choose(Settings(productive=tuple(value.split(","))), ["page, changed"], {})
    assert set(pasted.bits) == {"page, changed"}


def test_the_finding_counts_the_names_and_their_events() -> None:
    names = ("edit", "route_change", "page_changed")
    check = undecided_check(_choice(*names), dict(zip(names, (70, 10, 20), strict=True)), all_shown)
    assert (check.check, check.severity, check.count, check.share) == (
        "roles_undecided",
        "note",
        2,
        0.3,
    )
    assert "page_changed, route_change (30.0% of the events)" in check.message
    assert check.message.endswith("--productive edit,route_change,page_changed")


def test_of_many_names_the_most_frequent_are_shown() -> None:
    names = [f"page_{letter}_changed" for letter in "abcdefg"]
    check = undecided_check(_choice(*names), dict.fromkeys(names, 100), all_shown)
    assert "page_e_changed and 2 more" in check.message
    assert check.message.count("page_g_changed") == 1


def test_names_of_few_users_are_counted_and_nothing_is_pasted_for_them() -> None:
    names = ("edit", "route_change", "page_changed")
    counts = dict.fromkeys(names, 10)
    some = undecided_check(_choice(*names), counts, lambda name: name != "route_change")
    assert "page_changed and 1 more" in some.message
    none = undecided_check(_choice(*names), counts, lambda name: name == "edit")
    assert "2 that few users have" in none.message
    for check in (some, none):
        assert "route_change" not in check.message
        assert check.message.endswith("--productive NAMES (--show-ids lists all of them)")
        assert check.count == 2
