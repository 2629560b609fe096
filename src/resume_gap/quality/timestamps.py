"""Checks of the stamps: how fine they are, ties, ends before starts, long intervals.

Section 1 of the method.
"""

import numpy as np
import polars as pl

from resume_gap import constants
from resume_gap.pipeline.tally import Tally
from resume_gap.results.common import Check
from resume_gap.results.run import Resolution


def resolution_of(stats: pl.DataFrame) -> Resolution:
    """How fine most of the gaps are stamped.

    Args:
        stats: stream_stats with user_no.
    """
    many = stats.filter(pl.col("events") > 1)
    by = many.group_by("resolution").agg(pl.col("events").sum()).sort("resolution")
    total, seconds, reached = int(by["events"].sum()), 0, 0
    for value, events in by.iter_rows():
        reached += events
        if 2 * reached >= total:
            seconds = value
            break
    users = many.group_by("user_no").agg(pl.col("resolution").max(), pl.col("indexed").any())
    return Resolution(
        seconds=float(seconds),
        users_minute=users.filter((pl.col("resolution") >= 60) & ~pl.col("indexed")).height,
        users_second=users.filter(pl.col("resolution").is_between(1, 59)).height,
        users_indexed=users.filter(pl.col("indexed")).height,
    )


def stamp_checks(tally: Tally, resolution: Resolution, *, has_sequence: bool) -> list[Check]:
    """What the stamps lack."""
    checks = []
    if resolution.seconds:
        checks.append(
            Check(
                check="coarse_stamps",
                severity="note",
                count=resolution.users_minute + resolution.users_second + resolution.users_indexed,
                share=None,
                figures={"seconds": resolution.seconds},
            )
        )
    if resolution.users_indexed:
        checks.append(
            Check(
                check="indexed_stamps",
                severity="warn",
                count=resolution.users_indexed,
                share=None,
            )
        )
    if tally.alike:
        checks.append(
            Check(
                check="equal_rows_kept",
                severity="note",
                count=tally.alike,
                share=tally.alike / tally.rows,
            )
        )
    ties = tally.ties / tally.rows if tally.rows else 0
    if ties > constants.TIES_SHARE.value and not has_sequence:
        checks.append(Check(check="order_unknown", severity="warn", count=tally.ties, share=ties))
    if tally.reversed_ends:
        checks.append(
            Check(
                check="reversed_ends",
                severity="warn",
                count=tally.reversed_ends,
                share=tally.reversed_ends / tally.rows,
            )
        )
    return checks


def batch_checks(stats: pl.DataFrame) -> list[Check]:
    """Users many of whose rows share one instant: order and times inside of it are unknown.

    Args:
        stats: stream_stats with user_no.
    """
    user_no = stats["user_no"].to_numpy()
    in_batches, events = (
        np.bincount(user_no, stats[name].to_numpy()) for name in ("batch_events", "events")
    )
    many = in_batches > constants.BATCH_USER_SHARE.value * events
    rows = int(in_batches[many].sum())
    if not rows:
        return []
    return [
        Check(
            check="batch_uploads",
            severity="warn",
            count=rows,
            share=rows / int(events.sum()),
            figures={"users": int(many.sum())},
        )
    ]


def interval_checks(stats: pl.DataFrame) -> list[Check]:
    """Interval events longer than the usual threshold may hide the idle time they span.

    Args:
        stats: stream_stats.
    """
    intervals = int(stats["intervals"].sum())
    longer = int(stats["long_intervals"].sum())
    if not intervals or longer <= constants.LONG_INTERVALS_SHARE.value * intervals:
        return []
    return [Check(check="long_intervals", severity="warn", count=longer, share=longer / intervals)]
