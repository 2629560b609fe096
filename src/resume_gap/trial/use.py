"""Whether the effect changes with use: a first showing that costs, or a novelty that wears off."""

import polars as pl

from resume_gap.constants import USE_EXPOSURES, USE_LEFT
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Use
from resume_gap.trial.data import Trial
from resume_gap.trial.measured import measured
from resume_gap.units import US


def use(trial: Trial, seed: int) -> Use:
    """First returns against the fourth and later ones of the same users, by users.

    Only users with at least four exposures; a user's later returns count as their mean. Counted up
    to the primary cap, as the primary effect is.
    """
    first = pl.col("exposure") < USE_EXPOSURES.value
    capped = pl.col("reorientation_us").clip(upper_bound=trial.primary_cap_us)
    own = (
        trial.counted.with_columns(capped)
        .group_by("assigned_no")
        .agg(
            pl.col("reorientation_us").filter(pl.col("exposure") == 1).first().alias("first_us"),
            pl.col("reorientation_us").filter(~first).mean().alias("later_us"),
        )
        .filter(pl.col("later_us").is_not_null())
        .with_columns(change_us=pl.col("later_us") - pl.col("first_us"))
    )
    users = trial.who.join(own, on="assigned_no", how="inner", maintain_order="left")

    def effect(estimand: str, column: str) -> Effect:
        return measured(estimand, "seconds", trial.arms(users, column, unit=US), seed=seed).effect

    return Use(
        change=effect("change_with_use", "change_us"), later=effect("later_returns", "later_us")
    )


def changes(primary: Effect, found: Use) -> bool:
    """Whether what the first return shows is gone, or turned around, at later ones.

    The change excludes 0 on the side opposite to the primary effect, and the effect at later
    returns is on the other side of 0 or at most a quarter of the primary one.
    """
    size, later = primary.estimate, found.later.estimate
    low, high = found.change.ci_lower, found.change.ci_upper
    if size is None or later is None or low is None or high is None:
        return False
    opposite = low > 0 if size < 0 else high < 0
    sign = -1 if size < 0 else 1
    return opposite and sign * later <= USE_LEFT.value * abs(size)
