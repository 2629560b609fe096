"""Which elements were touched, how often and for how long.

A *part* is what lies between two neighboring cuts: the burst cut, which this run's thresholds
allow, and the 30 s that the habit is defined by (section 6 of the method). A part lies in one
burst.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER_ROW, Bools, Ints, int32
from resume_gap.constants import BURST_CUT
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.loops import group_touches, longest_part
from resume_gap.pipeline.steps import Steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GROUPED = {
    "element_no": np.int32,
    "burst": np.int32,
    "run_end_us": np.int64,
    "n": np.int32,
    "dwell_us": np.int64,
    "bridge_us": np.int64,
    "first_step": np.int32,
    "first_us": np.int64,
    "last_step": np.int32,
    "last_label_no": np.int32,
    "first_work_step": np.int32,
    "last_work_step": np.int32,
}
"""The columns of a group, and the type of each."""


def touches(
    steps: Steps,
    contents: Contents,
    *,
    productive: Bools,
    gap: Ints,
    cut_us: int,
) -> pa.Table:
    """One row per part and element touched in it; bursts and steps are numbered from 0 on.

    Args:
        steps: Whole streams, n rows.
        contents: Meaning of the contents.
        productive: (n) whether a row is productive.
        gap: (n) gap before each row.
        cut_us: The burst cut.
    """
    n = len(steps.at)
    whole = {name: np.empty(n, dtype=kind) for name, kind in _GROUPED.items()}
    longest = longest_part(steps.starts, gap, min(cut_us, BURST_CUT.us))
    many = group_touches(
        steps.starts,
        steps.at,
        steps.end,
        gap,
        steps.content,
        contents.label_element,
        productive,
        cut_us,
        BURST_CUT.us,
        np.full(1 << (2 * longest).bit_length(), -1, dtype=np.int32),
        *whole.values(),
    )
    table: dict[str, NDArray[Any]] = {name: values[:many] for name, values in whole.items()}
    if steps.position is not None:
        first_work = table["first_work_step"]
        worked = np.where(first_work == NEVER_ROW, 0, first_work)
        table |= {
            "last_position": steps.position[table["last_step"]],
            "first_work_label_no": int32(steps.content[worked] & 0xFFFFFFFF),
            "first_work_position": steps.position[worked],
        }
    return pa.table(table)
