"""Rows that share an instant: do the markers depend on the order in which they are taken?

Where many rows tie and no sequence tells their order, hits are read from the sampled users under
both orders of their contents; a policy that moves too far is not shown (section 0 of the method).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.constants import ORDER_POINTS
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.runs import running_maximum
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.resampling import Resampling, resampled
from resume_gap.replay.replays import replay
from resume_gap.replay.target_rules import POLICIES
from resume_gap.replay.totals import Asked
from resume_gap.sources.role_bits import COMPLETING


def unknown_order(
    runner: Runner, resampling: Resampling, sample: Sequence[Steps], asked: Asked
) -> tuple[str, ...]:
    """The policies whose hits differ by over two points between the two orders.

    Args:
        runner: Holds streams.
        resampling: How the sample is measured.
        sample: Whole streams in order.
        asked: What is replayed; the headline threshold alone is looked at.
    """
    once = replace(asked, grid_us=(asked.threshold_us,))
    forward = _hits(runner, resampling, sample, once)
    backward = _hits(runner, resampling, [turned(one, resampling.contents) for one in sample], once)
    return tuple(
        name for name in POLICIES if abs(forward[name] - backward[name]) > ORDER_POINTS.value
    )


def _hits(
    runner: Runner, resampling: Resampling, sample: Sequence[Steps], asked: Asked
) -> dict[str, float]:
    with resampled(runner, resampling, sample) as measured:
        if measured is None:
            return dict.fromkeys(POLICIES, 0.0)
        there, _, shelf = measured
        sums = replay(there, shelf, resampling.contents, asked).thresholds[asked.threshold_us]
    total = max(1, int(sums.columns["eligible"].sum()))
    return {name: int(sums.of(name, "hit").sum()) / total for name in POLICIES}


def turned(steps: Steps, contents: Contents) -> Steps:
    """The same streams with rows of one instant in reverse order, completing ones still last."""
    n = len(steps.at)
    stream = steps.stream_index()
    completing = (contents.roles(steps.content) & COMPLETING) != 0
    order = np.lexsort((-np.arange(n), completing, steps.at, stream))

    def taken(values: Ints | None) -> Ints | None:
        return None if values is None else values[order]

    own_end = taken(steps.own_end)
    at = steps.at[order]
    return replace(
        steps,
        at=at,
        end=at if own_end is None else running_maximum(own_end, steps.starts),
        own_end=own_end,
        content=steps.content[order],
        device=taken(steps.device),
        away_before=taken(steps.away_before),
        position=None if steps.position is None else steps.position[order],
        segments={name: values[order] for name, values in steps.segments.items()},
    )
