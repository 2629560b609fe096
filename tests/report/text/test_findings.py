"""Every check of the data as one sentence and an action, with the figures it was found by."""

from __future__ import annotations

import pytest
from factories.findings import FIGURES, NAMES, check, codes

from resume_gap.report.text.findings import _FINDINGS
from resume_gap.results.common import plain


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_check_has_a_sentence_and_an_action(code: str) -> None:
    found = check(code, figures=FIGURES.get(code, {}), names=NAMES.get(code, ()))
    assert found.message
    assert found.action
    assert "_" not in found.message
    assert "{" not in found.message + found.action


def test_every_sentence_is_of_a_check_that_something_makes() -> None:
    assert set(_FINDINGS) == codes()


def test_what_has_a_sentence_keeps_it() -> None:
    found = check("anything", message="As it is.", action="as it was")
    assert (found.message, found.action) == ("As it is.", "as it was")
    with pytest.raises(KeyError):
        check("anything")


@pytest.mark.parametrize(
    ("code", "parts", "said"),
    [
        ("coarse_stamps", {"figures": {"seconds": 60.0}}, "whole minutes"),
        ("coarse_stamps", {"figures": {"seconds": 1.0}}, "whole seconds"),
        (
            "shared_user_id",
            {"names": ("kiosk",)},
            "12% of all events are under kiosk, each with over",
        ),
        (
            "restless_users",
            {"names": tuple("abcdefg")},
            "as no person is: a, b, c, d, e and 2 more",
        ),
        ("identity_switch", {"figures": {"expected": 0.4}}, "1,204 users (12%) begin within 5 s"),
        ("long_intervals", {"share": 0.1234}, "12.3% of the events with an end"),
        ("short_log", {"figures": {"days": 3.25}}, "spans 3.2 days"),
        ("equal_rows_kept", {}, "1,204 rows"),
        ("idle_by_name", {"names": tuple("abcd")}, "names alone: a, b, c"),
        ("idle_by_name", {}, "by their names alone"),
        (
            "machine_events",
            {"figures": FIGURES["machine_events"], "names": ("ping",)},
            "like a clock. With it: 1,200 returns, 8 interruptions, 61 s to work on average",
        ),
        ("machine_events", {}, "fewer than 5 users have repeats like a clock. With it: no events"),
    ],
)
def test_figures_and_names_as_printed(code: str, parts: dict[str, object], said: str) -> None:
    assert said in check(code, **parts).message


def test_a_heartbeat_is_named_only_where_it_may_be() -> None:
    assert check("machine_events", names=("ping",)).action == "--ignore ping leaves them out"
    assert "--show-ids" in check("machine_events").action


def test_json_has_the_sentence_and_not_its_parts() -> None:
    found = plain(check("short_log", figures={"days": 3.25}, names=("a",)))
    assert list(found) == ["check", "severity", "count", "share", "action", "message"]


def test_what_to_do_about_silent_starts_depends_on_whose_name_it_is() -> None:
    own = FIGURES["silent_starts"]
    said = check("silent_starts", figures=own, names=("sync",))
    assert "one event, mostly sync, and then nothing follows for about 10 min" in said.message
    assert "--ignore sync leaves events of that name out" in said.action
    shared = check("silent_starts", figures=own | {"is_own_name": 0}, names=("view",))
    assert "--ignore" not in shared.action


def test_days_without_elements_are_counted() -> None:
    assert check("elements_end", count=1).message.startswith("on 1 day with 12% of the rows")
    assert check("elements_end", count=3).message.startswith("on 3 days with 12% of the rows")


@pytest.mark.parametrize("code", sorted(codes()))
def test_no_sentence_begins_with_a_name_that_would_be_capitalized(code: str) -> None:
    names = ("no_user", "page_ping") if code == "rows_dropped" else ("page_ping", "page_ping")
    assert not check(code, figures=FIGURES.get(code, {}), names=names).message.startswith("page")
