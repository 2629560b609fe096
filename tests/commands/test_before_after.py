"""The parts of a comparison: the cap from before the launch, the names of the marker's events."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl

from resume_gap.commands.before_after import cap_of, shown_names
from resume_gap.settings import Settings


def test_events_of_the_marker_are_those_that_say_that_it_was_shown() -> None:
    log: Any = SimpleNamespace(
        intake=SimpleNamespace(
            kinds=pl.DataFrame({"event": ["edit", "arrow_shown", "arrow_seen", "tip_shown"]})
        )
    )
    settings = Settings(marker={"shown": ("arrow_*", "tip_shown"), "clicked": ("edit",)})
    assert shown_names(log, settings) == ["arrow_seen", "arrow_shown", "tip_shown"]
    assert shown_names(log, Settings()) == []


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
