"""What tests of whole trials look at."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from resume_gap.report.text import trust
from resume_gap.results.common import plain
from resume_gap.results.evaluate import Evaluated, Evaluation

Rows = pl.DataFrame


def check(found: Evaluated, name: str) -> Any:
    return next(c for c in found.evaluation.trust.checks if c.name == name)


def effects_in(value: Any) -> list[dict[str, Any]]:
    """Every effect anywhere in an evaluation, as JSON."""
    if isinstance(value, dict):
        own = [value] if "estimand" in value and "estimate" in value else []
        return own + [e for v in value.values() for e in effects_in(v)]
    if isinstance(value, list):
        return [e for v in value for e in effects_in(v)]
    return []


def reason(found: Evaluated) -> str:
    """Why the verdict has its word, as the report says it."""
    return trust.reason(found.evaluation.verdict, found.evaluation.trust.checks)


def nothing_looks_like_a_result(evaluation: Evaluation) -> None:
    """No difference, no interval and no p anywhere."""
    for effect in effects_in(plain(evaluation)):
        for name in ("estimate", "ci_lower", "ci_upper", "relative", "p", "p_adjusted"):
            assert effect[name] is None, (effect["estimand"], name)
    for bound in (evaluation.lee_bounds, evaluation.mechanism.difference):
        assert bound.ci_lower is None
        assert bound.ci_upper is None


def refused(kind: type[Exception], words: str, call: Callable[[], object]) -> None:
    with pytest.raises(kind, match=words) as raised:
        call()
    assert "\n" not in str(raised.value)
