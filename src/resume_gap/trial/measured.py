"""Comparisons of the arms as the effects that a result reports."""

from dataclasses import dataclass, replace

from resume_gap.results.effect import Effect, Unit
from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import Comparison, Difference, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measure in both arms.

    Attributes:
        estimand: Its stable name.
        unit: Its unit.
        comparison: What the arms show; None where it could not be compared.
        effect: The same as the result reports it.
    """

    estimand: str
    unit: Unit
    comparison: Comparison | None
    effect: Effect


def measured(
    estimand: str, unit: Unit, arms: tuple[Arm, Arm], *, seed: int, by_day: bool = False
) -> Measured:
    """Treatment minus control of one measure.

    Args:
        estimand: Stable name of the measure.
        unit: Unit of the arms' values.
        arms: Users of control and treatment.
        seed: Of the permutations.
        by_day: The split of the arms changed over time, so that only means, which are compared
            within blocks of days, can be compared.
    """
    if by_day and arms[0].denominators is not None:
        return without(estimand, unit, "allocation_changed")
    found = compare(*arms, seed=seed)
    return Measured(
        estimand=estimand,
        unit=unit,
        comparison=found,
        effect=effect_of(estimand, unit, found.effect),
    )


def without(estimand: str, unit: Unit, reason: str) -> Measured:
    """A measure that cannot be compared."""
    nothing = Effect(estimand=estimand, unit=unit, reason=reason)
    return Measured(estimand=estimand, unit=unit, comparison=None, effect=nothing)


def flagged(found: Measured, flag: str | None) -> Measured:
    """The measure with a flag on its effect."""
    return replace(found, effect=replace(found.effect, flag=flag))


def effect_of(estimand: str, unit: Unit, found: Difference) -> Effect:
    """A difference of the arms under its name and in its unit."""
    return Effect(
        estimand=estimand,
        unit=unit,
        reason=found.reason,
        control=found.control,
        treatment=found.treatment,
        estimate=found.estimate,
        ci_lower=found.ci_lower,
        ci_upper=found.ci_upper,
        relative=found.relative,
        relative_ci_lower=found.relative_ci_lower,
        relative_ci_upper=found.relative_ci_upper,
        p=found.p,
        method=found.method,
        n_control=found.n_control,
        n_treatment=found.n_treatment,
        rows_control=found.rows_control,
        rows_treatment=found.rows_treatment,
    )
