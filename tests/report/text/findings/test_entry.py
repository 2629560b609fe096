"""Phrases that texts about the data share."""

from __future__ import annotations

from factories.findings import action, compared, message

from resume_gap.report.text.findings.entry import listed, share
from resume_gap.results.common import Check


def test_the_first_five_names_are_listed() -> None:
    assert listed(tuple("abcde")) == "a, b, c, d, e"
    assert listed(tuple("abcdefg")) == "a, b, c, d, e and 2 more"
    assert listed(()) == ""


def test_a_check_without_a_share() -> None:
    assert share(compared(share=None)) == 0
    assert share(compared()) == 0.125


def test_what_is_not_known_of_the_events_is_left_out() -> None:
    bare = Check(check="x", severity="warn", count=1, share=None)
    assert message("machine_events", bare) == (
        "an event that fewer than 5 users have repeats like a clock. With it: no events. Without "
        "it: no events"
    )


def test_an_event_that_is_nearly_all_work_is_not_to_be_left_out() -> None:
    only = compared("save", figures={"work_share": 1.0, "is_own_name": 1, "by_column": 0})
    nearly = compared("save", figures={"work_share": 0.97})
    for code in ("machine_events", "doubtful_task_ends", "likely_agents", "silent_starts"):
        assert action(code, only) == (
            "without it nothing counts as work; if no person causes it, log what people do, or "
            "name it with --productive"
        )
    assert action("machine_events", nearly).startswith("without it only 3.0% of the work is left;")
    some = compared("ping", figures={"work_share": 0.4})
    assert action("machine_events", some) == "--ignore ping leaves them out"


def test_figures_with_and_without_are_complete_and_in_the_units_of_the_page() -> None:
    longer = {"mean_seconds_with": 200.0, "mean_seconds_without": 61.4}
    said = message("machine_events", compared("ping", figures=longer))
    assert said == (
        "the event ping repeats like a clock. With it: 1,200 returns, 808 interruptions, 3 min 20 "
        "s to work on average. Without it: 900 returns, 709 interruptions, 61 s to work on average"
    )
