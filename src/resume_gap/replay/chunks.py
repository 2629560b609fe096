"""Some whole streams of the first waist as arrays, and what a threshold makes of them.

The replay and the matched controls ask the same bursts and touches at every threshold of the grid;
they are read once, as many streams at a time as fit comfortably into memory.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Bools, Floats, Ints, filled
from resume_gap.compiled import pays
from resume_gap.distinct import distinct
from resume_gap.pipeline.batches import RELATIONS, Shelf
from resume_gap.pipeline.runs import run_ends
from resume_gap.pipeline.steps import SEGMENT
from resume_gap.replay.wait_loops import find_sessions
from resume_gap.sorting import rows_in_order

ABSENT = -1
"""The row of an element, or the index of a group, that is not there."""


@dataclass(frozen=True, slots=True)
class Bursts:
    """Bursts of whole streams, in order; b of them."""

    stream: Ints
    start_us: Ints
    end_us: Ints
    gap_us: Ints
    """`NEVER` where the burst opens its stream."""
    first_step: Ints
    last_step: Ints
    first_content: Ints
    last_content: Ints
    worked_step: Ints
    """The last productive event up to the burst's end; -1 for none."""
    worked_until_us: Ints
    """Latest end of the productive events up to there; -1 for none."""
    is_open: Bools
    """Whether nothing completed that work."""
    next_work_step: Ints
    """`NEVER_ROW` where the stream has no more productive event."""
    next_work_us: Ints
    next_work_content: Ints
    next_work_position: Floats
    next_leaving_step: Ints
    """The first completing event that is not productive; `NEVER_ROW` for none."""
    first_device: Ints
    """Number of the device of the first event; 0 for none."""
    last_device: Ints
    begins_in_batch: Bools
    """Whether the first event was sent at once with many others."""
    away_before_us: Ints
    """The stream's newest idle event up to the burst's start; -1 for none."""
    log_end_us: Ints
    segments: dict[str, Ints]
    """By column asked for with --by, the number of the value at the burst's last event."""


@dataclass(frozen=True, slots=True)
class Touches:
    """Touches of the same streams in order of their first step; t of them."""

    burst: Ints
    """Index into the bursts."""
    element: Ints
    run_end_us: Ints
    n: Ints
    dwell_us: Ints
    bridge_us: Ints
    first_step: Ints
    first_us: Ints
    last_step: Ints
    label: Ints
    position: Floats
    first_work_step: Ints
    last_work_step: Ints
    first_work_label: Ints
    first_work_position: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates for matched controls of the same streams in order; m of them."""

    burst: Ints
    stream: Ints
    step: Ints
    at_us: Ints
    gap_us: Ints
    before_event: Ints
    event: Ints
    worked_step: Ints
    next_work_step: Ints
    next_work_us: Ints
    next_leaving_step: Ints


@dataclass(frozen=True)
class Chunk:
    """Whole streams with everything the light part of the method asks of them."""

    bursts: Bursts
    touches: Touches
    moments: Candidates

    @property
    def events(self) -> int:
        """Events of the streams."""
        return int((self.bursts.last_step - self.bursts.first_step + 1).sum())

    @cached_property
    def by_element(self) -> Ints:
        """(t) touches sorted by element, and within it in order."""
        return rows_in_order(self.touches.element)[0].astype(np.int64)

    @cached_property
    def touch_begin(self) -> Ints:
        """(b + 1) the first touch of each burst, and how many touches there are."""
        many = np.bincount(self.touches.burst, minlength=len(self.bursts.stream))
        return np.concatenate([[0], np.cumsum(many)])

    def begin_of(self, sessions: "Sessions") -> Ints:
        """(s + 1) the first touch of each session, and how many touches there are."""
        return np.append(self.touch_begin[sessions.first], len(self.touches.element))

    @cached_property
    def local_element(self) -> Ints:
        """(t) the elements, numbered anew from 0 on where the log has many more than are here."""
        element = self.touches.element
        if int(element.max(initial=0)) < 2 * len(element):
            return element
        local = np.empty(len(element), dtype=np.int32)
        local[self.by_element] = distinct(element[self.by_element])[1]
        return local


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions that one threshold makes of a chunk's bursts; s of them, in order.

    Attributes:
        of_burst: (b) index of each burst's session.
        first: (s) index of each session's first burst.
        last: (s) index of its last burst.
        returns: (r) indices of the sessions that begin with a return; the session before each is
            the one that its stop ended.
    """

    of_burst: Ints
    first: Ints
    last: Ints
    returns: Ints

    @classmethod
    def at(cls, bursts: Bursts, threshold_us: int) -> "Sessions":
        """Merge bursts where no gap is longer than the threshold."""
        if pays(bursts.gap_us):
            return cls._found(bursts, threshold_us)
        opens = bursts.gap_us == NEVER
        starts = opens | (bursts.gap_us > threshold_us)
        first = np.flatnonzero(starts)
        return cls(
            of_burst=np.cumsum(starts) - 1,
            first=first,
            last=run_ends(first, len(starts)),
            returns=np.flatnonzero(~opens[first]),
        )

    @classmethod
    def _found(cls, bursts: Bursts, threshold_us: int) -> "Sessions":
        """The same by a loop, for large logs."""
        of_burst, first, last, returns = np.empty((4, len(bursts.gap_us)), dtype=np.int64)
        back = find_sessions(bursts.gap_us, threshold_us, of_burst, first, last, returns)
        many = int(of_burst[-1]) + 1 if len(of_burst) else 0
        return cls(of_burst, first[:many], last[:many], returns[:back])

    @property
    def stops(self) -> Ints:
        """(r) indices of the sessions that the stops before the returns ended."""
        return self.returns - 1


