"""Re-orientation: what came after the interruptions (section 4 of the method)."""

from typing import Any

import numpy as np
import polars as pl

from resume_gap.replay.returns import curve
from resume_gap.results.common import (
    GAP_CLASS_ENDS_US,
    GAP_CLASSES,
    US,
    BlindReason,
    Estimate,
)
from resume_gap.results.reorientation import GapClassRow, LagEnds, Reorientation
from resume_gap.stats.ratio import ratio_of_sums, scaled

_POINTED = ("is_interruption", "reason", "target_return_us")
_WAITED = (
    "eligible",
    "gap_us",
    "lag_us",
    "lag_end",
    "abandoned_by_leaving",
    "reorientation_us",
    "detours",
)
"""What is asked of the returns, so that a log of many holds no more of them twice."""


def counted_returns(frame: pl.DataFrame) -> pl.DataFrame:
    """The interruptions; all returns where nothing productive is known, so that none is known."""
    return frame.filter(pl.col("is_interruption") | (pl.col("reason") == "unknown"))


def reorientation(
    frame: pl.DataFrame,
    sums: pl.DataFrame,
    cap: int,
    *,
    has_productive: bool,
    has_elements: bool,
    blind: BlindReason | None = None,
) -> Reorientation:
    """What came after the interruptions; None with a reason where nothing can be seen.

    Args:
        frame: One row per return (`return_frame`).
        sums: One row per user (`ReturnSums.user_sums`).
        cap: The cap, microseconds.
        has_productive: Whether any event counts as productive.
        has_elements: Whether any event names an element.
        blind: Why the log cannot show re-orientation: counts and lags stay, nothing made of them.
    """
    pointed = counted_returns(frame.select("eligible", *_POINTED)).filter(pl.col("eligible"))
    back = pointed["target_return_us"].drop_nulls()
    rows = frame.select("is_interruption", *_WAITED).filter(pl.col("is_interruption"))
    followed = rows.filter(pl.col("eligible"))
    shared: dict[str, Any] = {
        "eligible": followed.height,
        "cap_seconds": cap / US,
        "target_return_median_seconds": _median_seconds(back),
        "target_returned_share": (
            len(back) / pointed.height if has_elements and pointed.height else None
        ),
    }
    if not has_productive:
        return _nothing("no_productive_events", LagEnds(), None, shared)
    ends = _ends(rows)
    observed = ends.observed or 0
    lags = rows["lag_us"].drop_nulls()
    median = _median_seconds(lags) if rows.height and 2 * observed >= rows.height else None
    if blind is not None:
        return _nothing(blind, ends, median, shared)
    reached = followed.filter(pl.col("lag_us") <= cap)
    mean = scaled(
        ratio_of_sums(_numbers(sums, "reorientation_us"), _numbers(sums, "eligible")),
        1 / US,
        low=0.0,
        high=cap / US,
    )
    n = followed.height
    not_reached = (n - reached.height) / n * cap / US if n else None
    detours = followed["detours"].drop_nulls()
    return Reorientation(
        reason=None if rows.height else "no_interruptions",
        ends=ends,
        observed_median_seconds=median,
        mean=Estimate.of(mean),
        reached_mean_seconds=(
            int(reached["lag_us"].sum()) / reached.height / US if reached.height else None
        ),
        not_reached_seconds=not_reached,
        set_by_cap=(
            None
            if not_reached is None or mean.estimate is None
            else 2 * not_reached > mean.estimate
        ),
        productive_share=reached.height / n if n else None,
        productive=Estimate.of(
            scaled(
                ratio_of_sums(_numbers(sums, "productive"), _numbers(sums, "eligible")),
                1.0,
                low=0.0,
                high=1.0,
            )
        ),
        zero_share=followed.filter(pl.col("lag_us") == 0).height / n if n else None,
        detours_none_share=int(detours.eq(0).sum()) / n if has_elements and n else None,
        curve=curve(followed["lag_us"].drop_nulls().to_numpy(), n, cap),
        by_gap_class=_by_gap_class(followed, cap),
        **shared,
    )


def _ends(rows: pl.DataFrame) -> LagEnds:
    """How the waits for work ended."""
    ends = dict(rows.group_by("lag_end").len().iter_rows())
    observed = int(ends.get("observed", 0))
    return LagEnds(
        observed=observed,
        abandoned=int(ends.get("abandoned", 0)),
        abandoned_by_leaving=int(rows["abandoned_by_leaving"].sum() or 0),
        log_end=int(ends.get("log_end", 0)),
    )


def _nothing(
    reason: str, ends: LagEnds, median: float | None, shared: dict[str, Any]
) -> Reorientation:
    """The same without the figures that cannot be had."""
    return Reorientation(
        reason=reason,
        ends=ends,
        observed_median_seconds=median,
        mean=Estimate(),
        reached_mean_seconds=None,
        not_reached_seconds=None,
        set_by_cap=None,
        productive_share=None,
        productive=Estimate(),
        zero_share=None,
        detours_none_share=None,
        curve=(),
        by_gap_class=(),
        **shared,
    )


def _numbers(sums: pl.DataFrame, name: str) -> np.ndarray:
    return sums[name].to_numpy().astype(np.int64, copy=False)


def _median_seconds(values: pl.Series) -> float | None:
    """Median of microseconds in seconds; None for none."""
    return float(np.median(values.to_numpy())) / US if len(values) else None


def _by_gap_class(followed: pl.DataFrame, cap: int) -> tuple[GapClassRow, ...]:
    group = np.searchsorted(GAP_CLASS_ENDS_US, followed["gap_us"].to_numpy(), side="left")
    charged = followed["reorientation_us"].to_numpy()
    reached = (followed["lag_us"] <= cap).fill_null(value=False).to_numpy()
    rows = []
    for number, name in enumerate(GAP_CLASSES):
        mine = group == number
        n = int(mine.sum())
        rows.append(
            GapClassRow(
                gap_class=name,
                eligible=n,
                mean_seconds=int(charged[mine].sum()) / n / US if n else None,
                productive_share=int(reached[mine].sum()) / n if n else None,
            )
        )
    return tuple(rows)
