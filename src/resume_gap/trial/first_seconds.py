"""Whether an effect is there only in the first seconds after a return, or at one delay after it.

A feature that restores what people had open may write events of work itself. Written before anybody
can have seen the marker they are known to be its own (`marker_checks.first_step`); a few seconds
later they look like quick users. But whoever is really back at work goes on, so that the effect is
also there when the clock takes no notice of work in the first seconds; what a feature wrote is not.
What it writes later than that, always after about the same time, piles up at that delay.
"""

from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl

from resume_gap.constants import ALPHA, FIRST_SECONDS, ONE_DELAY, RATIO_ERROR
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
    """The failed check of a trial that is called better by its first seconds or one delay alone.

    More of treatment is at work within these seconds (one-sided 5 %), and without work in them the
    effect is not shown any more.

    Args:
        evidence: What the checks look at.
        trial: The same users, with the primary cap.
        looks: What several looks cost; None for a single one.
        seed: Of the permutations.

    Returns:
        None where the effect is also there without.
    """
    window_us = seconds_us(trial)
    judged = partial(_only_between, evidence, trial, looks=looks, seed=seed)
    at_once = judged((0, window_us), ALPHA.value)
    if at_once is not None:
        return at_once
    begin_us, tried = _densest(trial, window_us)
    if not tried:
        return None
    delayed = judged((begin_us, begin_us + ONE_DELAY.us), RATIO_ERROR.value / tried)
    if delayed is None:
        return None
    figures = {**delayed.figures, "from_seconds": begin_us / US}
    return replace(delayed, code="at_one_delay", figures=figures)


def _only_between(
    evidence: Evidence,
    trial: Trial,
    window: tuple[int, int],
    error: float,
    *,
    looks: Looks | None,
    seed: int,
) -> TrustCheck | None:
    """The check of a window of lags; None where the effect is also shown without work in it.

    It is asked only where more of treatment is at work within, one-sided with this error.
    """
    begin_us, end_us = window
    within = pl.col("lag_us").is_between(begin_us, end_us).fill_null(value=False)
    at_work = evidence.split(trial.firsts, within)
    p = at_work.p_more
    if p is None or p >= error:
        return None
    counted_later = evidence.later_work(end_us)
    later = effect_later(trial, counted_later, end_us, looks, seed, begin_us=begin_us)
    if later.ci_upper is None or later.ci_upper < 0:
        return None
    figures: dict[str, CheckFigure] = {
        "control": at_work.control_share,
        "treatment": at_work.treatment_share,
        "seconds": end_us / US,
        "events": first_events(evidence, end_us),
        "estimate": later.estimate or 0.0,
        "ci_lower": later.ci_lower or 0.0,
        "ci_upper": later.ci_upper,
    }
    return TrustCheck(name="first_step", code="only_at_once", status="failed", p=p, figures=figures)


def _densest(trial: Trial, after_us: int) -> tuple[int, int]:
    """Where the lags of treatment exceed those of control most, and how many windows were tried.

    Windows begin at every half of their length from the first seconds up to the primary cap; none
    is tried where times are stamped more coarsely than that.
    """
    step_us = ONE_DELAY.us // 2
    bins = (trial.primary_cap_us - after_us) // step_us
    if bins < 2 or not all(trial.triggered):
        return after_us, 0
    if int(np.gcd.reduce(trial.firsts["lag_us"].drop_nulls().to_numpy())) > step_us:
        return after_us, 0
    shares = []
    for treated in (False, True):
        mine = trial.firsts.filter(pl.col("is_treated") == treated)
        lags = mine["lag_us"].drop_nulls().to_numpy()
        place = (lags[lags > after_us] - after_us) // step_us
        counts = np.bincount(place[place < bins], minlength=bins)
        shares.append((counts[:-1] + counts[1:]) / mine.height)
    more = shares[1] - shares[0]
    return after_us + int(more.argmax()) * step_us, len(more)


def seconds_us(trial: Trial) -> int:
    """How long the first seconds are: where half of control is sooner at work, so long."""
    lags = trial.firsts.filter(~pl.col("is_treated"))["lag_us"].fill_null(trial.cap_us)
    typical = lags.quantile(0.5, "lower")
    return FIRST_SECONDS.us if typical is None else min(FIRST_SECONDS.us, int(typical))


def effect_later(
    trial: Trial,
    later: pl.DataFrame,
    window_us: int,
    looks: Looks | None,
    seed: int,
    *,
    begin_us: int = 0,
) -> Effect:
    """P1 of a clock that takes no notice of work in the first seconds, or in another window.

    Args:
        trial: The trial, with its primary cap.
        later: `assigned_no` and `later_us` of users who were at work in them
            (queries/76_later_work.sql).
        window_us: The first seconds, or the end of the window.
        looks: What several looks cost; None for a single one.
        seed: Of the permutations.
        begin_us: Beginning of the window.
    """
    cap_us = trial.primary_cap_us
    firsts = trial.firsts_at(cap_us).join(
        later, on="assigned_no", how="left", maintain_order="left"
    )
    early = pl.col("lag_us").is_between(begin_us, window_us).fill_null(value=False)
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
