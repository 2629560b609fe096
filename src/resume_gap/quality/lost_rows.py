"""Dropped rows that lie where people come back: they carried the beginning of their returns.

Section 1 of the method. A row without an event name or a time is its user's; one without a user is
the user's whose device it names, else only its instant is known.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from resume_gap import constants
from resume_gap.arrays import NEVER, Bools, Ints
from resume_gap.pipeline.batches import ReadBursts
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.runs import running_maximum
from resume_gap.results.common import US
from resume_gap.stats.stratified import mcnemar_z, more_common_p

_LONG_AGO = -(1 << 60)
"""An instant from which any span fits into 63 bits."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Used events as bursts in the order of their streams, n bursts.

    Attributes:
        stream: (n) the stream of each burst.
        start: (n) its first instant.
        end: (n) the running maximum of the ends of its events.
        opens: (n) whether it opens its stream.
        events: By stream number, the used events.
    """

    stream: Ints
    start: Ints
    end: Ints
    opens: Bools
    events: Ints


class AtReturns(NamedTuple):
    """Dropped rows of one reason beside the returns.

    Attributes:
        returns: Returns of the people whose rows they are.
        hit: Those that begin in a dropped row; of unknown owners: that come shortly after one, the
            nearest.
        elsewhere: The share of dropped rows among all other rows; of unknown owners: the share of
            returns that come shortly before one, the nearest.
        late_seconds: How much later than in the dropped row these returns seem to begin, median;
            None where it cannot be had.
        owned: Whether it is known whose rows they are.
    """

    returns: int
    hit: int
    elsewhere: float
    late_seconds: float | None
    owned: bool


def at_returns(runner: Runner, bursts: ReadBursts, *, threshold_us: int) -> dict[str, AtReturns]:
    """By reason for which rows were dropped, what of them lies at returns, beyond chance.

    Args:
        runner: Holds the log and `stream_stats`.
        bursts: Reads its bursts.
        threshold_us: What makes a gap long.
    """
    lost = runner.read("37_lost_rows").to_arrow_table()
    if not lost.num_rows:
        return {}
    spans = _spans(runner, bursts)
    reasons = lost.column("reason").combine_chunks().dictionary_encode()
    place = reasons.indices.to_numpy()
    at = _ints(lost, "at_us")
    owner = np.ma.filled(np.ma.asarray(lost.column("stream_no").fill_null(0).to_numpy()), 0)
    found = {}
    for number, reason in enumerate(reasons.dictionary.to_pylist()):
        own = place == number
        one = owned(spans, owner[own], at[own], threshold_us=threshold_us) or nearby(
            spans, at[own & (owner == 0)], threshold_us=threshold_us
        )
        if one is not None:
            found[reason] = one
    return found


def owned(spans: Spans, stream: Ints, at: Ints, *, threshold_us: int) -> AtReturns | None:
    """Whether dropped rows begin returns of their people more often than they lie elsewhere.

    Args:
        spans: The used events.
        stream: (n) whose rows they are, 0 where that is not known.
        at: (n) when they happened.
        threshold_us: What makes a gap long.
    """
    known = np.isin(stream, spans.stream)
    stream, at = stream[known], at[known]
    mine = np.isin(spans.stream, stream)
    begin = np.concatenate([spans.start[mine], at])
    whose = np.concatenate([spans.stream[mine], stream])
    is_lost = np.arange(len(begin)) >= int(mine.sum())
    order = np.lexsort((is_lost, begin, whose))
    begin, whose, is_lost = begin[order], whose[order], is_lost[order]
    end = np.concatenate([spans.end[mine], at])[order]
    heads = np.flatnonzero(np.diff(whose, prepend=-1) != 0)
    reached = running_maximum(end, np.append(heads, len(whose)))
    first = np.zeros(len(whose), dtype=np.bool_)
    first[1:] = (whose[1:] == whose[:-1]) & (begin[1:] - reached[:-1] > threshold_us)
    which = np.searchsorted(whose[heads], whose)
    hit, here, marked = (
        np.bincount(which[rows], minlength=len(heads)) for rows in (first & is_lost, first, is_lost)
    )
    total = spans.events[whose[heads]] + marked
    users = int((hit > 0).sum())
    p = more_common_p(hit, here, marked, total)
    returns, hits = int(here.sum()), int(hit.sum())
    elsewhere = (int(marked.sum()) - hits) / max(1, int(total.sum()) - returns)
    if users < constants.LOST_USERS.value or not _matters(
        hits, returns, p < constants.LOST_ERROR.value
    ):
        return None
    if hits < constants.LOST_TIMES.value * elsewhere * returns:
        return None
    late = _late(begin, whose, is_lost, first, threshold_us)
    return AtReturns(returns, hits, elsewhere, late, owned=True)


def _late(
    begin: Ints, whose: Ints, is_lost: Bools, first: Bools, threshold_us: int
) -> float | None:
    """Seconds from a dropped row that begins a return to the next used one, the median."""
    used = np.flatnonzero(~is_lost)
    lost = np.flatnonzero(first & is_lost)
    following = np.searchsorted(used, lost)
    there = following < len(used)
    lost, after = lost[there], used[following[there]]
    length = (begin[after] - begin[lost])[whose[after] == whose[lost]]
    length = length[length <= threshold_us]
    return float(np.median(length)) / US if len(length) else None


def nearby(spans: Spans, at: Ints, *, threshold_us: int) -> AtReturns | None:
    """Whether the nearest of nobody's rows comes before a return more often than after it.

    Args:
        spans: The used events.
        at: (n) when the dropped rows happened, ascending.
        threshold_us: What makes a gap long.
    """
    if not len(at):
        return None
    reached = spans.end[:-1]
    gap = np.zeros(len(spans.start), dtype=np.int64)
    gap[1:] = spans.start[1:] - reached
    back = spans.start[~spans.opens & (gap > threshold_us)]
    here = np.searchsorted(at, back)
    padded = np.concatenate([[_LONG_AGO], at, [NEVER]])
    before = np.minimum(back - padded[here], constants.LOST_NEAR.us + 1)
    after = np.minimum(padded[here + 1] - back, constants.LOST_NEAR.us + 1)
    follow, precede = int((before < after).sum()), int((after < before).sum())
    if not _matters(
        follow - precede, len(back), mcnemar_z(follow, precede) > constants.LOST_Z.value
    ):
        return None
    return AtReturns(len(back), follow, precede / len(back), None, owned=False)


def _matters(hits: int, returns: int, beyond_chance: bool) -> bool:
    """Whether there are enough of them, beyond chance."""
    return (
        beyond_chance
        and hits >= constants.LOST_LEAST.value
        and hits >= constants.LOST_RETURNS.value * returns
    )


def _spans(runner: Runner, read: ReadBursts) -> Spans:
    bursts = pa.concat_tables(read(("stream_no", "start_us", "end_us", "gap_us")))
    stats = runner.table("stream_stats").to_arrow_table()
    number = _ints(stats, "stream_no")
    events = np.zeros(int(number.max(initial=0)) + 1, dtype=np.int64)
    events[number] = _ints(stats, "events")
    return Spans(
        stream=_ints(bursts, "stream_no"),
        start=_ints(bursts, "start_us"),
        end=_ints(bursts, "end_us"),
        opens=_ints(bursts, "gap_us") == NEVER,
        events=events,
    )


def _ints(table: pa.Table, name: str) -> Ints:
    return table.column(name).to_numpy().astype(np.int64, copy=False)