def taken(values: NDArray[Any], rows: Ints) -> NDArray[Any]:
    """Values at the rows; 0 or NaN for rows that are `ABSENT`."""
    nothing = np.nan if values.dtype.kind == "f" else 0
    if len(values) == 0:
        return np.full(rows.shape, nothing, dtype=values.dtype)
    return np.where(rows == ABSENT, np.asarray(nothing, dtype=values.dtype), values[rows])


def read_chunks(shelf: Shelf, ends: Ints) -> Iterator[Chunk]:
    """All streams, some at a time.

    Args:
        shelf: What the heavy pass left.
        ends: End of the log by stream_no.
    """
    for batch in shelf:
        yield chunk_of(batch, ends)


def chunk_of(batch: Mapping[str, pa.Table], ends: Ints) -> Chunk:
    """One batch of the shelf as arrays.

    Args:
        batch: One table for each of `RELATIONS`.
        ends: End of the log by stream_no.
    """
    _, touches, moments = (batch[name] for name in RELATIONS)
    bursts = bursts_of(batch["bursts"], ends)
    return Chunk(
        bursts=bursts,
        touches=Touches(
            burst=_values(touches, "burst"),
            element=_values(touches, "element_no"),
            run_end_us=_values(touches, "run_end_us"),
            n=_values(touches, "n"),
            dwell_us=_values(touches, "dwell_us"),
            bridge_us=_values(touches, "bridge_us"),
            first_step=_values(touches, "first_step"),
            first_us=_values(touches, "first_us"),
            last_step=_values(touches, "last_step"),
            label=_values(touches, "last_label_no"),
            position=_values(touches, "last_position", np.nan),
            first_work_step=_values(touches, "first_work_step"),
            last_work_step=_values(touches, "last_work_step"),
            first_work_label=_values(touches, "first_work_label_no", 0),
            first_work_position=_values(touches, "first_work_position", np.nan),
        ),
        moments=Candidates(
            burst=_values(moments, "burst"),
            stream=_values(moments, "stream_no"),
            step=_values(moments, "step"),
            at_us=_values(moments, "at_us"),
            gap_us=_values(moments, "gap_us"),
            before_event=_values(moments, "before_event_no"),
            event=_values(moments, "event_no"),
            worked_step=_values(moments, "worked_step"),
            next_work_step=_values(moments, "next_work_step"),
            next_work_us=_values(moments, "next_work_us"),
            next_leaving_step=_values(moments, "next_leaving_step"),
        ),
    )


def bursts_of(bursts: pa.Table, ends: Ints) -> Bursts:
    """The bursts of one batch of the shelf.

    Args:
        bursts: As the heavy pass left them.
        ends: End of the log by stream_no.
    """
    stream = _values(bursts, "stream_no")
    return Bursts(
        stream=stream,
        start_us=_values(bursts, "start_us"),
        end_us=_values(bursts, "end_us"),
        gap_us=_values(bursts, "gap_us"),
        first_step=_values(bursts, "first_step"),
        last_step=_values(bursts, "last_step"),
        first_content=_values(bursts, "first_content"),
        last_content=_values(bursts, "last_content"),
        worked_step=_values(bursts, "worked_step"),
        worked_until_us=_values(bursts, "worked_until_us"),
        is_open=_values(bursts, "is_open"),
        next_work_step=_values(bursts, "next_work_step"),
        next_work_us=_values(bursts, "next_work_us"),
        next_work_content=_values(bursts, "next_work_content"),
        next_work_position=_values(bursts, "next_work_position", np.nan),
        next_leaving_step=_values(bursts, "next_leaving_step"),
        first_device=_values(bursts, "first_device_no"),
        last_device=_values(bursts, "last_device_no"),
        begins_in_batch=_values(bursts, "begins_in_batch"),
        away_before_us=_values(bursts, "away_before_us"),
        log_end_us=ends[stream],
        segments={
            name: _values(bursts, name) for name in bursts.column_names if name.startswith(SEGMENT)
        },
    )


def _values(table: pa.Table, name: str, none: float | None = None) -> NDArray[Any]:
    """A column, with `none` for null, and for a column that the log does not have."""
    if name not in table.column_names:
        return np.broadcast_to(np.asarray(none), table.num_rows)  # takes no memory
    column = table.column(name)
    return column.to_numpy() if none is None else filled(column, none)
