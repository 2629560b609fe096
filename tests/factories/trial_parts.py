"""What results of a trial are made of."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, get_args

from factories.results import unjudged
from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect, GroupEffect
from resume_gap.results.evaluate import (
    CapEffect,
    CapWord,
    CurvePoint,
    Evaluation,
    Guardrail,
    LeeBounds,
    Mechanism,
    PredictedRow,
    Primary,
    QuantileRow,
    Use,
    Verdict,
)
from resume_gap.results.predicted import Futility
from resume_gap.results.run import Run
from resume_gap.results.trust import Trust, TrustCheck

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
