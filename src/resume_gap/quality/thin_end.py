"""Where a log ends whose last days hold hardly anybody: a clock that runs days ahead wrote them.

Section 1 of the method. Whoever did not come back by then has not stayed away: others are not seen
on those days, either.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import polars as pl

from resume_gap.constants import LOG_END_DAYS, LOG_END_SHARE
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.units import DAY_US, US


class LogEnd(NamedTuple):
    """The end of a log.

    Attributes:
        at_us: The last instant at which people could be seen; None: each stream has its own end.
        checks: That it is not the last one of the log.
    """

    at_us: int | None
    checks: Sequence[Check] = ()


def log_end(
    runner: Runner,
    stats: pl.DataFrame,
    newest_us: int,
    until_us: int | None,
    by_stream: bool,
) -> LogEnd:
    """The end of a log: its newest event, or the last one of a day on which people were there.

    Args:
        runner: Holds `log`, `streams` and `bursts`.
        stats: One row per stream: user_no, newest_us.
        newest_us: Newest event of the log.
        until_us: The end that was asked for; it decides.
        by_stream: Whether the log has streams, each of which ends by itself.
    """
    if until_us is not None or by_stream:
        return LogEnd(until_us)
    last_day_us = newest_us // DAY_US * DAY_US
    late = stats.filter(pl.col("newest_us") >= last_day_us)["user_no"].n_unique()
    if late >= LOG_END_SHARE.value * stats["user_no"].n_unique():
        return LogEnd(newest_us)  # no day has more users than all days: nothing to look at
    days = runner.read("79_day_users").pl()
    usual = float(np.median(days["users"].to_numpy()))
    enough = days.filter(pl.col("users") >= LOG_END_SHARE.value * usual)
    day_end_us = (int(max(enough["day_no"].to_list())) + 1) * DAY_US
    if newest_us < day_end_us + LOG_END_DAYS.us:
        return LogEnd(newest_us)  # some work past midnight, or at a weekend
    runner.let(day_end_us=day_end_us)
    end_us, beyond, rows = map(int, runner.row("80_rows_beyond"))
    check = Check(
        check="thin_end",
        severity="warn",
        count=beyond,
        share=beyond / rows,
        names=(str(datetime.fromtimestamp(end_us // US, UTC).date()),),
    )
    return LogEnd(end_us, (check,))
