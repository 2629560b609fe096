"""Where a sample ratio mismatch comes from: the stage that loses users, and whose users they are.

A mismatch alone says that somebody is missing. Here the stages between the coin and the figures are
compared one by one, and then the values of every column at hand. Where the arms are uneven
everywhere alike, no place is named.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from resume_gap.constants import PLACE_ERROR
from resume_gap.quality.small_groups import Groups, users_by_value
from resume_gap.results.trust import CheckFigure, Stage, StageLoss, UnevenPlace
from resume_gap.stats.sample_ratio import sample_ratio
from resume_gap.stats.uneven import REST, Split, split_by_value
from resume_gap.trial.data import Trial
from resume_gap.trial.evidence import Evidence, UsersByArm
from resume_gap.trial.unit import KnownValues
from resume_gap.units import DAY_US

_STAGES: Final[tuple[Stage, ...]] = ("assignment", "logging", "trigger", "analysis")
_LEVELS: Final = ("low", "middle", "high")
_NAMED: Final = 3


def where(evidence: Evidence) -> dict[str, CheckFigure]:
    """Stages and places of a mismatch, as figures of its check."""
    stages = stages_of(evidence)
    uneven = tuple(one.stage for one in stages if one.is_uneven)
    found: dict[str, CheckFigure] = {"stages": stages, "uneven_stages": uneven}
    if evidence.trial.by_unit:
        return found
    users = evidence.trial.users
    left = _left_after(evidence.trial, uneven[-1] if uneven else "analysis")
    columns = (*evidence.known_values(), *own_values(users))
    looked_at, places = places_of(
        users.filter(left), columns, evidence.allocation, evidence.shown.groups
    )
    return found | {"columns": looked_at, "places": places}


def stages_of(evidence: Evidence) -> tuple[StageLoss, ...]:
    """Who is left after each stage, and whether an arm loses more there than the other."""
    trial, lost = evidence.trial, evidence.assigned.lost
    users = trial.users
    control, treatment = (n + gone for n, gone in zip(trial.assigned_units, lost, strict=True))
    given = (control, treatment)
    found = [
        _stage("assignment", given, given, sample_ratio(control, treatment, evidence.allocation))
    ]
    before = pl.lit(value=True)
    for stage in _STAGES[1:]:
        after = _left_after(trial, stage)
        reached = evidence.split(users.filter(before), after)
        if stage == "logging" and any(lost) and not trial.by_unit:
            sides = zip((reached.control, reached.treatment), lost, strict=True)
            reached = UsersByArm(*((n, gone + more) for (n, gone), more in sides))
        own = (reached.control[0], reached.treatment[0])
        of = (sum(reached.control), sum(reached.treatment))
        found.append(_stage(stage, own, of, reached.p))
        before = after
    return tuple(found)


def _stage(stage: Stage, left: Sequence[int], of: Sequence[int], p: float | None) -> StageLoss:
    corrected = None if p is None else min(1.0, p * len(_STAGES))
    return StageLoss(
        stage=stage,
        control=left[0],
        treatment=left[1],
        of_control=of[0],
        of_treatment=of[1],
        p=corrected,
        is_uneven=corrected is not None and corrected < PLACE_ERROR.value,
    )


def _left_after(trial: Trial, stage: Stage) -> pl.Expr:
    """Users whom the trial still has after a stage."""
    known = pl.col("user_no").is_not_null()
    if stage == "assignment":
        return pl.lit(value=True)
    if stage == "logging":
        return known
    if stage == "trigger":
        return known & (pl.col("interruptions") > 0)
    return pl.col("assigned_no").is_in(trial.firsts["assigned_no"].implode())


def own_values(users: pl.DataFrame) -> tuple[KnownValues, ...]:
    """The day of the assignment, and how active each user was before it, in thirds."""
    day = pl.from_epoch(pl.col("assigned_us") // DAY_US, time_unit="d").cast(pl.String)
    had = users.filter("has_history").sort("productive_before_us", "assigned_no")
    third = pl.int_range(pl.len()) * len(_LEVELS) // max(had.height, 1)
    level = pl.concat(
        [
            had.select("assigned_no", value=third.replace_strict(dict(enumerate(_LEVELS)))),
            users.filter(~pl.col("has_history"), pl.col("user_no").is_not_null()).select(
                "assigned_no", value=pl.lit("none")
            ),
        ]
    )
    return (
        KnownValues("day", "assigned_at", users.select("assigned_no", value=day)),
        KnownValues("activity", "productive_minutes", level),
    )


def places_of(
    users: pl.DataFrame,
    columns: Sequence[KnownValues],
    allocation: tuple[float, float],
    groups: Groups,
) -> tuple[int, tuple[UnevenPlace, ...]]:
    """Columns whose values differ in their split, with the value at which it is most uneven.

    Args:
        users: One row per user who is looked at, with `is_treated`.
        columns: What is known of them.
        allocation: Intended shares of control and treatment.
        groups: Which values may be named.

    Returns:
        Columns that could be looked at, and up to three places, the least likely by chance first.
    """
    looked_at = [known for one in columns if (known := _looked_at(one, users)) is not None]
    tried = len(looked_at)
    found = [
        _place(one, min(1.0, one.split.p * tried), allocation, groups)
        for one in looked_at
        if one.split.p * tried < PLACE_ERROR.value
    ]
    found.sort(key=lambda one: (one.p, one.column))
    return tried, tuple(found[:_NAMED])


class _LookedAt(NamedTuple):
    """A column that can be looked at: its users by value, and their split."""

    column: KnownValues
    rows: pl.DataFrame
    split: Split


def _looked_at(column: KnownValues, users: pl.DataFrame) -> _LookedAt | None:
    known = column.values.filter(pl.col("value").is_not_null())
    rows = users.join(known, on="assigned_no", how="inner").sort("value", "assigned_no")
    if not rows.height:
        return None
    number = rows["value"].rank("dense").to_numpy().astype(np.int64) - 1
    split = split_by_value(number, rows["is_treated"].to_numpy())
    return None if split is None else _LookedAt(column, rows, split)


def _place(
    found: _LookedAt, p: float, allocation: tuple[float, float], groups: Groups
) -> UnevenPlace:
    """The value of a column whose own arms are the least likely by chance."""
    counts = found.split.counts
    chances = [sample_ratio(int(a), int(b), allocation) for a, b in counts]
    apart = np.abs(counts[:, 1] / counts.sum(axis=1) - allocation[1] / sum(allocation))
    # Of two that are so unlikely that both are 0, the more uneven one.
    worst = min(range(len(chances)), key=lambda at: (chances[at] or 0.0, -apart[at]))
    control, treatment = (int(n) for n in counts[worst])
    treated = int(found.rows["is_treated"].sum())
    rest = found.rows.height - treated - control, treated - treatment
    return UnevenPlace(
        kind=found.column.kind,
        column=found.column.column,
        value=_named(found.column, found.rows, int(found.split.values[worst]), groups),
        control=control,
        treatment=treatment,
        rest_control=rest[0],
        rest_treatment=rest[1],
        p=p,
        rest_p=sample_ratio(*rest, allocation),
    )


def _named(column: KnownValues, rows: pl.DataFrame, number: int, groups: Groups) -> str | None:
    """The value's name, where enough users of each arm have it."""
    if number == REST:
        return None
    value = str(rows["value"].unique().sort()[number])
    if column.kind != "column":
        return value
    users = rows.select("value", "is_treated", user_no="assigned_no")
    return value if groups.named(users_by_value(users, "is_treated"), [value]) else None
