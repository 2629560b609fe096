"""Sessions, stops, lags and per-user sums at each threshold of the grid.

Rests on bursts, which are read as arrays, some whole streams at a time: the sums of every
threshold are added up, and the rows of the headline threshold go into the database.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.constants import FOLLOW_UP, TAU_CAP
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.queries import Runner, by_stream
from resume_gap.pipeline.runs import run_heads
from resume_gap.replay.chunks import Sessions, bursts_of
from resume_gap.replay.return_rows import ROW_RELATIONS, return_rows
from resume_gap.replay.stops import Stops
from resume_gap.replay.user_counts import USER_COUNTS, UserCounts, user_counts
from resume_gap.replay.waits import WaitRules, Waits, waits
from resume_gap.results.common import US
from resume_gap.system.threads import in_turn

_SUMMED = 5
"""Figures of a threshold that add up over batches."""


@dataclass(frozen=True, slots=True)
class ThresholdTotals:
    """The figures of one threshold; times in microseconds.

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
        user_sums: One row per user with an event: the columns of queries/40_user_work.sql, and at
            the headline threshold those of `USER_COUNTS`.
        totals: At every threshold of the grid, from the shortest up.
    """

    user_sums: pl.DataFrame
    totals: tuple[ThresholdTotals, ...]


def cap_us(threshold_us: int) -> int:
    """The cap: what one return is charged at most.

    Never more than the threshold itself, so that the charge for leaving is exact.
    """
    return min(TAU_CAP.us, threshold_us)


@dataclass(frozen=True, slots=True)
class MeasureRules:
    """What the measurement of a batch has to know; nothing of it needs the database.

    Attributes:
        threshold_us: The headline threshold.
        thresholds_us: The thresholds, from the shortest up, the headline among them.
        user_of_stream: User number by stream_no.
        ends: End of the log by stream_no.
        waits: How a wait is read.
        relations: What queries read of the headline threshold.
    """

    threshold_us: int
    thresholds_us: Sequence[int]
    user_of_stream: Ints
    ends: Ints
    waits: WaitRules
    relations: Collection[str] = ROW_RELATIONS


class MeasuredBatch(NamedTuple):
    """What was measured of some whole streams.

    Attributes:
        sums: (thresholds, 5) returns, interruptions, eligible ones, those who reached work, and the
            microseconds that they took.
        interrupted: By threshold, the numbers of the users who were interrupted; some come again.
        users: Their sums at the headline threshold.
        rows: Of the headline threshold, by relation.
    """

    sums: Ints
    interrupted: tuple[Ints, ...]
    users: UserCounts
    rows: Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRules:
    """What is measured of the returns, and how.

    Attributes:
        threshold_us: The headline threshold.
        grid_us: All thresholds to show, the headline among them, each with a cap of its own.
        log_end_us: End of the log; None: each stream ends with its newest event.
        has_productive: Whether any event counts as productive.
        all_returns: Whether every return counts as an interruption.
        relations: What queries read of the headline threshold.
    """

    threshold_us: int
    grid_us: Iterable[int]
    log_end_us: int | None
    has_productive: bool
    all_returns: bool
    relations: Collection[str] = ROW_RELATIONS


def measure(runner: Runner, shelf: Shelf, rules: ReturnRules, *, threads: int = 1) -> ReturnSums:
    """Sessions, stops and lags of the headline threshold, and the totals of every threshold.

    Args:
        runner: Holds `stream_stats` and `streams`; receives the relations that are wanted.
        shelf: Bursts of the same log, as arrays.
        rules: What is measured.
        threads: More than one: several batches are at work at a time.
    """
    of_batches = measure_rules(runner, rules)
    work = partial(measured, rules=of_batches)
    with closing(in_turn(work, shelf.batches("bursts"), threads)) as batches:
        return return_sums(runner, batches, of_batches)


def measure_rules(runner: Runner, rules: ReturnRules) -> MeasureRules:
    """What the measurement has to know; arguments are those of `measure`.

    Sets the variables that queries over the returns read.
    """
    runner.let(
        follow_up_us=FOLLOW_UP.us,
        has_productive=rules.has_productive,
        log_end_us=rules.log_end_us,
        threshold_us=rules.threshold_us,
        cap_us=cap_us(rules.threshold_us),
    )
    runner.make("29_log_ends")
    return MeasureRules(
        threshold_us=rules.threshold_us,
        thresholds_us=sorted(rules.grid_us),
        user_of_stream=by_stream(runner.read("22_stream_users"), "user_no"),
        ends=by_stream(runner.table("log_ends"), "log_end_us"),
        waits=WaitRules(has_productive=rules.has_productive, all_returns=rules.all_returns),
        relations=rules.relations,
    )


def measured(table: pa.Table, rules: MeasureRules) -> MeasuredBatch:
    """The figures of every threshold of a batch of bursts, and the rows of the headline one."""
    bursts = bursts_of(table, rules.ends)
    sums = np.zeros((len(rules.thresholds_us), _SUMMED), dtype=np.int64)
    interrupted = []
    for place, threshold_us in enumerate(rules.thresholds_us):
        sessions = Sessions.at(bursts, threshold_us)
        found = waits(
            bursts, sessions, rules.waits, threshold_us=threshold_us, cap_us=cap_us(threshold_us)
        )
        sums[place] = _added(found)
        first = sessions.first[sessions.returns[found.is_interruption]]
        users = rules.user_of_stream[bursts.stream[first]]
        interrupted.append(users[run_heads(users)])
        if threshold_us == rules.threshold_us:
            headline = sessions, found
    sessions, found = headline
    stops = Stops.of(bursts, sessions, rules.waits, threshold_us=rules.threshold_us)
    blind = not rules.waits.has_productive
    return MeasuredBatch(
        sums,
        tuple(interrupted),
        user_counts(sessions, stops, found, rules.user_of_stream),
        return_rows(bursts, sessions, stops, found, rules.relations, has_productive=not blind),
    )


def return_sums(
    runner: Runner, batches: Iterable[MeasuredBatch], rules: MeasureRules
) -> ReturnSums:
    """The sums of all batches, in their order, whose rows become relations of the database."""
    counts = np.zeros((len(USER_COUNTS), int(rules.user_of_stream.max()) + 1), dtype=np.int64)

    def seen() -> Iterator[MeasuredBatch]:
        put = runner.store
        for batch in batches:
            counts[:, batch.users.user_no] += batch.users.counts
            for relation, rows in batch.rows.items():
                put(relation, rows)
            put = runner.extend
            yield batch

    totals = added_up(seen(), rules)
    work = runner.read("40_user_work").pl()
    own = zip(USER_COUNTS, counts[:, work["user_no"].to_numpy()], strict=True)
    return ReturnSums(work.with_columns(**{name: pl.Series(sums) for name, sums in own}), totals)


def added_up(batches: Iterable[MeasuredBatch], rules: MeasureRules) -> tuple[ThresholdTotals, ...]:
    """The figures of every threshold of all batches."""
    thresholds_us = rules.thresholds_us
    sums = np.zeros((len(thresholds_us), _SUMMED), dtype=np.int64)
    interrupted = np.zeros(
        (len(thresholds_us), int(rules.user_of_stream.max()) + 1), dtype=np.bool_
    )
    for batch in batches:
        sums += batch.sums
        for place, users in enumerate(batch.interrupted):
            interrupted[place, users] = True
    users = interrupted.sum(axis=1)
    return tuple(
        ThresholdTotals(
            threshold_us=threshold_us,
            has_productive=rules.waits.has_productive,
            returns=int(added[0]),
            interruptions=int(added[1]),
            users_interrupted=int(users[place]),
            eligible=int(added[2]),
            productive=int(added[3]),
            reorientation_us=int(added[4]),
        )
        for place, (threshold_us, added) in enumerate(zip(thresholds_us, sums, strict=True))
    )


def _added(found: Waits) -> tuple[int, ...]:
    """Returns, interruptions, eligible ones, those who reached work, and what they took."""
    counted = found.counted
    return (
        len(counted),
        int(found.is_interruption.sum()),
        int(counted.sum()),
        int((counted & found.is_reached).sum()),
        int(found.y_us[counted].sum()),
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
