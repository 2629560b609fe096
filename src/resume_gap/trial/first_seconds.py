"""Whether an effect is there only in the first seconds after a return.

A feature that restores what people had open may write events of work itself. Written before anybody
can have seen the marker they are known to be its own (`marker_checks.first_step`); a few seconds
later they look like quick users. But whoever is really back at work goes on, so that the effect is
also there when the clock takes no notice of work in the first seconds; what a feature wrote is not.
"""

from dataclasses import replace

import polars as pl

from resume_gap.constants import ALPHA, FIRST_SECONDS
from resume_gap.pipeline.queries import Runner
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Looks
from resume_gap.results.trust import CheckFigure, Trust, TrustCheck
from resume_gap.trial.data import Trial
from resume_gap.trial.effects import at_every_look
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.marker_checks import first_events
from resume_gap.trial.measured import measured
from resume_gap.units import US


def only_at_once(
    evidence: Evidence, trial: Trial, looks: Looks | None, seed: int
) -> TrustCheck | None:
    """The failed check of a trial that is called better by its first seconds alone.

    More of treatment is at work within these seconds (one-sided 5 %), and without work in them the
    effect is not shown any more.

    Args:
        evidence: What the checks look at.
        trial: The same users, with the primary cap.
        looks: What several looks cost; None for a single one.
        seed: Of the permutations.

    Returns:
        None where the effect is also there later.
    """
    window_us = seconds_us(trial)
    within = pl.col("lag_us").is_between(0, window_us).fill_null(value=False)
    at_work = evidence.split(trial.firsts, within)
    p = at_work.p_more
    if p is None or p >= ALPHA.value:
        return None
    later = effect_later(trial, evidence.later_work(window_us), window_us, looks, seed)
    if later.ci_upper is None or later.ci_upper < 0:
        return None
    figures: dict[str, CheckFigure] = {
        "control": at_work.control_share,
        "treatment": at_work.treatment_share,
        "seconds": window_us / US,
        "events": first_events(evidence, window_us),
        "estimate": later.estimate or 0.0,
        "ci_lower": later.ci_lower or 0.0,
        "ci_upper": later.ci_upper,
    }
    return TrustCheck(name="first_step", code="only_at_once", status="failed", p=p, figures=figures)


def seconds_us(trial: Trial) -> int:
    """How long the first seconds are: where half of control is sooner at work, so long."""
    lags = trial.firsts.filter(~pl.col("is_treated"))["lag_us"].fill_null(trial.cap_us)
    typical = lags.quantile(0.5, "lower")
    return FIRST_SECONDS.us if typical is None else min(FIRST_SECONDS.us, int(typical))


def effect_later(
    trial: Trial, later: pl.DataFrame, window_us: int, looks: Looks | None, seed: int
) -> Effect:
    """P1 of a clock that takes no notice of work in the first seconds.

    Args:
        trial: The trial, with its primary cap.
        later: `assigned_no` and `later_us` of users who were at work in them
            (queries/76_later_work.sql).
        window_us: The first seconds.
        looks: What several looks cost; None for a single one.
        seed: Of the permutations.
    """
    cap_us = trial.primary_cap_us
    firsts = trial.firsts_at(cap_us).join(
        later, on="assigned_no", how="left", maintain_order="left"
    )
    early = (pl.col("lag_us") <= window_us).fill_null(value=False)
    counted = pl.col("later_us").fill_null(cap_us).clip(upper_bound=cap_us)
    firsts = firsts.with_columns(
        reorientation_us=pl.when(early).then(counted).otherwise(pl.col("reorientation_us"))
    )
    arms = trial.arms(firsts, "reorientation_us", unit=US)
    found = measured("first_return_later", "seconds", arms, seed=seed)
    return at_every_look(found, looks, alpha=ALPHA.value)


def later_work(runner: Runner, first_us: int) -> pl.DataFrame:
    """When those who were at work in the first seconds of their first return worked after these.

    Args:
        runner: Holds `events`, `kinds`, `assigned` and `lags`.
        first_us: The first seconds, in microseconds.

    Returns:
        `assigned_no` and `later_us`, one row per such user (queries/76_later_work.sql).
    """
    runner.let(first_seconds_us=first_us)
    return runner.read("76_later_work").pl()


def with_failed(trust: Trust, check: TrustCheck) -> Trust:
    """The checks with this one instead of the one of its name."""
    return replace(
        trust, checks=tuple(check if one.name == check.name else one for one in trust.checks)
    )
