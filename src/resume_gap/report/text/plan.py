"""What a trial would take, in sentences that page and terminal share."""

from collections.abc import Iterable, Mapping
from typing import Final

from resume_gap.constants import ACTIVE_BEFORE, FOLLOW_UP
from resume_gap.report.text import measurability, measures, vocabulary
from resume_gap.report.text.numbers import (
    count,
    duration,
    exact,
    exact_share,
    many,
    outwards,
    percent,
)
from resume_gap.results.plan import Needed, Planned, PlanRow, SizeRow
from resume_gap.results.primary_cap import CapReason

NO_PLAN: Final = "No trial can be planned from this log"
_JUST_ENOUGH: Final = "a trial that is just large enough for it would most likely find nothing"


def weeks(value: float) -> str:
    """`1 week`, `5 weeks`, `2.5 weeks`."""
    shown = f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"
    return f"{shown} {'week' if shown == '1' else 'weeks'}"


def seconds(value: float, found: Planned, *, like: float = 0.0) -> str:
    """A size of effect or spread as printed, in the unit of the longest beside it."""
    return duration(value, vocabulary.step(found), like=like)


def longest(rows: Iterable[PlanRow | SizeRow]) -> float:
    """The longest of the smallest effects found and of their ranges."""
    sizes = (
        size
        for row in rows
        for size in (
            row.mde_seconds,
            row.mde_lower_seconds,
            row.mde_upper_seconds,
            row.mde_cuped_seconds,
            row.mde_looks_seconds,
        )
    )
    return max((size for size in sizes if size is not None), default=0.0)


def found_by(row: PlanRow, found: Planned) -> str | None:
    """The smallest effect found by then with as many looks as are asked for, as printed."""
    size = row.mde_looks_seconds if found.plan.looks > 1 else row.mde_seconds
    return None if size is None else seconds(size, found)


def soonest(found: Planned) -> PlanRow | None:
    """The first week by which the users at hand find what they find in the longest time."""
    if not found.plan.rows:
        return None
    last = found.plan.rows[-1]
    rows = [*(row for row in found.plan.curve if row.weeks < last.weeks), last]
    shown = found_by(last, found)
    return next((row for row in rows if shown and found_by(row, found) == shown), None)


def too_much(found: Planned, size: float | None) -> str:
    """That an effect is more than a marker could save, a clause; empty where it is not."""
    most = found.plan.most_seconds
    if most is None or not found.plan.is_out_of_reach(size):
        return ""
    step = vocabulary.step(found)
    at_most = duration(outwards(most, step, up=True), step)
    limit = f"at most {at_most} of search per first return"
    if most == found.plan.pilot.mean_upper_seconds:
        limit = f"first returns take at most {at_most} on average"
    return f"more than the marker could save here ({limit}, counted up to {primary_cap(found)})"


def out_of_reach(found: Planned) -> str:
    """That even the effect asked for is more than a marker could save; empty where it is not."""
    over = too_much(found, found.plan.effect_seconds)
    return f"An effect of {effect(found)} is {over}" if over else ""


def too_large(found: Planned) -> str | None:
    """The same as a caution, with what would come of a trial; None where it is not."""
    over = out_of_reach(found)
    return f"{over}: {_JUST_ENOUGH}." if over else None


def finds_nothing(found: Planned, needed: Needed) -> str:
    """What a trial for such an effect would take, and what would come of it, in sentences."""
    return f"{short(found, needed)}. But {_JUST_ENOUGH}."


def spread(found: Planned) -> float:
    """The longest of the mean and the spread."""
    plan = found.plan
    return max(
        plan.pilot.mean_seconds or 0.0,
        plan.pilot.sd_seconds or 0.0,
        plan.pilot.sd_upper_seconds or 0.0,
    )


def adjusts(found: Planned) -> bool:
    """Whether adjusting takes anything away."""
    return bool(found.plan.pilot.cuped_share and found.plan.pilot.cuped_share > 0)


def effect(found: Planned) -> str:
    """The effect that is asked for; it was set, so it stands as it is."""
    return exact(found.plan.effect_seconds)


def primary_cap(found: Planned) -> str:
    """Up to where the primary effect counts."""
    return exact(found.plan.primary_cap.seconds)


_WHY_CAP: Mapping[CapReason, str] = {
    "fewest_users": "the cap that needs the fewest users; chosen by half of the users",
    "too_few_returns": "the default: too few first returns to choose by",
    "no_saving": "the default: a marker of the middle scenario saves nothing in this log",
    "no_target_rule": "the default: there is nothing to point at",
    "not_measured": "the default",
}


