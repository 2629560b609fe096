"""Several people, or projects, under one id: its visits alternate between sets of elements.

Section 1 of the method. People who share an id and come one after another work on things of their
own. Who comes back is then not who left, and nothing can be pointed at. One person with several
projects looks alike, so the figures of the largest set decide.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared
from resume_gap.results.common import Check

MIXED = -1
"""The set of a bout whose elements belong to several sets."""


class Bouts(NamedTuple):
    """Work between short silences; n pairs of a bout and an element worked on, in their order.

    Attributes:
        stream: (n) which stream of the steps, from 0 on.
        bout: (n) number of the bout, counted over all bouts of the steps.
        element: (n) number of the element.
        work: (k) work on elements of each stream.
        of_row: (rows) the bout of each row.
    """

    stream: Ints
    bout: Ints
    element: Ints
    work: Ints
    of_row: Ints


def bouts_of(steps: Steps, contents: Contents) -> Bouts:
    """The elements worked on in each bout.

    Args:
        steps: Whole streams in order.
        contents: Meaning of the contents.
    """
    opens = steps.opens()
    of_row = np.cumsum(opens | (gaps(steps) > constants.SETS_CUT.us)) - 1
    element = contents.element(steps.content).astype(np.int64)
    rows = np.flatnonzero(contents.is_work(steps.content) & (element > 0))
    streams = len(steps.starts) - 1
    stream = steps.stream_index()
    key = np.unique(of_row[rows] << 32 | element[rows])
    bout = key >> 32
    first = np.searchsorted(of_row, bout)
    work = np.bincount(stream[rows], minlength=streams)
    return Bouts(stream[first], bout, key & 0xFFFFFFFF, work, of_row)


def turning(found: Bouts) -> Ints:
    """Streams many of whose bouts go on with known elements, but with none of the last bout.

    Args:
        found: The bouts of some streams.
    """
    if not len(found.bout):
        return np.zeros(0, np.int64)
    place = np.cumsum(np.diff(found.bout, prepend=found.bout[0]) != 0)
    bouts = int(place[-1]) + 1
    order = np.lexsort((place, found.element, found.stream))
    same = (np.diff(found.stream[order]) == 0) & (np.diff(found.element[order]) == 0)
    apart = np.diff(place[order])
    later = place[order][1:]
    known = np.bincount(later[same], minlength=bouts)
    from_last = np.bincount(later[same & (apart == 1)], minlength=bouts)
    size = np.bincount(place, minlength=bouts)
    goes_on = (known > 0) & (2 * known >= size)
    elsewhere = goes_on & (from_last == 0)
    of = np.zeros(bouts, dtype=np.int64)
    of[place] = found.stream
    all_on, all_elsewhere = (np.bincount(of[flags]) for flags in (goes_on, elsewhere))
    all_elsewhere = np.pad(all_elsewhere, (0, len(all_on) - len(all_elsewhere)))
    return np.flatnonzero(
        (all_elsewhere >= constants.SETS_FEWEST.value)
        & (all_elsewhere >= constants.SETS_BACK.value * all_on)
    )


def sets_of(bouts: Sequence[frozenset[int]]) -> list[int]:
    """The set that each bout belongs to; `MIXED` where its elements belong to several.

    Args:
        bouts: Elements worked on in each bout of one stream.
    """
    owner: dict[int, int] = {}
    numbers, sets = [], 0
    for elements in bouts:
        cover = Counter(owner[one] for one in elements if one in owner)
        best = min(cover, key=lambda number: (-cover[number], number), default=sets)
        if cover and cover[best] < constants.SETS_CLEAR.value * cover.total():
            numbers.append(MIXED)
            continue
        sets = max(sets, best + 1)
        numbers.append(best)
        for one in elements:
            owner.setdefault(one, best)
    return numbers


def alternate(numbers: Sequence[int]) -> bool:
    """Whether bouts come back to a few sets over and over.

    Args:
        numbers: The set of each bout of one stream.
    """
    clear = [number for number in numbers if number != MIXED]
    large = [n for n in Counter(clear).values() if n >= constants.SETS_BOUTS.value]
    if (
        len(clear) < constants.SETS_CLEAR.value * len(numbers)
        or len(large) < 2
        or sum(large) < constants.SETS_CLEAR.value * len(clear)
    ):
        return False
    seen: set[int] = set()
    back = 0
    for before, number in zip([MIXED, *clear], clear, strict=False):
        back += number != before and number in seen
        seen.add(number)
    return back >= constants.SETS_BACK.value * len(clear)


class OfSeveral(NamedTuple):
    """Streams of some steps that alternate between sets of elements.

    Attributes:
        streams: Which they are, from 0 on.
        outside: (rows) rows of theirs that are no part of their largest set.
        work: Work on elements of theirs.
        all_work: Work on elements of all streams.
    """

    streams: tuple[int, ...]
    outside: Bools
    work: int
    all_work: int


def of_several(steps: Steps, contents: Contents) -> OfSeveral:
    """Streams that alternate between sets of elements.

    Args:
        steps: Whole streams in order.
        contents: Meaning of the contents.
    """
    found = bouts_of(steps, contents)
    outside = np.zeros(len(steps.at), dtype=np.bool_)
    streams = []
    for stream in turning(found).tolist():
        begin, end = np.searchsorted(found.stream, (stream, stream + 1))
        bout, head = np.unique(found.bout[begin:end], return_index=True)
        parts = np.split(found.element[begin:end], head[1:])
        numbers = sets_of([frozenset(part.tolist()) for part in parts])
        if not alternate(numbers):
            continue
        streams.append(stream)
        ((largest, _),) = Counter(n for n in numbers if n != MIXED).most_common(1)
        # A bout without work belongs to what is worked on next.
        rows = slice(int(steps.starts[stream]), int(steps.starts[stream + 1]))
        following = np.searchsorted(bout, found.of_row[rows]).clip(max=len(bout) - 1)
        outside[rows] = np.array(numbers)[following] != largest
    work = int(found.work[streams].sum())
    return OfSeveral(tuple(streams), outside, work, int(found.work.sum()))


def set_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """That visits under many ids alternate between sets, with the figures of the largest alone.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    contents = sampled.resampling.contents
    found = [of_several(steps, contents) for steps in sampled.sample]
    work, total = sum(one.work for one in found), sum(one.all_work for one in found)
    if not work or work < constants.SETS_WARNED.value * total:
        return []
    both = compared(runner, sampled, lambda steps: of_several(steps, contents).outside)
    return [
        Check(
            check="alternating_sets",
            severity="warn",
            count=sum(len(one.streams) for one in found),
            share=work / total,
            figures=both.figures,
            words=both.words,
        )
    ]
