"""Which files a result becomes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from factories.trial_results import PREDICTION, better, plan

from resume_gap.output import write

if TYPE_CHECKING:
    from pathlib import Path


def test_the_files_of_each_command(tmp_path: Path) -> None:
    for name, found in (
        ("trial", better()),
        ("bare", dataclasses.replace(better(), prediction=None)),
        ("plan", plan()),
    ):
        folder = tmp_path / name
        folder.mkdir()
        write.write_report(folder, found)
        files = {path.name for path in folder.iterdir()}
        own = {"prediction.json"} if name == "trial" else set()
        assert files == {"report.html", "summary.json", "data_quality.json"} | own
    assert (tmp_path / "trial" / "prediction.json").read_bytes() == PREDICTION
