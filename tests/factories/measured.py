"""Runs the pipeline on hand-made rows, without files: what the oracle is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from oracles.log import Roles

from factories.replays import rows_of
from resume_gap.analysis.summaries import event_names, has_productive
from resume_gap.arrays import NEVER
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.gap_counts import gaps_after_events
from resume_gap.pipeline.intake import take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import burst_cut_us, reduce_events
from resume_gap.pipeline.tally import Tally
from resume_gap.replay.collected import Replays
from resume_gap.replay.replays import replay
from resume_gap.replay.returns import ReturnRules, ReturnSums, measure
from resume_gap.replay.totals import Asked
from resume_gap.report.render.return_names import NameColumns, ReturnNames
from resume_gap.settings import Settings

TYPES = {
    "end_us": pa.int64(),
    "sequence": pa.int64(),
    "received_at_us": pa.int64(),
    "position": pa.float64(),
}
OF_COLUMN = {"end_us": "end", "received_at_us": "received_at"}


@dataclass(frozen=True)
class Measured:
    returns: list[dict[str, Any]]
    sums: pl.DataFrame
    tally: Tally
    found: ReturnSums
    replays: Replays
    contents: Contents
    event_names: tuple[str, ...]
    gaps_after: dict[str, int]
    """By event name the gaps between the threshold and four times of it that follow it."""


def rows_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pa.Table:
    n = len(rows)
    table = {
        "input_no": pa.array([0] * n, pa.uint16()),
        "user_id": pa.array([r["user_id"] for r in rows], pa.string()),
        "at_us": pa.array([r["timestamp_us"] for r in rows], pa.int64()),
        "at_given": pa.array([True] * n),
        "event": pa.array([r["event"] for r in rows], pa.string()),
        "marks": pa.array([0] * n, pa.uint8()),
    }
    for name in ("target", "context", "task"):
        table[name] = pa.array([r.get(name) for r in rows], pa.string())
    for name in columns:
        if name not in table:
            table[name] = pa.array([r[name] for r in rows], TYPES.get(name, pa.string()))
    return pa.table(table)


def run(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    roles: Roles,
    threshold_us: int,
    until_us: int | None = None,
    *,
    grid_us: Sequence[int] = (),
    cut_us: int | None = None,
    near: float | None = None,
    all_returns: bool = False,
) -> Measured:
    con = duckdb.connect(config={"threads": 1})
    con.execute("set TimeZone = 'UTC'")
    con.register("rows", rows_table(rows, columns))
    runner = Runner(con)
    settings = Settings(
        gap_us=threshold_us,
        until_us=until_us,
        productive=tuple(sorted(roles.productive)) or ("-",),
        complete=tuple(sorted(roles.completing)),
        away=tuple(sorted(roles.away)),
    )
    mapped = {OF_COLUMN.get(name, name): name for name in columns}
    intake = take_in(runner, settings, columns=mapped, excluded_users=())
    cut = burst_cut_us(threshold_us) if cut_us is None else cut_us
    tally = reduce_events(runner, intake, cut_us=cut, seed=0, all_returns=all_returns)
    productive = has_productive(intake, tally.kinds)
    log_end = until_us
    if until_us is None and "stream" not in columns:
        log_end = tally.newest_us
    found = measure(
        runner,
        tally.shelf,
        ReturnRules(
            threshold_us=threshold_us,
            grid_us={threshold_us, *grid_us},
            log_end_us=log_end,
            has_productive=productive,
            all_returns=all_returns,
        ),
    )
    asked = Asked(
        threshold_us=threshold_us,
        grid_us=sorted({threshold_us, *grid_us}),
        near=near,
        tz="UTC",
        all_returns=all_returns,
    )
    replays = replay(runner, tally.shelf, intake.contents, asked)
    numbered = runner.read("90_interruptions").pl()
    named = NameColumns(ReturnNames.of(runner), rows=0).of(numbered)
    frame = numbered.with_columns(pl.Series(name, texts) for name, texts in named.items())
    streams = runner.con.sql("select * from streams").pl()
    names = {row["stream_no"]: row.get("stream") or None for row in streams.iter_rows(named=True)}
    # Both stand in order of stream and time.
    returns = [
        row | {"stream": names[row["stream_no"]], "replay": replayed}
        for row, replayed in zip(
            frame.iter_rows(named=True), rows_of(replays).iter_rows(named=True), strict=True
        )
    ]
    after = gaps_after_events(
        tally.shelf.batches("bursts"),
        intake.contents,
        above_us=threshold_us,
        up_to_us=4 * threshold_us,
        before_us=NEVER,
    )
    known = event_names(intake)
    gaps_after = {known[no - 1]: int(after[no]) for no in np.flatnonzero(after)}
    con.close()
    returns.sort(
        key=lambda r: (
            r["user_id"].encode(),
            r["stream"] is None,
            (r["stream"] or "").encode(),
            r["return_us"],
        )
    )
    users = streams.group_by("user_no").agg(pl.col("user_id").first())
    return Measured(
        returns,
        found.user_sums.join(users, on="user_no", how="left"),
        tally,
        found,
        replays,
        intake.contents,
        event_names(intake),
        gaps_after,
    )