def why_that_cap(found: Planned) -> str:
    """Where the cap is from."""
    return _WHY_CAP[found.plan.primary_cap.reason]


def active() -> str:
    """Which users of the log a trial would begin with."""
    return f"active in the last {exact(ACTIVE_BEFORE.value)} of this log"


def whose(found: Planned) -> str:
    """Whose trial it would be."""
    plan = found.plan
    of = active() if plan.users_by == "log" else "that are given"
    return f"the {many(plan.users, 'user')} {of}"


def sentence(found: Planned) -> str:
    """Users, weeks and the effect, without a full stop; or why there is no result."""
    needed = asked(found)
    if needed is None:
        return f"{NO_PLAN}: {why(found)}"
    often = f" {looks(found)}" if needed is found.plan.needed_looks else ""
    return (
        f"To find an effect of {effect(found)}{often} it takes "
        f"{count(needed.triggered_per_arm)} interrupted users in each arm: {_time(needed, found)}"
    )


def short(found: Planned, needed: Needed) -> str:
    """The same for those who read one line, without a full stop."""
    users = many(found.plan.users, "user")
    taken = span(needed)
    time = f"more than your {users} can give" if taken is None else f"{taken} with your {users}"
    needs = f"needs {count(needed.triggered)} interrupted users in all"
    return f"An effect of {effect(found)} {needs}: {time}"


def asked(found: Planned) -> Needed | None:
    """What it takes with as many looks as are asked for."""
    plan = found.plan
    return plan.needed_looks if plan.looks > 1 and plan.needed_looks is not None else plan.needed


def _time(needed: Needed, found: Planned) -> str:
    taken = span(needed)
    if taken is None:
        return f"more than {whose(found)} can give, however long it runs"
    return f"{taken} with {whose(found)}"


def span(needed: Needed) -> str | None:
    """`about 5 weeks`, `4 to 7 weeks`, `at least 4 weeks`; None: never."""
    first, last = needed.weeks_earliest, needed.weeks_latest
    if first is None:
        return None
    if last is None:
        return f"at least {weeks(first)}"
    if first == last:
        return f"about {weeks(first)}"
    return f"{first:g} to {weeks(last)}"


def users_by_spread(found: Planned) -> str | None:
    """`605 to 1,030`: users an arm with the spread at the ends of its interval, or None."""
    lower, upper = found.plan.needed_lower, found.plan.needed_upper
    if lower is None or upper is None:
        return None
    ends = dict.fromkeys((count(lower.triggered_per_arm), count(upper.triggered_per_arm)))
    return " to ".join(ends)


def taken(needed: Needed | None) -> str | None:
    """`480 an arm (5 weeks)`, or None."""
    if needed is None:
        return None
    time = (span(needed) or "too few users").removeprefix("about ")
    return f"{count(needed.triggered_per_arm)} an arm ({time})"


def number_of_weeks(needed: Needed) -> str:
    """The same in a column of weeks."""
    time = (span(needed) or "too few users").removeprefix("about ")
    return time.removesuffix(" weeks").removesuffix(" week")


def change(found: Planned) -> str | None:
    """That the users of the first pseudo-launch are others than those of the latest."""
    seen = found.plan.pilot.change
    if seen is None:
        return None
    days = exact(FOLLOW_UP.value)
    what = (
        "your log is still losing its first users"
        if seen.latest > seen.first
        else "users are interrupted more and more rarely"
    )
    return (
        f"Of the users at the first start in this log {percent(seen.first)} were interrupted within"
        f" {days}, at the latest start {percent(seen.latest)}: {what}, and a trial may see other"
        " shares than the log did. Plan again from a later log."
    )


def why(found: Planned) -> str:
    """Why there is no plan, a clause."""
    plan = found.plan
    if plan.reason == "few_users":
        return f"{many(plan.pilot.users, 'user')} with an interruption are too few"
    blind = found.measurability
    if blind.reason is not None:
        return measurability.why(blind.reason, blind.figures)
    return measures.why(plan.reason)


def looks(found: Planned) -> str:
    """How often the trial may be looked at; the figures hold for any number of looks."""
    n = found.plan.looks
    return f"with {count(n)} looks" if n > 1 else "monitored continuously"


def looks_in_short(found: Planned) -> str:
    """The same beside a line of a chart."""
    n = found.plan.looks
    return f"checked {count(n)} times" if n > 1 else "checked often"


def terms(found: Planned) -> str:
    """What finding means."""
    plan = found.plan
    return f"{exact_share(plan.power)} power, {exact_share(plan.alpha)} error, two-sided"
