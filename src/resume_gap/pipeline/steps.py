"""The ordered events as NumPy arrays, whole streams at a time.

Takes ordered events as Arrow tables of whole streams and
cleans what only the order can show: rows that are equal in every column, and idle events,
which cut a running interval event and then leave the stream. Memory is bounded by the batch
size plus the longest single stream.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER, Bools, Floats, Ints, filled, one_array
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import running_maximum
from resume_gap.pipeline.stamps import (
    flushed,
    in_batch,
    indexed_of,
    may_be_flushed,
    resolution_of,
)
from resume_gap.pipeline.survey import survey
from resume_gap.sources.role_bits import AWAY

NumberedNames = dict[str, dict[str, int]]
"""By column the number of every value met so far."""
SEGMENT = "segment_"
"""What the names of the columns asked for with --by begin with, in their order from 1 on."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Events of whole streams in order, idle events taken out; n rows, k streams.

    Attributes:
        starts: (k + 1) offsets of the streams in the row arrays.
        stream_no: (k) number of each stream.
        at: (n) start, microseconds UTC.
        end: (n) running maximum of the ends within the stream, cut at idle events.
        own_end: (n) end of the event itself, cut at idle events; `at` where it has none.
        content: (n) kind and label in one number.
        device: (n) device number, 0 for none.
        away_before: (n) newest idle event of the stream at or before `at`; -1 for none.
        position: (n) where the event is on its page; NaN for none.
        segments: (n) by column asked for with --by, the number of its value; 0 for none.
        resolution: (k) seconds to which the stream's stamps are rounded; 0: to less than one.
        indexed: (k) minute stamps that carry a second per event.
        newest: (k) newest start, idle events included.
        repeated: Rows dropped as equal in every column to the one before.
        alike: Rows equal in every column but kept: stamps of whole seconds, or a batch upload.
        rows_read: Rows before anything was taken out.
        newest_us: Newest start of any row, idle events included.
        reversed_ends: Interval events whose end is before their start.
        ties: Rows that share their instant with the row before, in one stream.
        in_batch: (n) whether the row was sent at once with many others; None: none was.
    """

    starts: Ints
    stream_no: Ints
    at: Ints
    end: Ints
    own_end: Ints | None
    content: Ints
    device: Ints | None
    away_before: Ints | None
    position: Floats | None
    segments: Mapping[str, Ints]
    resolution: Ints
    indexed: Bools
    newest: Ints
    repeated: int
    alike: int
    rows_read: int
    newest_us: int
    reversed_ends: int
    ties: int
    in_batch: Bools | None = None

    def opens(self) -> Bools:
        """(n) whether each row is the first of its stream."""
        found = np.zeros(len(self.at), dtype=np.bool_)
        found[self.starts[:-1]] = True
        return found

    def stream_index(self) -> Ints:
        """(n) which of the k streams each row belongs to, from 0 on."""
        return np.repeat(np.arange(len(self.stream_no)), np.diff(self.starts))


def read_steps(
    ordered: Iterator[pa.Table],
    contents: Contents,
    names: NumberedNames,
    *,
    watch: Callable[[Ints, Ints], None] | None = None,
    all_differ: bool = False,
) -> Iterator[Steps]:
    """Ordered events, whole streams at a time.

    Args:
        ordered: Whole streams, with the columns of `20_steps.sql`.
        contents: Meaning of the content numbers.
        names: Receives the numbers of devices and segments, by column and value.
        watch: Is called with stream_no and content of all rows before anything is taken out.
        all_differ: Whether no event repeats another, however alike they are here.

    Raises:
        OrderError: The rows did not come in order.
    """
    for table in ordered:
        if watch is not None:
            watch(table.column("stream_no").to_numpy(), table.column("content").to_numpy())
        yield _clean(table, contents, names, all_differ=all_differ)


def _apart(table: pa.Table) -> pa.Table:
    """The list `segments` as columns: segment_1, segment_2 and so on."""
    if "segments" not in table.column_names or table.num_rows == 0:
        return table
    import pyarrow.compute as pc  # noqa: PLC0415 - see `arrays.filled`

    values = one_array(table.column("segments"))
    table = table.drop_columns("segments")
    for place in range(len(values[0])):
        table = table.append_column(f"{SEGMENT}{place + 1}", pc.list_element(values, place))
    return table


def _clean(
    table: pa.Table, contents: Contents, names: NumberedNames, *, all_differ: bool = False
) -> Steps:
    table = _apart(table)
    stream = table.column("stream_no").to_numpy()
    at, content = _ints(table, "at_us"), _ints(table, "content")
    seen = survey(stream, at, content, contents)
    starts, many = seen.starts[:-1], np.diff(seen.starts)
    resolution = resolution_of(at, starts, seen.common)
    indexed = indexed_of(at, starts, resolution)
    batch = in_batch(at, starts, np.where(indexed, 60, resolution))
    repeated, alike = None, 0
    if seen.alike and not all_differ:
        equal = _equal_rows(table, at, content)
        droppable = np.repeat(resolution == 0, many)
        if batch is not None:
            droppable &= ~batch
        repeated, alike = equal & droppable, int((equal & ~droppable).sum())
    sent = may_be_flushed(seen.work, seen.close) & (resolution <= 1)
    if sent.any():
        rows, sizes = np.flatnonzero(np.repeat(sent, many)), many[sent]
        sent[sent] = flushed(at[rows], np.cumsum(sizes) - sizes, contents.is_work(content[rows]))
        if sent.any():
            in_sent = np.repeat(sent, many)
            batch = in_sent if batch is None else batch | in_sent
    dropped = 0 if repeated is None else int(repeated.sum())

    newest = at[seen.starts[1:] - 1]
    own_end, reversed_ends = _own_ends(table, at)
    device = _numbered(table, "device", names) if "device" in table.column_names else None
    left_out, away_before = repeated, None
    if seen.roles & AWAY:
        away = (contents.roles(content) & AWAY) != 0
        left_out = away if repeated is None else away | repeated
        away_before, away_after = _around_idle(at, away, starts)
        if own_end is not None:
            own_end = np.minimum(own_end, away_after)

    steps = Steps(
        starts=seen.starts,
        stream_no=stream[starts].astype(np.int64),
        at=at,
        end=at if own_end is None else running_maximum(own_end, seen.starts),
        own_end=own_end,
        content=content,
        device=device,
        away_before=away_before,
        position=_positions(table),
        segments={
            name: _numbered(table, name, names)
            for name in table.column_names
            if name.startswith(SEGMENT)
        },
        resolution=np.where(indexed, 60, resolution),
        indexed=indexed,
        newest=newest,
        repeated=dropped,
        alike=alike,
        rows_read=len(stream),
        newest_us=int(newest.max()),
        reversed_ends=reversed_ends,
        ties=seen.ties - dropped,
        in_batch=batch,
    )
    return steps if left_out is None else subset(steps, ~left_out)


def subset(steps: Steps, keep: Bools) -> Steps:
    """The same streams with only the rows to keep; a stream that keeps none is gone."""
    if keep.all():
        return steps
    many = np.add.reduceat(keep.astype(np.int64), steps.starts[:-1])
    there = many > 0
    offsets = np.concatenate([[0], np.cumsum(many[there])])
    at = steps.at[keep]
    own_end = None if steps.own_end is None else steps.own_end[keep]
    return replace(
        steps,
        starts=offsets,
        stream_no=steps.stream_no[there],
        at=at,
        end=at if own_end is None else running_maximum(own_end, offsets),
        own_end=own_end,
        content=steps.content[keep],
        device=None if steps.device is None else steps.device[keep],
        away_before=None if steps.away_before is None else steps.away_before[keep],
        position=None if steps.position is None else steps.position[keep],
        segments={name: values[keep] for name, values in steps.segments.items()},
        resolution=steps.resolution[there],
        indexed=steps.indexed[there],
        newest=steps.newest[there],
        in_batch=None if steps.in_batch is None else steps.in_batch[keep],
    )


def _ints(table: pa.Table, name: str) -> Ints:
    return table.column(name).to_numpy().astype(np.int64, copy=False)


def _equal_rows(table: pa.Table, at: Ints, content: Ints) -> Bools:
    """Rows equal to the one before in every column that there is; (n), the first is False."""
    stream = table.column("stream_no").to_numpy()
    equal = (stream[1:] == stream[:-1]) & (at[1:] == at[:-1]) & (content[1:] == content[:-1])
    for name in table.column_names:
        if name in ("stream_no", "at_us", "content") or not equal.any():
            continue
        import pyarrow.compute as pc  # noqa: PLC0415 - see `arrays.filled`

        rows = np.flatnonzero(equal)
        column = table.column(name)
        left, right = column.take(pa.array(rows)), column.take(pa.array(rows + 1))
        same = pc.fill_null(pc.equal(left, right), fill_value=False)
        both_null = pc.and_(pc.is_null(left), pc.is_null(right))
        equal[rows] = pc.or_(same, both_null).to_numpy()
    return np.concatenate([[False], equal])


def _own_ends(table: pa.Table, at: Ints) -> tuple[Ints | None, int]:
    if "end_us" not in table.column_names:
        return None, 0
    import pyarrow.compute as pc  # noqa: PLC0415 - see `arrays.filled`

    end = pc.coalesce(table.column("end_us"), table.column("at_us"))
    own = end.to_numpy().astype(np.int64, copy=False)
    return np.maximum(own, at), int((own < at).sum())


def _numbered(table: pa.Table, column: str, names: NumberedNames) -> Ints:
    """Texts of a column as numbers from 1 on that are the same in every batch; 0 for none."""
    numbers = names.setdefault(column, {})
    coded = one_array(table.column(column)).dictionary_encode()
    lookup = np.array(
        [
            0,
            *(
                numbers.setdefault(name, len(numbers) + 1) if name else 0
                for name in coded.dictionary.to_pylist()
            ),
        ],
        dtype=np.int64,
    )
    return lookup[coded.indices.fill_null(-1).to_numpy(zero_copy_only=False) + 1]


def _positions(table: pa.Table) -> Floats | None:
    if "position" not in table.column_names:
        return None
    return filled(table.column("position").cast(pa.float64()), np.nan)


def _around_idle(at: Ints, away: Bools, starts: Ints) -> tuple[Ints, Ints]:
    """For each row the newest idle event at or before its instant, and the first one after.

    Returns:
        Two (n) arrays of instants within the row's own stream; -1 and the largest integer where
        there is none.
    """
    n = len(at)
    own = np.repeat(starts, np.diff(starts, append=n))
    positions = np.flatnonzero(away)
    # Events of one instant stand together; what counts is the last row of the instant.
    instant_ends = np.append(np.flatnonzero((np.diff(at) != 0) | (np.diff(own) != 0)), n - 1)
    last_of_instant = instant_ends[np.searchsorted(instant_ends, np.arange(n))]
    following = np.searchsorted(positions, last_of_instant, side="right")
    before = positions[np.maximum(following - 1, 0)]
    after = positions[np.minimum(following, len(positions) - 1)]
    has_before = (following > 0) & (before >= own)
    has_after = (following < len(positions)) & (own[after] == own)
    return np.where(has_before, at[before], -1), np.where(has_after, at[after], NEVER)
