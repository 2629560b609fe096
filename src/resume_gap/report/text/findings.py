"""What was found about the data: a code with figures and names as a sentence and an action.

Page, screen and JSON show the same sentence, made once, when a command hands over its result.
"""

from collections.abc import Callable
from dataclasses import replace

from resume_gap import constants
from resume_gap.report.text import event_findings as events
from resume_gap.report.text import lost_rows
from resume_gap.report.text import user_findings as users
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.event_findings import share
from resume_gap.report.text.numbers import duration, exact, many, percent
from resume_gap.results.common import Check
from resume_gap.units import rows_that


def worded(check: Check) -> Check:
    """The check with its sentence and what was done or is to do; one that has them stays.

    Raises:
        KeyError: The check has neither a sentence nor a code with one, which is a fault of ours.
    """
    if check.message:
        return check
    message, action = _FINDINGS[check.check]
    return replace(
        check, message=message(check), action=action if isinstance(action, str) else action(check)
    )


def _sessions(check: Check) -> str:
    f = check.figures
    return (
        f"session ids disagree with gaps over {f['seconds'] / 60:,.1f} minutes: they stay the same "
        f"at {f['unchanged_share']:.0%} of these gaps, and {f['inside_share']:.0%} of their "
        "changes come without one"
    )


def _coarse(check: Check) -> str:
    seconds = round(check.figures["seconds"])
    unit = _WHOLE.get(seconds) or f"multiples of {exact(seconds)}"
    return f"most times are stamped to {unit}"


_WHOLE = {1: "whole seconds", 60: "whole minutes", 3_600: "whole hours", 86_400: "whole days"}


def _off(check: Check) -> str:
    return (
        f"{many(check.count, 'row')} ({share(check):.1%}) {agreeing(check.count, 'is', 'are')}"
        f" stamped {_span(check)} from the usual delay before"
        f" {agreeing(check.count, 'it was', 'they were')} received: a wrong clock"
    )


def _span(check: Check) -> str:
    seconds = check.figures["off_by_seconds"]
    if seconds >= 3600:
        return f"{seconds / 3600:,.1f} hours"
    return many(round(seconds / 60), "minute")


def _batches(check: Check) -> str:
    n, who = check.count, many(round(check.figures["users"]), "user")
    return (
        f"{many(n, 'row')} ({share(check):.0%}) of {who}"
        f" {agreeing(n, 'shares its', 'share their')} instant with many others, or"
        f" {agreeing(n, 'comes', 'come')} in bursts between silences, as a batch upload"
        " does: order and times are unknown there"
    )


def _long(check: Check) -> str:
    return (
        f"{share(check):.1%} of the events with an end last longer than "
        f"{constants.FALLBACK_GAP.value / 60:.0f} minutes: idle time may hide inside them"
    )


def _another_pace(check: Check) -> str:
    off = duration(check.figures["seconds"], check.figures["finest_seconds"])
    return (
        f"people work at a different pace soon after any gap, so the comparison may be off by {off}"
    )


_NOT_OF_PEOPLE = (
    "--ignore leaves out names that no person causes, and a column of arrivals (--map"
    " received_at=COL) shows wrong clocks"
)

