"""Ids that may be made anew every day: then one person counts as several.

Section 1 of the method.
"""

import polars as pl

from resume_gap import constants
from resume_gap.results.common import DAY_US, Check


def day_id_checks(sums: pl.DataFrame) -> list[Check]:
    """That nearly nobody is seen on two days, though people come back within one.

    Args:
        sums: One row per user (`ReturnSums.user_sums`).
    """
    back = sums.filter(pl.col("returns") > 0)
    if back.height < constants.DECISION_MIN_USERS.value:
        return []
    first, last = back["first_us"].to_numpy(), back["last_us"].to_numpy()
    short = last - first < DAY_US
    of_a_day = int(short.sum())
    if (
        of_a_day < constants.DAY_IDS.value * back.height
        or int(last.max()) - int(first.min()) < constants.SHORT_LOG.value * DAY_US
    ):
        return []
    most = int((back["first_us"].filter(pl.Series(short)) // DAY_US).value_counts()["count"].max())  # type: ignore[arg-type]
    if most > constants.DAY_IDS_ON_ONE.value * of_a_day:
        return []
    return [
        Check(check="ids_of_a_day", severity="warn", count=of_a_day, share=of_a_day / back.height)
    ]
