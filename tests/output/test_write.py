"""Which files a result becomes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from factories.plan_results import plan
from factories.results import changed, full
from factories.trial_parts import PREDICTION
from factories.trial_results import better

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


def test_write_report_makes_four_files_and_overwrites_none(tmp_path: Path) -> None:
    write.write_report(tmp_path, full())
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "data_quality.json",
        "prediction.json",
        "report.html",
        "summary.json",
    ]
    with pytest.raises(FileExistsError):
        write.write_report(tmp_path, full())


def test_a_fault_in_the_middle_leaves_no_file(tmp_path: Path) -> None:
    broken = changed(full(), reorientation={"zero_share": float("inf")})
    with pytest.raises(ValueError, match="inf"):
        write.write_report(tmp_path, broken)
    assert list(tmp_path.iterdir()) == []


def test_only_an_interactive_page_holds_a_script(tmp_path: Path) -> None:
    for interactive in (False, True):
        folder = tmp_path / str(interactive)
        folder.mkdir()
        write.write_report(folder, plan(), interactive=interactive)
        assert (b"<script" in (folder / "report.html").read_bytes()) == interactive
