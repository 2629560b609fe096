"""Ordered events written by hand, as the heavy pass hands them over."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import running_maximum
from resume_gap.pipeline.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def contents_of(roles: Sequence[int]) -> Contents:
    """Kind n is event n and has the n-th of the roles; the label n of a content is element n."""
    kinds = np.array([0, *roles], dtype=np.int64)
    labels = np.arange(100)
    return Contents(kinds, np.arange(len(kinds)), labels, labels * 0, labels * 0)


def steps_of(
    streams: Mapping[int, Sequence[tuple[int, int]]],
    *,
    own_end: Sequence[int] | None = None,
    **more: Any,
) -> Steps:
    """Streams of (instant, content) by number; further columns run over all rows."""
    rows = [row for stream in streams.values() for row in stream]
    starts = np.array([0, *accumulate(map(len, streams.values()))])
    at, content = np.array(rows, dtype=np.int64).reshape(-1, 2).T.copy()
    end = at if own_end is None else running_maximum(np.array(own_end), starts)
    each = np.zeros(len(streams), dtype=np.int64)
    columns: dict[str, Any] = {
        "device": None,
        "away_before": None,
        "position": None,
        "segments": {},
        "resolution": each,
        "indexed": each.astype(np.bool_),
        "newest": each,
        "repeated": 0,
        "alike": 0,
        "rows_read": len(rows),
        "newest_us": 0,
        "reversed_ends": 0,
        "ties": 0,
    }
    columns |= more
    return Steps(
        starts=starts,
        stream_no=np.array(list(streams), dtype=np.int64),
        at=at,
        end=end,
        own_end=None if own_end is None else np.array(own_end),
        content=content,
        **columns,
    )
