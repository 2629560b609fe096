"""The control's own jump, the share of new users, and what was fixed before the launch."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from resume_gap.analysis.inactivity import Learned
from resume_gap.comparison.one_date import ControlEffect
from resume_gap.comparison.series import LaunchedReturns
from resume_gap.comparison.series_checks import (
    control_jump,
    gap_mix,
    threshold_before,
    user_mix,
)
from resume_gap.units import DAY_US, US

from .test_series import LAUNCH_US

BEFORE, AFTER = 112, 20


@pytest.mark.parametrize(
    ("p", "code", "status"),
    [
        (0.05, "jumps", "failed"),
        (0.0501, "may_jump", "warned"),
        (0.10, "may_jump", "warned"),
        (0.1001, "steady", "passed"),
    ],
)
def test_a_control_that_stands_out_is_no_control(p: float, code: str, status: str) -> None:
    found = control_jump(ControlEffect(p, -1.5, 3, 71), has_control=True)
    assert (found.code, found.status, found.p) == (code, status, p)
    assert found.figures == {"seconds": -1.5, "days": 3, "placebos": 71}


@pytest.mark.parametrize(("has_control", "code"), [(True, "too_short"), (False, "no_control")])
def test_without_a_rank_nothing_is_checked(has_control: bool, code: str) -> None:
    found = control_jump(ControlEffect(None, None, 14, 0), has_control=has_control)
    assert (found.code, found.status) == (code, "not_checked")


def mix(share_before: float, share_after: float, *, before: int = BEFORE) -> LaunchedReturns:
    """100 returns a day, some of them of users first seen on that very day."""
    rng = np.random.default_rng(5)
    rows = []
    for day in range(-before, AFTER):
        share = share_before if day < 0 else share_after
        new = int(rng.binomial(100, share))
        at = LAUNCH_US + day * DAY_US
        rows += [
            (1, day, True, 100 - new, 0, LAUNCH_US - before * DAY_US),
            (1_000 + day, day, True, new, 0, at + 5),
            (2, day, False, 50, 0, at),  # never counts: no marker is due
        ]
    columns = ("user_no", "day", "is_due", "returns", "waited_us", "first_us")
    frame = pl.DataFrame(rows, schema=list(columns), orient="row")
    return LaunchedReturns(rows=frame, launch_us=LAUNCH_US, first_day=-before, last_day=AFTER - 1)


@pytest.mark.parametrize(
    ("after", "code", "status"),
    [(0.2, "steady", "passed"), (0.35, "changed", "warned"), (0.6, "changed", "failed")],
)
def test_a_share_of_new_users_that_jumps_warns_and_by_much_withholds(
    after: float, code: str, status: str
) -> None:
    found = user_mix(mix(0.2, after), "UTC")
    assert (found.code, found.status) == (code, status)
    assert found.figures["share"] == pytest.approx(after, abs=0.03)
    assert found.figures["expected"] == pytest.approx(0.2, abs=0.03)


def test_users_who_were_first_seen_over_a_week_before_are_not_new() -> None:
    returns = mix(0.2, 0.6)
    week = pl.col("day") * DAY_US + LAUNCH_US
    older = returns.rows.with_columns(first_us=pl.min_horizontal("first_us", week - 7 * DAY_US))
    found = user_mix(
        LaunchedReturns(rows=older, launch_us=LAUNCH_US, first_day=-BEFORE, last_day=AFTER - 1),
        "UTC",
    )
    assert found.figures["share"] == 0.0


def test_a_short_log_says_nothing_of_new_users() -> None:
    assert user_mix(mix(0.2, 0.2, before=70), "UTC").code == "too_short"


def gaps(times: float, *, before: int = BEFORE) -> LaunchedReturns:
    """Ten gaps a day of about an hour, so many times as long from the launch on."""
    rng = np.random.default_rng(6)
    rows = []
    for day in range(-before, AFTER):
        logs = rng.normal(math.log(3_600 * US), 0.4, 10) + math.log(times) * (day >= 0)
        millionths = round(1e6 * float(logs.sum()))
        # The gaps of returns without a marker never count.
        rows += [(1, day, True, 10, 0, millionths, 0), (1, day, False, 5, 0, 1, 0)]
    columns = ("user_no", "day", "is_due", "returns", "waited_us", "log_gaps", "first_us")
    frame = pl.DataFrame(rows, schema=list(columns), orient="row")
    return LaunchedReturns(rows=frame, launch_us=LAUNCH_US, first_day=-before, last_day=AFTER - 1)


@pytest.mark.parametrize(
    ("times", "code", "status"),
    [(1.0, "steady", "passed"), (2.0, "changed", "failed"), (0.5, "changed", "failed")],
)
def test_gaps_that_change_as_at_no_earlier_date_withhold(
    times: float, code: str, status: str
) -> None:
    found = gap_mix(gaps(times), "UTC")
    assert (found.code, found.status) == (code, status)
    assert found.figures["expected_seconds"] == pytest.approx(3_600, rel=0.1)
    assert found.figures["seconds"] == pytest.approx(3_600 * times, rel=0.1)
    assert found.figures["longest_seconds"] == 14_400


def test_gaps_that_change_by_little_warn() -> None:
    found = [gap_mix(gaps(1 + step / 100), "UTC") for step in range(25)]
    assert {one.status for one in found} == {"passed", "warned"}
    warned = [one for one in found if one.status == "warned"]
    assert warned
    least = 1 / (found[0].figures["placebos"] + 1)
    assert all(one.p <= 0.05 for one in warned)
    assert any(one.p == least for one in warned)  # steady gaps that changed by less than a third


def test_a_short_log_says_nothing_of_gaps() -> None:
    assert gap_mix(gaps(1.0, before=70), "UTC").code == "too_short"


def test_the_threshold_says_where_it_is_from() -> None:
    def of(source: str, reason: str) -> str:
        learned = Learned(
            threshold_us=90_000_000,
            source=source,  # type: ignore[arg-type]
            ci_lower=None,
            ci_upper=None,
            reason=reason,  # type: ignore[arg-type]
            night_seconds=None,
        )
        found = threshold_before(learned, 42.0)
        assert (found.status, found.figures) == ("passed", {"seconds": 90.0, "cap_seconds": 42.0})
        return found.code

    assert of("given", "given") == "given"
    assert of("given", "prediction") == "prediction"
    assert of("learned", "valley") == "learned"
    assert of("fallback", "no_valley") == "fallback"
