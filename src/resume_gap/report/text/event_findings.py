"""What was found about events by their names or places, in sentences."""

import shlex
from collections.abc import Mapping

from resume_gap import constants
from resume_gap.options.names import pasted
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.numbers import duration, many
from resume_gap.results.common import Check
from resume_gap.sources.role_names import marker_kind

_FIRST = 5
"""Users that are listed; the others are counted."""


def share(check: Check) -> float:
    """The share that a check states; 0 where it states none."""
    return check.share or 0.0


def listed(names: tuple[str, ...]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - _FIRST:,} more" if len(names) > _FIRST else ""
    return ", ".join(names[:_FIRST]) + more


def _both(check: Check, them: str = "them") -> str:
    """The figures of the sample with and without what is suspected."""
    before, after = (_measured(check.figures, end) for end in ("with", "without"))
    return f"With {them}: {before}. Without {them}: {after}"


def heartbeat(check: Check) -> str:
    """Events that repeat by themselves, with the figures with and without them."""
    name = (
        " ".join(("the event", *check.names))
        if check.names
        else f"an event that fewer than {constants.NAMED_USERS.value:.0f} users have"
    )
    how = "repeats like a clock" if check.figures.get("is_regular", 1) else "fills gaps by itself"
    if check.figures.get("is_lone"):
        how = "makes returns of its own, as what a server writes in breaks does"
    return f"{name} {how}. {_both(check, 'it')}"


def likely_idle(check: Check) -> str:
    """Events that may mark idle time, with the figures with and without them."""
    shown, unnamed = (round(check.figures[name]) for name in ("names", "unnamed"))
    names = listed(check.names[:shown])
    if unnamed:
        names = " and ".join(filter(None, (names, f"{unnamed:,} that few users have")))
    return (
        f"{share(check):.0%} of the {many(check.count, 'event')} called {names} are the last before"
        f" or the first after a long gap, so they may mark idle time. {_both(check)}"
    )


def as_away(check: Check) -> str:
    """What takes such events for idle events."""
    if check.figures["unnamed"]:
        return "--show-ids shows the names; --away NAMES takes them for idle events"
    return f"--away {pasted(check.names)} takes them for idle events"


def _measured(figures: Mapping[str, float], end: str) -> str:
    if f"returns_{end}" not in figures:
        return "no events"
    counted = (
        f"{many(round(figures[f'returns_{end}']), 'return')}, "
        f"{many(round(figures[f'interruptions_{end}']), 'interruption')}"
    )
    mean = figures.get(f"mean_seconds_{end}")
    if mean is not None:
        return f"{counted}, {duration(mean, 1)} to work on average"
    other = {f"mean_seconds_{one}" for one in ("with", "without")} & figures.keys()
    return f"{counted}, time to work not known" if other else counted


def _is_the_work(check: Check) -> bool:
    """Whether too little of the work is left without the events for anybody to leave them out."""
    return check.figures.get("work_share", 0.0) > 1 - constants.ECHO_REST.value


def _without_work(check: Check) -> str:
    """Why events are not to be left out, and what to do instead."""
    carried = check.figures["work_share"]
    it = agreeing(len(check.names) or 1, "it", "them")
    left = (
        f"without {it} nothing counts as work"
        if carried == 1
        else f"without {it} only {1 - carried:.1%} of the work is left"
    )
    return f"{left}; if no person causes {it}, log what people do, or name it with --productive"


def agents(check: Check) -> str:
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


def likely_agents(check: Check) -> str:
    """Events that may be acts of an assistant."""
    names = listed(check.names) or "events that few users have"
    return f"by name {names} may be acts of an assistant or automation. {_both(check)}"


def as_agent(check: Check) -> str:
    """What leaves such events out."""
    if _is_the_work(check):
        return _without_work(check)
    columns = round(check.figures.get("by_column", 0))
    names = [shlex.quote(",".join(check.names[:columns]))] if columns else []
    if check.names[columns:] or not columns:
        names.append(pasted(check.names[columns:]) if check.names else "NAMES")
    return " ".join(f"--agent {one}" for one in names) + " leaves them out of every gap"


def lone_rows(check: Check) -> str:
    """Sessions of a few events, with the figures with and without them."""
    return (
        f"{many(check.count, 'session')} ({share(check):.0%})"
        f" {agreeing(check.count, 'has', 'have')} fewer than"
        f" {constants.IDLE_SESSION.value:.0f} events while the others are much longer, as rows of a"
        f" server, of a wrong clock or of a second delivery are. {_both(check)}"
    )


def silent_starts(check: Check) -> str:
    """Returns that begin with one event and silence, with the figures with and without it."""
    first = f", mostly {check.names[0]}" if check.names else ""
    silence = duration(check.figures["median_seconds"], constants.SILENT_START.value)
    return (
        f"{many(check.count, 'return')} ({share(check):.0%})"
        f" {agreeing(check.count, 'begins', 'begin')} with one event{first}, and then"
        f" nothing follows for about {silence}, as after a wake-up, a sync or a"
        f" notification before anybody is there. {_both(check, 'these events')}"
    )


def without_silent_starts(check: Check) -> str:
    """What leaves such events out."""
    if _is_the_work(check):
        return _without_work(check)
    if not check.figures["is_own_name"]:
        return "log who or what caused an event (--agent column=value leaves programs out)"
    leave = f"--ignore {pasted(check.names)} leaves" if check.names else "--ignore NAMES leaves"
    return f"if no person causes them, {leave} events of that name out"


