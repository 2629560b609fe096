"""Sessions, stops, lags and per-user sums at each threshold of the grid.

Rests on bursts; the same queries run once per limit, from the shortest up, and each longer limit
merges the sessions of the one before. What the headline limit found is kept for the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from resume_gap.constants import FOLLOW_UP, MID_TASK_WINDOW, TAU_CAP
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import US


@dataclass(frozen=True, slots=True)
class LimitTotals:
    """The figures of one threshold (queries/41_limit_totals.sql); times in microseconds.

    All are 0 without a return.
    """

    threshold_us: int
    has_productive: bool
    returns: int = 0
    interruptions: int = 0
    users_interrupted: int = 0
    eligible: int = 0
    productive: int = 0
    reorientation_us: int = 0

    @property
    def mean_seconds(self) -> float | None:
        """Mean re-orientation time; None where nothing is known of it."""
        known = self.has_productive and self.eligible
        return self.reorientation_us / self.eligible / US if known else None


@dataclass(frozen=True, slots=True)
class ReturnSums:
    """What one log shows.

    Attributes:
        user_sums: One row per user at the headline limit (queries/40_user_sums.sql).
        totals: At every limit of the grid, from the shortest up.
    """

    user_sums: pl.DataFrame
    totals: tuple[LimitTotals, ...]


def cap_us(threshold_us: int) -> int:
    """The cap: what one return is charged at most.

    Never more than the limit itself, so that the charge for leaving is exact.
    """
    return min(TAU_CAP.us, threshold_us)


def measure(
    runner: Runner,
    *,
    threshold_us: int,
    grid_us: Iterable[int],
    log_end_us: int | None,
    has_productive: bool,
    all_returns: bool,
) -> ReturnSums:
    """Run the light queries once per limit.

    Args:
        runner: Holds the first waist (bursts and what stands beside them).
        threshold_us: The headline limit; its relations `sessions`, `stops` and `lags` stay.
        grid_us: All limits to show, the headline among them, each with a cap of its own.
        log_end_us: End of the log; None: each stream ends with its newest event.
        has_productive: Whether any event counts as productive.
        all_returns: Whether every return counts as an interruption.
    """
    runner.let(
        mid_task_window_us=MID_TASK_WINDOW.us,
        follow_up_us=FOLLOW_UP.us,
        has_productive=has_productive,
        all_returns=all_returns,
        log_end_us=log_end_us,
    )
    runner.make("29_log_ends")
    headline = pl.DataFrame()
    limits = sorted(grid_us)
    for limit in limits:
        runner.let(threshold_us=limit, cap_us=cap_us(limit))
        for query in ("30_sessions", "31_stops", "32_lags"):
            runner.make(query)
        runner.add("34_waits")
        if limit == threshold_us:
            headline = runner.read("40_user_sums").pl()
            for name in ("sessions", "stops", "lags"):
                runner.rename(name, f"headline_{name}")
    for name in ("sessions", "stops", "lags"):
        runner.rename(f"headline_{name}", name)
    runner.let(cap_us=cap_us(threshold_us))
    return ReturnSums(headline, _totals(runner, limits, has_productive=has_productive))


def _totals(
    runner: Runner, limits: Iterable[int], *, has_productive: bool
) -> tuple[LimitTotals, ...]:
    """The figures of every limit; without a return they are 0."""
    found = runner.read("41_limit_totals").pl().rows_by_key("threshold_us", named=True, unique=True)
    return tuple(
        LimitTotals(threshold_us=limit, has_productive=has_productive, **found.get(limit, {}))
        for limit in limits
    )


def curve(lags_us: np.ndarray, eligible: int, cap: int) -> tuple[tuple[float, float], ...]:
    """(seconds t, share productive by t) at round times up to the cap.

    Args:
        lags_us: Observed lags of the eligible interruptions.
        eligible: How many those are, the unobserved included.
        cap: The cap, microseconds.
    """
    if eligible == 0:
        return ()
    times = [0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900]
    ordered = np.sort(lags_us)
    points = sorted({*(t * US for t in times if t * US < cap), cap})
    reached = np.searchsorted(ordered, points, side="right")
    return tuple((t / US, int(r) / eligible) for t, r in zip(points, reached, strict=True))
