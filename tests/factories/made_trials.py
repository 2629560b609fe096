"""Trials made of arrays, without a log: what the users' returns were is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from resume_gap.quality.small_groups import EventNames
from resume_gap.results.effect import Effect
from resume_gap.trial.assignments import Assigned
from resume_gap.trial.data import ArmEvents, Trial
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.guarded import GUARDED
from resume_gap.units import DAY_US, US

if TYPE_CHECKING:
    from collections.abc import Sequence

ASSIGNED_US = 1_700_000_000 * US
CAP_SECONDS = 900


@dataclass(frozen=True)
class Back:
    """One followed-up return from an interruption."""

    user: int
    """From 0."""
    seconds: float
    """Re-orientation time; at the cap, work was not reached."""
    days: float = 1.0
    """From the assignment; before it when negative."""
    hit: bool = False
    segment: int = 0
    reason: str = "mid_task"
    """Of the stop before it; `completed` is no interruption."""
    left_after: float | None = None
    """Seconds after which the user left again without having worked."""


SUMS = {name for one in GUARDED for name in (one.column, one.per) if name is not None}
"""Sums of a user that a guardrail is made of."""


def made_trial(treated: Sequence[bool], backs: Sequence[Back], **columns: Sequence[Any]) -> Trial:
    """A trial of these users.

    Args:
        treated: Arm of each user.
        backs: Their returns; exposures are numbered in the order of their days.
        **columns: Columns of the users that shall differ from what the returns give.
    """
    rows = []
    seen = dict.fromkeys(range(len(treated)), 0)
    for back in sorted(backs, key=lambda one: (one.user, one.days)):
        after = back.days >= 0
        interrupted = back.reason in ("mid_task", "away_event")
        seen[back.user] += after and interrupted
        at_us = ASSIGNED_US + round(back.days * DAY_US)
        reached = back.left_after is None and back.seconds < CAP_SECONDS
        rows.append(
            {
                "assigned_no": back.user + 1,
                "is_treated": treated[back.user],
                "assigned_us": ASSIGNED_US,
                "stop_us": at_us - 3_600 * US,
                "return_us": at_us,
                "reason": back.reason,
                "is_interruption": interrupted,
                "eligible": True,
                "is_after": after,
                "lag_us": round(back.seconds * US) if reached else None,
                "lag_end": "observed" if reached else "abandoned",
                "reorientation_us": round(back.seconds * US),
                "next_stop_us": None
                if back.left_after is None
                else at_us + round(back.left_after * US),
                "exposure": seen[back.user] if after and interrupted else None,
                "last_touched_hit": back.hit,
                "segment_1": back.segment,
            }
        )
    users = []
    for user, arm in enumerate(treated):
        mine = [
            back
            for back in backs
            if back.user == user and back.reason in ("mid_task", "away_event")
        ]
        later = [back for back in mine if back.days >= 0]
        past = [back for back in mine if back.days < 0]
        users.append(
            dict.fromkeys(SUMS, 0)
            | {
                "assigned_no": user + 1,
                "unit_no": user + 1,
                "user_no": user + 1,
                "is_treated": arm,
                "assigned_us": ASSIGNED_US,
                "has_history": bool(past),
                "is_late": False,
                "interruptions_before": len(past),
                "eligible_before": len(past),
                "reorientation_before_us": round(sum(back.seconds for back in past) * US),
                "productive_before_us": 0,
                "interruptions": len(later),
                "eligible": len(later),
                "productive": sum(back.seconds < CAP_SECONDS for back in later),
                "reorientation_us": round(sum(back.seconds for back in later) * US),
                "followed_1d": len(later),
                "returned_1d": len(later),
                "followed_7d": len(later),
                "returned_7d": len(later),
                "productive_us": 0,
            }
        )
    frame = pl.DataFrame(users).with_columns(
        pl.Series(name, list(values)) for name, values in columns.items()
    )
    schema = {
        "assigned_no": pl.Int64,
        "is_treated": pl.Boolean,
        "assigned_us": pl.Int64,
        "stop_us": pl.Int64,
        "return_us": pl.Int64,
        "reason": pl.String,
        "is_interruption": pl.Boolean,
        "eligible": pl.Boolean,
        "is_after": pl.Boolean,
        "lag_us": pl.Int64,
        "lag_end": pl.String,
        "reorientation_us": pl.Int64,
        "next_stop_us": pl.Int64,
        "exposure": pl.Int64,
        "last_touched_hit": pl.Boolean,
        "segment_1": pl.Int64,
    }
    returns = pl.DataFrame(rows, schema=schema)
    return Trial(users=frame, returns=returns, cap_us=CAP_SECONDS * US)


def assigned(**parts: Any) -> Assigned:
    """Assignments of which nothing is wrong; fields replaced."""
    return Assigned(
        **{
            "source": "assignments.csv",
            "control": "off",
            "treatment": "on",
            "sham": None,
            "named_by": "inferred",
            "both_arms": 0,
            "both_first": (0, 0),
            "other_variants": 0,
            "sham_users": 0,
            "rows": 100,
            "without_time": 0,
            "lost": (0, 0),
            "alike": 0,
            "outside": 0,
            "first_us": ASSIGNED_US,
            "last_us": ASSIGNED_US,
            **parts,
        }
    )


def no_later_work(_first_us: int) -> pl.DataFrame:
    """Nobody worked after the first seconds."""
    times = {"assigned_no": pl.Int64, "later_us": pl.Int64, "next_us": pl.Int64}
    return pl.DataFrame(schema={**times, "is_clicked": pl.Boolean})


def evidence(trial: Trial, **parts: Any) -> Evidence:
    """What the checks look at, of a trial of which nothing is wrong; fields replaced."""
    return Evidence(
        **{
            "trial": trial,
            "assigned": assigned(),
            "events": ArmEvents({}, {}),
            "known": frozenset(),
            "first_work": lambda _: (),
            "later_work": no_later_work,
            "working": frozenset(),
            "shown": EventNames(),
            "allocation": (0.5, 0.5),
            "log_first_us": ASSIGNED_US - 30 * DAY_US,
            "threshold_us": 1_800 * US,
            "never_triggered": Effect(estimand="productive_minutes", unit="minutes"),
            "moved": 0,
            **parts,
        }
    )
