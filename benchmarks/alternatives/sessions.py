"""Sessions of 30 minutes, of retentioneering and of `resume-gap`, beside what was planted."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from benchmarks.alternatives.figures import Found, Sample, Sessions
from benchmarks.calibration.logs import PRODUCTIVE_NAMES
from benchmarks.performance.peers import HERE
from resume_gap import analyze

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.analyze import Analysis

USUAL_SECONDS: Final = 1800
MARKER: Final = "marker_shown"
NAMES: Final = ("workday", "marker_trial", "rollout", "launch")
_KEY: Final = ["user_id", "return_at"]


def usual_sessions(log: pl.DataFrame, seconds: float) -> pl.DataFrame:
    """Sessions as the usual query makes them, one row each, those of a user in order.

    Args:
        log: Events with `user_id`, `timestamp` and `event`.
        seconds: A longer gap ends a session.

    Returns:
        `user_id`, `return_at` (its first event), `is_return` (not the user's first session) and
        `seconds` from there to its first productive event; null without one.
    """
    at, user = pl.col("timestamp"), pl.col("user_id")
    gap = (at - at.shift()).dt.total_microseconds() / 1e6
    begins = (user.ne_missing(user.shift()) | (gap > seconds)).fill_null(value=True)
    work = pl.col("event").is_in(PRODUCTIVE_NAMES)
    found = (
        log.sort("user_id", "timestamp", maintain_order=True)
        .with_columns(session_no=begins.cum_sum())
        .group_by("session_no", maintain_order=True)
        .agg(user.first(), return_at=at.min(), worked_at=at.filter(work).min())
    )
    return found.select(
        "user_id",
        "return_at",
        is_return=(user == user.shift()).fill_null(value=False),
        seconds=(pl.col("worked_at") - pl.col("return_at")).dt.total_microseconds() / 1e6,
    )


def truth_of(folder: Path, name: str) -> pl.DataFrame:
    """The planted interruptions of a sample: one row each."""
    return pl.read_parquet(folder / f"{name}_truth" / "interruptions.parquet")


def capped_mean(planted: pl.DataFrame, cap_seconds: float, column: str = "lag_seconds") -> float:
    """Mean seconds to work, each at most the cap, which is what giving up is charged."""
    value = pl.col(column).fill_null(cap_seconds).clip(upper_bound=cap_seconds)
    return float(planted.select(value.mean()).item())


def by_sql(log: pl.DataFrame, planted: pl.DataFrame) -> Found:
    """What the usual 30-minute sessions find: every session after a user's first is a return."""
    counted = usual_sessions(log, USUAL_SECONDS).filter("is_return")
    return Found(
        way="sql",
        threshold_seconds=USUAL_SECONDS,
        source="given",
        counted=counted.height,
        found=counted.join(planted, on=_KEY, how="semi").height,
        without_work=counted["seconds"].null_count(),
        seconds=float(counted.select(pl.col("seconds").mean()).item()),
        truth_seconds=float(planted.select(pl.col("lag_seconds").mean()).item()),
    )


def by_us(way: str, file: Path, out: Path, planted: pl.DataFrame, **options: Any) -> Found:  # noqa: ANN401
    """What `resume-gap` finds."""
    result: Analysis = analyze(file, out=out, force=True, **options)
    table = pl.read_parquet(out / "interruptions.parquet").filter("is_interruption")
    back = result.reorientation
    if back.mean.estimate is None:
        raise ValueError(f"{file.name}: no mean of re-orientation time")
    return Found(
        way=way,
        threshold_seconds=result.threshold.seconds,
        source=result.threshold.source,
        counted=table.height,
        found=table.join(planted, on=_KEY, how="semi").height,
        seconds=back.mean.estimate,
        ci_lower=back.mean.ci_lower,
        ci_upper=back.mean.ci_upper,
        truth_seconds=capped_mean(planted, back.cap_seconds),
    )


def sample(folder: Path, name: str, work: Path) -> Sample:
    """One sample, cut in each way; events of the marker itself are left out everywhere."""
    file, planted = folder / f"{name}.parquet", truth_of(folder, name)
    log = pl.read_parquet(file)
    log = log.filter(pl.col("event") != MARKER)
    options = {"ignore": MARKER}
    return Sample(
        name=name,
        events=log.height,
        users=log["user_id"].n_unique(),
        planted=planted.height,
        ways=[
            by_sql(log, planted),
            by_us("fixed", file, work, planted, gap="30m", **options),
            by_us("learned", file, work, planted, **options),
        ],
    )


def in_retentioneering(
    python: str, folder: Path, one: Sample, work: Path
) -> tuple[list[Sessions], str]:
    """Sessions of a sample in retentioneering, at both thresholds in whole seconds; its version.

    Args:
        python: An interpreter that has it.
        folder: Of the samples.
        one: The sample.
        work: For a copy without the marker's events.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    log = pl.read_parquet(folder / f"{one.name}.parquet").filter(pl.col("event") != MARKER)
    copy = work / "log.parquet"
    log.write_parquet(copy)
    rows, version = [], ""
    for timeout in (USUAL_SECONDS, int(one.ways[-1].threshold_seconds)):
        question = {"log": str(copy), "threshold_us": timeout * 1_000_000}
        done = subprocess.run(
            [python, str(HERE / "in_retentioneering.py")],
            input=json.dumps(question),
            capture_output=True,
            check=True,
            text=True,
        )
        answer = json.loads(done.stdout.splitlines()[-1])
        version = answer["version"]
        result: Analysis = analyze(copy, gap=f"{timeout}s")
        ours = result.counts.returns + result.counts.users
        theirs = answer["returns"] + one.users
        rows.append(Sessions(sample=one.name, timeout_seconds=timeout, ours=ours, theirs=theirs))
    return rows, version
