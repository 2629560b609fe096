"""Which moments are candidates, by what a run asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from resume_gap.pipeline.reduction import _thinning, burst_cut_us

US = 1_000_000


@pytest.mark.parametrize("all_returns", [False, True])
def test_controls_need_no_work_only_where_every_return_counts(*, all_returns: bool) -> None:
    intake: Any = SimpleNamespace(read=10)
    runner: Any = None
    thinning = _thinning(runner, intake, 0, all_returns=all_returns)
    assert thinning.idle_too is all_returns
    assert thinning.share == 1


@pytest.mark.parametrize(
    ("gap", "cut"), [(None, 30), (40, 20), (1_800, 900), (7_200, 900), (1_801, 900)]
)
def test_the_burst_cut_is_the_shortest_threshold_asked_about(gap: int | None, cut: float) -> None:
    assert burst_cut_us(None if gap is None else gap * US) == cut * US
