"""Hand-made trials and plans for the tests of the report: every number is chosen."""

from __future__ import annotations

import dataclasses
from functools import cache, partial
from typing import TYPE_CHECKING, Any, get_args

from factories.results import HOSTILE, NOTHING_KNOWN, full, no_productive, unjudged
from factories.results import hostile as hostile_log
from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect, GroupEffect
from resume_gap.results.evaluate import (
    CapEffect,
    CapWord,
    CurvePoint,
    Evaluated,
    Evaluation,
    Guardrail,
    LeeBounds,
    Looks,
    Mechanism,
    PredictedRow,
    Primary,
    QuantileRow,
    Sham,
    ShamComparison,
    Use,
    Verdict,
)
from resume_gap.results.plan import (
    LaunchChange,
    Needed,
    Pilot,
    Plan,
    Planned,
    PlanRow,
    SizeRow,
    WaysOut,
)
from resume_gap.results.predicted import Futility
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.results.run import Run
from resume_gap.results.trust import OneArmEvent, StageLoss, Trust, TrustCheck, UnevenPlace

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis

PREDICTION = b'{"schema_version": 1, "sha256": "as it was"}\n'
_RUN = tuple(field.name for field in dataclasses.fields(Run))


def run_parts(analysis: Analysis, command: str) -> dict[str, Any]:
    """What every command says of its log."""
    parts = {name: getattr(analysis, name) for name in _RUN}
    parts["command"] = command
    parts["threshold"] = dataclasses.replace(
        analysis.threshold, sensitivity=unjudged() if analysis.threshold.sensitivity else ()
    )
    return parts


def effect(name: str, estimate: float | None, half: float | None, **more: Any) -> Effect:
    """A difference with an interval of so much to each side; control 56.3."""
    control = more.pop("control", 56.3)
    known = estimate is not None and half is not None
    return Effect(
        **{
            "estimand": name,
            "unit": "seconds",
            "control": control,
            "treatment": None if estimate is None or control is None else control + estimate,
            "estimate": estimate,
            "ci_lower": estimate - half if known else None,
            "ci_upper": estimate + half if known else None,
            "relative": estimate / control if estimate is not None and control else None,
            "relative_ci_lower": (estimate - half) / control if known and control else None,
            "relative_ci_upper": (estimate + half) / control if known and control else None,
            "p": 0.00004 if known and abs(estimate) > half else 0.31 if known else None,
            "method": "welch" if known else None,
            "n_control": 1_204,
            "n_treatment": 1_198,
            **more,
        }
    )


INTENDED = {"intended_control": 1.0, "intended_treatment": 1.0}


def few(control: int, treatment: int) -> Verdict:
    """Too few triggered users."""
    figures = {"control": control, "treatment": treatment, "least": 25, "before_assignment": 0}
    return Verdict(word="not_enough_data", reason="few_users", figures=figures)


def trust(**more: Any) -> Trust:
    return Trust(
        **{
            "source": "trial/assignments.csv",
            "control_name": "off",
            "treatment_name": "arrow_v2",
            "named_by": "given",
            "assigned_control": 1_502,
            "assigned_treatment": 1_498,
            "triggered_control": 1_204,
            "triggered_treatment": 1_198,
            "both_arms": 3,
            "other_variants": 0,
            "without_time": 0,
            "unknown_users": 11,
            "unassigned_users": 40,
            "before_assignment": 5_120,
            "first_assigned_at": "2026-03-09T00:00:00Z",
            "last_assigned_at": "2026-03-11T23:58:12Z",
            "checks": (
                TrustCheck(
                    name="assigned_ratio",
                    code="as_intended",
                    status="passed",
                    p=0.94,
                    figures=INTENDED | {"control": 1_502, "treatment": 1_498},
                ),
                TrustCheck(
                    name="triggered_ratio",
                    code="as_intended",
                    status="passed",
                    p=0.9,
                    figures=INTENDED | {"control": 1_204, "treatment": 1_198},
                ),
                TrustCheck(
                    name="both_arms",
                    code="some",
                    status="passed",
                    figures={"users": 3, "share": 0.001},
                ),
                TrustCheck(
                    name="marker_missing",
                    code="many",
                    status="warned",
                    figures={"interruptions": 1_000, "missing": 310},
                ),
                TrustCheck(name="marker_in_control", code="not_logged", status="not_checked"),
            ),
            **more,
        }
    )


