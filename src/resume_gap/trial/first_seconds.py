"""Whether an effect is there only in the first seconds after a return, or at one delay after it.

A feature that restores what people had open may write events of work itself. Written before anybody
can have seen the marker they are known to be its own (`marker_checks.first_step`); a few seconds
later they look like quick users. But whoever is really back at work goes on, so that the effect is
also there when the clock takes no notice of work in the first seconds; what a feature wrote is not.
What it writes later than that, always after about the same time, piles up at that delay.

Where steps of work take long, whoever is back goes on late, too. So the next work of those who were
at work so early must also come later after it than a step of control's work takes: what a feature
wrote is followed by the search that it did not spare. Who clicked the marker before was there.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
import polars as pl

from resume_gap.constants import ALPHA, DECISION_ERROR, FIRST_SECONDS, ONE_DELAY, RATIO_ERROR
from resume_gap.pipeline.queries import Runner
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Looks
from resume_gap.results.trust import CheckFigure, Trust, TrustCheck, TrustStatus
from resume_gap.trial.data import Trial
from resume_gap.trial.effects import at_every_look
from resume_gap.trial.evidence import Evidence
from resume_gap.trial.marker_checks import first_events, quick_before
from resume_gap.trial.measured import measured
from resume_gap.units import US


def only_at_once(
    evidence: Evidence, trial: Trial, looks: Looks | None, seed: int
) -> TrustCheck | None:
    """The check of a trial that is called better by its first seconds or one delay alone.

    More of treatment is at work within these seconds (one-sided 5 %), and without work in them the
    effect is not shown any more. It fails where the next work after that comes later than a step of
    work does in control, else it warns.

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
    if at_once is not None and at_once.status == "failed":
        return at_once
    begin_us, tried = _densest(trial, window_us)
    if not tried:
        return at_once
    delayed = judged((begin_us, begin_us + ONE_DELAY.us), RATIO_ERROR.value / tried)
    if delayed is None or (at_once is not None and delayed.status != "failed"):
        return at_once
    figures = {**delayed.figures, "from_seconds": begin_us / US}
    code = "at_one_delay" if delayed.status == "failed" else "steps_as_usual"
    return replace(delayed, code=code, figures=figures)


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
    if not begin_us and (before := quick_before(evidence, at_work, begin_us, end_us)):
        return before
    figures: dict[str, CheckFigure] = {
        "control": at_work.control_share,
        "treatment": at_work.treatment_share,
        "seconds": end_us / US,
        **first_events(evidence, end_us),
        "estimate": later.estimate or 0.0,
        "ci_lower": later.ci_lower or 0.0,
        "ci_upper": later.ci_upper,
    }
    steps = next_steps(trial, counted_later, window, seed)
    if steps.control is not None and steps.treatment is not None:
        figures |= {"step_control": steps.control, "step_treatment": steps.treatment}
    status: TrustStatus = "warned" if steps.are_usual else "failed"
    code = "steps_as_usual" if steps.are_usual else "only_at_once"
    return TrustCheck(name="first_step", code=code, status=status, p=p, figures=figures)


class NextSteps(NamedTuple):
    """How long after the first work the next one came.

    Attributes:
        ranks: Difference of the ranks of those times.
        control: Median in control, seconds; None without anybody.
        treatment: Median in treatment, of those who began early.
    """

    ranks: Effect
    control: float | None
    treatment: float | None

    @property
    def are_usual(self) -> bool:
        """Whether they are known, and not longer in treatment, one-sided."""
        p, apart = self.ranks.p, self.ranks.estimate
        if p is None or apart is None:
            return False
        return apart <= 0 or p / 2 >= DECISION_ERROR.value


def next_steps(trial: Trial, later: pl.DataFrame, window: tuple[int, int], seed: int) -> NextSteps:
    """How long after the first work the next one comes, of those of treatment who began early.

    Compared with everybody of control who got to work. A further event within the first seconds
    after the first one does not count: a feature may write several. Who did not go on counts as the
    cap.

    Args:
        trial: The trial, with its primary cap.
        later: As of `later_work`.
        window: Beginning and end of the early lags.
        seed: Of the permutations.
    """
    cap_us = trial.primary_cap_us
    early = pl.col("lag_us").is_between(*window) & ~pl.col("is_clicked")
    worked = trial.firsts.join(later, on="assigned_no", how="inner", maintain_order="left")
    compared = worked.filter(~pl.col("is_treated") | early).with_columns(
        step_us=(pl.col("next_us") - pl.col("lag_us")).fill_null(cap_us).clip(upper_bound=cap_us)
    )
    ranked = compared.with_columns(rank=pl.col("step_us").rank())
    ranks = measured("next_step", "count", trial.arms(ranked, "rank"), seed=seed).effect
    sides = (compared.filter(~pl.col("is_treated")), compared.filter(pl.col("is_treated")))
    typical = (side["step_us"].cast(pl.Float64).quantile(0.5, "linear") for side in sides)
    return NextSteps(ranks, *(None if us is None else us / US for us in typical))


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
        later: As of `later_work`.
        window_us: The first seconds, or the end of the window.
        looks: What several looks cost; None for a single one.
        seed: Of the permutations.
        begin_us: Beginning of the window.
    """
    cap_us = trial.primary_cap_us
    firsts = trial.firsts_at(cap_us).join(
        later, on="assigned_no", how="left", maintain_order="left"
    )
    early = pl.col("lag_us").is_between(begin_us, window_us) & ~pl.col("is_clicked").fill_null(
        value=False
    )
    counted = pl.col("later_us").fill_null(cap_us).clip(upper_bound=cap_us)
    firsts = firsts.with_columns(
        reorientation_us=pl.when(early.fill_null(value=False))
        .then(counted)
        .otherwise(pl.col("reorientation_us"))
    )
    arms = trial.arms(firsts, "reorientation_us", unit=US)
    found = measured("first_return_later", "seconds", arms, seed=seed)
    return at_every_look(found, looks, alpha=ALPHA.value)


def later_work(runner: Runner, first_us: int, *, clicked_names: Sequence[str] = ()) -> pl.DataFrame:
    """When users worked after the first seconds of their first return, and after their first work.

    Args:
        runner: Holds `events`, `log`, `kinds`, `assigned` and `lags`.
        first_us: The first seconds, in microseconds.
        clicked_names: Events that say that the marker was clicked.

    Returns:
        `assigned_no`, `later_us`, `next_us` and `is_clicked`, one row per user who was at work
        within the cap (queries/76_later_work.sql).
    """
    runner.let(
        first_seconds_us=first_us,
        pause_us=min(first_us, FIRST_SECONDS.us),
        clicked_names=list(clicked_names),
    )
    return runner.read("76_later_work").pl()


def with_check(trust: Trust, check: TrustCheck) -> Trust:
    """The checks with this one instead of the one of its name."""
    return replace(
        trust, checks=tuple(check if one.name == check.name else one for one in trust.checks)
    )
