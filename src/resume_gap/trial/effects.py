"""The effects of a trial that decide: the primary, the guardrails, and the secondary ones.

Each is computed from sums of a user. What explores is in `trial.exploration`.
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from resume_gap.constants import GUARDRAIL_MARGIN
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Guardrail, LeeBounds, Looks
from resume_gap.stats.cuped import covariate
from resume_gap.stats.difference import Comparison, Difference
from resume_gap.stats.guardrail import guardrail, shown_equal, users_needed
from resume_gap.stats.multiplicity import holm
from resume_gap.stats.selection import lee_bounds
from resume_gap.stats.sequential import rho, sequential
from resume_gap.trial.data import Trial
from resume_gap.trial.guarded import (
    GUARDED,
    INTERRUPTIONS,
    RETURN_RATE,
    SOON_RATE,
    GuardedMeasure,
)
from resume_gap.trial.measured import Measured, effect_of, flagged, measured, without
from resume_gap.units import MINUTE_US, US


def first_return(trial: Trial, seed: int, *, cap_us: int | None = None) -> Measured:
    """P1: re-orientation time of each user's first return at which the marker rule fires.

    Args:
        trial: The trial.
        seed: Of the permutations.
        cap_us: Up to which it counts; None: the primary cap.
    """
    firsts = trial.firsts_at(trial.primary_cap_us if cap_us is None else cap_us)
    arms = trial.arms(firsts, "reorientation_us", unit=US)
    return measured("first_return", "seconds", arms, seed=seed)


def adjusted(trial: Trial, seed: int) -> Measured:
    """P1 with CUPED on what was known before the assignment."""
    firsts = trial.firsts_at(trial.primary_cap_us)
    if not firsts.height or not bool(firsts["has_history"].any()):
        return without("first_return_adjusted", "seconds", "no_history")
    known = covariate(firsts["reorientation_us"].to_numpy() / US, trial.history(firsts))
    arms = trial.arms(firsts, "reorientation_us", unit=US, covariate=known)
    return measured("first_return_adjusted", "seconds", arms, seed=seed)


def at_every_look(found: Measured, looks: Looks | None, *, alpha: float) -> Effect:
    """The effect with an interval that holds at all interim looks, where there are several."""
    if looks is None or found.comparison is None:
        return found.effect
    beside, effect = found.comparison, found.comparison.effect
    held = sequential(
        effect,
        beside.variance,
        effect.n_control + effect.n_treatment,
        looks.planned_users,
        alpha,
        log_variance=beside.log_variance,
    )
    return replace(effect_of(found.estimand, found.unit, held), flag=found.effect.flag)


def looks_of(trial: Trial, looks: int, planned_users: int | None, *, alpha: float) -> Looks | None:
    """What several looks cost; None for a single one."""
    if looks == 1:
        return None
    planned = planned_users or max(2, sum(trial.assigned))
    return Looks(
        looks=looks,
        planned_users=planned,
        planned_by="assigned" if planned_users is None else "given",
        users=sum(trial.triggered),
        rho=rho(planned / 2, alpha),
    )


def return_rate(trial: Trial, seed: int) -> Measured:
    """Share of the stops in mid-task that came back within seven days."""
    return _guarded(RETURN_RATE, trial, seed)


def return_rate_soon(trial: Trial, seed: int) -> Measured:
    """The same within a day."""
    return _guarded(SOON_RATE, trial, seed)


def _guarded(one: GuardedMeasure, trial: Trial, seed: int) -> Measured:
    arms = trial.arms(trial.users, one.column, per=one.per, unit=one.divisor)
    return measured(one.name, one.unit, arms, seed=seed, by_day=trial.by_day)


def guardrails(trial: Trial, returned: Measured, seed: int) -> tuple[Guardrail, ...]:
    """What must not get worse.

    Args:
        trial: The users with their sums.
        returned: The return rate, which is measured already.
        seed: Of the resamples.
    """
    return tuple(
        _judged(one, returned if one is RETURN_RATE else _guarded(one, trial, seed))
        for one in GUARDED
    )


def _judged(one: GuardedMeasure, found: Measured) -> Guardrail:
    margin = GUARDRAIL_MARGIN.value
    compared = found.comparison or Comparison(effect=Difference())
    judged = guardrail(
        compared,
        higher_is_better=one.higher_is_better,
        margin=margin,
        absolute=found.unit == "share",
    )
    return Guardrail(
        effect=found.effect,
        margin=margin,
        higher_is_better=one.higher_is_better,
        status=judged.status,
        worst=judged.worst,
        users_per_arm=_to_rule_out(found, judged.worst) if judged.status == "not_shown" else None,
    )


def _to_rule_out(found: Measured, worst: float | None) -> int | None:
    """Users in each arm who would rule the margin out, by the spread of this trial."""
    effect = found.effect
    change = effect.estimate if effect.unit == "share" else effect.relative
    users = (effect.n_control + effect.n_treatment) / 2
    return users_needed(change, worst, users=users)


def interruptions(trial: Trial, seed: int) -> Measured:
    """Interruptions per assigned user, shown beside the guardrails and not judged."""
    return _guarded(INTERRUPTIONS, trial, seed)


def returns_equal(*rates: Measured) -> bool:
    """Whether all are shown to be equal; no difference seen is not enough."""
    return all(map(_shown_equal, rates))


def _shown_equal(rate: Measured) -> bool:
    effect = rate.effect
    if effect.reason == "no_variation":
        return effect.control == effect.treatment
    return rate.comparison is not None and shown_equal(rate.comparison)


def all_returns(trial: Trial, rates: Sequence[Measured], seed: int) -> Measured:
    """P3: all interruptions, ratio of sums.

    Flagged unless return rates and interruptions are shown to be equal.
    """
    arms = trial.arms(trial.users, "reorientation_us", per="eligible", unit=US)
    found = measured("all_returns", "seconds", arms, seed=seed, by_day=trial.by_day)
    return flagged(found, None if returns_equal(*rates) else "returns_may_differ")


def finished(trial: Trial, seed: int) -> Measured:
    """Share of the triggered users whose first return reached work within the cap."""
    firsts = trial.firsts.with_columns(
        finished=(pl.col("lag_us") <= trial.cap_us).fill_null(value=False).cast(pl.Int64)
    )
    return measured("first_finished", "share", trial.arms(firsts, "finished"), seed=seed)


def secondary(found: Sequence[Effect]) -> tuple[Effect, ...]:
    """Effects that share one error, by Holm."""
    adjusted = holm([effect.p for effect in found])
    return tuple(replace(effect, p_adjusted=p) for effect, p in zip(found, adjusted, strict=True))


def selection(trial: Trial) -> LeeBounds:
    """Lee bounds of the effect on the returns that either arm would have shown."""
    if trial.by_day or trial.by_unit:
        return LeeBounds(reason="by_unit" if trial.by_unit else "allocation_changed")
    found = lee_bounds(*trial.seen())
    return LeeBounds(**found._asdict())


def never_triggered(trial: Trial, seed: int) -> Effect:
    """Productive minutes of those who never came back from an interruption."""
    rest = trial.users.filter((pl.col("eligible") == 0) & pl.col("user_no").is_not_null())
    arms = trial.arms(rest, "productive_us", unit=MINUTE_US)
    return measured("never_triggered", "minutes", arms, seed=seed).effect
