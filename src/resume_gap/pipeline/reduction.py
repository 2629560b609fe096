"""Runs the heavy pass and puts its relations into the database."""

import math
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.constants import (
    BURST_CUT,
    CHECK_EVENTS,
    CHECK_USERS,
    MOMENT_ROWS,
    NAMED_USERS,
    SHOWN_SHORT,
    STREAM_ROW_BYTES,
)
from resume_gap.errors import DataError
from resume_gap.pipeline import ordering
from resume_gap.pipeline.batches import RELATIONS, Shelf
from resume_gap.pipeline.bursts import HistorySplit, Reduced, reduce_steps
from resume_gap.pipeline.event_users import EventUsers
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.moments import Thinning
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import NumberedNames, Steps, read_steps, subset
from resume_gap.pipeline.whole_streams import whole_streams
from resume_gap.system import progress
from resume_gap.system.threads import ahead

BATCH_ROWS = 1_000_000
ORDERED_FROM = 500_000
"""Rows of a log from which its events are put in order here, not by the engine."""
STORED = ("bursts", "stream_stats")
"""Relations that queries read; the others wait on the shelf."""
_SHELVED = (*RELATIONS, "gap_counts")
_BURST_COLUMNS = (
    "stream_no",
    "burst_no",
    "start_us",
    "end_us",
    "gap_us",
    "first_step",
    "last_step",
    "last_content",
    "worked_step",
    "worked_until_us",
    "is_open",
    "next_work_step",
    "next_work_us",
    "next_leaving_step",
    "away_before_us",
)
"""Columns of bursts that queries read; the others are only read from the shelf."""


