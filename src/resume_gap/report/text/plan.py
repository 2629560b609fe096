"""What a trial would take, in sentences that page and terminal share."""

from collections.abc import Iterable, Mapping

from resume_gap.report.text import measurability, measures, vocabulary
from resume_gap.report.text.numbers import count, duration, exact, exact_share, many
from resume_gap.results.plan import Needed, Planned, PlanRow
from resume_gap.results.primary_cap import CapReason


def weeks(value: float) -> str:
    """`1 week`, `5 weeks`, `2.5 weeks`."""
    shown = f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"
    return f"{shown} {'week' if shown == '1' else 'weeks'}"


def seconds(value: float, found: Planned, *, like: float = 0.0) -> str:
    """A size of effect or spread as printed, in the unit of the longest beside it."""
    return duration(value, vocabulary.step(found), like=like)


def longest(rows: Iterable[PlanRow]) -> float:
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


def whose(found: Planned) -> str:
    """Whose trial it would be."""
    plan = found.plan
    of = "of this log" if plan.users_by == "log" else "that are given"
    return f"the {many(plan.users, 'user')} {of}"


def sentence(found: Planned) -> str:
    """Users, weeks and the effect, without a full stop; or why there is no result."""
    needed = asked(found)
    if needed is None:
        return f"No trial can be planned from this log: {why(found)}"
    often = f" {looks(found)}" if needed is found.plan.needed_looks else ""
    return (
        f"To find an effect of {effect(found)}{often} it takes "
        f"{count(needed.triggered_per_arm)} interrupted users in each arm: {_time(needed, found)}"
    )


def asked(found: Planned) -> Needed | None:
    """What it takes with as many looks as are asked for."""
    plan = found.plan
    return plan.needed_looks if plan.looks > 1 and plan.needed_looks is not None else plan.needed


def _time(needed: Needed, found: Planned) -> str:
    if needed.weeks is None:
        return f"more than {whose(found)} can give, however long it runs"
    return f"about {weeks(needed.weeks)} with {whose(found)}"


def taken(needed: Needed | None) -> str | None:
    """`480 an arm (5 weeks)`, or None."""
    if needed is None:
        return None
    time = "too few users" if needed.weeks is None else weeks(needed.weeks)
    return f"{count(needed.triggered_per_arm)} an arm ({time})"


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
    return f"with {count(n)} looks" if n > 1 else "looked at any number of times"


def terms(found: Planned) -> str:
    """What finding means."""
    plan = found.plan
    return f"{exact_share(plan.power)} power, {exact_share(plan.alpha)} error, two-sided"
