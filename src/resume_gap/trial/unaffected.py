"""What a marker cannot change: returns after finished work, and returns before the assignment.

Where the arms differ there, something else than the marker makes them differ, and so it may at the
returns that decide.
"""

from typing import NamedTuple

import polars as pl

from resume_gap.results.effect import Effect
from resume_gap.stats.shapes import same_shape
from resume_gap.trial.data import Trial
from resume_gap.trial.measured import measured
from resume_gap.units import US

_SEED = 0
_COMPLETED = (pl.col("reason") == "completed") & ~pl.col("is_interruption")


def finished_returns(trial: Trial) -> pl.DataFrame:
    """Followed-up returns from the assignment on whose stop had finished its work."""
    return trial.returns.filter(pl.col("is_after"), pl.col("eligible"), _COMPLETED)


def other_returns(trial: Trial) -> Effect:
    """The primary measure at returns after finished work, where nothing is left to resume.

    Args:
        trial: The trial, with its primary cap.
    """
    return _mean_wait(trial, finished_returns(trial), "other_returns")


def _mean_wait(trial: Trial, returns: pl.DataFrame, estimand: str) -> Effect:
    arms = trial.arms(mean_waits(trial, returns), "own_us", unit=US)
    return measured(estimand, "seconds", arms, seed=_SEED).effect


def mean_waits(trial: Trial, returns: pl.DataFrame) -> pl.DataFrame:
    """One row per user with such a return: `own_us`, the mean up to the primary cap.

    Args:
        trial: The trial, with its primary cap.
        returns: Of the returns of the trial, followed up.
    """
    capped = pl.col("reorientation_us").clip(upper_bound=trial.primary_cap_us)
    own = returns.group_by("assigned_no").agg(capped.mean().alias("own_us"))
    return trial.who.join(own, on="assigned_no", how="inner", maintain_order="left")


class Before(NamedTuple):
    """The primary measure at returns before the assignment.

    Attributes:
        effect: Treatment minus control, means of users.
        p: Of arms so different in their mean or otherwise, twice the lesser of both; None where
            they could not be compared.
    """

    effect: Effect
    p: float | None


def before(trial: Trial, *, means_only: bool = False) -> Before:
    """The primary measure at all returns that were over before their user's assignment.

    Args:
        trial: The trial, with its primary cap.
        means_only: Whether only means may be compared, as within days of the assignment.
    """
    known = returns_before(trial)
    effect = _mean_wait(trial, known, "before_assignment")
    if effect.p is None or means_only or trial.by_unit:
        return Before(effect, effect.p)
    own = mean_waits(trial, known)
    control, treatment = (
        own.filter(pl.col("is_treated") == treated)["own_us"].to_numpy()
        for treated in (False, True)
    )
    shape = same_shape(control, treatment)
    return Before(effect, min(1.0, 2 * min(effect.p, 1.0 if shape is None else shape)))


def last_before(trial: Trial) -> pl.DataFrame:
    """One row per user with a return that was over before the assignment: the last, its lag."""
    last = (
        returns_before(trial)
        .sort("return_us", maintain_order=True)
        .group_by("assigned_no")
        .agg(pl.col("lag_us").last())
    )
    return trial.who.join(last, on="assigned_no", how="inner", maintain_order="left")


def returns_before(trial: Trial) -> pl.DataFrame:
    """Followed-up returns that had counted up to the primary cap when their user was assigned."""
    is_over = pl.col("return_us") + trial.primary_cap_us <= pl.col("assigned_us")
    return trial.returns.filter(pl.col("eligible"), is_over)
