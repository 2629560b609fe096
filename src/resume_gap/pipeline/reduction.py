"""Runs the heavy pass and puts its relations into the database."""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import Bools, Ints, one_array
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
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.deliveries import without_repeats
from resume_gap.pipeline.event_users import EventUsers
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.labels import promise_names
from resume_gap.pipeline.moments import Thinning
from resume_gap.pipeline.numbering import numbered, numbered_codes, numbers_of
from resume_gap.pipeline.own_names import OwnNames
from resume_gap.pipeline.queries import Runner, by_stream, rows_of_streams
from resume_gap.pipeline.steps import Steps, read_steps
from resume_gap.pipeline.tally import Tally
from resume_gap.pipeline.whole_streams import whole_streams
from resume_gap.system import progress
from resume_gap.system.threads import Stop, ahead

BATCH_ROWS = 1_000_000
ORDERED_FROM = 500_000
"""Rows of a log from which its events are put in order here, not by the engine."""
_SHELVED = (*RELATIONS, "gap_counts")


@dataclass(frozen=True, slots=True)
class PassRules:
    """What the pass has to know of a log; nothing of it needs the database any more.

    Attributes:
        contents: Meaning of the content numbers.
        all_differ: Whether no event repeats another.
        user_of_stream: User numbers by stream_no, 0 unused.
        sampled: By stream_no, which streams are kept for the costly checks.
        thinning: Which instants may be controls.
        cut_us: The burst cut.
        split: Where a trial begins; None: there is none.
    """

    contents: Contents
    all_differ: bool
    user_of_stream: Ints
    sampled: Bools
    thinning: Thinning
    cut_us: int
    split: HistorySplit | None = None


