"""Hand-made comparisons of a launch for the tests of the report: every number is chosen."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from factories.hostile_results import HOSTILE
from factories.results import blind as blind_log
from factories.results import full
from factories.results import hostile as hostile_log
from factories.trial_parts import PREDICTION, run_parts
from resume_gap.comparison.verdict import verdict_of
from resume_gap.results.common import Estimate
from resume_gap.results.compare import (
    Compared,
    HorizonEffect,
    LaunchComparison,
    LaunchTrust,
    RolloutPeriod,
    SecondEstimate,
    SeriesDay,
    SeriesWeek,
)
from resume_gap.results.predicted import AT_MOST_WITH_GIVE_UPS, PredictedRow
from resume_gap.results.trust import ChangedEvent, TrustCheck
from resume_gap.trial.verdict import blind as blinded
from resume_gap.trial.verdict import withheld

if TYPE_CHECKING:
    from collections.abc import Callable

LAUNCH = date(2026, 3, 2)
PLACEBOS = 71


def horizon(days: int, estimate: float, half: float, **more: Any) -> HorizonEffect:
    known = {
        "horizon_days": days,
        "measured": 78.0 + estimate,
        "expected": 78.0,
        "estimate": estimate,
        "ci_lower": estimate - half,
        "ci_upper": estimate + half,
        "p": (1 if abs(estimate) > half else 22) / (PLACEBOS + 1),
        "placebos": PLACEBOS,
        "least_p": 1 / (PLACEBOS + 1),
    }
    return HorizonEffect(**(known | more))


def check(name: str, code: str, status: str, **figures: Any) -> TrustCheck:
    p = figures.pop("p", None)
    return TrustCheck(name=name, code=code, status=status, p=p, figures=figures)  # type: ignore[arg-type]


CONTROL = check(
    "control_jump", "steady", "passed", p=0.42, seconds=-0.6, days=14, placebos=PLACEBOS
)
EVENTS = check("changed_events", "none", "passed", events=(), unnamed=0, names=14)
MIX = check("user_mix", "steady", "passed", p=0.33, share=0.08, expected=0.07, days=7)
GAPS = check(
    "gap_mix",
    "steady",
    "passed",
    p=0.47,
    seconds=4_320.0,
    expected_seconds=4_200.0,
    longest_seconds=14_400.0,
    placebos=PLACEBOS,
)
FIXED = check("threshold_before", "learned", "passed", seconds=350.0, cap_seconds=155.0)
MARKERS = (
    check("early_markers", "few", "passed", users=0, of=240, shown=0),
    check("marker_at_control", "at_due", "passed", shown=3_010, at_due=2_990, elsewhere=4),
    check("marker_missing", "many", "warned", interruptions=3_400, missing=900),
)
USUAL = (CONTROL, EVENTS, MIX, GAPS, FIXED, *MARKERS)


def trust(**more: Any) -> LaunchTrust:
    known = {
        "first_launched_at": "2026-03-02T00:00:00Z",
        "last_launched_at": "2026-03-02T00:00:00Z",
        "days_before": 112,
        "days_after": 33,
        "users_before": 240,
        "users_after": 233,
        "returns_before": 10_212,
        "returns_after": 3_400,
        "control_returns_before": 6_100,
        "control_returns_after": 1_980,
        "checks": USUAL,
    }
    return LaunchTrust(**(known | more))


def weeks(effect: float, *, before: int = 16, after: int = 5) -> tuple[SeriesWeek, ...]:
    """Weeks that rise a little, with an effect from the launch on."""
    return tuple(
        SeriesWeek(
            week=week,
            starts_on=(LAUNCH + timedelta(weeks=week)).isoformat(),
            returns=640 + week,
            seconds=74.0 + (week % 3) * 2.5 + (effect if week >= 0 else 0.0),
            expected_seconds=None if week < -12 else 77.0 + 0.2 * week,
            control_seconds=9.5 + (week % 2) * 0.7,
        )
        for week in range(-before, after)
    )


def days(effect: float) -> tuple[SeriesDay, ...]:
    """Ten days around the launch, one of them without a return."""
    return tuple(
        SeriesDay(
            day=day,
            starts_on=(LAUNCH + timedelta(days=day)).isoformat(),
            returns=0 if day == -2 else 90 + day,
            seconds=None if day == -2 else 75.0 + (effect if day >= 0 else 0.0),
            control_returns=0 if day == -2 else 60,
            control_seconds=None if day == -2 else 9.5,
            expected_seconds=77.0,
        )
        for day in range(-5, 5)
    )


def compared(effect: HorizonEffect, **more: Any) -> Compared:
    """A launch on the log of 260 users; parts of the comparison replaced."""
    base = more.pop("log", None) or full()
    size = effect.estimate or 0.0
    known = {
        "design": "one_date",
        "verdict": verdict_of(effect),
        "trust": trust(),
        "primary": effect,
        "cap_seconds": 155.0,
        "cap_source": "lags",
        "horizons": (horizon(7, size - 2.0, 16.0), horizon(28, size + 1.5, 9.5)),
        "control_loading": 1.8,
        "days": days(size),
        "weeks": weeks(size),
        "alpha": 0.05,
    }
    return Compared(
        **run_parts(base, "compare"),
        comparison=LaunchComparison(**(known | more)),
        prediction=PREDICTION,
    )


def nothing(reason: str) -> dict[str, Any]:
    """No figure at any horizon, for this reason; measured days stand unless a check failed."""
    kept = None if reason == "withheld" else 75.0
    return {
        "horizons": tuple(HorizonEffect(horizon_days=n, reason=reason) for n in (7, 28)),
        "control_loading": None,
        "days": tuple(
            dataclasses.replace(day, seconds=kept, expected_seconds=None) for day in days(0.0)
        ),
        "weeks": tuple(
            dataclasses.replace(week, seconds=kept, expected_seconds=None) for week in weeks(0.0)
        ),
    }


@cache
def shorter() -> Compared:
    return compared(horizon(14, -23.5, 11.4))


@cache
def longer() -> Compared:
    return compared(horizon(14, 17.1, 9.3))


@cache
def unchanged() -> Compared:
    warned = dataclasses.replace(
        CONTROL, code="may_jump", status="warned", p=0.083, figures=CONTROL.figures
    )
    return compared(horizon(14, -4.2, 11.4), trust=trust(checks=(warned, *USUAL[1:])))


@cache
def with_prediction() -> Compared:
    saved = Estimate(estimate=23.5, ci_lower=12.1, ci_upper=34.9)
    rows = [("scenario:low", 4.0), ("scenario:middle", 11.0), ("scenario:high", 25.0)]
    predicted = tuple(
        PredictedRow(
            name=name,
            predicted=Estimate(estimate=value),
            measured=saved,
            n_predicted=2_100,
            n_measured=3_400,
        )
        for name, value in (*rows, (AT_MOST_WITH_GIVE_UPS, 44.0))
    )
    return compared(
        horizon(14, -23.5, 11.4),
        predicted=predicted,
        prediction_file="ab" * 32,
        cap_source="prediction",
    )


def broken(*checks: TrustCheck, **more: Any) -> Compared:
    """A launch with which these checks fail."""
    rest = tuple(one for one in USUAL if one.name not in {check.name for check in checks})
    return compared(
        HorizonEffect(horizon_days=14, reason="withheld"),
        verdict=withheld(checks),
        trust=trust(checks=(*checks, *rest)),
        **nothing("withheld"),
        **more,
    )


JUMP = check("control_jump", "jumps", "failed", p=0.014, seconds=3.4, days=14, placebos=PLACEBOS)
RENAMED = check(
    "changed_events",
    "some",
    "failed",
    events=(
        ChangedEvent(event="edit_cell", change="vanishes", before=31.5, after=0.0),
        ChangedEvent(event="cell_edited", change="appears", before=0.0, after=30.9),
        ChangedEvent(event="heartbeat", change="jumps", before=120.0, after=40.0),
    ),
    unnamed=1,
    names=14,
)
OTHERS = check("user_mix", "changed", "failed", p=0.014, share=0.61, expected=0.09, days=7)
LONGER_GAPS = dataclasses.replace(
    GAPS,
    code="changed",
    status="failed",
    p=0.014,
    figures=dict(GAPS.figures) | {"seconds": 7_440.0},
)
EARLY = check("early_markers", "many", "failed", users=61, of=240, shown=208)
ELSEWHERE = check(
    "marker_at_control", "elsewhere", "failed", shown=3_010, at_due=2_100, elsewhere=850
)


@cache
def another_change() -> Compared:
    return broken(JUMP, RENAMED)


@cache
def other_people() -> Compared:
    return broken(OTHERS)


@cache
def longer_gaps() -> Compared:
    return broken(LONGER_GAPS)


@cache
def early_markers() -> Compared:
    return broken(EARLY)


@cache
def marker_elsewhere() -> Compared:
    return broken(ELSEWHERE)


@cache
def short() -> Compared:
    """Twenty days of history: no number that looks like a result."""
    none = HorizonEffect(horizon_days=14, reason="short_history")
    unknown = (
        check("control_jump", "too_short", "not_checked"),
        EVENTS,
        check("user_mix", "too_short", "not_checked"),
        check("gap_mix", "too_short", "not_checked"),
        FIXED,
        *(check(one.name, "not_logged", "not_checked") for one in MARKERS),
    )
    return compared(none, trust=trust(days_before=20, checks=unknown), **nothing("short_history"))


@cache
def few_dates() -> Compared:
    effect = horizon(
        14, -21.0, 9.0, p=None, ci_lower=None, ci_upper=None, placebos=22, least_p=None,
        reason="few_placebos",
    )  # fmt: skip
    return compared(effect, trust=trust(days_before=63))


@cache
def no_control() -> Compared:
    effect = horizon(
        14, -21.0, 9.0, p=None, ci_lower=None, ci_upper=None, least_p=None, reason="no_control"
    )
    unknown = check("control_jump", "no_control", "not_checked")
    return compared(
        effect,
        trust=trust(
            control_returns_before=0, control_returns_after=0, checks=(unknown, *USUAL[1:])
        ),
        weeks=tuple(dataclasses.replace(one, control_seconds=None) for one in weeks(-21.0)),
    )


@cache
def blind() -> Compared:
    """A log that cannot show re-orientation at all."""
    log = blind_log()
    seen = log.measurability
    assert seen.reason is not None
    return compared(
        HorizonEffect(horizon_days=14, reason="withheld"),
        log=log,
        verdict=blinded(seen.reason, seen.figures),  # type: ignore[arg-type]
        **nothing("withheld"),
    )


@cache
def hostile() -> Compared:
    """Names from the data that want to be markup, formulas and other lines."""
    events = tuple(
        ChangedEvent(event=name, change="appears", before=0.0, after=1.5) for name in HOSTILE
    )
    spoilt = dataclasses.replace(RENAMED, figures={"events": events, "unnamed": 0, "names": 20})
    return broken(spoilt, log=hostile_log())


UNITS = (
    check("control_rollout", "steady", "passed", p=0.4, seconds=0.7, orders=999),
    check("weeks_before", "usual", "passed", p=0.61, seconds=1.4, weeks=2, orders=999),
    check("second_opinion", "agrees", "passed"),
    check("units_compared", "most", "passed", units=23, of=24),
    EVENTS,
    FIXED,
    *MARKERS,
)
PARTED = check("second_opinion", "parted", "failed")
UNITS_JUMP = check("control_rollout", "jumps", "failed", p=0.02, seconds=-2.1, orders=999)


SLOW_BEFORE = check(
    "weeks_before", "other_side", "failed", p=0.004, seconds=14.2, weeks=2, orders=999
)
FAST_BEFORE = check(
    "weeks_before", "same_side", "warned", p=0.03, seconds=-6.1, weeks=2, orders=999
)


def unit_trust(**more: Any) -> LaunchTrust:
    known = {
        "last_launched_at": "2026-03-23T14:30:00Z",
        "unit": "team",
        "units": 23,
        "launched_units": 17,
        "short_units": 1,
        "unknown_units": 2,
        "unnamed_units": 0,
        "without_unit": 4,
        "checks": UNITS,
    }
    return trust(**(known | more))


def study(effect: float) -> tuple[RolloutPeriod, ...]:
    """Four weeks before a unit's launch and four from it on; the last has no interval."""
    sizes = (1.5, -2.0, 0.5, 2.5, *(effect + n for n in (4.0, 0.0, -3.0, -6.0)))
    return tuple(
        RolloutPeriod(
            period=week,
            estimate=size,
            ci_lower=None if week == 3 else size - 12.0 - week,
            ci_upper=None if week == 3 else size + 12.0 + week,
        )
        for week, size in zip(range(-4, 4), sizes, strict=True)
    )


