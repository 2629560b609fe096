"""What a table of Spark needs is said by its name; `test_spark.py` collects some."""

from __future__ import annotations

import importlib.util

import pytest

from resume_gap.engines import sparksession
from resume_gap.engines.sparktables import collected
from resume_gap.errors import UsageError


def test_what_spark_needs_is_said_by_the_name_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with (
        pytest.raises(UsageError, match=r"^spark::web\.events needs PySpark 4\.1 or later: pip"),
        collected({"spark::web.events": "web.events"}, own_session=True),
    ):
        pass
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(sparksession, "_version", lambda: "3.5.1")
    with (
        pytest.raises(UsageError, match=r"^spark::e needs PySpark 4\.1 or later, not 3\.5\.1"),
        collected({"spark::e": "e"}, own_session=True),
    ):
        pass