def burst_cut_us(gap_us: int | None) -> int:
    """The burst cut: the shortest threshold that any figure of this run asks about.

    That is 30 s where the threshold is learned, since none below a minute is; else half of the
    given one, or the quarter of an hour that is always shown.
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
    rules = pass_rules(
        runner, intake, cut_us=cut_us, seed=seed, all_returns=all_returns, split=split
    )
    # The connection hands over rows from here on.
    stop = Stop(runner.con.interrupt)
    ordered = _ordered(runner, intake, spill, threads, stop)
    # Closed here, also when the run is interrupted: the first thread reads from the connection.
    with (
        closing(ahead(cleaned(ordered, rules, tally), threads, stop)) as batches,
        closing(ahead(reduced(batches, rules, tally), threads, stop)) as relations,
    ):
        if not store(runner, relations, tally.shelf):
            raise nothing_left()
    return tally


def nothing_left() -> DataError:
    """What is wrong with a log without any event that took part."""
    return DataError(
        "no event is left to measure: all rows were set aside or mean idleness; "
        "look at --away, --ignore, --since, --until and the columns"
    )


def pass_rules(
    runner: Runner,
    intake: Intake,
    *,
    cut_us: int,
    seed: int,
    all_returns: bool = False,
    split: HistorySplit | None = None,
) -> PassRules:
    """What the pass has to know; arguments as those of `reduce_events`."""
    return PassRules(
        contents=intake.contents,
        all_differ=intake.all_differ,
        sampled=_sampled_streams(runner, seed),
        user_of_stream=by_stream(runner.read("22_stream_users"), "user_no"),
        thinning=_thinning(runner, intake, seed, all_returns=all_returns),
        cut_us=cut_us,
        split=split,
    )


def cleaned(ordered: Iterator[pa.Table], rules: PassRules, tally: Tally) -> Iterator[Steps]:
    """Ordered events cleaned, whole streams at a time; `tally` receives names and users."""
    users = EventUsers(rules.contents, rules.user_of_stream, int(NAMED_USERS.value))
    yield from read_steps(
        ordered, rules.contents, tally.names, watch=users.add, all_differ=rules.all_differ
    )
    tally.event_users = users.users


def reduced(batches: Iterator[Steps], rules: PassRules, tally: Tally) -> Iterator[Reduced]:
    """Cleaned events to the relations of the first waist; `tally` counts them."""

    def counted() -> Iterator[Steps]:
        for steps in batches:
            tally.count(steps, rules.sampled)
            yield steps
            progress.add(steps.rows_read)

    return reduce_steps(
        counted(), rules.contents, rules.thinning, cut_us=rules.cut_us, split=rules.split
    )


def _ordered(
    runner: Runner, intake: Intake, spill: Path | None, threads: int, stop: Stop
) -> Iterator[pa.Table]:
    """The events in order, whole streams at a time."""
    if intake.read < ORDERED_FROM or not ordering.can_order(runner.variable("step_columns")):
        steps = runner.read("20_steps").to_arrow_reader(BATCH_ROWS)
        return map(without_repeats, whole_streams(steps, BATCH_ROWS))
    rows = rows_of_streams(runner)  # before the connection hands over events
    # What is gone already is gone from the view of events, not from the log.
    has_own = runner.is_promised("labels")
    numbers = None
    if not intake.dropped_before:
        numbers = numbers_of(runner, intake.read, has_labels=not has_own)
    if numbers is None:
        events = runner.read("95_unordered").to_arrow_reader(BATCH_ROWS)
        return ordering.in_order(events, rows, BATCH_ROWS, spill)
    if intake.coded is not None and not runner.variable("ids_repeat"):
        # Its queries are short and few, so an interrupted connection would hardly end it.
        events = stop.until(numbered_codes(intake.coded, numbers, runner, threads))
        return ordering.in_order(events, rows, BATCH_ROWS, spill)
    if not has_own:
        hashed = runner.read("98_hashed_events").to_arrow_reader(BATCH_ROWS)
        return ordering.in_order(numbered(hashed, numbers), rows, BATCH_ROWS, spill)
    own = OwnNames(len(intake.contents.label_element) - 1, spill)
    promise_names(runner, own)
    named = runner.read("110_named_events").to_arrow_reader(BATCH_ROWS)
    events = numbered(named, numbers, own)
    return ordering.in_order(events, rows, BATCH_ROWS, spill, relabel=own.labeled)


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
    table = runner.read("19_stream_digests").to_arrow_table()
    stream = table.column("stream_no").to_numpy()
    keys = np.zeros(int(stream.max(initial=0)) + 1, dtype=np.uint64)
    keys[stream] = _second_halves(one_array(table.column("digest")))
    return Thinning(share=share, stream_keys=keys, idle_too=all_returns)


def _second_halves(digests: pa.BinaryArray) -> NDArray[np.uint64]:
    """The last eight bytes of each digest as a number, its lowest byte first."""
    content = np.frombuffer(digests.buffers()[2] or b"", dtype="<u8")
    return content[2 * digests.offset :][1 : 2 * len(digests) : 2]


def _sampled_streams(runner: Runner, seed: int) -> np.ndarray:
    """Which stream numbers belong to the users chosen by hash for the costly checks."""
    runner.let(seed=seed, check_users=int(CHECK_USERS.value), check_events=int(CHECK_EVENTS.value))
    frame = runner.read("18_sampled_streams").pl()
    stream = frame["stream_no"].to_numpy()
    flags = np.zeros(int(stream.max(initial=0)) + 1, dtype=np.bool_)
    flags[stream] = frame["is_sampled"].to_numpy()
    return flags


def store(
    runner: Runner,
    batches: Iterable[Reduced],
    shelf: Shelf,
    *,
    shelved: Sequence[str] = _SHELVED,
) -> bool:
    """Put the relations of the first waist where they are read; False when there was no event.

    Args:
        runner: Receives `stream_stats`, which queries read.
        batches: The relations, batch by batch.
        shelf: Receives those that are read from there.
        shelved: Which these are.
    """
    created = False
    writer = runner.writer()  # the connection itself is still handing over events
    for reduced in batches:
        shelf.put({name: getattr(reduced, name) for name in shelved})
        writer.register("handed_over", reduced.stream_stats)
        verb = "insert into stream_stats" if created else "create table stream_stats as"
        writer.execute(f"{verb} select * from handed_over")
        writer.unregister("handed_over")
        created = True
    writer.close()
    return created