def first_work(check: Check) -> str:
    """First work of returns, with the figures with and without it."""
    wait, step = (
        duration(check.figures[name], constants.ECHO_WITHIN.value)
        for name in ("wait_seconds", "step_seconds")
    )
    times = f"{check.figures['times']:.1f}"
    return (
        f"the first work of a return comes {wait} after its first event, the second only {step}"
        f" later, {times} times as long as later steps take: a program may have written the first"
        f" (a restored draft). {_both(check, 'it')}"
    )


def alternating(check: Check) -> str:
    """Visits that alternate between sets of elements, with the figures of the largest set."""
    before, after = (_measured(check.figures, end) for end in ("with", "without"))
    return (
        f"visits under {many(check.count, 'id')} with {share(check):.0%} of the work alternate"
        " between sets of elements that have nothing in common, as where several people share"
        f" an id and take turns. With all visits: {before}. With those of the largest set of each"
        f" id: {after}"
    )


def echoed(check: Check) -> str:
    """Work that only follows other events, with the figures with and without it."""
    names = listed(check.names) or "events that few users have"
    return (
        f"{many(check.count, 'event')} ({names}) {agreeing(check.count, 'was', 'were')} taken for"
        f" work by name, but nearly all follow"
        f" another event within {constants.ECHO_WITHIN.value:.0f} s, looking included, as a"
        f" machine's answers do. {_both(check)}"
    )


def impressions(check: Check) -> str:
    """Events at elements that a page shows, with the figures with and without them if others."""
    names = listed(check.names) or "events that few users have"
    come = agreeing(check.count, "comes", "come")
    figures = f". {_both(check)}" if check.figures["is_moved"] else ""
    return (
        f"{many(check.count, 'event')} ({names}) {come} at several elements"
        f" within {constants.SHOWN_WITHIN.value:.0f} s, as where a page reports what it"
        f" shows: such an element counts as found although nobody looked for it{figures}"
    )


def without_echoes(check: Check) -> str:
    """What decides about them."""
    names = pasted(check.names) if check.names else "NAMES"
    return f"--ignore {names} leaves them out; if they are work, say it with --productive"


def doubtful_ends(check: Check) -> str:
    """Task ends that a machine may have written, with the figures with and without them."""
    names = listed(check.names) or "events that few users have"
    return (
        f"{many(check.count, 'event')} ({names})"
        f" {agreeing(check.count, 'was taken for the end', 'were taken for ends')} of tasks because"
        f" {agreeing(check.count, 'it says', 'they say')} that something is done,"
        f" which may be a machine's work. {_both(check)}"
    )


def as_ends(check: Check) -> str:
    """What decides about them."""
    if _is_the_work(check):
        return _without_work(check)
    names = pasted(check.names) if check.names else "NAMES"
    return (
        f"--ignore {names} leaves them out; if people end tasks so, say it with --productive and"
        " --complete"
    )


def marker_in_log(check: Check) -> str:
    """Events that a resume marker may have written."""
    names = f" ({listed(check.names)})" if check.names else ""
    are = agreeing(check.count, "is", "are")
    return (
        f"by name {many(check.count, 'event')}{names} {are} of a resume marker: if so, figures are"
        " of people who had it already"
    )


def as_marker(check: Check) -> str:
    """What leaves them out, or the days with them."""
    kinds: dict[str, list[str]] = {}
    for name in check.names:
        kinds.setdefault(marker_kind(name) or "shown", []).append(name)
    options = [f"--marker {kind}={pasted(names)}" for kind, names in kinds.items()]
    return f"{' '.join(options) or '--marker shown=NAMES'}, or --until the day before it"


def ends_left_out(check: Check) -> str:
    """Events that may end tasks, where no event does."""
    names = f" ({listed(check.names)})" if check.names else ""
    return (
        f"by name {many(check.count, 'event')}{names} {agreeing(check.count, 'ends', 'end')} tasks,"
        " but no event counts as a task end, so finished work counts as interrupted"
    )


def as_task_ends(check: Check) -> str:
    """What makes them ends of tasks."""
    return f"--complete {pasted(check.names) if check.names else 'NAMES'}"


def timed_ends(check: Check) -> str:
    """Task ends that a timer wrote, with the figures with and without them."""
    names = listed(check.names) or "events that few users have"
    wait = duration(check.figures["seconds"], 1.0)
    return (
        f"{many(check.count, 'event')} ({names}) {agreeing(check.count, 'comes', 'come')} {wait}"
        f" after the event before: a timer ends sessions, not people their tasks. {_both(check)}"
    )


def as_timed_ends(check: Check) -> str:
    """What decides about them."""
    return f"--ignore {pasted(check.names) if check.names else 'NAMES'} leaves them out"


def elements_end(check: Check) -> str:
    """Days without elements, with the figures with and without them."""
    return (
        f"on {many(check.count, 'day')} with {share(check):.0%} of the rows hardly any has an"
        " element, on other days many have."
        f" {_both(check, agreeing(check.count, 'that day', 'those days'))}"
    )


def ignore(check: Check) -> str:
    """What leaves a machine's events out."""
    if _is_the_work(check):
        return _without_work(check)
    if not check.names:
        return "--show-ids shows its name; --ignore leaves such events out"
    return f"--ignore {pasted(check.names[:1])} leaves them out"
