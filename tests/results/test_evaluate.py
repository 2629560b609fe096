"""The figures of an evaluation that are made of others."""

from __future__ import annotations

import pytest

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
