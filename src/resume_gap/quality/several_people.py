"""Several people at work under one id at once: elements take turns faster than a person's do.

Section 1 of the method: where work comes back to an element within seconds, over and over, after
work on others, one id stands for people who work side by side. Fewer times are enough where the
others are of another group of elements: one person may look at two things in turn, but hardly at
two that have nothing else to do with one another.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.element_groups import grouped, linked
from resume_gap.results.common import Check


class Turns(NamedTuple):
    """Work on elements of k streams, in the order of the sample.

    Attributes:
        back: (k) how often work comes back to an element soon after work on others.
        across: (k) how often after work on another group of elements; 0 where the groups are not
            apart, or where `back` is too small for it to matter.
        work: (k) all work on elements.
    """

    back: Ints
    across: Ints
    work: Ints

    @property
    def take_turns(self) -> Bools:
        """(k) whether elements take turns in a stream."""
        is_enough: Bools = self.work >= constants.TURNS_LEAST.value
        often: Bools = self.back > constants.TURNS_SHARE.value * self.work
        return is_enough & (often | counts_across(self.across, self.work))

    @property
    def share(self) -> float:
        """Of all work on elements, that of streams in which elements take turns."""
        return int(self.work[self.take_turns].sum()) / max(1, int(self.work.sum()))

    @property
    def streams(self) -> int:
        """How many streams these are."""
        return int(self.take_turns.sum())


def counts_across(times: Ints, work: Ints) -> Bools:
    """(k) whether it would be enough to come back so often across groups.

    Args:
        times: (k) how often work comes back.
        work: (k) all work on elements.
    """
    enough: Bools = times > constants.TURNS_ACROSS.value * work
    return enough & (times >= constants.TURNS_ACROSS_LEAST.value)


def turns(sample: Sequence[Steps], contents: Contents) -> Turns:
    """How often work comes back to an element within seconds after work on others, by stream.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
    """
    found = [_turns(steps, contents) for steps in sample]
    none = np.zeros(0, np.int64)
    return Turns(
        back=np.concatenate([none, *(one.back for one in found)]),
        across=np.concatenate([none, *(one.across for one in found)]),
        work=np.concatenate([none, *(one.work for one in found)]),
    )


def _turns(steps: Steps, contents: Contents) -> Turns:
    """Those of some whole streams."""
    element = contents.element(steps.content)
    rows = np.flatnonzero(contents.is_work(steps.content) & (element > 0))
    element, at = element[rows], steps.at[rows]
    streams = len(steps.starts) - 1
    stream = steps.stream_index()[rows]
    since = _since(stream, element, at)
    back = np.bincount(stream[since > 0], minlength=streams)
    work = np.bincount(stream, minlength=streams)
    across = np.zeros(streams, np.int64)
    for one in np.flatnonzero(counts_across(back, work)):
        part = slice(*np.searchsorted(stream, (one, one + 1)))
        across[one] = _across(element[part], at[part], since[part])
    return Turns(back, across, work)


def _since(stream: Ints, element: Ints, at: Ints) -> Ints:
    """(n) how many acts ago work was last on the same element; 0 where it does not come back."""
    since = np.zeros(len(at), np.int64)
    changed = np.zeros(len(at), dtype=np.bool_)
    changed[1:] = element[1:] != element[:-1]
    for apart in range(2, int(constants.TURNS_REACH.value) + 1):
        again = (
            changed[apart:]
            & (since[apart:] == 0)
            & (element[apart:] == element[:-apart])
            & (stream[apart:] == stream[:-apart])
            & (at[apart:] - at[:-apart] <= constants.TURNS_WITHIN.us)
        )
        since[apart:][again] = apart
    return since


def _across(element: Ints, at: Ints, since: Ints) -> int:
    """How often work of one stream comes back after work on another group of elements.

    To find the groups of very many elements takes very long. Of a stream with that many elements,
    parts are looked at, each by itself, and stand for all of it.
    """
    if len(np.unique(element)) <= constants.TURNS_ELEMENTS.value:
        return _across_in(element, at, since)
    part, most = int(constants.TURNS_PART.value), int(constants.TURNS_PARTS.value)
    begins = [*range(0, len(element), part)]
    if len(begins) > most:
        begins = [begins[number * len(begins) // most] for number in range(most)]
    parts = [slice(begin, begin + part) for begin in begins]
    found = sum(_across_in(element[one], at[one], since[one]) for one in parts)
    return found * len(element) // sum(len(element[one]) for one in parts)


def _across_in(element: Ints, at: Ints, since: Ints) -> int:
    """The same of all work that is given."""
    _, first, number = np.unique(element, return_index=True, return_inverse=True)
    number = np.argsort(np.argsort(first))[number]  # by first appearance
    changes = np.flatnonzero((number[1:] != number[:-1]) & (np.diff(at) <= constants.SETS_CUT.us))
    groups = grouped(linked(number[changes], number[changes + 1], len(first)))
    if groups.apart > constants.TURNS_APART.value:
        return 0
    of = groups.of[number]
    other = np.zeros(len(of), dtype=np.bool_)
    for apart in range(1, int(constants.TURNS_REACH.value)):
        other[apart:] |= (apart < since[apart:]) & (of[apart:] != of[:-apart])
    return int(other.sum())


def turn_checks(found: Turns) -> list[Check]:
    """That several people seem to work under some ids at once.

    Args:
        found: Of the sampled streams.
    """
    if found.share < constants.TURNS_WARNED.value:
        return []
    return [Check(check="several_at_once", severity="warn", count=found.streams, share=found.share)]
