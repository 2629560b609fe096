"""What a launch that was not randomized shows: what else changed, then its effect.

Where a check fails, the effect is computed for those checks that need it, and not published.
"""

from dataclasses import dataclass

import polars as pl

from resume_gap.analysis.summaries import instant
from resume_gap.commands.context import Job, Log, LogReturns
from resume_gap.commands.prediction_file import Prediction
from resume_gap.comparison.event_checks import changed_events, read_event_days
from resume_gap.comparison.launch import LoggedSpan
from resume_gap.comparison.marker_checks import marker_checks, read_markers
from resume_gap.comparison.one_date import dated_effect
from resume_gap.comparison.predicted import predicted_rows
from resume_gap.comparison.rollout import everybody_launched
from resume_gap.comparison.series import LaunchedReturns, read_returns
from resume_gap.comparison.series_checks import (
    control_jump,
    gap_mix,
    threshold_before,
    user_mix,
)
from resume_gap.comparison.verdict import verdict_of
from resume_gap.constants import ALPHA
from resume_gap.results.compare import HorizonEffect, LaunchComparison, LaunchTrust
from resume_gap.results.evaluate import Verdict
from resume_gap.results.trust import TrustCheck
from resume_gap.sources.roles import marker_names
from resume_gap.trial.cap import TrialCap, cap_before
from resume_gap.trial.checks import failed
from resume_gap.trial.verdict import blind, withheld
from resume_gap.units import US


@dataclass(frozen=True, slots=True)
class LaunchedLog:
    """A log around a launch.

    Attributes:
        job: The run.
        log: The log after the heavy pass.
        seen: Its returns.
        span: What it spans.
        launch_us: The (first) launch.
        prediction: What was predicted, if anything.
    """

    job: Job
    log: Log
    seen: LogReturns
    span: LoggedSpan
    launch_us: int
    prediction: Prediction | None


def dated(launched: LaunchedLog) -> LaunchComparison:
    """The comparison of one launch date: checks, and the effect where all of them hold."""
    job, cap = launched.job, cap_of(launched)
    zone, prediction = job.settings.tz, launched.prediction
    returns = read_returns(job.runner, launched.span, launch_us=launched.launch_us, cap_us=cap.us)
    everybody_launched(job.runner, launched.launch_us)
    effect = dated_effect(returns, zone)
    jump = control_jump(effect.control, has_control=returns.has_control)
    mixes = user_mix(returns, zone), gap_mix(returns, zone)
    trust = _trust(launched, returns, (jump, *mixes, *event_checks(launched, returns, cap)))
    verdict = verdict_on(launched, trust.checks, effect.primary)
    if verdict.word == "withheld":
        effect = effect.hidden()
    content = None if prediction is None else prediction.content
    return LaunchComparison(
        design="one_date",
        verdict=verdict,
        trust=trust,
        primary=effect.primary,
        cap_seconds=cap.us / US,
        cap_source=cap.source,
        horizons=effect.others,
        control_loading=effect.loading,
        days=effect.days,
        weeks=effect.weeks,
        predicted=predicted_rows(
            content, effect.primary, trust.returns_after, cap_seconds=cap.us / US
        ),
        prediction_file=None if content is None else str(content["sha256"]),
        alpha=ALPHA.value,
    )


def cap_of(launched: LaunchedLog) -> TrialCap:
    """The cap of the measure, from what came before the launch."""
    frame, prediction = launched.seen.frame, launched.prediction
    work_us = pl.col("stop_us") + pl.col("gap_us") + pl.col("lag_us")
    before = frame.filter(pl.col("is_interruption") & (work_us < launched.launch_us))
    content = None if prediction is None else prediction.content
    return cap_before(before["lag_us"].to_numpy(), content, launched.seen.asked.cap_us)


def event_checks(
    launched: LaunchedLog, returns: LaunchedReturns, cap: TrialCap
) -> tuple[TrustCheck, ...]:
    """What else changed, from the events of the log."""
    job, log = launched.job, launched.log
    kinds, zone = log.intake.kinds, job.settings.tz
    markers = read_markers(job.runner, marker_names(kinds["event"], job.settings, "shown"))
    days = read_event_days(job.runner, returns, kinds)
    return (
        changed_events(days, returns, kinds, log.names, zone),
        threshold_before(launched.seen.learned, cap.us / US),
        *marker_checks(markers, returns.users(is_after=False)),
    )


def _trust(
    launched: LaunchedLog, returns: LaunchedReturns, checks: tuple[TrustCheck, ...]
) -> LaunchTrust:
    due, never = (returns.returns(is_due=is_due) for is_due in (True, False))
    place, at = returns.launch, instant(launched.launch_us) or ""
    return LaunchTrust(
        first_launched_at=at,
        last_launched_at=at,
        days_before=place,
        days_after=returns.days - place,
        users_before=returns.users(is_after=False),
        users_after=returns.users(is_after=True),
        returns_before=int(due[:place].sum()),
        returns_after=int(due[place:].sum()),
        control_returns_before=int(never[:place].sum()),
        control_returns_after=int(never[place:].sum()),
        checks=checks,
    )


def verdict_on(
    launched: LaunchedLog, checks: tuple[TrustCheck, ...], primary: HorizonEffect
) -> Verdict:
    """The word: withheld where the log is blind or a check failed, else that of the effect."""
    blinded = launched.seen.measurability
    if blinded.reason is not None:
        return blind(blinded.reason, blinded.figures)
    if broken := failed(checks):
        return withheld(broken)
    return verdict_of(primary)
