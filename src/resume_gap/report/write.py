"""The files of a report in the folder that is given."""

from pathlib import Path

from resume_gap.model import Analysis
from resume_gap.report import content, html, jsonfile, predictionfile


def write_report(folder: Path, analysis: Analysis) -> None:
    """Write `report.html`, `summary.json`, `prediction.json` and `data_quality.json`.

    All four are made before the first is written, so that a fault of ours leaves none.

    Raises:
        OSError: The folder cannot be written, or one of the files is there already.
    """
    files = {
        "report.html": html.render(content.page(analysis)),
        "summary.json": jsonfile.summary(analysis),
        "prediction.json": predictionfile.prediction(analysis),
        "data_quality.json": jsonfile.data_quality(analysis),
    }
    for name, data in files.items():
        with (folder / name).open("xb") as stream:
            stream.write(data)