@dataclass(slots=True)
class Tally:
    """What the pass counts on its way over the events."""

    repeated: int = 0
    alike: int = 0
    reversed_ends: int = 0
    ties: int = 0
    rows: int = 0
    newest_us: int = -1
    kinds: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Events that took part, idle events left out, by kind_no."""
    names: NumberedNames = field(default_factory=dict)
    """Numbers of devices and segments, by column and value."""
    event_users: list[list[int]] = field(default_factory=list)
    """Some users of the events that were read, by event_no, the lowest numbers first."""
    sample: list[Steps] = field(default_factory=list)
    """Whole streams of the users chosen by hash, for the costly checks."""
    shelf: Shelf = field(default_factory=lambda: Shelf(None))
    """Bursts, touches and moments for the replay."""

    @property
    def used(self) -> int:
        """Rows that took part, idle events included."""
        return self.rows - self.repeated


def burst_cut_us(gap_us: int | None) -> int:
    """The burst cut: the shortest limit that any figure of this run asks about.

    That is 30 s where the limit is learned, since none below a minute is; else half of the given
    limit, or the quarter of an hour that is always shown.
    """
    return BURST_CUT.us if gap_us is None else min(gap_us // 2, SHOWN_SHORT.us)


def reduce_events(
    runner: Runner,
    intake: Intake,
    *,
    cut_us: int,
    seed: int,
    all_returns: bool = False,
    spill: Path | None = None,
    split: HistorySplit | None = None,
    threads: int = 1,
) -> Tally:
    """Make bursts, touches, moments, gap_counts and stream_stats from `events`.

    Args:
        runner: Holds `events` and `streams`.
        intake: Meaning of the numbers.
        cut_us: The burst cut.
        seed: Of everything chosen by hash.
        all_returns: Whether matched controls need no work in progress.
        spill: Where the shelf may write; None: it stays in memory.
        split: Where a trial begins; None: there is none.
        threads: More than one: events are put in order while others are reduced.

    Raises:
        DataError: Nothing but idle events is left.
    """
    progress.expect(intake.read)
    tally = Tally(shelf=Shelf(spill))
    sampled = _sampled_streams(runner, seed)
    users = EventUsers(intake.contents, _users_of_streams(runner), int(NAMED_USERS.value))
    tally.event_users = users.users
    thinning = _thinning(runner, intake, seed, all_returns=all_returns)
    ordered = _ordered(runner, intake.read, spill)  # the connection hands over rows from here on

    cleaned = read_steps(
        ordered, intake.contents, tally.names, watch=users.add, all_differ=intake.all_differ
    )

    def watched(batches: Iterator[Steps]) -> Iterator[Steps]:
        for steps in batches:
            _count(tally, steps, sampled)
            yield steps
            progress.add(steps.rows_read)

    # Closed here, also when the run is interrupted: the thread reads from the connection.
    with closing(ahead(cleaned, threads, runner.con.interrupt)) as batches:
        reduced = reduce_steps(
            watched(batches), intake.contents, thinning, cut_us=cut_us, split=split
        )
        there = store(runner, reduced, tally.shelf)
    if not there:
        raise DataError(
            "no event is left to measure: all rows were set aside or mean idleness; "
            "look at --away, --ignore, --since, --until and the columns"
        )
    return tally


def _ordered(runner: Runner, read: int, spill: Path | None) -> Iterator[pa.Table]:
    """The events in order, whole streams at a time."""
    columns = runner.variable("step_columns")
    if read < ORDERED_FROM or columns != list(ordering.COLUMNS):
        return whole_streams(runner.read("20_steps").to_arrow_reader(BATCH_ROWS), BATCH_ROWS)
    streams = runner.table("streams").filter("stream_no is not null").select("stream_no", "n")
    table = streams.to_arrow_table()
    rows = np.zeros(table.num_rows + 1, dtype=np.int64)
    rows[table.column("stream_no").to_numpy()] = table.column("n").to_numpy()
    events = runner.read("94_encoded").to_arrow_reader(BATCH_ROWS)
    return ordering.in_order(events, rows, BATCH_ROWS, spill)


def refuse_long_stream(runner: Runner, memory_bytes: int) -> None:
    """Refuse a log whose longest stream does not fit into memory, before anything is ordered.

    Args:
        runner: Holds `streams`.
        memory_bytes: What the run may use.

    Raises:
        DataError: It does not fit; the message says how much it takes.
    """
    (rows,) = runner.row("25_longest_stream")
    needed = math.ceil(rows * STREAM_ROW_BYTES.value / 1e8) / 10
    if needed * 1e9 > max(memory_bytes, 1e8):
        raise DataError(
            f"one user has {rows:,} rows, and the rows of one user are ordered as a whole: that"
            f" takes about {needed:g} GB; give --memory-limit {math.ceil(needed)}GB, or leave that"
            " user out with --exclude-users"
        )


def _thinning(runner: Runner, intake: Intake, seed: int, *, all_returns: bool) -> Thinning:
    """Which instants may be controls; all of them unless the log is long."""
    share = MOMENT_ROWS.value / max(1, intake.read)
    if share >= 1:
        return Thinning(idle_too=all_returns)
    runner.let(seed=seed)
    table = runner.read("19_stream_keys").to_arrow_table()
    stream = table.column("stream_no").to_numpy()
    keys = np.zeros(int(stream.max(initial=0)) + 1, dtype=np.uint64)
    keys[stream] = table.column("key").to_numpy()
    return Thinning(share=share, stream_keys=keys, idle_too=all_returns)


def _users_of_streams(runner: Runner) -> Ints:
    """User numbers by stream_no, 0 unused."""
    table = runner.read("22_stream_users").to_arrow_table()
    stream = table.column("stream_no").to_numpy()
    users = np.zeros(int(stream.max(initial=0)) + 1, dtype=np.int64)
    users[stream] = table.column("user_no").to_numpy()
    return users


def _sampled_streams(runner: Runner, seed: int) -> np.ndarray:
    """Which stream numbers belong to the users chosen by hash for the costly checks."""
    runner.let(seed=seed, check_users=int(CHECK_USERS.value), check_events=int(CHECK_EVENTS.value))
    frame = runner.read("18_sampled_streams").pl()
    flags = np.zeros(max(frame["stream_no"].to_list(), default=0) + 1, dtype=np.bool_)
    flags[frame["stream_no"].to_numpy()] = frame["is_sampled"].to_numpy()
    return flags


def _count(tally: Tally, steps: Steps, sampled: np.ndarray) -> None:
    tally.rows += steps.rows_read
    tally.repeated += steps.repeated
    tally.alike += steps.alike
    tally.reversed_ends += steps.reversed_ends
    tally.ties += steps.ties
    tally.newest_us = max(tally.newest_us, steps.newest_us)
    kinds = np.bincount(steps.content >> 32, minlength=len(tally.kinds))
    kinds[: len(tally.kinds)] += tally.kinds
    tally.kinds = kinds
    of_stream = sampled[steps.stream_no]
    if of_stream.any():
        tally.sample.append(subset(steps, np.repeat(of_stream, np.diff(steps.starts))))


def store(runner: Runner, batches: Iterable[Reduced], shelf: Shelf) -> bool:
    """Put the relations of the first waist where they are read; False when there was no event."""
    created = False
    writer = runner.writer()  # the connection itself is still handing over events
    for reduced in batches:
        shelf.put({name: getattr(reduced, name) for name in _SHELVED})
        for name in STORED:
            table = getattr(reduced, name)
            if name == "bursts":
                table = table.select(_BURST_COLUMNS)
            writer.register("handed_over", table)
            verb = f"insert into {name}" if created else f"create table {name} as"
            writer.execute(f"{verb} select * from handed_over")
            writer.unregister("handed_over")
        created = True
    writer.close()
    return created
