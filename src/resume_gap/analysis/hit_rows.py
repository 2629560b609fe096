"""Hits of target rules within groups of the interruptions."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from resume_gap.distinct import distinct
from resume_gap.quality.small_groups import Groups
from resume_gap.replay.collected import Replays
from resume_gap.replay.target_rules import POLICIES, RULE_OF
from resume_gap.results.analyze import (
    HitRow,
)
from resume_gap.results.common import GAP_CLASSES
from resume_gap.stats.jackknife import wilson
from resume_gap.stats.policies import CHANCE_PARTS

NO_VALUE = "(none)"


COLUMNS = (
    "user_no",
    "chance",
    "chance_of_three",
    "habit_hit",
    *(f"{name}_hit" for name in POLICIES),
)
"""What every row of hits asks of the returns."""


def by_gap_class(replays: Replays) -> list[HitRow]:
    """All policies over all returns, and by the length of the interruption."""
    asked = replays.rows("eligible", "is_counted", "gap_class", *COLUMNS)
    counted = asked.filter("is_counted")
    parts = [("all_returns", "all returns", asked.filter("eligible"))]
    parts += [("gap_class", c, counted.filter(pl.col("gap_class") == c)) for c in GAP_CLASSES]
    return [
        row
        for group, value, rows in parts
        if rows.height
        for row in _hit_rows(rows, group, value, POLICIES)
    ]


def by_value(
    rows: pl.DataFrame, values: pl.Series, group: str, policy: str, groups: Groups
) -> list[HitRow]:
    """One row per value with enough users, the others merged, largest first; none of one value."""
    parts = groups.split(rows.with_columns(value=values))
    if len(parts) < 2:
        return []
    return [hit_row(mine, group, value, policy) for value, mine in parts]


def hit_row(rows: pl.DataFrame, group: str, value: str, policy: str) -> HitRow:
    """Hits of one policy over some interruptions, with their Wilson interval."""
    return _hit_rows(rows, group, value, (policy,))[0]


def _hit_rows(rows: pl.DataFrame, group: str, value: str, policies: Sequence[str]) -> list[HitRow]:
    """The same of several policies; the users are counted once."""
    users, user = distinct(rows["user_no"].to_numpy().astype(np.int64))
    n = np.bincount(user)
    habit = int(rows["habit_hit"].sum()) / rows.height

    def of(policy: str) -> HitRow:
        hits = np.bincount(user[rows[f"{policy}_hit"].to_numpy()], minlength=len(users))
        right = wilson(hits, n)
        return HitRow(
            group=group,
            value=value,
            policy=policy,
            eligible=rows.height,
            users=len(users),
            hit=right.estimate or 0.0,
            ci_lower=right.ci_lower,
            ci_upper=right.ci_upper,
            chance=int(rows[RULE_OF[policy].chance].sum()) / (CHANCE_PARTS * rows.height),
            habit=habit,
        )

    return [of(policy) for policy in policies]
