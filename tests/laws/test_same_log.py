"""Time, names and copies: what means the same is measured the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from factories.law_logs import (
    DAY,
    NOTHING,
    ROLES,
    Folder,
    file_rows,
    iso,
    measured,
    options,
    result,
    small_logs,
    without_ledger,
    write,
)
from factories.strategies import EVENTS, Log, logs
from hypothesis import given
from hypothesis import strategies as st

import resume_gap
from resume_gap.sources.placeholders import NULL_TEXTS
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_NAMED = ("target", "context", "task", "device")


def undated(content: dict[str, Any] | None) -> dict[str, Any] | None:
    """A result without the first and the last instant of its log."""
    if content is None:
        return None
    dates = ("first_at", "last_at")
    counts = {name: one for name, one in content["counts"].items() if name not in dates}
    return {**content, "counts": counts}


@pytest.mark.full  # of random logs, quickly: the next test
@pytest.mark.parametrize("days", [-4_000, 365])
def test_a_shift_by_whole_days_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path, days: int
) -> None:
    moved = office.with_columns(pl.col("timestamp") + pl.duration(days=days))
    moved.write_parquet(tmp_path / "office.parquet")
    shifted = result(resume_gap.analyze(tmp_path / "office.parquet"))
    assert undated(shifted) == undated(office_result)
    assert shifted["counts"]["first_at"] != office_result["counts"]["first_at"]


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40), days=st.integers(-10_000, 4_000))
def test_a_random_log_shifted_by_whole_days(log: Log, days: int) -> None:
    by = days * DAY * 1_000_000
    rows = file_rows(log)
    moved = [
        row | {n: row[n] + by for n in ("timestamp", "end") if row.get(n) is not None}
        for row in rows
    ]
    until = {} if log.until_us is None else {"until": iso(log.until_us + by)}
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        again = measured([write(folder / "moved.parquet", moved)], **options(log, **until))
    assert undated(again) == undated(once)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A result with event names replaced wherever one stands alone."""
    if isinstance(value, dict):
        return {k: renamed(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(v, names) for v in value]
    return names.get(value, value) if isinstance(value, str) else value


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_names_mean_nothing_but_their_order_and_roles(log: Log) -> None:
    names = {name: f"{number} ü'\"<{number}>" for number, name in enumerate(sorted(EVENTS))}
    rows = file_rows(log)
    others = [row | {"event": names[row["event"]]} for row in rows]
    given_roles = {
        "productive": [names[n] for n in sorted(log.roles.productive)] or [NOTHING],
        "complete": [names[n] for n in sorted(log.roles.completing)],
        "away": [names[n] for n in sorted(log.roles.away)],
    }
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        again = measured([write(folder / "named.parquet", others)], **options(log, **given_roles))
    if once is None or again is None:
        assert once == again
        return
    for found in (once, again):
        # Names that no event bears are listed by the name.
        found["data_quality"] = [
            c for c in found["data_quality"] if c["check"] != "role_names_unmatched"
        ]
        del found["first_screen"]  # it shows warnings, these among them
    assert renamed(once, names) == again


@pytest.mark.full
def test_a_copy_beside_the_file_with_event_ids(tmp_path: Path) -> None:
    world = replace(PRESETS["workday"], users=20, weeks=1, event_ids=True)
    log = simulate(world, seed=5).log
    log.write_parquet(tmp_path / "a.parquet")
    log.sample(fraction=1, shuffle=True, seed=1).write_parquet(tmp_path / "b.parquet")
    files = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    once = result(resume_gap.analyze(files[0], **ROLES))
    twice = result(resume_gap.analyze(files, **ROLES))
    assert twice["rows"]["used"] == once["rows"]["used"] == log.height
    assert twice["rows"]["dropped"] == {"repeated_event_id": log.height}
    assert without_ledger(twice) == without_ledger(once)


@pytest.mark.full
def test_a_copy_beside_the_file_with_fine_stamps(
    office: pl.DataFrame, office_file: Path, tmp_path: Path
) -> None:
    office.sample(fraction=1, shuffle=True, seed=4).write_parquet(tmp_path / "copy.parquet")
    # Roles are given: names are suggested by how often they stand in the rows of the input.
    once = result(resume_gap.analyze(office_file, **ROLES))
    twice = result(resume_gap.analyze([office_file, tmp_path / "copy.parquet"], **ROLES))
    assert once["threshold"]["source"] == "learned"
    assert twice["rows"]["used"] == once["rows"]["used"] == office.height
    assert twice["rows"]["dropped"] == {"duplicate_row": office.height}
    assert without_ledger(twice) == without_ledger(once)


@pytest.mark.full
def test_a_copy_beside_the_file_with_whole_seconds_is_only_reported(
    office: pl.DataFrame, tmp_path: Path
) -> None:
    coarse = office.with_columns(pl.col("timestamp").dt.truncate("1s"))
    coarse.write_parquet(tmp_path / "a.parquet")
    coarse.write_parquet(tmp_path / "b.parquet")
    twice = result(resume_gap.analyze([tmp_path / "a.parquet", tmp_path / "b.parquet"]))
    assert twice["rows"] == {"read": 2 * office.height, "used": 2 * office.height, "dropped": {}}
    (check,) = [c for c in twice["data_quality"] if c["check"] == "equal_rows_kept"]
    assert check["count"] >= office.height


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_a_copy_of_a_random_log_with_event_ids(log: Log) -> None:
    if "event_id" not in log.columns:
        log = replace(log, columns=(*log.columns, "event_id"))
    rows = [row | {"event_id": f"e{n:03}"} for n, row in enumerate(file_rows(log))]
    with Folder() as folder:
        first = write(folder / "log.parquet", rows)
        second = write(folder / "copy.csv", rows[::-1])
        once = measured([first], **options(log))
        twice = measured([first, second], **options(log))
    assert without_ledger(twice) == without_ledger(once)


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40), text=st.sampled_from(NULL_TEXTS))
def test_what_programs_write_for_null_is_no_value(log: Log, text: str) -> None:
    rows = file_rows(log)
    written = [
        row | {name: text for name in _NAMED if name in row and row[name] is None} for row in rows
    ]
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        again = measured([write(folder / "texts.parquet", written)], **options(log))
    if again is not None:
        checks = again["data_quality"]
        again["data_quality"] = [one for one in checks if one["check"] != "null_texts"]
    assert again == once
