"""Times, their order, and how long the log is."""

from typing import Final

from resume_gap import constants
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import DataFinding, share
from resume_gap.report.text.numbers import exact, many
from resume_gap.results.common import Check
from resume_gap.units import rows_that

_WHOLE = {1: "whole seconds", 60: "whole minutes", 3_600: "whole hours", 86_400: "whole days"}


_WHEN_IT_HAPPENED = "log when each event happened, not when it was sent"


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


FINDINGS: Final = {
    "coarse_stamps": DataFinding(
        message=_coarse,
        action="nothing finer than twice that is printed",
    ),
    "indexed_stamps": DataFinding(
        message=lambda c: (
            f"the stamps of {many(c.count, 'user')} are minutes with a second added per event"
        ),
        action="their gaps were measured in whole minutes",
        short="times are minutes with a second added per event.",
    ),
    "order_unknown": DataFinding(
        message=lambda c: (
            f"{share(c):.0%} of the rows share their instant with another of the same user"
        ),
        action="give the order with --map sequence=COL",
        short="many events share one instant: their order is unknown.",
    ),
    "hits_depend_on_order": DataFinding(
        message=lambda c: (
            f"{many(c.count, 'row')} {agreeing(c.count, 'shares its', 'share their')} instant"
            " with the one before, and what a marker would have pointed at depends on their order"
        ),
        action="give the order with --map sequence=COL",
        short="hits depend on the unknown order of simultaneous events.",
    ),
    "clock_off": DataFinding(
        message=_off,
        action="--clock corrected moves them to the user's usual delay",
        short="some times are stamped by wrong clocks.",
    ),
    "clock_corrected": DataFinding(
        message=lambda c: (
            f"{many(c.count, 'row')} ({share(c):.1%}) {agreeing(c.count, 'was', 'were')} stamped"
            f" {_span(c)} off"
        ),
        action=lambda c: (
            "moved to the user's usual delay before"
            f" {agreeing(c.count, 'it was', 'they were')} received"
        ),
    ),
    "offline_buffer": DataFinding(
        message=lambda c: (
            f"{many(c.count, 'row')} ({share(c):.1%}) waited in an offline buffer to be sent"
        ),
        action="their stamps were believed",
    ),
    "batch_uploads": DataFinding(
        message=_batches,
        action=f"kept, none is taken for a repeat; {_WHEN_IT_HAPPENED}",
        short="many events share one instant: their order is unknown.",
    ),
    "late_sending": DataFinding(
        message=lambda c: (
            f"{c.count:,} of {many(round(c.figures['returns']), 'return')} ({share(c):.0%})"
            f" {agreeing(c.count, 'begins', 'begin')} with"
            f" {constants.FLUSH_WORK.value:.0f} and more acts of work within"
            f" {constants.FLUSH_SPAN.value:.0f} s, but only {c.figures['elsewhere']:.1%} of the"
            " other ends of silences do: they may have waited in a queue, and bear the time of"
            " sending"
        ),
        action=_WHEN_IT_HAPPENED,
        short="work may be stamped when sent, not when done.",
    ),
    "sent_on_timer": DataFinding(
        message=lambda c: (
            f"the work of {many(c.count, 'stream')} ({share(c):.0%} of it) comes in bursts whole"
            f" multiples of {c.figures['seconds']:.1f} s apart: a timer sends and stamps it"
        ),
        action=_WHEN_IT_HAPPENED,
        short="a timer sends and stamps some of the work.",
    ),
    "reversed_ends": DataFinding(
        message=lambda c: (
            f"{many(c.count, 'interval event')}"
            f" {agreeing(c.count, 'ends before it starts', 'end before they start')}"
        ),
        action=lambda c: agreeing(
            c.count, "its end was set to its start", "their end was set to their start"
        ),
    ),
    "long_intervals": DataFinding(
        message=_long,
        action="name the events that mean idleness with --away",
        short="events that last long may hide idle time.",
    ),
    "session_ids_disagree": DataFinding(
        message=_sessions,
        action="the gaps decide; --gap gives the threshold that the session ids were made with",
        short="the log's session ids disagree with the gaps.",
    ),
    "thin_end": DataFinding(
        message=lambda c: (
            f"{rows_that(c.count, 'lie', 'lies')} after {c.names[0]}, the last day with "
            f"{constants.LOG_END_SHARE.value:.0%} of a usual day's users: perhaps clocks that run"
            " ahead"
        ),
        action="kept; the log is taken to end on that day, unless --until says otherwise",
        short="some clocks may run days ahead.",
    ),
    "short_log": DataFinding(
        message=lambda c: (
            f"the log spans {c.figures['days']:.1f} days: figures per week are extrapolated from "
            "them"
        ),
        action="take figures per week from a longer log",
        short="the log is short: figures per week are extrapolated.",
    ),
}
