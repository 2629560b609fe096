"""What the length of a log and rows at one instant mean for the figures."""

from collections.abc import Sequence

import polars as pl

from resume_gap.constants import SHORT_LOG
from resume_gap.pipeline.tally import Tally
from resume_gap.results.common import DAY_US, Check


def length_checks(user_sums: pl.DataFrame) -> list[Check]:
    """That figures per week are extrapolated from less.

    Args:
        user_sums: One row per user with first_us and last_us.
    """
    days = (int(user_sums["last_us"].max()) - int(user_sums["first_us"].min())) / DAY_US  # type: ignore[arg-type]
    if days >= SHORT_LOG.value:
        return []
    return [
        Check(
            check="short_log",
            severity="warn",
            count=max(1, round(days)),
            share=None,
            figures={"days": days},
        )
    ]


def order_checks(unknown: Sequence[str], tally: Tally) -> list[Check]:
    """That what a target rule points at depends on the order of rows at one instant.

    Args:
        unknown: The target rules of which that is so.
        tally: What the pass counted.
    """
    if not unknown:
        return []
    return [
        Check(
            check="hits_depend_on_order",
            severity="warn",
            count=tally.ties,
            share=tally.ties / tally.rows,
        )
    ]
