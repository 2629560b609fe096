"""Several people at work under one id at once: elements take turns faster than a person's do.

Section 1 of the method: where work comes back to an element within seconds, over and over, after
work on others, one id stands for people who work side by side.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants as j
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import PRODUCTIVE


class Turns(NamedTuple):
    """Work on elements of k streams, in the order of the sample.

    Attributes:
        back: (k) how often work comes back to an element soon after work on others.
        work: (k) all work on elements.
    """

    back: Ints
    work: Ints

    @property
    def take_turns(self) -> Bools:
        """(k) whether elements take turns in a stream."""
        is_enough: Bools = self.work >= j.TURNS_LEAST.value
        return is_enough & (self.back > j.TURNS_SHARE.value * self.work)

    @property
    def share(self) -> float:
        """Of all work on elements, that of streams in which elements take turns."""
        return int(self.work[self.take_turns].sum()) / max(1, int(self.work.sum()))

    @property
    def streams(self) -> int:
        """How many streams these are."""
        return int(self.take_turns.sum())


def turns(sample: Sequence[Steps], contents: Contents) -> Turns:
    """How often work comes back to an element within seconds after work on others, by stream.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
    """
    back, work = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for steps in sample:
        element = contents.element(steps.content)
        rows = np.flatnonzero(((contents.roles(steps.content) & PRODUCTIVE) != 0) & (element > 0))
        element, at = element[rows], steps.at[rows]
        streams = len(steps.starts) - 1
        stream = np.repeat(np.arange(streams), np.diff(steps.starts))[rows]
        changed = np.zeros(len(rows), dtype=np.bool_)
        changed[1:] = element[1:] != element[:-1]
        again = np.zeros(len(rows), dtype=np.bool_)
        for apart in range(2, int(j.TURNS_REACH.value) + 1):
            again[apart:] |= (
                (element[apart:] == element[:-apart])
                & (stream[apart:] == stream[:-apart])
                & (at[apart:] - at[:-apart] <= j.TURNS_WITHIN.us)
            )
        back.append(np.bincount(stream[again & changed], minlength=streams))
        work.append(np.bincount(stream, minlength=streams))
    return Turns(np.concatenate(back), np.concatenate(work))


def turn_checks(found: Turns) -> list[Check]:
    """That several people seem to work under some ids at once.

    Args:
        found: Of the sampled streams.
    """
    if found.share < j.TURNS_WARNED.value:
        return []
    return [Check(check="several_at_once", severity="warn", count=found.streams, share=found.share)]