def over_all(estimate: float, half: float, **more: Any) -> HorizonEffect:
    found = horizon(14, estimate, half)
    known = {"horizon_days": None, "p": 0.006, "placebos": 999, "least_p": 0.001}
    return dataclasses.replace(found, **(known | more))


SECOND = SecondEstimate(
    estimate=-21.5,
    ci_lower=-39.0,
    ci_upper=-4.0,
    periods=study(-20.0)[:3] + study(-20.0)[4:],
    honest_weeks=4,
    honest_lower=-79.0,
    honest_upper=-3.0,
    breakdown=1.4,
)


def rolled_out(effect: HorizonEffect, **more: Any) -> Compared:
    """Teams that got the marker one after the other."""
    known = {
        "design": "staggered",
        "trust": unit_trust(),
        "horizons": (),
        "control_loading": None,
        "days": (),
        "weeks": (),
        "periods": study(effect.estimate or 0.0),
        "second": SECOND,
    }
    return compared(effect, **(known | more))


@cache
def units() -> Compared:
    return rolled_out(over_all(-16.3, 11.5))


@cache
def units_alike() -> Compared:
    """No change; the other method's library is missing."""
    missing = check("second_opinion", "not_installed", "not_checked")
    return rolled_out(
        over_all(-3.0, 11.5, p=0.61),
        second=SecondEstimate(reason="not_installed"),
        trust=unit_trust(checks=(UNITS[0], FAST_BEFORE, missing, *UNITS[3:])),
    )


