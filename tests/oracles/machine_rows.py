"""A slow, obvious reference for rows that no person may have caused: section 1 of the method.

It builds on `oracles.log` and shares nothing with the program.
"""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from oracles.log import Roles, Row, to_sessions, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence


class FirstStep(NamedTuple):
    """One return with three acts of work or more."""

    user_id: str
    wait_us: int
    first_us: int
    times: float
    """How many times as long as the later steps, by their mean logarithm."""


def first_steps(rows: Sequence[Row], roles: Roles, threshold_us: int) -> list[FirstStep]:
    """Compare the step from the first act of work to the second with later ones."""
    found = []
    for stream in to_streams(rows, roles):
        for session in to_sessions(stream, threshold_us)[1:]:
            work = [one.start_us for one in session.events if one.event in roles.productive]
            steps = [after - before for before, after in pairwise(work)]
            later = [step for step in steps[2:] if step > 0]
            if steps and steps[0] > 0 and later:
                times = steps[0] / math.exp(mean(map(math.log, later)))
                wait_us = work[0] - session.start_us
                found.append(FirstStep(stream.user_id, wait_us, steps[0], times))
    return found
