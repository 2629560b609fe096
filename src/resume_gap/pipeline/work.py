"""What was worked on last and what comes next, as of any event.

Everything here describes whole streams and knows no threshold: whether the last productive
event lies in the same session as the one that asks is a comparison of step numbers, made later.
"""

from typing import NamedTuple

import numpy as np

from resume_gap.arrays import NEVER_ROW, Bools, Ints, int32
from resume_gap.compiled import pays
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import running_maximum
from resume_gap.pipeline.steps import Steps
from resume_gap.pipeline.work_loops import carry_work, foresee_work
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE


class Work(NamedTuple):
    """The work around each of n rows, in its own stream; rows are positions in `Steps`.

    Attributes:
        productive: (n) whether it is productive.
        last: (n) row of the last productive event at or before it; -1 for none.
        next: (n) row of the first productive event at or after it; `NEVER_ROW` for none.
        next_leaving: (n) row of the first completing event at or after it that is not productive;
            `NEVER_ROW` for none.
        is_open: (n) whether there is a last productive event whose work nothing completed up to
            the row.
        end: (n) latest end of the productive events up to it, microseconds; meaningless where
            `last` is -1.
    """

    productive: Bools
    last: Ints
    next: Ints
    next_leaving: Ints
    is_open: Bools
    end: Ints


def work_of(steps: Steps, contents: Contents) -> Work:
    """The work around each row of some whole streams."""
    n = len(steps.at)
    own_end = steps.at if steps.own_end is None else steps.own_end
    if not pays(steps.at):
        return _by_arrays(steps, contents, own_end)
    work = Work(
        productive=np.empty(n, dtype=np.bool_),
        last=np.empty(n, dtype=np.int32),
        next=np.empty(n, dtype=np.int32),
        next_leaving=np.empty(n, dtype=np.int32),
        is_open=np.empty(n, dtype=np.bool_),
        end=np.empty(n, dtype=np.int64),
    )
    carry_work(
        steps.starts,
        steps.content,
        own_end,
        contents.kind_roles,
        contents.label_task,
        contents.label_context,
        work.productive,
        work.last,
        work.is_open,
        work.end,
    )
    foresee_work(steps.starts, steps.content, contents.kind_roles, work.next, work.next_leaving)
    return work


def _by_arrays(steps: Steps, contents: Contents, own_end: Ints) -> Work:
    """The same for few rows, for which plain loops take longer than arrays."""
    roles = contents.roles(steps.content)
    productive, completing = (roles & PRODUCTIVE) != 0, (roles & COMPLETING) != 0
    many = np.diff(steps.starts)
    begin, stop = (np.repeat(bounds, many) for bounds in (steps.starts[:-1], steps.starts[1:]))
    rows = np.arange(len(roles))
    last = np.maximum.accumulate(np.where(productive, rows, -1))
    last[last < begin] = -1
    # What is not productive counts as the beginning of its stream, before which nothing ends.
    ends = np.where(productive, own_end, steps.at[begin])
    return Work(
        productive=productive,
        last=int32(last),
        next=_next(productive, stop),
        next_leaving=_next(completing & ~productive, stop),
        is_open=(last >= 0) & (_closing_rows(steps.content, contents, completing, last) > rows),
        end=running_maximum(ends, steps.starts),
    )


def _next(flag: Bools, stop: Ints) -> Ints:
    """The first flagged row at or after each row and before its stop; `NEVER_ROW` for none."""
    flagged = np.where(flag, np.arange(len(flag)), NEVER_ROW)
    found = np.minimum.accumulate(flagged[::-1])[::-1]
    return int32(np.where(found < stop, found, NEVER_ROW))


def _closing_rows(content: Ints, contents: Contents, completing: Bools, last: Ints) -> Ints:
    """(n) row of the first event that completes the work that was last in hand at each row.

    Tasks are compared where both have one, else contexts where both have one; else what completes
    must carry neither (section 3 of the method).
    """
    done = np.flatnonzero(completing & (last >= 0))
    worked = last[done]
    task, worked_task = contents.task(content[done]), contents.task(content[worked])
    context, worked_context = contents.context(content[done]), contents.context(content[worked])
    closes = np.where(
        (task > 0) & (worked_task > 0),
        task == worked_task,
        np.where(
            (context > 0) & (worked_context > 0),
            context == worked_context,
            (task == 0) & (context == 0),
        ),
    )
    closed = np.full(len(content), NEVER_ROW)
    np.minimum.at(closed, worked[closes], done[closes])
    return closed[last]