def guardrail(name: str, unit: str, control: float, change: float, status: str) -> Guardrail:
    return Guardrail(
        effect=effect(
            name, control * change, control * 0.01, unit=unit, control=control, method="delta"
        ),
        margin=0.02,
        higher_is_better=name != "interruptions_per_user",
        status=status,  # type: ignore[arg-type]
        worst=change - 0.011,
    )


def curves() -> tuple[CurvePoint, ...]:
    return tuple(
        CurvePoint(
            seconds=float(t),
            control_finished=round(0.92 * (1 - 2.718 ** (-t / 52)), 6),
            control_left=round(0.055 * (1 - 2.718 ** (-t / 200)), 6),
            treatment_finished=round(0.935 * (1 - 2.718 ** (-t / 42)), 6),
            treatment_left=round(0.045 * (1 - 2.718 ** (-t / 200)), 6),
        )
        for t in (0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900)
    )


def primary(estimate: float | None, half: float | None, **more: Any) -> Primary:
    """P1 with its cap of two minutes."""
    known = dataclasses.asdict(effect("first_return", estimate, half))
    return Primary(**{**known, "cap_seconds": 120.0, "cap_source": "lags", **more})


def at_cap(seconds: float, estimate: float, half: float, word: str) -> CapEffect:
    """The same at another cap."""
    return CapEffect(
        seconds=seconds,
        control=56.3,
        treatment=56.3 + estimate,
        estimate=estimate,
        ci_lower=estimate - half,
        ci_upper=estimate + half,
        word=word if word in get_args(CapWord) else "better",  # type: ignore[arg-type]
        one_sided_lower=estimate - 0.84 * half,
        one_sided_upper=estimate + 0.84 * half,
    )


def evaluation(estimate: float, half: float, word: str, **more: Any) -> Evaluation:
    """A whole trial with this difference."""
    groups = [("1", -12.0, 5.0), ("2", -8.3, 5.8), ("3", -6.1, 6.9), ("4+", -5.0, 4.4)]
    return Evaluation(
        **{
            "verdict": Verdict(word=word, reason="interval_below_0"),  # type: ignore[arg-type]
            "trust": trust(),
            "primary": primary(estimate, half),
            "caps": (
                at_cap(60.0, estimate * 0.7, half * 0.6, word),
                at_cap(120.0, estimate, half, word),
                at_cap(900.0, estimate * 1.4, half * 4, "no_difference_seen"),
            ),
            "adjusted": effect("first_return", estimate + 0.3, half * 0.78),
            "looks": None,
            "guardrails": (
                guardrail("return_rate", "share", 0.981, 0.002, "kept"),
                guardrail("productive_share", "share", 0.92, 0.016, "kept"),
                guardrail("productive_minutes", "minutes", 212.0, -0.012, "not_shown"),
                guardrail("interruptions_per_user", "count", 6.42, 0.051, "harmed"),
            ),
            "interruptions": effect(
                "interruptions_per_user", 0.33, 0.2, unit="count", control=6.42
            ),
            "secondary": (
                effect(
                    "productive_share", 0.015, 0.011, unit="share", control=0.92, p_adjusted=0.02
                ),
                effect("detours", -0.21, 0.3, unit="count", control=1.9, p_adjusted=0.4),
            ),
            "exploratory": (
                effect(
                    "all_returns",
                    -6.4,
                    2.2,
                    method="delta",
                    rows_control=7_730,
                    rows_treatment=7_812,
                    flag="returns_may_differ",
                ),
            ),
            "lee_bounds": LeeBounds(
                reason=None,
                lower=-9.1,
                upper=-3.0,
                ci_lower=-11.4,
                ci_upper=-0.8,
                trimmed_share=0.011,
                trimmed_arm="treatment",
            ),
            "quantiles": (
                QuantileRow(
                    quantile=0.5,
                    effect=effect("first_return", -6.0, 2.0, control=31.0, method="bootstrap"),
                ),
                QuantileRow(
                    quantile=0.95,
                    effect=effect("first_return", None, None, control=900.0, reason="atom"),
                ),
            ),
            "curves": curves(),
            "mechanism": Mechanism(
                reason=None,
                policy="last_touched",
                unknown=41,
                groups=(
                    GroupEffect(
                        group="predicted", value="hit", effect=effect("first_return", -14.2, 5.0)
                    ),
                    GroupEffect(
                        group="predicted", value="miss", effect=effect("first_return", -2.0, 6.1)
                    ),
                ),
                difference=Estimate(estimate=-12.2, ci_lower=-20.1, ci_upper=-4.3),
                hits=effect("first_hit", 0.04, 0.03, unit="share", control=0.55, p_adjusted=0.01),
                to_target=effect("first_touch", -6.6, 3.2, control=41.0, p_adjusted=0.0001),
                reading="agrees",
            ),
            "use": Use(
                change=effect("change_with_use", 0.9, 4.0), later=effect("later_returns", -6.4, 3.1)
            ),
            "exposures": tuple(
                GroupEffect(group="exposure", value=value, effect=effect("all_returns", at, width))
                for value, at, width in groups
            ),
            "weeks": tuple(
                GroupEffect(group="week", value=value, effect=effect("all_returns", at, width))
                for value, at, width in groups[:3]
            ),
            "dilution": effect("productive_minutes", 1.2, 5.0, unit="minutes", control=203.0),
            "segments": tuple(
                GroupEffect(
                    group="plan",
                    value=value,
                    effect=effect("first_return", at, 5.5, p_adjusted=0.04),
                )
                for value, at in (("free", -10.0), ("team", -5.2), ("(other)", -6.0))
            ),
            "predicted": (
                PredictedRow(
                    name="reorientation_mean_seconds",
                    n_predicted=8_301,
                    n_measured=7_730,
                    predicted=Estimate(estimate=72.7, ci_lower=65.2, ci_upper=80.1),
                    measured=Estimate(estimate=56.3, ci_lower=52.0, ci_upper=60.6),
                ),
                PredictedRow(
                    name="hit",
                    n_predicted=8_301,
                    n_measured=7_730,
                    predicted=Estimate(estimate=0.58, ci_lower=0.54, ci_upper=0.62),
                    measured=Estimate(estimate=0.55),
                ),
                PredictedRow(
                    name="saving_at_most_seconds",
                    n_predicted=251,
                    n_measured=2_402,
                    predicted=Estimate(estimate=7.3),
                    measured=Estimate(estimate=8.1, ci_lower=4.2, ci_upper=12.0),
                ),
                PredictedRow(
                    name="saving_at_most_with_give_ups_seconds",
                    n_predicted=251,
                    n_measured=2_402,
                    predicted=Estimate(estimate=13.4),
                    measured=Estimate(estimate=8.1, ci_lower=4.2, ci_upper=12.0),
                ),
                PredictedRow(
                    name="scenario:middle",
                    n_predicted=8_301,
                    n_measured=None,
                    predicted=Estimate(estimate=1.4),
                    measured=Estimate(),
                ),
            ),
            "futility": Futility(worth_seconds=5.0, sealed_seconds=13.4, measured_seconds=12.0),
            "prediction_file": "before/prediction.json",
            "alpha": 0.05,
            **more,
        }
    )


