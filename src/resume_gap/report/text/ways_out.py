"""What to do after a plan: the trial that answers the question, and what else can be done."""

from typing import Final, NamedTuple

from resume_gap.report.text import plan
from resume_gap.report.text.numbers import count, many
from resume_gap.results.plan import Needed, Planned, WaysOut

SMALLER: Final = "plan for a smaller effect, which takes more users"
"""What to do where no marker could save as much as is asked for, a clause."""


class Way(NamedTuple):
    """One way out where an effect takes too long to find.

    Attributes:
        name: What is changed.
        takes: What it takes.
        because: What that gives.
    """

    name: str
    takes: str
    because: str


def ways_out(found: Planned) -> tuple[Way, ...]:
    """Three ways out, or none where the effect can be found in time."""
    out = found.plan.ways_out
    if out is None:
        return ()
    within, needed = plan.weeks(out.weeks), plan.asked(found)
    longer = None if needed is None else plan.span(needed)
    like = max(out.effect_seconds or 0.0, out.cuped_effect_seconds or 0.0)
    return (
        Way(
            "more users or more weeks",
            "nobody would be interrupted by then"
            if out.assigned is None
            else f"assign {many(out.assigned, 'user')}",
            f"so many find {plan.effect(found)} within {_of_assigned(out)}; "
            + (
                f"{plan.whose(found)} never do"
                if longer is None
                else f"{plan.whose(found)} take {longer}"
            ),
        ),
        Way(
            "a larger effect",
            "too few users for any"
            if out.effect_seconds is None
            else f"look for {plan.seconds(out.effect_seconds, found, like=like)}",
            f"the smallest effect that {plan.whose(found)} find within {within}"
            f"{_not_to_run(found, out.effect_seconds)}",
        ),
        Way(
            "less variance",
            "nothing is known that helps"
            if out.cuped_effect_seconds is None
            else f"adjust, and look for {plan.seconds(out.cuped_effect_seconds, found, like=like)}",
            f"the smallest effect found within {within} when each user's own past is taken into"
            f" account{_not_to_run(found, out.cuped_effect_seconds)}"
            if out.cuped_effect_seconds is not None
            else "keep a log of the users before they are assigned, so that their own past can be"
            " taken into account",
        ),
    )


def instead(found: Planned) -> str:
    """`Either assign 776 users, or look for an effect of 44 s, ...`; empty with enough users."""
    out = found.plan.ways_out
    if out is None:
        return ""
    like = max(out.effect_seconds or 0.0, out.cuped_effect_seconds or 0.0)
    ways = []
    if out.assigned is not None:
        ways.append(f"assign {many(out.assigned, 'user')}")
    if out.effect_seconds is not None and not found.plan.is_out_of_reach(out.effect_seconds):
        ways.append(f"look for an effect of {plan.seconds(out.effect_seconds, found, like=like)}")
    adjusted_size = out.cuped_effect_seconds
    if adjusted_size is not None and not found.plan.is_out_of_reach(adjusted_size):
        adjusted = plan.seconds(adjusted_size, found, like=like)
        ways.append(f"adjust for each user's past and look for {adjusted}")
    if not ways:
        return ""
    first = "Either " if len(ways) > 1 else ""
    listed = first + ", or ".join(ways)
    return f"{listed[:1].upper()}{listed[1:]}, within {plan.weeks(out.weeks)}."


def _of_assigned(out: WaysOut) -> str:
    """The shortest trial with as many users as find the effect."""
    return plan.weeks(out.weeks if out.assigned_weeks is None else out.assigned_weeks)


def _not_to_run(found: Planned, size: float | None) -> str:
    """`; more than the marker could save here ...: do not run this trial with these users`."""
    over = plan.too_much(found, size)
    return f"; {over}: do not run this trial with these users" if over else ""


def next_step(found: Planned, needed: Needed) -> str:
    """To run the trial with as many users as answer the question, or find a larger effect."""
    out = found.plan.ways_out
    if out is not None and out.assigned is not None:
        longer = "" if out.assigned_weeks == out.weeks else "; longer is not needed"
        return (
            f"run the trial for {_of_assigned(out)} with {many(out.assigned, 'user')},"
            f" your {count(found.plan.users)} included{longer}"
        )
    if out is not None:
        ways = instead(found).removesuffix(".")
        return f"{ways[:1].lower()}{ways[1:]}"
    taken_time = plan.span(needed)
    how_long = "" if taken_time is None else f" for {taken_time}"
    each = count(needed.assigned_per_arm)
    return f"assign {each} users to each group and run the trial{how_long}, then evaluate it"


def otherwise(found: Planned, needed: Needed) -> str:
    """`with your 90 users alone, look for an effect of 22 s or more.`; empty with enough users."""
    out, taken_time = found.plan.ways_out, plan.span(needed)
    if out is None or out.assigned is None:
        return ""
    ways = [] if taken_time is None else [f"run it for {taken_time}"]
    alone = f"with your {count(found.plan.users)} alone"
    if over := plan.too_much(found, out.effect_seconds):
        smallest = plan.seconds(out.effect_seconds or 0.0, found)
        shown = f"{alone} a trial shows {smallest} or more, which is {over}"
        return f"{shown}: {ways[0] if ways else 'do not run it with them'}."
    if out.effect_seconds is not None:
        smallest = plan.seconds(out.effect_seconds, found)
        ways.append(f"look for an effect of {smallest} or more")
    elif out.cuped_effect_seconds is not None:
        smallest = plan.seconds(out.cuped_effect_seconds, found)
        ways.append(f"look for an effect of {smallest} or more, adjusted for each user's past")
    return f"{alone}, {', or '.join(ways)}." if ways else ""
