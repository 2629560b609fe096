"""Worlds are drawn as before: sums over every column of small logs and of their truth.

A seed names a log in issues and in docs, so what it draws does not change by accident. Where a
change is meant:

    RESUME_GAP_GOLDEN=write python -m pytest tests/synthetic/test_figures.py
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from resume_gap.synthetic import PRESETS, gap_log, simulate

KEPT = Path(__file__).parent / "data" / "figures.json"
WRITE = os.environ.get("RESUME_GAP_GOLDEN") == "write"
SHAPES: tuple[Any, ...] = ("valley", "lognormal", "pareto", "loggamma")
ORIGIN_US = 1_700_000_000_000_000


def figures(frame: pl.DataFrame) -> dict[str, str]:
    """By column a sum to six digits; of text the values as they stand."""
    found = {}
    for column in frame:
        if column.dtype == pl.String:
            text = "\n".join(value or "" for value in column)
            found[column.name] = f"{column.n_unique()} values {zlib.crc32(text.encode()):08x}"
            continue
        if column.dtype.is_temporal():
            numbers = (column.dt.epoch("us") - ORIGIN_US) / 1e6
        else:
            numbers = column.cast(pl.Float64)
        found[column.name] = f"{numbers.sum():.6g} without {column.null_count()}"
    return found


def plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def compare(name: str, found: dict[str, Any]) -> None:
    kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    found = json.loads(json.dumps(found))
    if WRITE:
        KEPT.write_text(json.dumps(kept | {name: found}, indent=1, sort_keys=True) + "\n")
    else:
        assert found == kept[name], "RESUME_GAP_GOLDEN=write writes them anew, if that is meant"


@pytest.mark.parametrize("preset", PRESETS)
def test_a_seed_draws_the_same_world(preset: str) -> None:
    world = PRESETS[preset]
    few = {"users": max(3, world.teams), "weeks": min(world.weeks, 8)}
    made = simulate(replace(world, **few, launch_day=min(world.launch_day, 28)), seed=3)
    tables = {
        "log": made.log,
        "interruptions": made.interruptions,
        "users": made.users,
        "assignments": made.assignments,
        "rollout": made.rollout,
    }
    found: dict[str, Any] = {
        name: figures(frame) for name, frame in tables.items() if frame is not None
    }
    compare(preset, found | {"truth": plain(made.truth)})


@pytest.mark.parametrize("shape", SHAPES)
def test_a_seed_draws_the_same_gaps(shape: Any) -> None:
    for stamps in ("exact", "minute"):
        made = gap_log(shape, n_users=5, gaps_per_user=20, stamps=stamps, seed=3)
        compare(f"gaps {shape} {stamps}", figures(made))
