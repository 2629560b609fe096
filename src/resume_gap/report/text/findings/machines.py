"""Events that no person may have caused."""

import shlex
from typing import Final

from resume_gap import constants
from resume_gap.options.names import pasted
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import (
    DataFinding,
    both,
    is_the_work,
    listed,
    share,
    without_work,
)
from resume_gap.report.text.numbers import duration, many
from resume_gap.results.common import Check

_NOT_OF_PEOPLE = (
    "--ignore leaves out names that no person causes, and a column of arrivals (--map"
    " received_at=COL) shows wrong clocks"
)


def _heartbeat(check: Check) -> str:
    """Events that repeat by themselves, with the figures with and without them."""
    name = (
        " ".join(("the event", *check.names))
        if check.names
        else f"an event that fewer than {constants.NAMED_USERS.value:.0f} users have"
    )
    how = "repeats like a clock" if check.figures.get("is_regular", 1) else "fills gaps by itself"
    if check.figures.get("is_lone"):
        how = "makes returns of its own, as what a server writes in breaks does"
    return f"{name} {how}. {both(check, 'it')}"


def _ignore(check: Check) -> str:
    """What leaves a machine's events out."""
    if is_the_work(check):
        return without_work(check)
    if not check.names:
        return "--show-ids shows its name; --ignore leaves such events out"
    return f"--ignore {pasted(check.names[:1])} leaves them out"


def _lone_rows(check: Check) -> str:
    """Sessions of a few events, with the figures with and without them."""
    return (
        f"{many(check.count, 'session')} ({share(check):.0%})"
        f" {agreeing(check.count, 'has', 'have')} fewer than"
        f" {constants.IDLE_SESSION.value:.0f} events while the others are much longer, as rows of a"
        f" server, of a wrong clock or of a second delivery are. {both(check)}"
    )


def _silent_starts(check: Check) -> str:
    """Returns that begin with one event and silence, with the figures with and without it."""
    first = f", mostly {check.names[0]}" if check.names else ""
    silence = duration(check.figures["median_seconds"], constants.SILENT_START.value)
    return (
        f"{many(check.count, 'return')} ({share(check):.0%})"
        f" {agreeing(check.count, 'begins', 'begin')} with one event{first}, and then"
        f" nothing follows for about {silence}, as after a wake-up, a sync or a"
        f" notification before anybody is there. {both(check, 'these events')}"
    )


def _without_silent_starts(check: Check) -> str:
    """What leaves such events out."""
    if is_the_work(check):
        return without_work(check)
    if not check.figures["is_own_name"]:
        return "log who or what caused an event (--agent column=value leaves programs out)"
    leave = f"--ignore {pasted(check.names)} leaves" if check.names else "--ignore NAMES leaves"
    return f"if no person causes them, {leave} events of that name out"


def _first_work(check: Check) -> str:
    """First work of returns, with the figures with and without it."""
    wait, step = (
        duration(check.figures[name], constants.ECHO_WITHIN.value)
        for name in ("wait_seconds", "step_seconds")
    )
    times = f"{check.figures['times']:.1f}"
    return (
        f"the first work of a return comes {wait} after its first event, the second only {step}"
        f" later, {times} times as long as later steps take: a program may have written the first"
        f" (a restored draft). {both(check, 'it')}"
    )


def _impressions(check: Check) -> str:
    """Events at elements that a page shows, with the figures with and without them if others."""
    names = listed(check.names) or "events that few users have"
    come = agreeing(check.count, "comes", "come")
    figures = f". {both(check)}" if check.figures["is_moved"] else ""
    return (
        f"{many(check.count, 'event')} ({names}) {come} at several elements"
        f" within {constants.SHOWN_WITHIN.value:.0f} s, as where a page reports what it"
        f" shows: such an element counts as found although nobody looked for it{figures}"
    )


def _echoed(check: Check) -> str:
    """Work that only follows other events, with the figures with and without it."""
    names = listed(check.names) or "events that few users have"
    return (
        f"{many(check.count, 'event')} ({names}) {agreeing(check.count, 'was', 'were')} taken for"
        f" work by name, but nearly all follow"
        f" another event within {constants.ECHO_WITHIN.value:.0f} s, looking included, as a"
        f" machine's answers do. {both(check)}"
    )


def _without_echoes(check: Check) -> str:
    """What decides about them."""
    names = pasted(check.names) if check.names else "NAMES"
    return f"--ignore {names} leaves them out; if they are work, say it with --productive"


def _agents(check: Check) -> str:
    """Events of assistants or automations that were left out."""
    f = check.figures
    names = f" ({listed(check.names)})" if check.names else ""
    return (
        f"{many(check.count, 'event')} of assistants or automations{names}"
        f" {agreeing(check.count, 'is', 'are')} no part of what people did:"
        f" {many(round(f['returns_without']), 'return')} without"
        f" {agreeing(check.count, 'it', 'them')}, {f['returns_with']:,} with"
        f" {agreeing(check.count, 'it', 'them')}"
    )


def _likely_agents(check: Check) -> str:
    """Events that may be acts of an assistant."""
    names = listed(check.names) or "events that few users have"
    return f"by name {names} may be acts of an assistant or automation. {both(check)}"


def _as_agent(check: Check) -> str:
    """What leaves such events out."""
    if is_the_work(check):
        return without_work(check)
    columns = round(check.figures.get("by_column", 0))
    names = [shlex.quote(",".join(check.names[:columns]))] if columns else []
    if check.names[columns:] or not columns:
        names.append(pasted(check.names[columns:]) if check.names else "NAMES")
    return " ".join(f"--agent {one}" for one in names) + " leaves them out of every gap"


def _timed_ends(check: Check) -> str:
    """Task ends that a timer wrote, with the figures with and without them."""
    names = listed(check.names) or "events that few users have"
    wait = duration(check.figures["seconds"], 1.0)
    return (
        f"{many(check.count, 'event')} ({names}) {agreeing(check.count, 'comes', 'come')} {wait}"
        f" after the event before: a timer ends sessions, not people their tasks. {both(check)}"
    )


def _as_timed_ends(check: Check) -> str:
    """What decides about them."""
    return f"--ignore {pasted(check.names) if check.names else 'NAMES'} leaves them out"


FINDINGS: Final = {
    "machine_events": DataFinding(
        message=_heartbeat,
        action=_ignore,
        short="some events repeat without anybody acting.",
    ),
    "lone_rows": DataFinding(
        message=_lone_rows,
        action=f"look at some of them; {_NOT_OF_PEOPLE}",
        short="sessions of hardly any events may not be people's.",
    ),
    "silent_starts": DataFinding(
        message=_silent_starts,
        action=_without_silent_starts,
        short="many returns begin with one event, then silence.",
    ),
    "first_work_at_once": DataFinding(
        message=_first_work,
        action=_without_silent_starts,
        short="a program may write the first work of returns.",
    ),
    "impressions": DataFinding(
        message=_impressions,
        action=_as_timed_ends,
        short="elements that a page shows count as found.",
    ),
    "echoes": DataFinding(
        message=_echoed,
        action=_without_echoes,
        short="some work may be answers of a machine.",
    ),
    "agent_events": DataFinding(
        message=_agents,
        action="left out of every gap",
        short="acts of assistants or automations are left out.",
    ),
    "likely_agents": DataFinding(
        message=_likely_agents,
        action=_as_agent,
        short="some events may be acts of assistants or automations.",
    ),
    "timed_task_ends": DataFinding(
        message=_timed_ends,
        action=_as_timed_ends,
        short="a timer writes some ends of tasks.",
    ),
}
