"""Hand-made trials and plans for the tests of the report: every number is chosen."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from factories.hostile_results import HOSTILE
from factories.launch_results import COMPARED
from factories.plan_results import (
    PLANS,
)
from factories.results import full, no_productive
from factories.results import hostile as hostile_log
from factories.trial_parts import (
    INTENDED,
    PREDICTION,
    at_cap,
    effect,
    evaluation,
    few,
    primary,
    run_parts,
    trust,
)
from resume_gap.results.effect import Effect, GroupEffect
from resume_gap.results.evaluate import (
    Evaluated,
    LeeBounds,
    Looks,
    Mechanism,
    Primary,
    Sham,
    ShamComparison,
    Use,
    Verdict,
)
from resume_gap.results.predicted import Futility
from resume_gap.results.trust import OneArmEvent, StageLoss, TrustCheck, UnevenPlace


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


LAUNCHES = {**TRIALS, **COMPARED, **PLANS}
