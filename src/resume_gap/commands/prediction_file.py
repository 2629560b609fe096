"""The prediction that an evaluation is compared with: found, read, and refused where it is none."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resume_gap.analysis import inactivity
from resume_gap.commands.context import Job
from resume_gap.errors import DataError, InputError, UsageError
from resume_gap.results.common import US, Check, ThresholdReason
from resume_gap.settings import Settings
from resume_gap.system.filesystem import read_small, state_of


@dataclass(frozen=True, slots=True)
class Prediction:
    """A prediction file that was verified.

    Attributes:
        path: As given.
        data: Its bytes.
        content: What it says.
    """

    path: str
    data: bytes
    content: dict[str, Any]


def frozen_threshold(
    settings: Settings, prediction: Prediction | None
) -> inactivity.Learned | None:
    """The inactivity threshold where it was fixed beforehand: given, or in the prediction."""
    threshold = settings.gap_us
    reason: ThresholdReason = "given"
    if threshold is None and prediction is not None:
        threshold = round(float(prediction.content["threshold"]["seconds"]) * US)
        reason = "prediction"
    if threshold is None:
        return None
    return inactivity.Learned(
        threshold_us=threshold,
        source="given",
        ci_lower=None,
        ci_upper=None,
        reason=reason,
        night_seconds=None,
    )


def prediction_path(settings: Settings, out: Path | None) -> str | None:
    """The prediction file that was given, else the one in the output folder, if any."""
    if settings.prediction is not None or out is None:
        return settings.prediction
    own = out / "prediction.json"
    return str(own) if state_of(own) is not None else None


def read_prediction(settings: Settings, out: Path | None) -> Prediction | None:
    """The prediction file that was given, else the one in the output folder.

    Raises:
        InputError: The given one cannot be read.
        UsageError: It is no prediction file.
        DataError: It was changed after it was written.
    """
    from resume_gap.output.prediction import verify  # noqa: PLC0415

    given = prediction_path(settings, out)
    if given is None:
        return None
    try:
        data = read_small(Path(given))
    except OSError as error:
        raise InputError(f"{given}: cannot be read: {error.strerror}; check the path") from error
    try:
        return Prediction(given, data, verify(data))
    except (DataError, UsageError) as error:
        raise type(error)(f"{given}: {error}") from error


def fitting(
    prediction: Prediction | None,
    job: Job,
    first_us: int | None,
    *,
    measured: str = "trial",
    begins: str = "assignment",
) -> tuple[Prediction | None, list[Check]]:
    """The prediction, unless it was made from this very log: that would be none.

    Args:
        prediction: As it was read.
        job: The run.
        first_us: The first assignment or launch; None: there is none.
        measured: What is measured, for a message.
        begins: With what that begins.
    """
    if prediction is None:
        return None, []
    made = prediction.content["generated_from"]
    ours = {item.sha256 for item in job.source.inputs} - {None}
    until = made.get("settings", {}).get("until_us")
    # --until is inclusive and ends the log: a return at that very instant has no follow-up, so
    # that nothing a prediction measured lies at or after it.
    before = until is not None and first_us is not None and until <= first_us
    if before or not ours & {item.get("sha256") for item in made.get("inputs", [])}:
        return prediction, [*_other_threshold(prediction, job.settings), *_older(prediction)]
    return None, [
        Check(
            check="prediction_of_this_log",
            severity="warn",
            count=1,
            share=None,
            names=(measured, begins),
        )
    ]


def _older(prediction: Prediction) -> list[Check]:
    """That the file is of a version that did not predict first returns."""
    if "search" in prediction.content["primary_cap"]:
        return []
    return [Check(check="older_prediction", severity="note", count=1, share=None)]


def _other_threshold(prediction: Prediction, settings: Settings) -> list[Check]:
    """That another inactivity threshold was given than the prediction was made with."""
    predicted = float(prediction.content["threshold"]["seconds"])
    if settings.gap_us is None or settings.gap_us == round(predicted * US):
        return []
    return [
        Check(
            check="other_threshold",
            severity="warn",
            count=1,
            share=None,
            figures={"seconds": settings.gap_us / US, "predicted_seconds": predicted},
        )
    ]
