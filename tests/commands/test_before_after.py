"""The parts of a comparison: the cap from before the launch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl

from resume_gap.commands.before_after import cap_of


def test_the_cap_comes_from_interruptions_that_had_ended_before_the_launch() -> None:
    rows = [
        *[{"stop_us": 0, "gap_us": 10, "lag_us": n, "is_interruption": True} for n in range(60)],
        {"stop_us": 0, "gap_us": 900, "lag_us": 100, "is_interruption": True},  # ends at the launch
        {"stop_us": 0, "gap_us": 10, "lag_us": 900, "is_interruption": False},
        {"stop_us": 0, "gap_us": 10, "lag_us": None, "is_interruption": True},
    ]
    launched: Any = SimpleNamespace(
        seen=SimpleNamespace(frame=pl.DataFrame(rows), asked=SimpleNamespace(cap_us=10**9)),
        launch_us=1_000,
        prediction=None,
    )
    found = cap_of(launched)
    assert (found.us, found.source) == (53, "lags")
