"""Predicted savings beside measured ones: only where both count up to the same cap."""

from __future__ import annotations

import json
from typing import Any

from factories.results import full

from resume_gap.comparison.predicted import predicted_rows
from resume_gap.output.prediction import prediction
from resume_gap.results.compare import HorizonEffect

EFFECT = HorizonEffect(horizon_days=14, estimate=-9.0, ci_lower=-12.0, ci_upper=-6.0)


def sealed() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(prediction(full()))
    return content


def test_every_saving_is_beside_what_was_measured() -> None:
    content = sealed()
    found = predicted_rows(content, EFFECT, 300, cap_seconds=content["primary_cap"]["seconds"])
    assert found
    for row in found:
        assert row.is_saving
        assert (row.measured.estimate, row.measured.ci_lower, row.n_measured) == (9.0, 6.0, 300)


def test_another_cap_a_missing_file_and_a_missing_effect_give_nothing() -> None:
    content = sealed()
    cap = content["primary_cap"]["seconds"]
    assert predicted_rows(content, EFFECT, 300, cap_seconds=cap + 1) == ()
    assert predicted_rows(None, EFFECT, 300, cap_seconds=cap) == ()
    nothing = HorizonEffect(horizon_days=14, reason="short_history")
    assert predicted_rows(content, nothing, 300, cap_seconds=cap) == ()
