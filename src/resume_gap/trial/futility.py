"""Whether a trial can still show that the marker is worth it."""

from collections.abc import Mapping
from typing import Any

from resume_gap.results.effect import Effect
from resume_gap.results.predicted import Futility
from resume_gap.trial.data import Trial
from resume_gap.trial.prediction_check import sealed_bounds


def futility(
    prediction: Mapping[str, Any], trial: Trial, primary: Effect, worth_seconds: float
) -> Futility:
    """What the marker can save at most at a first return, against what is worth it.

    The sealed bound is that with give-ups, the greater one; the measured one is the upper end of
    the primary effect's interval, which holds at every interim look where several are announced.

    Args:
        prediction: A verified prediction file.
        trial: The trial, with its primary cap.
        primary: P1.
        worth_seconds: Least worthwhile saving per interruption.
    """
    sealed = sealed_bounds(prediction, trial.primary_cap_us)
    return Futility(
        worth_seconds=worth_seconds,
        sealed_seconds=sealed.with_give_ups,
        measured_seconds=primary.saved.ci_upper,
    )
