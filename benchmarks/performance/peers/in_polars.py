"""The same question in Polars, with the streaming engine."""

import json
import sys

import polars as pl

asked = json.load(sys.stdin)
at = pl.col("at_us")
work, completing = pl.col("is_work"), pl.col("is_completing")
same_user = pl.col("user_id") == pl.col("user_id").shift()
same_session = same_user & (at - at.shift() <= asked["threshold_us"])

sessions = (
    pl.scan_parquet(asked["log"])
    .select(
        "user_id",
        pl.col("timestamp").dt.epoch("us").alias("at_us"),
        pl.col("event").is_in(asked["productive"]).alias("is_work"),
        pl.col("event").is_in(asked["complete"]).alias("is_completing"),
    )
    .sort("user_id", "at_us")
    .with_columns((~same_session).fill_null(value=True).cum_sum().alias("session_no"))
    .group_by("session_no")
    .agg(
        pl.col("user_id").first(),
        at.min().alias("start_us"),
        at.max().alias("end_us"),
        at.filter(work).max().alias("worked_us"),
        at.filter(completing).max().alias("completed_us"),
        at.filter(work).min().alias("first_work_us"),
        at.filter(completing & ~work).min().alias("exit_us"),
    )
    .collect(engine="streaming")
    .sort("session_no")
)
stop, worked = pl.col("end_us").shift(), pl.col("worked_us").shift()
completed = pl.col("completed_us").shift()
first, left = pl.col("first_work_us"), pl.col("exit_us")
answer = (
    sessions.select(
        same_user.fill_null(value=False).alias("is_return"),
        ((worked >= stop - asked["mid_task_window_us"]) & ~(completed >= worked).fill_null(False))
        .fill_null(value=False)
        .alias("is_interruption"),
        pl.when(first.is_not_null() & (left.is_null() | (first <= left)))
        .then(first - pl.col("start_us"))
        .alias("wait_us"),
    )
    .filter("is_return")
    .select(pl.len().alias("returns"), pl.sum("is_interruption"), pl.sum("wait_us"))
    .row(0, named=True)
)
answer["interruptions"] = answer.pop("is_interruption")
print(json.dumps({**answer, "version": f"Polars {pl.__version__}"}))