def trial(**more: Any) -> Evaluated:
    """A trial on the log of 260 users; parts of the evaluation replaced."""
    found = more.pop("evaluation", None) or evaluation(-8.1, 3.9, "better")
    base = more.pop("log", None) or full()
    return Evaluated(
        **run_parts(base, "evaluate"),
        evaluation=dataclasses.replace(found, **more),
        prediction=PREDICTION,
    )


@cache
def better() -> Evaluated:
    return trial()


@cache
def worse() -> Evaluated:
    worse_still = Verdict(word="worse", reason="interval_above_0")
    futile = Futility(worth_seconds=5.0, sealed_seconds=13.4, measured_seconds=-2.1)
    return trial(evaluation=evaluation(6.3, 4.2, "worse", verdict=worse_still, futility=futile))


@cache
def none_seen() -> Evaluated:
    return trial(
        evaluation=evaluation(
            -0.6,
            2.4,
            "no_difference_seen",
            verdict=Verdict(word="no_difference_seen", reason="interval_includes_0"),
            mechanism=followed_in_vain(),
        )
    )


def followed_in_vain() -> Mechanism:
    """People return to the marked element more often, and that is all."""
    found = evaluation(-8.1, 3.9, "better").mechanism
    return dataclasses.replace(found, reading="not_faster")


@cache
def changing() -> Evaluated:
    """Faster at first, slower ever after."""
    later = Use(
        change=effect("change_with_use", 20.5, 6.0), later=effect("later_returns", 12.4, 5.0)
    )
    verdict = Verdict(
        word="changes_with_use",
        reason="changes_with_use",
        figures={"ci_lower": -12.0, "ci_upper": -4.2, "first": -8.1, "later": 12.4},
    )
    return trial(evaluation=evaluation(-8.1, 3.9, "changes_with_use", use=later, verdict=verdict))


