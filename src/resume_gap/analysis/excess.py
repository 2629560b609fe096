"""Longer than uninterrupted work: the excess with its companion, its control and its nulls."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import polars as pl

from resume_gap.arrays import Floats
from resume_gap.constants import CONTROL_SHARE, MIN_OWN_SLOTS, WARN_OWN_SLOTS
from resume_gap.distinct import distinct
from resume_gap.replay.collected import Replays
from resume_gap.replay.totals import ThresholdSums, joined
from resume_gap.results.analyze import Excess, ExcessRow
from resume_gap.results.common import GAP_CLASSES, US, Check, Estimate
from resume_gap.stats.excess import SLOTS, CellSums
from resume_gap.stats.excess import excess as estimated
from resume_gap.stats.excess_range import ExcessRange, excess_range

THINNED: Final = "log_is_thinned"
"""The reason of an excess that steps which are not in the log would turn round."""


def excess_of(
    replays: Replays,
    headline: ThresholdSums,
    curve: tuple[tuple[float, float], ...],
    *,
    thinned: bool = False,
) -> Excess:
    """The excess of the headline threshold (section 5 of the method).

    Args:
        replays: The replay of the log.
        headline: The sums of the headline threshold.
        curve: (seconds t, share of the eligible interruptions productive by t).
        thinned: Whether the log keeps events of one name only once in a while.
    """
    counted = replays.counted("found", "is_reached")
    if counted.is_empty():
        return Excess(reason="no_interruptions")
    found = headline.excess
    control = Estimate.of(estimated(joined(headline.control)).estimate)
    reason = THINNED if thinned else _reason(found, control)
    event = found.from_event
    return Excess(
        reason=reason,
        **(_range(found) | {"word": found.word} if reason is None else {}),
        own_slots=event.own_slots,
        own_returns=int((counted["found"] > 0).sum()) / counted.height,
        from_event=Estimate.of(event.estimate),
        from_end=Estimate.of(found.from_end),
        step_anew=Estimate.of(found.step_anew),
        first_back=Estimate.of(estimated(joined(replays.first_back)).estimate),
        control=control,
        by_gap_class=() if reason else _by_gap_class(replays, headline),
        curve=(
            ()
            if event.estimate.estimate is None
            else _curves(joined(headline.cells), replays.slots(), curve)
        ),
        without_work=(int((~counted["is_reached"]).sum()), counted.height),
        reached=Estimate() if found.reached is None else Estimate.of(found.reached),
        controls_mean_seconds=(
            None
            if event.estimate.estimate is None
            else sum(int(some.y_us.sum()) for some in headline.cells) / event.interruptions / US
            - event.estimate.estimate
        ),
    )


def _range(found: ExcessRange) -> dict[str, Any]:
    return {
        "lower": found.lower,
        "upper": found.upper,
        "ci_lower": found.ci_lower,
        "ci_upper": found.ci_upper,
    }


def _reason(found: ExcessRange, control: Estimate) -> str | None:
    """Why the excess cannot be reported, or None."""
    first = found.from_event
    if not first.own_slots or first.estimate.estimate is None:
        return "no_controls"
    if first.own_slots < MIN_OWN_SLOTS.value:
        return "too_few_controls"
    if (
        _excludes_zero(control)
        and control.estimate is not None
        and abs(control.estimate) >= CONTROL_SHARE.value * abs(first.estimate.estimate)
    ):
        return "early_controls_differ"
    return None


def _excludes_zero(estimate: Estimate) -> int:
    """1 for an interval above 0, -1 for one below, else 0."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return 0
    return int(estimate.ci_lower > 0) - int(estimate.ci_upper < 0)


def excess_checks(found: Excess, *, finest_seconds: float = 0.0) -> list[Check]:
    """What is worth a word about the matched controls.

    Args:
        found: The excess.
        finest_seconds: The finest difference that may be printed.
    """
    if found.reason is not None:
        return []
    checks = []
    slots = found.own_slots
    if slots is not None and slots < WARN_OWN_SLOTS.value:
        checks.append(
            Check(
                check="few_controls",
                severity="warn",
                count=round(slots * 100),
                share=slots,
            )
        )
    side = _excludes_zero(found.from_event)
    if side != 0 and _excludes_zero(found.first_back) != side:
        if found.first_back.ci_lower is None:
            checks.append(Check(check="companion_unknown", severity="warn", count=1, share=None))
        else:
            checks.append(Check(check="companion_differs", severity="warn", count=1, share=None))
    reached = found.reached
    if reached.ci_lower is not None and reached.ci_lower <= 0:
        left, everybody = found.without_work
        checks.append(
            Check(
                check="longer_by_give_ups",
                severity="warn",
                count=left,
                share=left / everybody,
            )
        )
    if _excludes_zero(found.control):
        checks.append(
            Check(
                check="early_controls",
                severity="warn",
                count=1,
                share=None,
                figures={
                    "seconds": abs(found.control.estimate or 0.0),
                    "finest_seconds": finest_seconds,
                },
            )
        )
    return checks


