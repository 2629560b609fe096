"""Chunks of streams written by hand: one short row per burst and touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from resume_gap.arrays import NEVER, NEVER_ROW
from resume_gap.pipeline.contents import Contents
from resume_gap.replay.chunks import Bursts, Candidates, Chunk, Touches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONTENTS = Contents(
    kind_roles=np.zeros(9, dtype=np.int64),
    kind_event=np.arange(9),
    label_element=np.arange(100),
    label_context=np.arange(100) // 10,
    label_task=np.zeros(100, dtype=np.int64),
)
"""Kind n is event n; label n is element n, in the context of its tens."""

_NEVER = {
    "next_work_step": NEVER_ROW,
    "next_work_us": NEVER,
    "next_leaving_step": NEVER_ROW,
    "first_work_step": NEVER_ROW,
}
_NONE = ("worked_step", "worked_until_us", "last_work_step")
_FLAGS = ("is_open", "begins_in_batch")
_LOG_END_US = 1 << 50


def chunk_of(
    bursts: Sequence[Mapping[str, Any]], touches: Sequence[Mapping[str, Any]] = ()
) -> Chunk:
    """Rows in order; what they leave out is nothing.

    Of a burst: `stream` and `gap_us`, which is `NEVER` where it opens its stream. Of a touch:
    `burst`, `element` (whose label is the same) and `first_step`.
    """
    burst = _columns(Bursts, bursts, {"gap_us": NEVER, "log_end_us": _LOG_END_US})
    del burst["segments"]
    complete = [
        {
            "last_step": one["first_step"],
            "label": one["element"],
            "first_work_label": one["element"],
            **one,
        }
        for one in touches
    ]
    touch = _columns(Touches, complete, {"n": 1})
    return Chunk(
        Bursts(**burst, segments={}), Touches(**touch), Candidates(**_columns(Candidates, (), {}))
    )


def _columns(
    kind: type, rows: Sequence[Mapping[str, Any]], given: Mapping[str, int]
) -> dict[str, Any]:
    """Every column of some rows; names that no column has are a mistake."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    unknown = {name for row in rows for name in row} - set(names)
    if unknown:
        raise AssertionError(f"no such columns: {unknown}")
    return {name: _column(name, rows, given.get(name)) for name in names}


def _column(name: str, rows: Sequence[Mapping[str, Any]], given: int | None) -> Any:
    nothing: Any = given
    if given is None and name.endswith("position"):
        nothing = np.nan
    elif given is None:
        nothing = _NEVER.get(name, -1 if name in _NONE else 0)
    kind = float if name.endswith("position") else bool if name in _FLAGS else np.int64
    return np.array([row.get(name, nothing) for row in rows], dtype=kind)