@cache
def capped() -> Evaluated:
    """Faster up to two minutes, slower in all."""
    verdict = Verdict(
        word="depends_on_cap",
        reason="depends_on_cap",
        figures={
            "ci_lower": -12.0,
            "ci_upper": -4.2,
            "first": -8.1,
            "longer_seconds": 900.0,
            "longer": 31.0,
            "longer_ci_lower": 2.0,
            "longer_ci_upper": 60.0,
        },
    )
    rows = (
        at_cap(120.0, -8.1, 3.9, "better"),
        at_cap(900.0, 31.0, 29.0, "worse"),
    )
    return trial(evaluation=evaluation(-8.1, 3.9, "depends_on_cap", verdict=verdict, caps=rows))


@cache
def many_looks() -> Evaluated:
    """28 looks: only the interval decides."""
    found = evaluation(
        -8.1,
        6.9,
        "better",
        looks=Looks(looks=28, planned_users=4_000, planned_by="given", users=2_402, rho=0.04),
    )
    return trial(
        evaluation=dataclasses.replace(
            found,
            primary=dataclasses.replace(found.primary, p=None, method="sequential"),
            adjusted=dataclasses.replace(found.adjusted, p=None, method="sequential"),
        )
    )


@cache
def with_sham() -> Evaluated:
    """Better than a sham, which does nothing that is seen."""
    pairs = (
        ShamComparison(
            name="marker_against_sham",
            trust=trust(),
            primary=primary(-6.2, 3.8),
            verdict=Verdict(word="better", reason="interval_below_0"),
        ),
        ShamComparison(
            name="sham_against_control",
            trust=trust(),
            primary=primary(-1.9, 4.0),
            verdict=Verdict(word="no_difference_seen", reason="interval_includes_0"),
        ),
    )
    return trial(sham=Sham(name="arrow_random", comparisons=pairs))


def no_figure(name: str, reason: str, **more: Any) -> Effect:
    return Effect(**{"estimand": name, "unit": "seconds", "reason": reason, **more})


def silent(reason: str, **more: Any) -> dict[str, Any]:
    """No effect anywhere, for this reason."""
    rails = evaluation(-8.1, 3.9, "better").guardrails
    return {
        "primary": Primary(estimand="first_return", unit="seconds", reason=reason, **more),
        "caps": (),
        "adjusted": no_figure("first_return", reason),
        "guardrails": tuple(
            dataclasses.replace(
                g,
                effect=no_figure(g.effect.estimand, reason, unit=g.effect.unit),
                status="not_shown",
                worst=None,
            )
            for g in rails
        ),
        "interruptions": no_figure("interruptions_per_user", reason, unit="count"),
        "secondary": (no_figure("detours", reason, unit="count"),),
        "exploratory": (no_figure("all_returns", reason),),
        "lee_bounds": LeeBounds(reason=reason),
        "quantiles": (),
        "curves": (),
        "mechanism": Mechanism(reason=reason),
        "exposures": (),
        "weeks": (),
        "use": Use(
            change=no_figure("change_with_use", reason), later=no_figure("later_returns", reason)
        ),
        "dilution": no_figure("productive_minutes", reason, unit="minutes"),
        "segments": (),
        "predicted": (),
    }


@cache
def withheld() -> Evaluated:
    """Far more users in one arm than chance allows."""
    bad = TrustCheck(
        name="assigned_ratio",
        status="failed",
        p=1e-9,
        code="sample_ratio_mismatch",
        figures=INTENDED
        | {
            "control": 1_502,
            "treatment": 1_198,
            "uneven_stages": ("assignment",),
            "columns": 4,
            "stages": (
                StageLoss(
                    stage="assignment",
                    control=1_502,
                    treatment=1_198,
                    of_control=1_502,
                    of_treatment=1_198,
                    p=2e-8,
                    is_uneven=True,
                ),
                StageLoss(
                    stage="logging",
                    control=1_496,
                    treatment=1_193,
                    of_control=1_502,
                    of_treatment=1_198,
                    p=1.0,
                    is_uneven=False,
                ),
            ),
            "places": (
                UnevenPlace(
                    kind="column",
                    column="platform",
                    value="android",
                    control=402,
                    treatment=101,
                    rest_control=1_100,
                    rest_treatment=1_097,
                    p=3e-21,
                    rest_p=0.95,
                ),
            ),
        },
    )
    return trial(
        **silent("withheld"),
        trust=trust(
            assigned_treatment=1_198, triggered_treatment=960, checks=(*trust().checks[1:], bad)
        ),
        verdict=Verdict(word="withheld", reason="check_failed"),
    )


