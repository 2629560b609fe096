"""What a resume marker could do, in sentences that page and terminal share."""

from typing import Final, NamedTuple

from resume_gap.replay.target_rules import RULE_OF
from resume_gap.report.text import counted, reasons, vocabulary
from resume_gap.report.text.adding_up import shares
from resume_gap.report.text.numbers import (
    count,
    duration,
    minutes,
    points,
    points_interval,
    share_interval_of,
)
from resume_gap.results.analyze import Analysis, Policy


def rule(name: str) -> str:
    """Which element the marker of a target rule points at, in words."""
    return RULE_OF[name].label if name in RULE_OF else name.replace("_", " ")


def best(analysis: Analysis) -> Policy | None:
    """The target rule that the recommendation and the upper bound are for."""
    of = policy(analysis, analysis.marker.best)
    return None if of is None or of.hit is None else of


def policy(analysis: Analysis, name: str | None) -> Policy | None:
    """The target rule of a name; None where it was not replayed."""
    return next((p for p in analysis.marker.policies if p.name == name), None)


_ROUNDING: Final = 1e-9


class PrintedShares(NamedTuple):
    """The hit rate of a rule with its baselines, as printed: they add up; None of none.

    Attributes:
        hit: `40 %`, or `39.7 %` where whole figures do not add up.
        chance: The chance baseline.
        lift: `34.3 points` over it.
        habit: The habit baseline.
        over_habit: Points over that.
    """

    hit: str
    chance: str | None
    lift: str | None
    habit: str | None
    over_habit: str | None


def printed(of: Policy) -> PrintedShares:
    """The hit rate of a rule beside its baselines, in digits in which they add up."""
    known = [one for one in (of.chance, of.habit) if one is not None]
    # Where users are too few for an interval, a tenth of a point says nothing.
    hit, beside = shares(of.hit or 0.0, *known, whole=of.ci_lower is None)
    pairs = iter(beside)
    nothing = (None, None)
    chance, habit = (nothing if one is None else next(pairs) for one in (of.chance, of.habit))
    lift, over = (
        None if given is None else more if _is_near(given, of.hit, base) else points(given)
        for given, base, more in (
            (of.lift, of.chance, chance[1]),
            (of.lift_over_habit, of.habit, habit[1]),
        )
    )
    return PrintedShares(hit, chance[0], lift, habit[0], over)


def _is_near(lift: float, hit: float | None, baseline: float | None) -> bool:
    """Whether a lift is the difference of the two that stand beside it."""
    return hit is not None and baseline is not None and abs(lift - hit + baseline) < _ROUNDING


def times_a_week(analysis: Analysis, *, one_decimal: bool = False) -> str | None:
    """`3.2 times a week per active person`, or None; from ten on whole unless asked otherwise."""
    often = analysis.opportunity.interruptions_per_user_week
    if often is None:
        return None
    if often < 0.1:
        return "less than once in ten weeks per active person"
    reported = f"{often:.1f}" if one_decimal or often < 9.95 else count(round(often))
    return f"{reported} times a week per active person"


def pointed(analysis: Analysis) -> str | None:
    """The hit rate of the best target rule, a sentence; None without a figure."""
    of = best(analysis)
    if of is None or of.hit is None:
        return None
    name = rule(of.name)
    kind = "Resume markers at the" if RULE_OF[of.name].size > 1 else "A resume marker at the"
    shown = printed(of)
    text = f"{kind} {name} would have hit in {shown.hit} of the {counted.several(analysis)}"
    return text if shown.chance is None else f"{text}; the chance baseline is {shown.chance}"


def above_chance(of: Policy) -> str | None:
    """`39 points [34, 44]`, or None."""
    if of.lift is None:
        return None
    interval = points_interval(of.lift_ci_lower, of.lift_ci_upper)
    return f"{printed(of).lift}{f' {interval}' if interval else ''}"


def hit_interval(of: Policy) -> str | None:
    """Interval of the hits as printed."""
    return share_interval_of(of.ci_lower, of.ci_upper)


def at_most(analysis: Analysis) -> tuple[str, str] | None:
    """The most searching that could be saved, and per what; None where that is not known."""
    found = analysis.opportunity
    if found.minutes_per_user_week is not None:
        return minutes(found.minutes_per_user_week), "person and week"
    if found.search_upper_seconds is not None:
        return duration(found.search_upper_seconds, vocabulary.step(analysis)), counted.one(
            analysis
        )
    return None


def no_upper_bound(analysis: Analysis) -> str:
    """Why there is no upper bound, a clause."""
    found = analysis.opportunity
    if found.reason is None and found.bounds:
        return "too few users for an interval, and without one there is no upper end"
    return reasons.short(found.reason or analysis.marker.reason, analysis)
