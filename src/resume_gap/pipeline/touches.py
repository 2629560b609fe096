"""Which elements were touched, how often and for how long.

A *part* is what lies between two neighbouring cuts: the burst cut, which this run's limits allow,
and the 30 s that the habit is defined by (section 6 of the method). A part lies in one burst.
"""

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER, Bools, Ints, int32, step_of
from resume_gap.constants import BURST_CUT
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import run_ends, run_heads
from resume_gap.pipeline.steps import Steps
from resume_gap.pipeline.work import Flagged


def touches(
    steps: Steps,
    contents: Contents,
    *,
    productive: Bools,
    gap: Ints,
    opens: Bools,
    first: Ints,
    burst_no: Ints,
    first_step: int,
) -> pa.Table:
    """One row per part and element touched in it.

    Args:
        steps: Whole streams, n rows.
        contents: Meaning of the contents.
        productive: (n) whether a row is productive.
        gap: (n) gap before each row.
        opens: (n) whether a row opens its stream.
        first: (bursts) first row of each burst.
        burst_no: (bursts) number of each burst.
        first_step: Step number of row 0.
    """
    element = contents.element(steps.content)
    rows = np.flatnonzero(element > 0)
    begins = opens | (gap > BURST_CUT.us)
    run_end_us = steps.end[run_ends(np.flatnonzero(begins), len(gap))]
    run = np.cumsum(begins) - 1
    begins[first] = True
    part = np.cumsum(begins) - 1
    dwell = _dwell_us(steps)
    burst_ends = run_ends(first, len(gap))
    bridge = dwell[burst_ends]
    dwell[burst_ends] = 0
    burst = np.repeat(np.arange(len(first)), np.diff(first, append=len(gap)))

    key = (part[rows] << 32) | element[rows]
    grouped = _Grouped(key)
    first_row, last_row = rows[grouped.first], rows[grouped.last]
    last_burst = burst[last_row]
    first_work, last_work = grouped.flagged(rows, productive[rows])
    table = {
        "burst_no": burst_no[last_burst],
        "element_no": int32(key[grouped.first] & 0xFFFFFFFF),
        "run_end_us": run_end_us[run[first_row]],
        "n": int32(grouped.n),
        "dwell_us": grouped.sum(dwell[rows]),
        "bridge_us": np.where(last_row == burst_ends[last_burst], bridge[last_burst], 0),
        "first_step": first_step + first_row,
        "first_us": steps.at[first_row],
        "last_step": first_step + last_row,
        "last_label_no": int32(steps.content[last_row] & 0xFFFFFFFF),
        "first_work_step": step_of(first_work, first_step),
        "last_work_step": step_of(last_work, first_step),
    }
    if steps.position is not None:
        worked = np.where(first_work == NEVER, 0, first_work)
        table |= {
            "last_position": steps.position[last_row],
            "first_work_label_no": int32(steps.content[worked] & 0xFFFFFFFF),
            "first_work_position": steps.position[worked],
        }
    return pa.table(table)


class _Grouped:
    """Rows grouped by a key whose groups may lie apart, each group's rows in order.

    Runs of one key are common; they are folded before anything is sorted.

    Attributes:
        first: (groups) position of the first row of each group; groups stand in order of these.
        last: (groups) position of the last row of each group.
        n: (groups) rows of each group.
    """

    def __init__(self, key: Ints) -> None:
        self._heads = run_heads(key)
        self._ends = run_ends(self._heads, len(key))
        folded = key[self._heads]
        self._order = np.argsort(folded, kind="stable")
        self._groups = run_heads(folded[self._order])
        # Stable order: the first run of a group is its earliest, the last its latest.
        first = self._heads[self._order[self._groups]]
        self._shown = np.argsort(first, kind="stable")  # nearly sorted already, hence faster
        self.first = first[self._shown]
        self.last = self._ends[self._order[run_ends(self._groups, len(folded))[self._shown]]]
        self.n = self._of_runs(np.add, self._ends - self._heads + 1)

    def sum(self, values: Ints) -> Ints:
        """Sum of the values of each group."""
        return self._of_runs(np.add, np.add.reduceat(values, self._heads))

    def flagged(self, rows: Ints, flag: Bools) -> tuple[Ints, Ints]:
        """First and last flagged row of each group, `NEVER` and -1 for none; rows must rise."""
        flags = Flagged(flag)
        following, before = flags.next(self._heads), flags.last(self._ends)
        there = following <= self._ends
        return (
            self._of_runs(np.minimum, np.where(there, rows[np.where(there, following, 0)], NEVER)),
            self._of_runs(np.maximum, np.where(there, rows[before], -1)),
        )

    def _of_runs(self, how: np.ufunc, values: Ints) -> Ints:
        """Runs' values to the groups'."""
        return how.reduceat(values[self._order], self._groups)[self._shown]


def _dwell_us(steps: Steps) -> Ints:
    """(n) time from each event's start to the start of the stream's next; 0 for the last."""
    dwell = np.zeros_like(steps.at)
    np.subtract(steps.at[1:], steps.at[:-1], out=dwell[:-1])
    dwell[steps.starts[1:] - 1] = 0
    return dwell
