"""What a run does less of where a test does not ask for it."""

from typing import Any

import pytest
from markupsafe import Markup

from resume_gap.report.charts import svg
from resume_gap.stats import inference


def draw_no_pictures(patch: pytest.MonkeyPatch) -> None:
    """Charts are empty: drawing them costs as much as all the rest of a run on a small log."""
    patch.setattr(svg, "svg", lambda _: Markup("<svg></svg>"))


def deal_seldom(patch: pytest.MonkeyPatch) -> None:
    """A permutation deals a tenth as often."""
    every = inference.permuted

    def few(*arms: Any, draws: int, seed: int) -> Any:
        return every(*arms, draws=draws // 10, seed=seed)

    patch.setattr(inference, "permuted", few)
