"""What was found about events by their names or places, as sentences."""

from __future__ import annotations

from typing import Any

import pytest

from resume_gap.report.text import event_findings
from resume_gap.results.common import Check

BOTH = {
    "returns_with": 1_200,
    "interruptions_with": 808,
    "mean_seconds_with": 61.4,
    "returns_without": 900,
    "interruptions_without": 709,
}
SAYS_BOTH = (
    "With {0}: 1,200 returns, 808 interruptions, 61 s to work on average. Without {0}: 900 "
    "returns, 709 interruptions, time to work not known"
)


def found(*names: str, **more: Any) -> Check:
    figures = BOTH | more.pop("figures", {})
    values = {"check": "x", "severity": "warn", "count": 1_204, "share": 0.125} | more
    return Check(names=names, figures=figures, **values)  # type: ignore[arg-type]


def test_the_first_five_names_are_listed() -> None:
    assert event_findings.listed(tuple("abcde")) == "a, b, c, d, e"
    assert event_findings.listed(tuple("abcdefg")) == "a, b, c, d, e and 2 more"
    assert event_findings.listed(()) == ""


def test_a_check_without_a_share() -> None:
    assert event_findings.share(found(share=None)) == 0
    assert event_findings.share(found()) == 0.125


@pytest.mark.parametrize(
    ("figures", "how"),
    [
        ({}, "repeats like a clock"),
        ({"is_regular": 0}, "fills gaps by itself"),
        ({"is_lone": 1}, "makes returns of its own, as what a server writes in breaks does"),
    ],
)
def test_heartbeats(figures: dict[str, int], how: str) -> None:
    said = event_findings.heartbeat(found("ping", figures=figures))
    assert said == f"the event ping {how}. {SAYS_BOTH.format('it')}"


def test_what_is_not_known_of_the_events_is_left_out() -> None:
    bare = Check(check="x", severity="warn", count=1, share=None)
    assert event_findings.heartbeat(bare) == (
        "an event that fewer than 5 users have repeats like a clock. With it: no events. Without "
        "it: no events"
    )


def test_likely_idle_events_are_named_and_the_others_counted() -> None:
    some = found("dark", "blur", figures={"names": 1, "unnamed": 2})
    assert event_findings.likely_idle(some) == (
        "12% of the 1,204 events called dark and 2 that few users have are the last before or the "
        f"first after a long gap, so they may mark idle time. {SAYS_BOTH.format('them')}"
    )
    assert event_findings.as_away(some) == (
        "--show-ids shows the names; --away NAMES takes them for idle events"
    )
    named = found("dark", "blur", figures={"names": 2, "unnamed": 0})
    assert "events called dark, blur are the last" in event_findings.likely_idle(named)
    assert event_findings.as_away(named) == "--away dark,blur takes them for idle events"


def test_events_of_assistants() -> None:
    assert event_findings.agents(found("bot")) == (
        "1,204 events of assistants or automations (bot) are no part of what people did: 900 "
        "returns without them, 1,200 with them"
    )
    assert "automations are no part" in event_findings.agents(found())
    assert event_findings.likely_agents(found("bot_edit")) == (
        f"by name bot_edit may be acts of an assistant or automation. {SAYS_BOTH.format('them')}"
    )
    assert event_findings.likely_agents(found()).startswith("by name events that few users have ")


@pytest.mark.parametrize(
    ("names", "by_column", "says"),
    [
        (("by=bot", "by=cron", "ai_edit"), 2, "--agent by=bot,by=cron --agent ai_edit"),
        (("by=bot",), 1, "--agent by=bot"),
        (("ai edit",), 0, "--agent 'ai edit'"),
        ((), 0, "--agent NAMES"),
    ],
)
def test_what_leaves_assistants_out(names: tuple[str, ...], by_column: int, says: str) -> None:
    some = found(*names, figures={"by_column": by_column})
    assert event_findings.as_agent(some) == f"{says} leaves them out of every gap"


def test_sessions_of_a_few_events() -> None:
    assert event_findings.lone_rows(found()) == (
        "1,204 sessions (12%) have fewer than 4 events while the others are much longer, as rows "
        "of a server, of a wrong clock or of a second delivery are. " + SAYS_BOTH.format("them")
    )


