"""What only the screen of `plan` has."""

from itertools import groupby

from resume_gap.report.screen.layout import DETAILS_GO, Line, caution
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import count, or_dash
from resume_gap.results.plan import Planned

_GO = ((DETAILS_GO, ""),)


def lines(found: Planned) -> tuple[Line, ...]:
    """What was asked for, what each number of weeks and of users can show, and what comes next."""
    change = planphrases.change(found)
    cautions = (caution("caution", change, first=True),) if change else ()
    if planphrases.asked(found) is None:
        return cautions
    asked = f"{planphrases.effect(found)}; {planphrases.terms(found)}"
    return (
        *cautions,
        Line("asked for", asked, _GO),
        Line("spread", _spread(found), _GO),
        Line("found by week", _weeks(found), _GO),
        Line("found by users", _sizes(found), _GO),
        Line("beside that", _beside(found), _GO),
        Line("command", "" if found.plan.ways_out or planphrases.too_large(found) else _NEXT),
    )


_NEXT = "run the trial, then `resume-gap evaluate` with its log"


def _beside(found: Planned) -> str:
    """What it takes with one look, adjusted, and with the spread at the ends of its interval."""
    plan = found.plan
    users = planphrases.users_by_spread(found)
    once = planphrases.taken(plan.needed) if plan.looks > 1 else None
    adjusted = planphrases.taken(plan.needed_cuped) if planphrases.adjusts(found) else None
    needs = (
        ("one look:", once),
        ("adjusted:", adjusted),
        ("range:", f"{users} an arm" if users else None),
    )
    return "; ".join(f"{name} {reported}" for name, reported in needs if reported)


def _sizes(found: Planned) -> str:
    """The smallest effect found by so many interrupted users."""
    rows = found.plan.sizes
    like = max((row.mde_seconds for row in rows), default=0.0)
    return ", ".join(
        f"{count(row.users)}: {planphrases.seconds(row.mde_seconds, found, like=like)}"
        for row in rows
    )


def _spread(found: Planned) -> str:
    plan = found.plan
    if plan.pilot.sd_seconds is None or plan.pilot.mean_seconds is None:
        return ""
    spread, mean = (
        planphrases.seconds(value, found, like=max(plan.pilot.sd_seconds, plan.pilot.mean_seconds))
        for value in (plan.pilot.sd_seconds, plan.pilot.mean_seconds)
    )
    return f"{spread} between users around a mean of {mean}, {count(plan.pilot.users)} users"


def _span(weeks: list[float]) -> str:
    """`1 week`, `1 to 8 weeks`."""
    last = planphrases.weeks(weeks[-1])
    return last if len(weeks) == 1 else f"{weeks[0]:g} to {last}"


def _weeks(found: Planned) -> str:
    """The smallest effect found at each number of weeks."""
    rows = found.plan.rows
    like = max((row.mde_seconds or 0.0 for row in rows), default=0.0)
    alike = groupby(
        rows,
        lambda row: (
            or_dash(row.mde_seconds, lambda s: planphrases.seconds(s, found, like=like)),
            row.extrapolated,
        ),
    )
    reported = ", ".join(
        f"{_span([row.weeks for row in some])}{'*' if beyond else ''}: {size}"
        for (size, beyond), some in alike
    )
    beyond = any(row.extrapolated for row in rows)
    return f"{reported} (* longer than this log can follow)" if beyond else reported