@cache
def methods_part() -> Compared:
    checks = (UNITS_JUMP, UNITS[1], PARTED, *UNITS[3:])
    return rolled_out(
        HorizonEffect(horizon_days=None, reason="withheld"),
        verdict=withheld((UNITS_JUMP, PARTED)),
        trust=unit_trust(checks=checks),
        periods=(),
        second=None,
    )


@cache
def slow_before() -> Compared:
    """Units were slow in the weeks before their launch."""
    return rolled_out(
        HorizonEffect(horizon_days=None, reason="withheld"),
        verdict=withheld((SLOW_BEFORE,)),
        trust=unit_trust(checks=(UNITS[0], SLOW_BEFORE, *UNITS[2:])),
        periods=(),
        second=None,
    )


@cache
def all_launched() -> Compared:
    """A figure without a p; the other method stands at ten times."""
    effect = over_all(
        -16.3, 11.5, p=None, ci_lower=None, ci_upper=None, placebos=0, least_p=None,
        reason="all_launched",
    )  # fmt: skip
    bare = tuple(dataclasses.replace(one, ci_lower=None, ci_upper=None) for one in study(-16.3))
    return rolled_out(
        effect,
        periods=bare,
        trust=unit_trust(launched_units=23),
        second=dataclasses.replace(SECOND, breakdown=10.0, is_least=True),
    )


@cache
def young_units() -> Compared:
    """Three weeks before the first launch: no figure."""
    return rolled_out(
        HorizonEffect(horizon_days=None, reason="short_history"),
        periods=(),
        second=SecondEstimate(reason="no_comparison"),
        trust=unit_trust(units=0, launched_units=0, short_units=24),
    )


COMPARED: dict[str, Callable[[], Compared]] = {
    "shorter": shorter,
    "longer": longer,
    "unchanged": unchanged,
    "with_prediction": with_prediction,
    "another_change": another_change,
    "other_people": other_people,
    "longer_gaps": longer_gaps,
    "early_markers": early_markers,
    "marker_elsewhere": marker_elsewhere,
    "short": short,
    "few_dates": few_dates,
    "no_control": no_control,
    "blind_launch": blind,
    "hostile_launch": hostile,
    "units": units,
    "units_alike": units_alike,
    "methods_part": methods_part,
    "slow_before": slow_before,
    "all_launched": all_launched,
    "young_units": young_units,
}
"""Whole pages of launches that were not randomized."""