def at_threshold(sums: ThresholdSums) -> ExcessRange | None:
    """The excess at another threshold; None where a run with that threshold would show none."""
    found = sums.excess
    control = Estimate.of(estimated(joined(sums.control)).estimate)
    return found if _reason(found, control) is None else None


def user_excess(replays: Replays, headline: ThresholdSums) -> pl.DataFrame:
    """Per user the sum of D in microseconds (null without a moment at all), and who was matched."""
    fill = _cell_means(joined(headline.cells))
    counted = replays.counted("user_no", "cell", "reorientation_us", "found", "found_us")
    if fill is None:
        difference = pl.lit(None, dtype=pl.Float64)
    else:
        which, means, everywhere = fill
        place = np.minimum(np.searchsorted(which, counted["cell"].to_numpy()), len(which) - 1)
        mean = np.where(which[place] == counted["cell"].to_numpy(), means[place], everywhere)
        counted = counted.with_columns(fill=pl.Series(mean, dtype=pl.Float64))
        slots = pl.col("found_us") + (SLOTS - pl.col("found")) * pl.col("fill")
        difference = pl.col("reorientation_us") - slots / SLOTS
    return counted.group_by("user_no", maintain_order=True).agg(
        excess_us=difference.sum() if fill is not None else difference.first(),
        matched=(pl.col("found") > 0).sum(),
    )


def _cell_means(cells: CellSums) -> tuple[np.ndarray, Floats, float] | None:
    """(cells, mean of the found slots of each, mean of all); None where nothing was found."""
    total = int(cells.found.sum())
    if total == 0:
        return None
    which, place = distinct(cells.cell)
    found = np.bincount(place, weights=cells.found)
    us = np.bincount(place, weights=cells.found_us)
    everywhere = int(cells.found_us.sum()) / total
    return which, np.where(found > 0, us / np.maximum(found, 1), everywhere), everywhere


def _by_gap_class(replays: Replays, headline: ThresholdSums) -> tuple[ExcessRow, ...]:
    clocks = ("found_us", "found_end_us")
    counted = replays.counted("user_no", "cell", "gap_class", "reorientation_us", "found", *clocks)
    rows, steps = [], joined(headline.steps)
    for name in GAP_CLASSES:
        mine = counted.filter(pl.col("gap_class") == name)
        if mine.height:
            from_event, from_end = _cells(mine, clocks)
            found = excess_range(from_event, estimated(from_end).estimate, steps)
            rows.append(ExcessRow(gap_class=name, eligible=mine.height, **_range(found)))
    return tuple(rows)


def _cells(rows: pl.DataFrame, clocks: Sequence[str]) -> list[CellSums]:
    """Sums by user and cell, for each of the clocks by which slots were found."""
    sums = rows.group_by("user_no", "cell", maintain_order=True).agg(
        pl.len().alias("n"), pl.col("reorientation_us", "found", *clocks).sum()
    )

    def column(name: str) -> np.ndarray:
        return sums[name].to_numpy().astype(np.int64)

    first = CellSums(
        user=column("user_no"),
        cell=column("cell"),
        n=column("n"),
        y_us=column("reorientation_us"),
        found=column("found"),
        found_us=column(clocks[0]),
    )
    return [replace(first, found_us=column(clock)) for clock in clocks]


def _curves(
    cells: CellSums, slots: pl.DataFrame, curve: tuple[tuple[float, float], ...]
) -> tuple[tuple[float, float, float], ...]:
    """The curve of the interruptions with that of their slots beside it.

    Empty slots are filled with the share of their cell, as the excess fills them with its mean.
    """
    which, place = distinct(cells.cell)
    found = np.bincount(place, weights=cells.found)
    empty = np.bincount(place, weights=SLOTS * cells.n - cells.found)
    cell = np.searchsorted(which, slots["cell"].to_numpy())
    y_us = slots["y_us"].to_numpy()
    times = [t for t, _ in curve]
    reported = []
    for number, (t, share) in enumerate(curve):
        # At the cap itself those count that got there before it was reached.
        reached = y_us <= t * US if number < len(times) - 1 else y_us < t * US
        by_cell = np.bincount(cell, weights=reached, minlength=len(which))
        everywhere = by_cell.sum() / found.sum()
        filled = np.where(found > 0, by_cell / np.maximum(found, 1), everywhere)
        mine = (by_cell + empty * filled).sum() / (found + empty).sum()
        reported.append((t, share, float(mine)))
    return tuple(reported)