@cache
def twelve_users() -> Evaluated:
    return trial(
        **silent("few_users", control=41.0, treatment=77.0, n_control=6, n_treatment=6),
        trust=trust(
            assigned_control=8,
            assigned_treatment=7,
            triggered_control=6,
            triggered_treatment=6,
            before_assignment=0,
            unknown_users=0,
            both_arms=0,
            unassigned_users=1,
            checks=(
                TrustCheck(
                    name="assigned_ratio",
                    code="as_intended",
                    status="passed",
                    p=0.8,
                    figures=INTENDED | {"control": 8, "treatment": 7},
                ),
            ),
        ),
        verdict=few(6, 6),
    )


@cache
def nobody() -> Evaluated:
    """Nobody was interrupted after the assignment."""
    return trial(
        **silent("no_rows"),
        trust=trust(triggered_control=0, triggered_treatment=0, checks=()),
        verdict=few(0, 0),
    )


@cache
def nothing_productive() -> Evaluated:
    """Nothing in the log counts as work."""
    return dataclasses.replace(nobody(), **run_parts(no_productive(), "evaluate"))


@cache
def no_elements() -> Evaluated:
    return trial(
        mechanism=Mechanism(reason="no_elements"),
        predicted=(),
        prediction_file=None,
        adjusted=no_figure("first_return", "no_history"),
        looks=None,
    )


@cache
def coarse() -> Evaluated:
    """Minute stamps."""
    log = dataclasses.replace(
        full(), resolution=dataclasses.replace(full().resolution, seconds=60.0)
    )
    return trial(log=log)


@cache
def hostile() -> Evaluated:
    """Every name was chosen by an enemy."""
    checks = tuple(
        TrustCheck(
            name="one_arm_events",
            status=status,
            code="some",
            figures={
                "events": (OneArmEvent(event=name, users=3, arm="treatment"),),
                "unnamed": 0,
            },
        )
        for name in HOSTILE
        for status in ("failed", "passed")
    )
    uneven = tuple(
        UnevenPlace(
            kind="column",
            column=name,
            value=name,
            control=9,
            treatment=40,
            rest_control=300,
            rest_treatment=300,
            p=1e-6,
            rest_p=1.0,
        )
        for name in HOSTILE
    )
    checks += (
        TrustCheck(
            name="triggered_ratio",
            status="failed",
            code="sample_ratio_mismatch",
            p=1e-5,
            figures=INTENDED
            | {
                "control": 309,
                "treatment": 340,
                "uneven_stages": (),
                "stages": (),
                "columns": len(uneven),
                "places": uneven,
            },
        ),
    )
    return trial(
        log=hostile_log(),
        sham=Sham(name=HOSTILE[0], reason="withheld"),
        trust=trust(
            control_name=HOSTILE[0],
            treatment_name=HOSTILE[2],
            source=HOSTILE[12],
            checks=checks,
            named_by="inferred",
        ),
        segments=tuple(
            GroupEffect(group=name, value=name, effect=effect("first_return", -3.0, 2.0))
            for name in HOSTILE
        ),
        exposures=(
            GroupEffect(
                group="exposure", value=HOSTILE[0], effect=effect("all_returns", -1.0, 2.0)
            ),
        ),
        secondary=(effect(HOSTILE[1], -1.0, 2.0),),
        prediction_file=HOSTILE[1],
        verdict=Verdict(word="better", reason=f"because_{HOSTILE[6]}_{HOSTILE[0]}"),
    )


def row(weeks: float, **more: Any) -> PlanRow:
    users = round(240 * (1 - 0.6**weeks))
    (found,) = sizes(users)
    return PlanRow(
        **{
            "weeks": weeks,
            "trigger_rate": 1 - 0.6**weeks,
            "trigger_rate_lower": 1 - 0.66**weeks,
            "trigger_rate_upper": 1 - 0.54**weeks,
            "extrapolated": weeks > 3,
            **dataclasses.asdict(found),
            **more,
        }
    )


def sizes(*users: int) -> tuple[SizeRow, ...]:
    """By one over the root of the users, so that those that `plan` needs find its 5 s."""
    return tuple(
        SizeRow(
            users=n,
            mde_seconds=399.4 / n**0.5,
            mde_lower_seconds=347.0 / n**0.5,
            mde_upper_seconds=468.0 / n**0.5,
            mde_cuped_seconds=343.6 / n**0.5,
            mde_looks_seconds=550.5 / n**0.5,
        )
        for n in users
    )


