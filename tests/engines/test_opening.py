"""Which engine a run gets, and that no other run loads what one of them needs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from resume_gap.engines import opening, sparksession
from resume_gap.engines.distributed import DistributedEngine
from resume_gap.engines.local import LocalEngine
from resume_gap.errors import UsageError
from resume_gap.settings import Settings
from resume_gap.sources.frames import given_frame
from resume_gap.system.temporary import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_is_local_unless_it_says_otherwise(tmp_path: Path) -> None:
    with Workspace() as workspace, opening.opened(Settings(), tmp_path, workspace) as engine:
        assert isinstance(engine, LocalEngine)
    opening.refuse_missing(Settings())


def test_spark_is_not_started_before_it_is_needed(tmp_path: Path) -> None:
    """Nor is it an error to end a run that did not come so far."""
    with Workspace() as workspace:
        with opening.opened(Settings(engine="spark"), tmp_path, workspace) as engine:
            assert isinstance(engine, DistributedEngine)
            (folder,) = workspace.path.glob("spark-*")
            assert [*folder.iterdir()] == []
        with pytest.raises(KeyError), opening.opened(Settings(engine="spark"), tmp_path, workspace):
            raise KeyError


def test_what_spark_needs_is_asked_for_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise UsageError("missing")

    monkeypatch.setattr(sparksession, "refuse_missing", refuse)
    opening.refuse_missing(Settings())
    with pytest.raises(UsageError, match="missing"):
        opening.refuse_missing(Settings(engine="spark"))


def test_a_local_run_loads_nothing_of_spark() -> None:
    text = (
        "import sys, resume_gap; resume_gap.analyze('sample_events/workday.parquet');"
        "print(sorted(n for n in sys.modules if 'spark' in n or 'distributed' in n))"
    )
    found: Any = subprocess.run(
        [sys.executable, "-c", text], check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"


def test_a_table_is_named_after_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert opening.is_table("spark::web.events")
    assert opening.is_table("spark::")
    for other in ("log.duckdb::events", "spark", "my-spark::events", "a/spark::events", None):
        assert not opening.is_table(other)
    (tmp_path / "spark").touch()  # a database of that name
    assert not opening.is_table("spark::web.events")


def test_other_inputs_pass_and_load_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    frame = given_frame(pl.DataFrame({"user_id": ["a"]}))
    events = ["log.csv", frame]
    with opening.collected(events, Settings()) as found:
        assert found is events
