"""The files of a report in the folder that is given."""

from collections.abc import Mapping
from pathlib import Path

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.output.recognize import PREDICTION
from resume_gap.report.page import build
from resume_gap.report.render import html, jsonfile
from resume_gap.results.run import Run


def write_report(folder: Path, result: Run, *, interactive: bool = False) -> None:
    """Write `report.html`, `summary.json`, `data_quality.json`, and `prediction.json` if any.

    Raises:
        OSError: The folder cannot be written, or one of the files is there already.
    """
    put_files(folder, report_files(result, interactive=interactive))


def report_files(result: Run, *, interactive: bool = False) -> dict[str, bytes]:
    """The same files by their names; all are made before the first is written.

    So a fault of ours leaves none. The prediction is made before a launch, and copied byte for byte
    after it.
    """
    page = build.page(result)
    files = {
        "report.html": html.render(page, interactive=interactive),
        "summary.json": jsonfile.summary(result, page),
        "data_quality.json": jsonfile.data_quality(result),
    }
    sealed = _sealed(result)
    if sealed is not None:
        files[PREDICTION] = sealed
    return files


def keeps_prediction(folder: Path, result: Run) -> bool:
    """Whether the report in a folder stands beside a prediction that an earlier one left there."""
    return (folder / PREDICTION).exists() and _sealed(result) is None


def _sealed(result: Run) -> bytes | None:
    found: bytes | None = load(COMMANDS[result.command].prediction)(result)
    return found


def put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into the folder.

    Raises:
        OSError: The folder cannot be written, or one of the files is there already.
    """
    for name, data in files.items():
        with (folder / name).open("xb") as stream:
            stream.write(data)
