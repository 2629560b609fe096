"""Where a log ends whose last days hold hardly anybody: a clock that runs days ahead wrote them.

Section 1 of the method. Whoever did not come back by then has not stayed away: others are not seen
on those days, either.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.constants import LOG_END_DAYS, LOG_END_SHARE
from resume_gap.pipeline.batches import ReadBursts
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
    bursts: ReadBursts,
    stats: pl.DataFrame,
    newest_us: int,
) -> LogEnd:
    """The end of a log: its newest event, or the last one of a day on which people were there.

    Args:
        runner: Holds `log` and `streams`.
        bursts: Reads the bursts of the log.
        stats: One row per stream: user_no, newest_us.
        newest_us: Newest event of the log.
    """
    last_day_us = newest_us // DAY_US * DAY_US
    late = stats.filter(pl.col("newest_us") >= last_day_us)["user_no"].n_unique()
    if late >= LOG_END_SHARE.value * stats["user_no"].n_unique():
        return LogEnd(newest_us)  # no day has more users than all days: nothing to look at
    days, users = day_users(bursts(("stream_no", "start_us")))
    enough = days[users >= LOG_END_SHARE.value * float(np.median(users))]
    day_end_us = (int(enough.max()) + 1) * DAY_US
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


def day_users(bursts: Iterable[pa.Table]) -> tuple[Ints, Ints]:
    """The UTC days on which bursts begin, and the users of each.

    Args:
        bursts: stream_no and start_us of whole streams, each of which is a user.
    """
    of_users = []
    for batch in bursts:
        stream = batch.column("stream_no").to_numpy()
        day = batch.column("start_us").to_numpy() // DAY_US
        fresh = np.ones(len(day), dtype=np.bool_)  # bursts of a stream stand in order
        fresh[1:] = (stream[1:] != stream[:-1]) | (day[1:] != day[:-1])
        of_users.append(day[fresh])
    return np.unique(np.concatenate(of_users), return_counts=True)