def test_returns_that_begin_with_silence() -> None:
    some = found("sync", figures={"median_seconds": 640.0, "is_own_name": 1})
    assert event_findings.silent_starts(some) == (
        "1,204 returns (12%) begin with one event, mostly sync, and then nothing follows for "
        "about 11 min, as after a wake-up, a sync or a notification before anybody is there. "
        + SAYS_BOTH.format("these events")
    )
    assert event_findings.without_silent_starts(some) == (
        "if no person causes them, --ignore sync leaves events of that name out"
    )
    unnamed = found(figures={"median_seconds": 640.0, "is_own_name": 1})
    assert "one event, and then nothing" in event_findings.silent_starts(unnamed)
    assert "--ignore NAMES leaves" in event_findings.without_silent_starts(unnamed)
    shared = found("view", figures={"is_own_name": 0})
    assert event_findings.without_silent_starts(shared) == (
        "log who or what caused an event (--agent column=value leaves programs out)"
    )


def test_visits_that_alternate_between_sets() -> None:
    says = event_findings.alternating(found())
    assert says.startswith(
        "visits under 1,204 ids with 12% of the work alternate between sets of elements that have "
        "nothing in common, as where several people share an id and take turns. With all visits: "
    )
    assert ". With those of the largest set of each id: 900 returns" in says
    assert "under 1 id with" in event_findings.alternating(found(count=1))


def test_work_that_answers_other_events() -> None:
    assert event_findings.echoed(found("canvas_drawn")) == (
        "1,204 events (canvas_drawn) were taken for work by name, but nearly all follow another "
        "event within 1 s, looking included, as a machine's answers do. " + SAYS_BOTH.format("them")
    )
    assert "(events that few users have)" in event_findings.echoed(found())
    assert event_findings.without_echoes(found("canvas_drawn")) == (
        "--ignore canvas_drawn leaves them out; if they are work, say it with --productive"
    )
    assert event_findings.without_echoes(found()).startswith("--ignore NAMES leaves")


def test_task_ends_that_may_be_a_machines() -> None:
    assert event_findings.doubtful_ends(found("tiles_done")) == (
        "1,204 events (tiles_done) were taken for ends of tasks because they say that something "
        "is done, which may be a machine's work. " + SAYS_BOTH.format("them")
    )
    assert "(events that few users have)" in event_findings.doubtful_ends(found())
    assert event_findings.as_ends(found("tiles_done")) == (
        "--ignore tiles_done leaves them out; if people end tasks so, say it with --productive "
        "and --complete"
    )
    assert event_findings.as_ends(found()).startswith("--ignore NAMES leaves")


def test_days_without_elements() -> None:
    assert event_findings.elements_end(found(count=1)) == (
        "on 1 day with 12% of the rows hardly any has an element, on other days many have. "
        + SAYS_BOTH.format("that day")
    )
    assert event_findings.elements_end(found(count=3)).endswith(SAYS_BOTH.format("those days"))


def test_what_leaves_a_heartbeat_out() -> None:
    assert event_findings.ignore(found("a ping", "b")) == "--ignore 'a ping' leaves them out"
    assert event_findings.ignore(found()) == (
        "--show-ids shows its name; --ignore leaves such events out"
    )


def test_an_event_that_is_nearly_all_work_is_not_to_be_left_out() -> None:
    only = found("save", figures={"work_share": 1.0, "is_own_name": 1, "by_column": 0})
    nearly = found("save", figures={"work_share": 0.97})
    for action in (
        event_findings.ignore,
        event_findings.as_ends,
        event_findings.as_agent,
        event_findings.without_silent_starts,
    ):
        assert action(only) == (
            "without it nothing counts as work; if no person causes it, log what people do, or "
            "name it with --productive"
        )
    assert event_findings.ignore(nearly).startswith("without it only 3.0% of the work is left;")
    some = found("ping", figures={"work_share": 0.4})
    assert event_findings.ignore(some) == "--ignore ping leaves them out"


def test_figures_with_and_without_are_complete_and_in_the_units_of_the_page() -> None:
    longer = {"mean_seconds_with": 200.0, "mean_seconds_without": 61.4}
    said = event_findings.heartbeat(found("ping", figures=longer))
    assert said == (
        "the event ping repeats like a clock. With it: 1,200 returns, 808 interruptions, 3 min 20 "
        "s to work on average. Without it: 900 returns, 709 interruptions, 61 s to work on average"
    )
