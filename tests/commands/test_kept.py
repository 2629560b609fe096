"""The tables that Python keeps are the files of the report, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resume_gap.commands import analyze
from resume_gap.commands.kept import KeptTables
from resume_gap.settings import resolve

if TYPE_CHECKING:
    import pytest

LOG = Path(__file__).parents[2] / "sample_events" / "workday.parquet"


def test_the_tables_are_those_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setenv("TMPDIR", str(spare))
    kept = KeptTables()
    assert kept.files == {}
    out = tmp_path / "report"
    analyze.run([str(LOG)], resolve({}, {}), out=out, on_progress=lambda _: None, tables=kept)
    assert set(kept.files) == {"interruptions.parquet", "users.parquet"}
    for name, data in kept.files.items():
        assert data == (out / name).read_bytes()
    alone = KeptTables()
    analyze.run([str(LOG)], resolve({}, {}), out=None, on_progress=lambda _: None, tables=alone)
    assert alone.files == kept.files
    assert list(spare.iterdir()) == []
