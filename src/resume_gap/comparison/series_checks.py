"""What else changed with the launch: the control's own jump, users and gaps, the threshold."""

import math

import numpy as np
import polars as pl

from resume_gap.analysis.inactivity import Learned
from resume_gap.comparison.one_date import ControlEffect
from resume_gap.comparison.series import Floats, LaunchedReturns
from resume_gap.comparison.unit_checks import of_jump
from resume_gap.constants import (
    COMPARED_DAYS,
    GAPS_COUNTED,
    GAPS_TIMES,
    GAPS_WARNED,
    MIX_ERROR,
    MIX_POINTS,
    NEW_USER_DAYS,
)
from resume_gap.results.trust import TrustCheck, TrustStatus
from resume_gap.stats.placebos import ranked
from resume_gap.units import DAY_US, US


def control_jump(control: ControlEffect, *, has_control: bool) -> TrustCheck:
    """A control that jumps with the launch shows that something else changed that day.

    Args:
        control: What it did.
        has_control: Whether there is one at all.
    """
    if control.p is None or control.seconds is None:
        code = "too_short" if has_control else "no_control"
        return TrustCheck(name="control_jump", code=code, status="not_checked")
    code, status = of_jump(control.p)
    return TrustCheck(
        name="control_jump",
        code=code,
        status=status,
        p=control.p,
        figures={
            "seconds": control.seconds,
            "days": control.days,
            "placebos": control.placebos,
        },
    )


def user_mix(returns: LaunchedReturns, zone: str) -> TrustCheck:
    """Whether returns of new users become more or fewer at the launch.

    Args:
        returns: Followed-up returns around the launch.
        zone: Time zone whose weekdays count.
    """
    shares = _new_shares(returns)
    horizon = int(COMPARED_DAYS.value)
    found = ranked(shares, returns.weekday(zone), returns.launch, horizon)
    if not found.enough:
        return TrustCheck(name="user_mix", code="too_short", status="not_checked")
    status: TrustStatus = "passed"
    if found.p <= MIX_ERROR.value:
        status = "failed" if abs(found.estimate) >= MIX_POINTS.value else "warned"
    after = shares[returns.launch : returns.launch + horizon]
    measured = float(np.nanmean(after))
    return TrustCheck(
        name="user_mix",
        code="steady" if status == "passed" else "changed",
        status=status,
        p=found.p,
        figures={
            "share": measured,
            "expected": measured - found.estimate,
            "days": int(NEW_USER_DAYS.value),
        },
    )


def gap_mix(returns: LaunchedReturns, zone: str) -> TrustCheck:
    """Whether gaps before a return become longer or shorter at the launch.

    A return after a long gap takes longer, whether a marker is shown or not.

    Args:
        returns: Followed-up returns around the launch.
        zone: Time zone whose weekdays count.
    """
    logs = returns.mean_log_gap()
    horizon = int(COMPARED_DAYS.value)
    found = ranked(logs, returns.weekday(zone), returns.launch, horizon)
    if not found.enough:
        return TrustCheck(name="gap_mix", code="too_short", status="not_checked")
    status: TrustStatus = "passed"
    if found.p <= GAPS_WARNED.value:
        far = abs(found.estimate) >= math.log(GAPS_TIMES.value)
        status = "failed" if far and found.is_least else "warned"
    measured = float(np.nanmean(logs[returns.launch : returns.launch + horizon]))
    return TrustCheck(
        name="gap_mix",
        code="steady" if status == "passed" else "changed",
        status=status,
        p=found.p,
        figures={
            "seconds": math.exp(measured),
            "expected_seconds": math.exp(measured - found.estimate),
            "longest_seconds": GAPS_COUNTED.value,
            "placebos": len(found.placebos),
        },
    )


def _new_shares(returns: LaunchedReturns) -> Floats:
    """(days) share of the returns that are of users first seen shortly before.

    NaN on days without returns, and on the first ones, when everybody is new to the log.
    """
    own = returns.rows.filter("is_due").with_columns(
        age=pl.col("day") - (pl.col("first_us") - returns.launch_us).floordiv(DAY_US)
    )
    new_days = int(NEW_USER_DAYS.value)
    sums = own.group_by("day").agg(
        pl.col("returns").sum().alias("of"),
        pl.col("returns").filter(pl.col("age") < new_days).sum().alias("new"),
    )
    found = np.full(returns.days, math.nan)
    found[sums["day"].to_numpy() - returns.first_day] = (sums["new"] / sums["of"]).to_numpy()
    found[:new_days] = math.nan
    return found


def threshold_before(learned: Learned, cap_seconds: float) -> TrustCheck:
    """The threshold and the cap were fixed by what came before the launch, or beforehand.

    Args:
        learned: The threshold.
        cap_seconds: The cap of the measure.
    """
    return TrustCheck(
        name="threshold_before",
        code=learned.reason if learned.source == "given" else learned.source,
        status="passed",
        figures={"seconds": learned.threshold_us / US, "cap_seconds": cap_seconds},
    )
