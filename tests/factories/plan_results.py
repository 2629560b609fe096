"""Results of a plan, as a run could have made them."""

from __future__ import annotations

import dataclasses
from functools import cache, partial
from typing import Any

from factories.results import NOTHING_KNOWN, full
from factories.results import hostile as hostile_log
from factories.trial_parts import (
    run_parts,
)
from resume_gap.results.plan import (
    LaunchChange,
    Needed,
    Pilot,
    Plan,
    Planned,
    PlanRow,
    SizeRow,
    WaysOut,
)
from resume_gap.results.primary_cap import PrimaryCap


def row(weeks: float, **more: Any) -> PlanRow:
    users = round(240 * (1 - 0.6**weeks))
    (found,) = sizes(users)
    return PlanRow(
        **{
            "weeks": weeks,
            "trigger_rate": 1 - 0.6**weeks,
            "trigger_rate_lower": 1 - 0.66**weeks,
            "trigger_rate_upper": 1 - 0.54**weeks,
            "extrapolated": weeks > 3,
            **dataclasses.asdict(found),
            **more,
        }
    )


def sizes(*users: int) -> tuple[SizeRow, ...]:
    """By one over the root of the users, so that those that `plan` needs find its 5 s."""
    return tuple(
        SizeRow(
            users=n,
            mde_seconds=399.4 / n**0.5,
            mde_lower_seconds=347.0 / n**0.5,
            mde_upper_seconds=468.0 / n**0.5,
            mde_cuped_seconds=343.6 / n**0.5,
            mde_looks_seconds=550.5 / n**0.5,
        )
        for n in users
    )


def needs(triggered: int, assigned: int, *weeks: float | None) -> Needed:
    """Users, and the weeks at the middle and at both ends of the trigger rate; none: never."""
    middle, earliest, latest = weeks or (None, None, None)
    return Needed(
        triggered_per_arm=triggered,
        assigned_per_arm=assigned,
        weeks=middle,
        weeks_earliest=earliest,
        weeks_latest=latest,
    )


def plan(**more: Any) -> Planned:
    found = Plan(
        primary_cap=PrimaryCap(seconds=120.0, reason="fewest_users", users_per_arm=480),
        reason=None,
        effect_seconds=5.0,
        power=0.8,
        alpha=0.05,
        looks=4,
        users=260,
        users_by="log",
        pilot=Pilot(
            users=214,
            weeks=3.1,
            launches=3,
            change=LaunchChange(first=0.4, latest=0.6),
            mean_seconds=58.2,
            mean_upper_seconds=67.8,
            sd_seconds=71.3,
            sd_lower_seconds=62.0,
            sd_upper_seconds=83.5,
            cuped_share=0.26,
        ),
        needed=needs(3_190, 3_420),
        needed_lower=needs(2_413, 2_600),
        needed_upper=needs(4_376, 4_700),
        needed_cuped=needs(2_361, 2_540),
        needed_looks=needs(6_060, 6_500),
        sizes=sizes(100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000),
        ways_out=WaysOut(
            weeks=8.0,
            assigned=12_368,
            assigned_weeks=8.0,
            effect_seconds=35.8,
            cuped_effect_seconds=30.8,
        ),
        rows=tuple(row(w) for w in (1.0, 2.0, 4.0, 8.0)),
        curve=tuple(row(float(w)) for w in range(1, 13)),
    )
    return Planned(
        **run_parts(more.pop("log", None) or full(), "plan"),
        plan=dataclasses.replace(found, **more),
    )


@cache
def enough_users() -> Planned:
    some = needs(96, 110, 5.0, 4.0, 7.0)
    weeks = [row(float(w), mde_looks_seconds=None) for w in range(1, 13)]
    return plan(
        effect_seconds=20.0,
        looks=1,
        needed=some,
        needed_lower=some,
        needed_upper=some,
        needed_cuped=needs(71, 81, 3.0, 3.0, 3.0),
        needed_looks=needs(172, 200, 9.0, 8.0, None),
        pilot=dataclasses.replace(plan().plan.pilot, change=None),
        sizes=sizes(100),
        ways_out=None,
        rows=tuple(weeks[at] for at in (0, 1, 3, 7)),
        curve=tuple(weeks),
    )


@cache
def no_plan(reason: str) -> Planned:
    nothing = {
        field.name: field.default
        for field in dataclasses.fields(Plan)
        if field.default is not dataclasses.MISSING
    }
    log = full()
    if reason != "few_users":
        log = dataclasses.replace(
            log,
            reorientation=dataclasses.replace(
                log.reorientation, **{**NOTHING_KNOWN, "reason": reason}
            ),
        )
    return plan(log=log, **{**nothing, "reason": reason, "pilot": Pilot(users=9)})


@cache
def no_history() -> Planned:
    blank = {"mde_cuped_seconds": None}
    return plan(
        pilot=dataclasses.replace(plan().plan.pilot, cuped_share=None),
        needed_cuped=None,
        rows=(
            row(
                1.0,
                mde_seconds=None,
                mde_lower_seconds=None,
                mde_upper_seconds=None,
                mde_looks_seconds=None,
                **blank,
            ),
            row(2.0, **blank),
        ),
        curve=(row(1.0, **blank),),
    )


@cache
def hostile_plan() -> Planned:
    return plan(log=hostile_log())


PLANS = {
    "plan": cache(plan),
    "enough_users": enough_users,
    "no_history": no_history,
    "hostile_plan": hostile_plan,
    **{
        f"plan_{reason}": partial(no_plan, reason)
        for reason in ("no_productive_events", "no_interruptions", "few_users")
    },
}
