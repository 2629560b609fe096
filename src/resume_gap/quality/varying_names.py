"""Elements whose names change though the thing does not: `(3) Inbox`, later `(4) Inbox`.

Section 6 of the method. Such a name counts as another element at every return, so hits are missed.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps


class VaryingWork(NamedTuple):
    """Work on elements of the sampled streams."""

    varying: int
    """On things that bear several names within a stream."""
    work: int
    """All of it."""

    @property
    def share(self) -> float:
        """Of all work on elements, that on things with several names."""
        return self.varying / max(1, self.work)


def base_numbers(runner: Runner) -> tuple[Ints, Ints]:
    """Elements whose name is another's but for what varies, and the number they share.

    Args:
        runner: Holds `labels`.
    """
    found = runner.read("41_varying_names").fetchnumpy()
    return found["element_no"].astype(np.int64), found["base_no"].astype(np.int64)


def varying_work(
    sample: Sequence[Steps], contents: Contents, element_no: Ints, base_no: Ints
) -> VaryingWork:
    """How much work is done on things that bear several names within a stream.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        element_no: (n) elements whose names vary, ascending.
        base_no: (n) what they share a number with.
    """
    varying = work = 0
    for steps in sample:
        element = contents.element(steps.content).astype(np.int64)
        of = steps.stream_index()
        is_work = contents.is_work(steps.content) & (element > 0)
        work += int(is_work.sum())
        rows = np.flatnonzero(is_work & np.isin(element, element_no))
        name, acts = np.unique(of[rows] << 32 | element[rows], return_counts=True)
        base = base_no[np.searchsorted(element_no, name & 0xFFFFFFFF)]
        _, thing, names = np.unique(
            name >> 32 << 32 | base, return_inverse=True, return_counts=True
        )
        varying += int(acts[names[thing] > 1].sum())
    return VaryingWork(varying, work)
