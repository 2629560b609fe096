"""Events that no person may have caused, as sentences."""

from __future__ import annotations

import pytest
from factories.findings import SAYS_BOTH, action, check, compared, message, usual


@pytest.mark.parametrize(
    ("figures", "how"),
    [
        ({}, "repeats like a clock"),
        ({"is_regular": 0}, "fills gaps by itself"),
        ({"is_lone": 1}, "makes returns of its own, as what a server writes in breaks does"),
    ],
)
def test_heartbeats(figures: dict[str, int], how: str) -> None:
    said = message("machine_events", compared("ping", figures=figures))
    assert said == f"the event ping {how}. {SAYS_BOTH.format('it')}"


def test_events_of_assistants() -> None:
    assert message("agent_events", compared("bot")) == (
        "1,204 events of assistants or automations (bot) are no part of what people did: 900 "
        "returns without them, 1,200 with them"
    )
    assert "automations are no part" in message("agent_events", compared())
    assert message("likely_agents", compared("bot_edit")) == (
        f"by name bot_edit may be acts of an assistant or automation. {SAYS_BOTH.format('them')}"
    )
    assert message("likely_agents", compared()).startswith("by name events that few users have ")


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
    some = compared(*names, figures={"by_column": by_column})
    assert action("likely_agents", some) == f"{says} leaves them out of every gap"


def test_sessions_of_a_few_events() -> None:
    assert message("lone_rows", compared()) == (
        "1,204 sessions (12%) have fewer than 4 events while the others are much longer, as rows "
        "of a server, of a wrong clock or of a second delivery are. " + SAYS_BOTH.format("them")
    )


def test_returns_that_begin_with_silence() -> None:
    some = compared("sync", figures={"median_seconds": 640.0, "is_own_name": 1})
    assert message("silent_starts", some) == (
        "1,204 returns (12%) begin with one event, mostly sync, and then nothing follows for "
        "about 11 min, as after a wake-up, a sync or a notification before anybody is there. "
        + SAYS_BOTH.format("these events")
    )
    assert action("silent_starts", some) == (
        "if no person causes them, --ignore sync leaves events of that name out"
    )
    unnamed = compared(figures={"median_seconds": 640.0, "is_own_name": 1})
    assert "one event, and then nothing" in message("silent_starts", unnamed)
    assert "--ignore NAMES leaves" in action("silent_starts", unnamed)
    shared = compared("view", figures={"is_own_name": 0})
    assert action("silent_starts", shared) == (
        "log who or what caused an event (--agent column=value leaves programs out)"
    )


def test_work_that_answers_other_events() -> None:
    assert message("echoes", compared("canvas_drawn")) == (
        "1,204 events (canvas_drawn) were taken for work by name, but nearly all follow another "
        "event within 1 s, looking included, as a machine's answers do. " + SAYS_BOTH.format("them")
    )
    assert "(events that few users have)" in message("echoes", compared())
    assert action("echoes", compared("canvas_drawn")) == (
        "--ignore canvas_drawn leaves them out; if they are work, say it with --productive"
    )
    assert action("echoes", compared()).startswith("--ignore NAMES leaves")


def test_what_leaves_a_heartbeat_out() -> None:
    assert action("machine_events", compared("a ping", "b")) == "--ignore 'a ping' leaves them out"
    assert action("machine_events", compared()) == (
        "--show-ids shows its name; --ignore leaves such events out"
    )


def test_a_heartbeat_is_named_only_where_it_may_be() -> None:
    assert check("machine_events", names=("ping",)).action == "--ignore ping leaves them out"
    assert "--show-ids" in check("machine_events").action


def test_what_to_do_about_silent_starts_depends_on_whose_name_it_is() -> None:
    said = usual("silent_starts", names=("sync",))
    assert "one event, mostly sync, and then nothing follows for about 10 min" in said.message
    assert "--ignore sync leaves events of that name out" in said.action
    shared = compared("view", figures={"is_own_name": 0})
    assert "--ignore" not in action("silent_starts", shared)
