"""Inputs that name a table of Spark are known by their form; `test_spark.py` collects some."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

import polars as pl
import pytest

from resume_gap.engines import sparksession
from resume_gap.engines.sparktables import collected, is_table
from resume_gap.errors import UsageError
from resume_gap.settings import Settings
from resume_gap.sources.frames import given_frame

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_is_named_after_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_table("spark::web.events")
    assert is_table("spark::")
    for other in ("log.duckdb::events", "spark", "my-spark::events", "a/spark::events", None):
        assert not is_table(other)
    (tmp_path / "spark").touch()  # a database of that name
    assert not is_table("spark::web.events")


def test_other_inputs_pass_and_load_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    frame = given_frame(pl.DataFrame({"user_id": ["a"]}))
    events = ["log.csv", frame]
    with collected(events, Settings()) as found:
        assert found is events


def test_what_spark_needs_is_said_by_the_name_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with (
        pytest.raises(UsageError, match=r"^spark::web\.events needs PySpark 4\.1 or later: pip"),
        collected(["spark::web.events"], Settings()),
    ):
        pass
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(sparksession, "_version", lambda: "3.5.1")
    with (
        pytest.raises(UsageError, match=r"^spark::e needs PySpark 4\.1 or later, not 3\.5\.1"),
        collected(["spark::e"], Settings()),
    ):
        pass
