"""How rows are read and cleaned equals the slow plain-Python reference on random logs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl
import pytest
from factories import dirty_logs as dirty
from factories.effort import random_logs
from factories.measured import rows_table
from oracles import cleaning as reference

from resume_gap.errors import InputError
from resume_gap.pipeline.clock import without_outliers
from resume_gap.pipeline.intake import Intake, take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events
from resume_gap.report.text.findings.table import worded
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.columns import recognize

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.pipeline.tally import Tally

LOGS = random_logs(short=8, full=60)
PARTS = 4
UNIT = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}

pytestmark = pytest.mark.effort
every_part = pytest.mark.parametrize("part", range(PARTS))


def cleaned(rows: dirty.Rows) -> tuple[Intake, Tally, pl.DataFrame]:
    """What the program makes of rows whose event ids and times of arrival are mapped."""
    columns = [name for name in rows[0] if name not in {"user_id", "timestamp_us", "event"}]
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("set TimeZone = 'UTC'")
        con.register("rows", rows_table(rows, columns))
        runner = Runner(con)
        mapped = {"received_at_us": "received_at"}
        intake = take_in(
            runner,
            Settings(productive=("edit",)),
            columns={mapped.get(name, name): name for name in columns},
            excluded_users=(),
        )
        tally = reduce_events(runner, intake, cut_us=burst_cut_us(None), seed=0)
        return intake, tally, runner.table("stream_stats").pl()


def counts_of(intake: Intake) -> dict[str, int]:
    return {check.check: check.count for check in intake.checks}


@every_part
def test_deliveries_repeats_and_batches(part: int) -> None:
    seen: Counter[str] = Counter()
    for number in range(part, LOGS, PARTS):
        rows = dirty.delivered_rows(number)
        intake, tally, stats = cleaned(rows)
        kept = reference.delivered(rows)
        assert intake.repeated_ids == len(rows) - len(kept), number
        assert (tally.repeated, tally.alike) == reference.repeated(kept), number
        stamps = {
            user: [row["timestamp_us"] for row in kept if row["user_id"] == user]
            for user in sorted({row["user_id"] for row in rows})
        }
        by_user = stats.sort("stream_no")
        found = [reference.resolution_s(own) for own in stamps.values()]
        assert by_user["resolution"].to_list() == found, number
        wrong, buffered = reference.wrong_clocks(rows)
        counts = counts_of(intake)
        assert (counts.get("clock_off", 0), counts.get("offline_buffer", 0)) == (wrong, buffered)
        if not tally.repeated:  # repeats are counted where they were
            batches = [reference.sent_at_once(kept, user) for user in stamps]
            assert by_user["batch_events"].to_list() == batches, number
            seen["batches"] += sum(batches) > 0
        seen["deliveries"] += intake.repeated_ids > 0
        seen["other ids"] += len(kept) == len(rows)
        seen["repeats"] += tally.repeated > 0
        seen["alike"] += tally.alike > 0
    if LOGS >= 1_000:
        assert {"deliveries", "other ids", "repeats", "alike", "batches"} == set(+seen)


@every_part
def test_clocks_and_buffers(part: int) -> None:
    seen = Counter[str]()
    for number in range(part, LOGS, PARTS):
        rows = dirty.buffered_rows(number)
        counts = counts_of(cleaned(rows)[0])
        wrong, buffered = reference.wrong_clocks(rows)
        assert counts.get("clock_off", 0) == wrong, number
        assert counts.get("offline_buffer", 0) == buffered, number
        seen.update(wrong=wrong, buffered=buffered)
    assert seen["wrong"] > 0
    assert seen["buffered"] > 0


def test_outliers() -> None:
    seen = Counter[bool]()
    for number in range(10 * LOGS):
        days = dirty.sparse_days(number)
        order = sorted(days)
        first, last = without_outliers(np.array(order), np.array([days[day] for day in order]))
        assert (order[first], order[last]) == reference.believed(days), days
        seen[(first, last) != (0, len(order) - 1)] += 1
    assert min(seen.values()) > LOGS // 4


@every_part
def test_lengths(part: int, tmp_path: Path) -> None:
    seen: Counter[object] = Counter()
    path = tmp_path / "events.parquet"
    for number in range(part, LOGS, PARTS):
        rows = dirty.lengths(number)
        pl.DataFrame(
            {
                "user_id": [user for user, _, _ in rows],
                "timestamp": [at_us for _, at_us, _ in rows],
                "event": ["edit"] * len(rows),
                "duration": [float(length) for _, _, length in rows],
            }
        ).with_columns(pl.col("timestamp").cast(pl.Datetime("us", "UTC"))).write_parquet(path)
        with open_source([str(path)], Settings()) as source:
            said = {check.check: check.message for check in map(worded, source.checks)}
        theirs = reference.unit_and_side(rows)
        seen[theirs] += 1
        if theirs is None:
            assert "duration_left_out" in said, number
        else:
            unit, side = theirs
            assert f"read as {UNIT[unit]} from the time as the {side}" in said["duration_unit"], (
                number
            )
    if LOGS >= 1_000:
        assert len(seen) > 5


def test_columns() -> None:
    seen = Counter[str]()
    for number in range(10 * LOGS):
        names = dirty.column_names(number)
        theirs: dict[str, Any] = {
            name: reference.column_of(name, names) for name in ("user_id", "event")
        }
        if any(isinstance(one, list) for one in theirs.values()):
            with pytest.raises(InputError, match="columns are ambiguous"):
                recognize(names, {})
            seen["ambiguous"] += 1
        elif None in theirs.values():
            with pytest.raises(InputError, match="no column for"):
                recognize(names, {})
            seen["missing"] += 1
        else:
            mine = recognize(names, {})
            assert {name: mine[name].column for name in theirs} == theirs, names
            seen["found"] += 1
    assert len(seen) == 3
