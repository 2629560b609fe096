"""What a roll-out shows, unit after unit: what else changed, then its effect."""

import polars as pl

from resume_gap.analysis.summaries import instant
from resume_gap.commands.before_after import LaunchedLog, cap_of, event_checks, verdict_on
from resume_gap.comparison.panel import panel_of
from resume_gap.comparison.predicted import predicted_rows
from resume_gap.comparison.rollout import Rollout
from resume_gap.comparison.series import LaunchedReturns, read_returns
from resume_gap.comparison.staggered import RolledOut, rolled_out, second_look
from resume_gap.comparison.unit_checks import (
    control_rollout,
    second_opinion,
    units_compared,
    weeks_before,
)
from resume_gap.constants import ALPHA
from resume_gap.results.compare import LaunchComparison, LaunchTrust
from resume_gap.results.trust import TrustCheck
from resume_gap.units import DAY_US, US


def staggered(launched: LaunchedLog, rollout: Rollout) -> LaunchComparison:
    """The comparison of a roll-out: checks, and the effect where all of them hold.

    Args:
        launched: The log, with the first launch.
        rollout: Which unit got the marker when.
    """
    job, prediction = launched.job, launched.prediction
    cap = cap_of(launched)
    returns = read_returns(job.runner, launched.span, launch_us=launched.launch_us, cap_us=cap.us)
    due, never = (panel_of(returns, rollout, is_due=is_due) for is_due in (True, False))
    found = rolled_out(due, seed=job.settings.seed)
    control = rolled_out(never, seed=job.settings.seed)
    jump = control_rollout(control.effect, has_control=returns.has_control)
    second = second_look(due, found.found)
    own = (jump, weeks_before(found), second_opinion(second), units_compared(found))
    checks = (*own, *event_checks(launched, returns, cap))
    trust = _trust(returns, rollout, found, checks)
    verdict = verdict_on(launched, checks, found.effect)
    if verdict.word == "withheld":
        found = found.hidden()
    effect = found.effect
    content = None if prediction is None else prediction.content
    return LaunchComparison(
        design="staggered",
        verdict=verdict,
        trust=trust,
        primary=effect,
        cap_seconds=cap.us / US,
        cap_source=cap.source,
        periods=found.periods,
        second=None if verdict.word == "withheld" else second.estimate,
        predicted=predicted_rows(content, effect, trust.returns_after, cap_seconds=cap.us / US),
        prediction_file=None if content is None else str(content["sha256"]),
        alpha=ALPHA.value,
    )


def _trust(
    returns: LaunchedReturns, rollout: Rollout, found: RolledOut, checks: tuple[TrustCheck, ...]
) -> LaunchTrust:
    """Both sides of each unit's own launch, by days."""
    named = rollout.users.filter("is_named").select("user_no", "launched_us")
    day_us = pl.col("day") * DAY_US + returns.launch_us
    rows = returns.rows.join(named, on="user_no").with_columns(
        is_after=(day_us >= pl.col("launched_us")).fill_null(value=False)
    )
    sums = {
        (is_due, is_after): int(part["returns"].sum())
        for (is_due, is_after), part in rows.group_by("is_due", "is_after")
    }
    due = rows.filter("is_due")
    return LaunchTrust(
        first_launched_at=instant(rollout.first_us) or "",
        last_launched_at=instant(rollout.last_us) or "",
        days_before=returns.launch,
        days_after=returns.days - returns.launch,
        users_before=due.filter(~pl.col("is_after"))["user_no"].n_unique(),
        users_after=due.filter("is_after")["user_no"].n_unique(),
        returns_before=sums.get((True, False), 0),
        returns_after=sums.get((True, True), 0),
        control_returns_before=sums.get((False, False), 0),
        control_returns_after=sums.get((False, True), 0),
        unit=rollout.unit,
        units=found.units,
        launched_units=found.launched_units,
        short_units=found.left_out,
        unknown_units=rollout.unknown,
        unnamed_units=rollout.unnamed,
        without_unit=rollout.without,
        checks=checks,
    )
