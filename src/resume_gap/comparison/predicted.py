"""What was predicted before a launch, beside what the days before and after it show."""

from collections.abc import Mapping
from typing import Any

from resume_gap.results.compare import HorizonEffect
from resume_gap.results.predicted import PredictedRow
from resume_gap.trial.prediction_check import saving_rows
from resume_gap.units import US


def predicted_rows(
    prediction: Mapping[str, Any] | None, effect: HorizonEffect, returns: int, *, cap_seconds: float
) -> tuple[PredictedRow, ...]:
    """Predicted and measured savings; empty without a prediction or an effect.

    Args:
        prediction: A verified prediction file, if there is one.
        effect: The effect that decides.
        returns: Interruptions behind it.
        cap_seconds: Up to which it counts.
    """
    if prediction is None or effect.estimate is None:
        return ()
    return saving_rows(prediction, effect.saved, returns, round(cap_seconds * US))
