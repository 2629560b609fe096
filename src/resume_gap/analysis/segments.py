"""Interruptions by the values of the columns asked for; exploration only."""

from collections.abc import Mapping, Sequence

import polars as pl

from resume_gap.analysis.hit_rows import COLUMNS, NO_VALUE, hit_row
from resume_gap.pipeline.steps import SEGMENT
from resume_gap.quality.small_groups import Groups
from resume_gap.replay.collected import Replays
from resume_gap.results.analyze import (
    SegmentRow,
)
from resume_gap.results.common import US, Estimate
from resume_gap.stats.ratio import ratio_of_sums, scaled


def segments(
    replays: Replays,
    columns: Sequence[str],
    names: Mapping[str, Mapping[int, str]],
    best: str | None,
    groups: Groups,
) -> tuple[SegmentRow, ...]:
    """Eligible interruptions by the value that each column had at the stop; exploration only.

    Args:
        replays: The replay of the log.
        columns: The columns asked for.
        names: By column the value of each number.
        best: The policy whose hits are shown; None: none are.
        groups: Which values may be named.
    """
    found = []
    for place, column in enumerate(columns, start=1):
        asked = ("reorientation_us", "is_reached", f"{SEGMENT}{place}")
        counted = replays.counted(*asked, *COLUMNS)
        values = counted[f"{SEGMENT}{place}"].replace_strict(
            {0: NO_VALUE, **names[column]}, default=NO_VALUE, return_dtype=pl.String
        )
        for value, mine in groups.split(counted.with_columns(value=values)):
            sums = (
                mine.group_by("user_no")
                .agg(
                    pl.len().cast(pl.Int64).alias("n"),
                    pl.col("reorientation_us").sum(),
                    pl.col("is_reached").sum().cast(pl.Int64),
                )
                .sort("user_no")
            )
            n = sums["n"].to_numpy()
            row = None if best is None else hit_row(mine, "", value, best)
            found.append(
                SegmentRow(
                    column=column,
                    value=value,
                    users=sums.height,
                    eligible=mine.height,
                    mean=Estimate.of(
                        scaled(
                            ratio_of_sums(sums["reorientation_us"].to_numpy(), n), 1 / US, low=0.0
                        )
                    ),
                    productive_share=int(sums["is_reached"].sum()) / mine.height,
                    hit=Estimate()
                    if row is None
                    else Estimate(estimate=row.hit, ci_lower=row.ci_lower, ci_upper=row.ci_upper),
                    chance=None if row is None else row.chance,
                )
            )
    return tuple(found)
