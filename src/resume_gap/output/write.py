"""The files of a report in the folder that is given."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from resume_gap.output import prediction
from resume_gap.report.page import build
from resume_gap.report.render import html, jsonfile
from resume_gap.results.analyze import Analysis
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.run import Run


def _none(_: Run) -> None:
    """Most commands neither make nor use a prediction."""


_PREDICTIONS: Final[Mapping[type[Run], Callable[[Any], bytes | None]]] = {
    Analysis: prediction.prediction,
    Evaluated: lambda found: found.prediction,
}
"""How a result comes to the prediction that stands in its folder."""


def write_report(folder: Path, result: Run) -> None:
    """Write `report.html`, `summary.json`, `data_quality.json`, and `prediction.json` if any.

    The prediction is made before a launch, and copied byte for byte after it. All are made before
    the first is written, so that a fault of ours leaves none.

    Raises:
        OSError: The folder cannot be written, or one of the files is there already.
    """
    files = {
        "report.html": html.render(build.page(result)),
        "summary.json": jsonfile.summary(result),
        "data_quality.json": jsonfile.data_quality(result),
    }
    sealed = _PREDICTIONS.get(type(result), _none)(result)
    if sealed is not None:
        files["prediction.json"] = sealed
    for name, data in files.items():
        with (folder / name).open("xb") as stream:
            stream.write(data)
