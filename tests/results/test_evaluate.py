"""The figures of an evaluation that are made of others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.trial_results import better

from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Guardrail


def guard(worst: float | None, *, margin: float = 0.02, **parts: object) -> Guardrail:
    effect = Effect(estimand="productive_minutes", unit="minutes", n_control=3, n_treatment=4)
    return Guardrail(
        effect=effect,
        margin=margin,
        higher_is_better=bool(parts.get("higher_is_better", True)),
        status="kept" if parts.get("kept") else "not_shown",
        worst=worst,
    )


def test_the_worst_end_of_a_guardrail_counts_in_margins() -> None:
    assert guard(-0.05).worst_in_margins == pytest.approx(2.5)
    assert guard(0.05, higher_is_better=False).worst_in_margins == pytest.approx(2.5)
    assert guard(0.01).worst_in_margins == pytest.approx(-0.5)
    assert guard(None).worst_in_margins is None
    assert guard(-0.3, margin=0).worst_in_margins == pytest.approx(0.3)


def test_all_returns_are_found_where_they_were_put() -> None:
    found = better().evaluation
    every = Effect(
        estimand="all_returns", unit="seconds", estimate=-3.0, n_control=3, n_treatment=4
    )
    other = replace(every, estimand="productive_minutes")
    for secondary, exploratory, expected in (
        ((other, every), (other,), every),
        ((other,), (other, every), every),
        ((other,), (other,), None),
    ):
        made = replace(found, secondary=secondary, exploratory=exploratory)
        assert made.all_returns is expected
