"""What explores a trial: quantiles, curves, exposures, weeks, the mechanism, segments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from resume_gap.analysis.hit_rows import NO_VALUE
from resume_gap.constants import HISTORY_PRIOR
from resume_gap.quality.small_groups import Groups
from resume_gap.replay.returns import curve
from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect, GroupEffect
from resume_gap.results.evaluate import CurvePoint, Mechanism, QuantileRow
from resume_gap.stats.difference import apart
from resume_gap.stats.multiplicity import benjamini_hochberg
from resume_gap.stats.quantiles import quantile_difference
from resume_gap.trial.data import Trial
from resume_gap.trial.measured import Measured, effect_of, measured
from resume_gap.units import US, WEEK_US

_QUANTILES = (0.5, 0.75, 0.9)
_EXPOSURES = (("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4 to 6", 4, 6), ("7 and more", 7, 1 << 62))
_WEEKS = 8


def quantiles(trial: Trial, seed: int) -> tuple[QuantileRow, ...]:
    """Quantiles of the first re-orientation time."""
    if trial.by_day or trial.by_unit:
        return ()
    control, treatment = trial.arms(trial.firsts, "reorientation_us", unit=US)
    return tuple(
        QuantileRow(
            quantile=share,
            effect=effect_of(
                "first_return",
                "seconds",
                quantile_difference(share, control.numerators, treatment.numerators, seed=seed),
            ),
        )
        for share in _QUANTILES
    )


def curves(trial: Trial) -> tuple[CurvePoint, ...]:
    """Finished and left again by t, of the triggered users of each arm."""
    if trial.by_day:
        return ()
    sides = []
    for treated in (False, True):
        mine = trial.firsts.filter(pl.col("is_treated") == treated)
        left = mine.filter(pl.col("lag_end") == "abandoned")
        gone = (left["next_stop_us"] - left["return_us"]).drop_nulls().to_numpy()
        done = mine["lag_us"].drop_nulls().to_numpy()
        sides.append([curve(times, mine.height, trial.cap_us) for times in (done, gone)])
    if not all(one for side in sides for one in side):
        return ()
    (control, control_left), (treatment, treatment_left) = sides
    return tuple(
        CurvePoint(
            seconds=seconds,
            control_finished=a,
            control_left=b,
            treatment_finished=c,
            treatment_left=d,
        )
        for (seconds, a), (_, b), (_, c), (_, d) in zip(
            control, control_left, treatment, treatment_left, strict=True
        )
    )


def exposures(trial: Trial, seed: int) -> tuple[GroupEffect, ...]:
    """The effect by how many times the marker had been due."""
    number = pl.col("exposure")
    return tuple(
        GroupEffect(
            group="exposure",
            value=value,
            effect=_ratio(trial, number.is_between(low, high), "exposure", seed),
        )
        for value, low, high in _EXPOSURES
        if trial.counted.filter(number.is_between(low, high)).height
    )


def weeks(trial: Trial, seed: int) -> tuple[GroupEffect, ...]:
    """The effect by week after the user's assignment."""
    week = (pl.col("return_us") - pl.col("assigned_us")) // WEEK_US + 1
    found = []
    for number in range(1, _WEEKS + 1):
        mine = week == number if number < _WEEKS else week >= number
        if trial.counted.filter(mine).height:
            value = str(number) if number < _WEEKS else f"{number} and later"
            effect = _ratio(trial, mine, "week", seed)
            found.append(GroupEffect(group="week", value=value, effect=effect))
    return tuple(found)


def _ratio(trial: Trial, rows: pl.Expr, estimand: str, seed: int) -> Effect:
    """Ratio of sums over some of the interruptions; users without one stay in."""
    sums = (
        trial.counted.filter(rows)
        .group_by("assigned_no")
        .agg(pl.col("reorientation_us").sum().alias("y"), pl.len().alias("n"))
    )
    frame = trial.who.join(sums, on="assigned_no", how="left", maintain_order="left")
    arms = trial.arms(frame.with_columns(pl.col("y", "n").fill_null(0)), "y", per="n", unit=US)
    return measured(estimand, "seconds", arms, seed=seed, by_day=trial.by_day).effect


def mechanism(trial: Trial, policy: str | None, seed: int) -> Mechanism:
    """First returns of people whom the marker used to be right for, against the others.

    Predicted from each user's own followed-up interruptions before the assignment, with the
    prior of everybody's: more hits than everybody predict a hit.
    """
    if policy is None:
        return Mechanism(reason="no_elements")
    past = trial.returns.filter(
        pl.col("is_interruption") & pl.col("eligible") & ~pl.col("is_after")
    )
    if not past.height:
        return Mechanism(reason="no_history", policy=policy)
    hit = pl.col(f"{policy}_hit").cast(pl.Int64)
    overall = int(past[f"{policy}_hit"].cast(pl.Int64).sum()) / past.height
    own = past.group_by("assigned_no").agg(hit.sum().alias("hits"), pl.len().alias("past"))
    weight = HISTORY_PRIOR.value
    firsts = trial.firsts_at(trial.primary_cap_us).join(
        own, on="assigned_no", how="left", maintain_order="left"
    )
    known = firsts.filter(pl.col("past").is_not_null()).with_columns(
        predicted=(pl.col("hits") + weight * overall) / (pl.col("past") + weight) > overall
    )
    found = {}
    for value, mine in (("hit", pl.col("predicted")), ("miss", ~pl.col("predicted"))):
        arms = trial.arms(known.filter(mine), "reorientation_us", unit=US)
        found[value] = measured(f"predicted_{value}", "seconds", arms, seed=seed)
    return Mechanism(
        reason=None,
        policy=policy,
        groups=tuple(
            GroupEffect(group="predicted", value=value, effect=one.effect)
            for value, one in found.items()
        ),
        difference=Estimate() if trial.by_unit else _apart(found["hit"], found["miss"]),
        unknown=firsts.height - known.height,
    )


def _apart(one: Measured, other: Measured) -> Estimate:
    """One effect less the other, which no user shares with it."""
    if one.comparison is None or other.comparison is None:
        return Estimate()
    return Estimate.of(apart(one.comparison, other.comparison))


def segments(
    trial: Trial,
    columns: Sequence[str],
    names: Mapping[str, Mapping[int, str]],
    groups: Groups,
    seed: int,
) -> tuple[GroupEffect, ...]:
    """P1 by the value that each column had when work stopped; exploration, corrected."""
    found = []
    firsts = trial.firsts_at(trial.primary_cap_us)
    for place, column in enumerate(columns, start=1):
        values = firsts[f"segment_{place}"].replace_strict(
            {0: NO_VALUE, **names[column]}, default=NO_VALUE, return_dtype=pl.String
        )
        rows = firsts.with_columns(value=values)
        for value, mine in groups.split(rows, cell="is_treated"):
            arms = trial.arms(mine, "reorientation_us", unit=US)
            effect = measured("first_return", "seconds", arms, seed=seed).effect
            found.append(GroupEffect(group=column, value=value, effect=effect))
    corrected = benjamini_hochberg([one.effect.p for one in found])
    return tuple(
        replace(one, effect=replace(one.effect, p_adjusted=p))
        for one, p in zip(found, corrected, strict=True)
    )
