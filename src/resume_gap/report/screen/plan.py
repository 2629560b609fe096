"""The screen after `plan`."""

from resume_gap.report.screen.layout import Line, read, whole
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import count, or_dash
from resume_gap.results.plan import Planned


def lines(found: Planned) -> tuple[Line, ...]:
    """What was read, the assumptions, what so many weeks find, how many users it takes."""
    plan = found.plan
    if planphrases.asked(found) is None:
        return (*read(found), whole("plan", planphrases.sentence(found)))
    users = planphrases.users_by_spread(found)
    needs = [
        f"{name} {reported}"
        for name, reported in (
            ("one look:", planphrases.taken(plan.needed) if plan.looks > 1 else None),
            (
                "adjusted:",
                planphrases.taken(plan.needed_cuped) if planphrases.adjusts(found) else None,
            ),
            ("range:", f"{users} an arm" if users else None),
        )
        if reported
    ]
    return (
        *read(found),
        Line("asked for", f"{planphrases.effect(found)}; {planphrases.terms(found)}", turn=2),
        Line("spread", _spread(found), turn=3),
        Line("found by week", _rows(found), most=3, turn=5),
        Line("beside that", "; ".join(needs), most=3, turn=4),
        Line("by users", _sizes(found), most=3, turn=6),
        Line("ways out", _ways_out(found), most=3),
        Line("change", planphrases.change(found) or "", most=4, style="yellow"),
        whole("plan", f"{planphrases.sentence(found)}."),
    )


def _ways_out(found: Planned) -> str:
    return "; ".join(f"{way.name}: {way.takes}" for way in planphrases.ways_out(found))


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


def _rows(found: Planned) -> str:
    """The smallest effect found at each number of weeks."""
    rows = found.plan.rows
    like = max((row.mde_seconds or 0.0 for row in rows), default=0.0)
    reported = ", ".join(
        f"{planphrases.weeks(row.weeks)}{'*' if row.extrapolated else ''}: "
        + or_dash(row.mde_seconds, lambda s: planphrases.seconds(s, found, like=like))
        for row in rows
    )
    beyond = any(row.extrapolated for row in rows)
    return f"{reported} (* beyond the log)" if beyond else reported