_WHEN_IT_HAPPENED = "log when each event happened, not when it was sent"
_WITH_CARE = "read the comparison with care"
_FINDINGS: dict[str, tuple[Callable[[Check], str], str | Callable[[Check], str]]] = {
    "shared_user_id": (users.shared_id, "look at them; --exclude-users leaves them out"),
    "restless_users": (users.restless, users.listed_ids),
    "excluded_users_unmatched": (
        users.unmatched,
        "write the ids as the column of --user has them, one a line",
    ),
    "identity_switch": (
        users.switch,
        "map an id that stays the same with --user COL, or join the ids before the analysis",
    ),
    "user_ids_alike": (
        users.alike,
        "write each id alike before the analysis",
    ),
    "test_accounts": (
        users.accounts,
        "list their ids in a file and leave them out with --exclude-users",
    ),
    "identity_at_returns": (
        users.at_returns,
        "map an id that stays the same with --user COL, or join the ids before the analysis",
    ),
    "several_at_once": (
        lambda c: (
            f"under {c.count:,} {'id' if c.count == 1 else 'ids'} with {share(c):.0%} of the work,"
            " it comes back to an element"
            f" within {constants.TURNS_WITHIN.value:.0f} s, over and over, after work on others:"
            " several people may work under one id at once"
        ),
        "name a column that tells them apart with --user COL",
    ),
    "alternating_sets": (
        events.alternating,
        "name a column that tells people apart with --user COL, or projects with --map stream=COL",
    ),
    "session_ids_disagree": (
        _sessions,
        "the gaps decide; --gap gives the threshold that the session ids were made with",
    ),
    "coarse_stamps": (_coarse, "nothing finer than twice that is printed"),
    "indexed_stamps": (
        lambda c: (
            f"the stamps of {many(c.count, 'user')} are minutes with a second added per event"
        ),
        "their gaps were measured in whole minutes",
    ),
    "equal_rows_kept": (
        lambda c: rows_that(c.count, "equal", "equals") + " another row in every column",
        "kept: whole-second stamps and batch uploads cannot tell",
    ),
    "copied_inputs": (
        lambda c: (
            f"the file {c.names[0]} has as many rows as {c.names[1]}, at the same times, and"
            f" {rows_that(c.count, 'equal', 'equals')} another row in every column"
        ),
        "give each file once: every event of a copy counts twice",
    ),
    "order_unknown": (
        lambda c: f"{share(c):.0%} of the rows share their instant with another of the same user",
        "give the order with --map sequence=COL",
    ),
    "rows_dropped": (lost_rows.dropped, lost_rows.remedy),
    "placeholder_user_ids": (lost_rows.nobody, lost_rows.nobody_remedy),
    "clock_off": (_off, "--clock corrected moves them to the user's usual delay"),
    "clock_corrected": (
        lambda c: (
            f"{many(c.count, 'row')} ({share(c):.1%}) {agreeing(c.count, 'was', 'were')} stamped"
            f" {_span(c)} off"
        ),
        lambda c: (
            "moved to the user's usual delay before"
            f" {agreeing(c.count, 'it was', 'they were')} received"
        ),
    ),
    "offline_buffer": (
        lambda c: f"{many(c.count, 'row')} ({share(c):.1%}) waited in an offline buffer to be sent",
        "their stamps were believed",
    ),
    "batch_uploads": (
        _batches,
        f"kept, none is taken for a repeat; {_WHEN_IT_HAPPENED}",
    ),
    "late_sending": (
        lambda c: (
            f"{c.count:,} of {many(round(c.figures['returns']), 'return')} ({share(c):.0%})"
            f" {agreeing(c.count, 'begins', 'begin')} with"
            f" {constants.FLUSH_WORK.value:.0f} and more acts of work within"
            f" {constants.FLUSH_SPAN.value:.0f} s, but only {c.figures['elsewhere']:.1%} of the"
            " other ends of silences do: they may have waited in a queue, and bear the time of"
            " sending"
        ),
        _WHEN_IT_HAPPENED,
    ),
    "sent_on_timer": (
        lambda c: (
            f"the work of {many(c.count, 'stream')} ({share(c):.0%} of it) comes in bursts whole"
            f" multiples of {c.figures['seconds']:.1f} s apart: a timer sends and stamps it"
        ),
        _WHEN_IT_HAPPENED,
    ),
    "reversed_ends": (
        lambda c: (
            f"{many(c.count, 'interval event')}"
            f" {agreeing(c.count, 'ends before it starts', 'end before they start')}"
        ),
        lambda c: agreeing(
            c.count, "its end was set to its start", "their end was set to their start"
        ),
    ),
    "long_intervals": (_long, "name the events that mean idleness with --away"),
    "idle_by_name": (
        lambda c: (
            f"{share(c):.0%} of the rows were taken for idle events by their names alone"
            + (": " if c.names else "")
            + ", ".join(c.names[:3])
        ),
        "--productive NAMES or --away NAMES decides",
    ),
    "no_productive_events": (
        lambda _: "no event of this log counts as work, so re-orientation cannot be measured",
        "name the events that are work with --productive",
    ),
    "roles_by_name": (
        lambda _: "what counts as work, its end and idle events were taken from names alone",
        "--productive, --complete and --away decide",
    ),
    "machine_events": (events.heartbeat, events.ignore),
    "likely_idle_events": (events.likely_idle, events.as_away),
    "lone_rows": (events.lone_rows, f"look at some of them; {_NOT_OF_PEOPLE}"),
    "first_work_at_once": (events.first_work, events.without_silent_starts),
    "impressions": (events.impressions, events.as_timed_ends),
    "echoes": (events.echoed, events.without_echoes),
    "doubtful_task_ends": (events.doubtful_ends, events.as_ends),
    "marker_in_log": (events.marker_in_log, events.as_marker),
    "task_ends_left_out": (events.ends_left_out, events.as_task_ends),
    "timed_task_ends": (events.timed_ends, events.as_timed_ends),
    "silent_starts": (events.silent_starts, events.without_silent_starts),
    "elements_end": (
        events.elements_end,
        "analyze the days with elements: --since and --until",
    ),
    "agent_events": (events.agents, "left out of every gap"),
    "likely_agents": (events.likely_agents, events.as_agent),
    "few_controls": (
        lambda c: f"only {share(c):.0%} of the matched controls are the person's own",
        _WITH_CARE,
    ),
    "companion_differs": (
        lambda _: (
            "a second comparison, with controls after an event like the first one back, does not "
            "confirm the extra time"
        ),
        "watch a few people come back: do they go on where they stopped, or land elsewhere?",
    ),
    "companion_unknown": (
        lambda _: (
            "a second comparison, with controls after an event like the first one back, could not "
            "be made: too few such controls"
        ),
        _WITH_CARE,
    ),
    "longer_by_give_ups": (
        lambda c: (
            f"{many(c.count, 'interruption')} ({percent(share(c))}) ended without work and"
            f" {agreeing(c.count, 'counts', 'count')} as the cap;"
            f" without {agreeing(c.count, 'it', 'them')}, getting back did not take"
            " clearly longer than a step of uninterrupted work that is begun anew"
        ),
        "watch why people leave again: another interruption, or giving up",
    ),
    "thin_end": (
        lambda c: (
            f"{rows_that(c.count, 'lie', 'lies')} after {c.names[0]}, the last day with "
            f"{constants.LOG_END_SHARE.value:.0%} of a usual day's users: perhaps clocks that run"
            " ahead"
        ),
        "kept; the log is taken to end on that day, unless --until says otherwise",
    ),
    "early_controls": (_another_pace, _WITH_CARE),
    "short_log": (
        lambda c: (
            f"the log spans {c.figures['days']:.1f} days: figures per week are extrapolated from "
            "them"
        ),
        "take figures per week from a longer log",
    ),
    "hits_depend_on_order": (
        lambda c: (
            f"{many(c.count, 'row')} {agreeing(c.count, 'shares its', 'share their')} instant"
            " with the one before, and what a marker would have pointed at depends on their order"
        ),
        "give the order with --map sequence=COL",
    ),
}
"""By code the sentence and the action."""
