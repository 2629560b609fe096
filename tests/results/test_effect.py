"""The figures of an effect that are made of others."""

from __future__ import annotations

from dataclasses import replace

from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect


def effect(**parts: float) -> Effect:
    return replace(Effect(estimand="x", unit="seconds", n_control=3, n_treatment=4), **parts)  # type: ignore[arg-type]


def test_users_and_rows_are_of_both_arms() -> None:
    assert effect().users == 7
    assert effect().rows is None
    assert effect(rows_control=10, rows_treatment=20).rows == 30
    assert effect(rows_control=10).rows is None


def test_what_is_saved_has_the_other_sign_and_its_ends_swapped() -> None:
    saved = effect(estimate=-8.1, ci_lower=-12.0, ci_upper=-4.2).saved
    assert saved == Estimate(estimate=8.1, ci_lower=4.2, ci_upper=12.0)
    assert effect(estimate=6.0).saved == Estimate(estimate=-6.0)
    assert effect().saved == Estimate()
