"""Tests of pages look at pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.report.charts import svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from resume_gap.report.charts.chart import Chart


@pytest.fixture(autouse=True)
def pictures(drawn: Callable[[Chart], Markup], monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw them."""
    monkeypatch.setattr(svg, "svg", drawn)
