"""A comparison of the arms under its name and in its unit."""

from dataclasses import fields

import numpy as np

from resume_gap.results.effect import Effect
from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import Difference, compare
from resume_gap.trial.measured import effect_of, flagged, measured, without


def arms() -> tuple[Arm, Arm]:
    control, treatment = np.arange(40.0), np.arange(40.0) ** 1.1 + 3
    return Arm(numerators=control), Arm(numerators=treatment)


def test_every_figure_of_the_difference_is_reported() -> None:
    found = measured("first_return", "seconds", arms(), seed=3)
    direct = compare(*arms(), seed=3)
    assert found.comparison is not None
    assert found.comparison.effect == direct.effect
    assert (found.effect.estimand, found.effect.unit) == ("first_return", "seconds")
    for field in fields(Difference):
        assert getattr(found.effect, field.name) == getattr(direct.effect, field.name), field.name
    assert found.effect.estimate is not None
    assert found.effect.estimate > 0  # treatment minus control
    other = measured("first_return", "seconds", arms(), seed=4).effect
    assert other.p != found.effect.p


def test_no_figure_changes_its_place() -> None:
    names = [field.name for field in fields(Difference) if field.name not in ("reason", "method")]
    marks = {name: float(i) for i, name in enumerate(names)}
    found = effect_of("e", "share", Difference(**marks, reason="r", method="delta"))  # type: ignore[arg-type]
    assert {name: getattr(found, name) for name in names} == marks
    assert (found.reason, found.method, found.flag, found.p_adjusted) == ("r", "delta", None, None)


def test_what_cannot_be_compared_has_a_reason_and_no_figure() -> None:
    found = without("all_returns", "count", "no_rows")
    assert found.comparison is None
    assert found.effect == Effect(estimand="all_returns", unit="count", reason="no_rows")


def test_a_flag_changes_nothing_else() -> None:
    found = measured("all_returns", "seconds", arms(), seed=1)
    marked = flagged(found, "returns_may_differ")
    assert marked.effect.flag == "returns_may_differ"
    assert marked.effect.estimate == found.effect.estimate
    assert flagged(marked, None) == found


def test_where_the_split_changed_only_means_are_compared() -> None:
    ones = np.ones(40)
    ratios = tuple(Arm(numerators=arm.numerators, denominators=ones) for arm in arms())
    changed = measured("return_rate", "share", ratios, seed=1, by_day=True)  # type: ignore[arg-type]
    assert (changed.comparison, changed.effect.reason) == (None, "allocation_changed")
    for found in (
        measured("return_rate", "share", ratios, seed=1),  # type: ignore[arg-type]
        measured("first_return", "seconds", arms(), seed=1, by_day=True),
    ):
        assert found.comparison is not None
        assert found.effect.reason is None