def needs(triggered: int, assigned: int, *weeks: float | None) -> Needed:
    """Users, and the weeks at the middle and at both ends of the trigger rate; none: never."""
    middle, earliest, latest = weeks or (None, None, None)
    return Needed(
        triggered_per_arm=triggered,
        assigned_per_arm=assigned,
        weeks=middle,
        weeks_earliest=earliest,
        weeks_latest=latest,
    )


def plan(**more: Any) -> Planned:
    found = Plan(
        primary_cap=PrimaryCap(seconds=120.0, reason="fewest_users", users_per_arm=480),
        reason=None,
        effect_seconds=5.0,
        power=0.8,
        alpha=0.05,
        looks=4,
        users=260,
        users_by="log",
        pilot=Pilot(
            users=214,
            weeks=3.1,
            launches=3,
            change=LaunchChange(first=0.4, latest=0.6),
            mean_seconds=58.2,
            sd_seconds=71.3,
            sd_lower_seconds=62.0,
            sd_upper_seconds=83.5,
            cuped_share=0.26,
        ),
        needed=needs(3_190, 3_420),
        needed_lower=needs(2_413, 2_600),
        needed_upper=needs(4_376, 4_700),
        needed_cuped=needs(2_361, 2_540),
        needed_looks=needs(6_060, 6_500),
        sizes=sizes(100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000),
        ways_out=WaysOut(
            weeks=8.0, assigned=12_368, effect_seconds=35.8, cuped_effect_seconds=30.8
        ),
        rows=tuple(row(w) for w in (1.0, 2.0, 4.0, 8.0)),
        curve=tuple(row(float(w)) for w in range(1, 13)),
    )
    return Planned(
        **run_parts(more.pop("log", None) or full(), "plan"),
        plan=dataclasses.replace(found, **more),
    )


@cache
def enough_users() -> Planned:
    some = needs(96, 110, 5.0, 4.0, 7.0)
    weeks = [row(float(w), mde_looks_seconds=None) for w in range(1, 13)]
    return plan(
        effect_seconds=20.0,
        looks=1,
        needed=some,
        needed_lower=some,
        needed_upper=some,
        needed_cuped=needs(71, 81, 3.0, 3.0, 3.0),
        needed_looks=needs(172, 200, 9.0, 8.0, None),
        pilot=dataclasses.replace(plan().plan.pilot, change=None),
        sizes=sizes(100),
        ways_out=None,
        rows=tuple(weeks[at] for at in (0, 1, 3, 7)),
        curve=tuple(weeks),
    )


@cache
def no_plan(reason: str) -> Planned:
    nothing = {
        field.name: field.default
        for field in dataclasses.fields(Plan)
        if field.default is not dataclasses.MISSING
    }
    log = full()
    if reason != "few_users":
        log = dataclasses.replace(
            log,
            reorientation=dataclasses.replace(
                log.reorientation, **{**NOTHING_KNOWN, "reason": reason}
            ),
        )
    return plan(log=log, **{**nothing, "reason": reason, "pilot": Pilot(users=9)})


@cache
def no_history() -> Planned:
    blank = {"mde_cuped_seconds": None}
    return plan(
        pilot=dataclasses.replace(plan().plan.pilot, cuped_share=None),
        needed_cuped=None,
        rows=(
            row(
                1.0,
                mde_seconds=None,
                mde_lower_seconds=None,
                mde_upper_seconds=None,
                mde_looks_seconds=None,
                **blank,
            ),
            row(2.0, **blank),
        ),
        curve=(row(1.0, **blank),),
    )


@cache
def hostile_plan() -> Planned:
    return plan(log=hostile_log())


TRIALS = {
    "better": better,
    "worse": worse,
    "none_seen": none_seen,
    "many_looks": many_looks,
    "changes": changing,
    "capped": capped,
    "withheld": withheld,
    "twelve_users": twelve_users,
    "nobody": nobody,
    "no_work": nothing_productive,
    "no_elements": no_elements,
    "coarse_trial": coarse,
    "hostile_trial": hostile,
}
PLANS = {
    "plan": cache(plan),
    "enough_users": enough_users,
    "no_history": no_history,
    "hostile_plan": hostile_plan,
    **{
        f"plan_{reason}": partial(no_plan, reason)
        for reason in ("no_productive_events", "no_interruptions", "few_users")
    },
}
LAUNCHES = {**TRIALS, **PLANS}
