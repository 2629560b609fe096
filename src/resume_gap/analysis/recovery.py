"""Recovery: the pace of the first productive steps after a return against the steady pace.

Read from single events, of the sampled users only. A step is the time from one productive event
to the next of the same session; steps after the twentieth are steady work.
"""

from collections.abc import Container, Sequence

import numpy as np

from resume_gap.arrays import Bools, Floats, Ints
from resume_gap.constants import MIN_INTERVAL_USERS, RECOVERY_STEADY, RECOVERY_STEPS
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.results.analyze import Recovery
from resume_gap.results.common import US

_STEPS = int(RECOVERY_STEPS.value)


def recovery(
    sample: Sequence[Steps],
    contents: Contents,
    interrupted: Ints,
    *,
    threshold_us: int,
    resolution_seconds: float,
) -> Recovery:
    """Pace of the productive steps 1 to 20 after an interruption: medians and quartiles.

    Args:
        sample: Whole streams.
        contents: Meaning of the contents.
        interrupted: (i, 2) stream_no and instant of the returns after which work was reached.
        threshold_us: The threshold.
        resolution_seconds: Of the stamps; a steady pace under twice of it says nothing.
    """
    if len(interrupted) == 0:
        return Recovery(reason="too_few_steps")
    known = set(zip(*interrupted.T.tolist(), strict=True))
    parts = [_steps(one, contents, known, threshold_us) for one in sample]
    stream, place, length, back = (np.concatenate(column) for column in zip(*parts, strict=True))
    users, pace = _steady(stream, place, length)
    if len(users) == 0:
        return Recovery(reason="too_few_steps")
    steady = float(np.median(pace)) / US
    if steady < 2 * resolution_seconds:
        return Recovery(reason="too_coarse", steady_seconds=steady)
    user = np.searchsorted(users, stream)
    user = np.where(user < len(users), user, 0)
    counts = back & (users[user] == stream) & (place <= _STEPS)
    relative = length[counts] / pace[user[counts]]
    place = place[counts]
    measured, quartiles = [], []
    for step in range(1, _STEPS + 1):
        mine = relative[place == step]
        if len(mine) >= MIN_INTERVAL_USERS.value:
            measured.append((step, float(np.median(mine)), len(mine)))
            lower, upper = np.quantile(mine, (0.25, 0.75))
            quartiles.append((step, float(lower), float(upper)))
    if not measured:
        return Recovery(reason="too_few_steps", steady_seconds=steady)
    return Recovery(
        reason=None,
        steady_seconds=steady,
        interruptions=measured[0][2],
        steps=tuple(measured),
        quartiles=tuple(quartiles),
    )


def _steps(
    steps: Steps, contents: Contents, interrupted: Container[tuple[int, int]], threshold_us: int
) -> tuple[Ints, Ints, Ints, Bools]:
    """The steps between productive events of one session.

    Args:
        steps: Whole streams.
        contents: Meaning of the contents.
        interrupted: stream_no and instant of the returns after which work was reached.
        threshold_us: The threshold.

    Returns:
        Of every step its stream, its place from 1 on, its length in microseconds, and whether its
        session begins after an interruption.
    """
    starts = steps.opens() | (gaps(steps) > threshold_us)
    session = np.cumsum(starts) - 1
    stream = np.repeat(steps.stream_no, np.diff(steps.starts)).astype(np.int64)
    heads = np.flatnonzero(starts)
    began = zip(stream[heads].tolist(), steps.at[heads].tolist(), strict=True)
    is_back = np.array([one in interrupted for one in began], dtype=np.bool_)
    rows = np.flatnonzero(contents.is_work(steps.content))
    same = np.diff(session[rows]) == 0
    first = np.flatnonzero(np.concatenate([[True], ~same])) if len(rows) else rows
    place = np.arange(len(rows)) - np.repeat(first, np.diff(np.append(first, len(rows))))
    inner = np.flatnonzero(place > 0)
    length = steps.at[rows[inner]] - steps.at[rows[inner - 1]]
    return stream[rows[inner]], place[inner], length, is_back[session[rows[inner]]]


def _steady(stream: Ints, place: Ints, length: Ints) -> tuple[Ints, Floats]:
    """Streams with enough steady steps, and the median of these in microseconds, above 0."""
    late = place > _STEPS
    order = np.lexsort((length[late], stream[late]))
    stream, length = stream[late][order], length[late][order].astype(np.float64)
    users, first, many = np.unique(stream, return_index=True, return_counts=True)
    if len(users) == 0:
        return users, np.zeros(0)
    middle = (length[first + (many - 1) // 2] + length[first + many // 2]) / 2
    enough = (many >= RECOVERY_STEADY.value) & (middle > 0)
    return users[enough], middle[enough]
