"""Whether what is worth it can still be reached: by the sealed bound, and by the interval."""

import dataclasses
from typing import Any

import pytest
from factories.made_trials import CAP_SECONDS, Back, made_trial

from resume_gap.results.effect import Effect
from resume_gap.results.predicted import Futility
from resume_gap.trial.futility import futility

PRIMARY = Effect(
    estimand="first_return", unit="seconds", estimate=-8.0, ci_lower=-12.0, ci_upper=-3.0
)


def found(sealed: float | None, primary: Effect = PRIMARY, *, cap: float = CAP_SECONDS) -> Futility:
    prediction: dict[str, Any] = {
        "primary_cap": {
            "seconds": cap,
            "first_returns": 90,
            "search": {"estimate": 1.0, "ci_lower": 0.5, "ci_upper": 1.5},
            "with_give_ups": {"estimate": 4.0, "ci_lower": 2.0, "ci_upper": sealed},
        }
    }
    return futility(prediction, made_trial([False, True], [Back(0, 10.0)]), primary, 5.0)


@pytest.mark.parametrize(
    ("sealed", "saved", "upper", "is_futile"),
    [
        (6.0, 12.0, 6.0, False),
        (5.0, 12.0, 5.0, False),  # just reached
        (4.9, 12.0, 4.9, True),
        (40.0, 4.9, 4.9, True),
        (None, 4.9, 4.9, True),
        (None, None, None, False),
    ],
)
def test_the_lesser_of_both_ends_decides(
    sealed: float | None, saved: float | None, upper: float | None, *, is_futile: bool
) -> None:
    primary = dataclasses.replace(PRIMARY, ci_lower=None if saved is None else -saved)
    seen = found(sealed, primary)
    assert (seen.worth_seconds, seen.sealed_seconds, seen.measured_seconds) == (5.0, sealed, saved)
    assert (seen.upper_seconds, seen.is_futile) == (upper, is_futile)


def test_a_bound_for_another_cap_says_nothing() -> None:
    assert found(1.0, cap=CAP_SECONDS / 2).sealed_seconds is None


def test_a_file_without_bounds_says_nothing() -> None:
    old = {"primary_cap": {"seconds": CAP_SECONDS}}
    seen = futility(old, made_trial([False, True], [Back(0, 10.0)]), PRIMARY, 5.0)
    assert (seen.sealed_seconds, seen.measured_seconds, seen.is_futile) == (None, 12.0, False)
