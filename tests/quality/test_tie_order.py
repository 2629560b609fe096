"""Rows that share an instant: the other order, and what is reported where a hit depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from factories.streams import steps_of

import resume_gap
from resume_gap.pipeline.contents import Contents
from resume_gap.quality.tie_order import turned
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.analyze import Analysis
    from resume_gap.results.common import Check

ORIGIN_US = 1_772_442_000_000_000
"""2026-03-02 9:00 UTC."""
VIEW, EDIT, CLOSE = (kind << 32 for kind in range(1, 4))
NOTHING = np.zeros(1, dtype=np.int64)
CONTENTS = Contents(
    kind_roles=np.array([0, 0, PRODUCTIVE, COMPLETING]),
    kind_event=np.arange(4),
    label_element=NOTHING,
    label_context=NOTHING,
    label_task=NOTHING,
)


def test_ties_are_turned_with_completing_events_still_last() -> None:
    steps = steps_of({1: [(0, VIEW), (5, VIEW), (5, EDIT), (5, CLOSE), (5, CLOSE | 1), (9, EDIT)]})
    other = turned(steps, CONTENTS)
    assert other.at.tolist() == steps.at.tolist()
    assert other.content.tolist() == [VIEW, EDIT, VIEW, CLOSE | 1, CLOSE, EDIT]
    assert turned(other, CONTENTS).content.tolist() == steps.content.tolist()


def test_rows_of_another_stream_tie_with_nothing() -> None:
    steps = steps_of({1: [(0, VIEW), (5, EDIT)], 2: [(5, VIEW), (5, EDIT)]})
    assert turned(steps, CONTENTS).content.tolist() == [VIEW, EDIT, EDIT, VIEW]


def test_every_column_is_turned_with_its_row() -> None:
    steps = steps_of(
        {1: [(5, VIEW), (5, EDIT), (7, VIEW)]},
        own_end=[60, 5, 8],
        device=np.array([1, 2, 3]),
        away_before=np.array([-1, 4, 6]),
        position=np.array([0.5, np.nan, 2]),
        segments={"segment_1": np.array([7, 8, 9])},
    )
    other = turned(steps, CONTENTS)
    columns = (other.own_end, other.device, other.away_before, other.segments["segment_1"])
    assert [column.tolist() for column in columns if column is not None] == [
        [5, 60, 8],
        [2, 1, 3],
        [4, -1, 6],
        [8, 7, 9],
    ]
    assert other.position is not None
    assert other.position[1:].tolist() == [0.5, 2]
    assert steps.end.tolist() == [60, 60, 60]
    assert other.end.tolist() == [5, 60, 60]  # the running maximum is made anew


def tied_log(path: Path, *, ties: bool = True) -> str:
    """People who write on `page`, look at `note` in the same instant, leave, and go on at `page`.

    By content `edit` stands before `look`, so that the note was touched last; in the other order,
    and in the order of `number`, the page was.
    """
    rows: list[dict[str, Any]] = []
    for user in range(30):
        for day in range(6):
            at = ORIGIN_US + day * 86_400_000_000 + user * 7_000_001
            tied = [("look", "note"), ("edit", "page")]
            for number, (event, target) in enumerate([("look", "page"), ("edit", "page"), *tied]):
                rows.append(
                    {
                        "user_id": f"u{user}",
                        "event": event,
                        "target": target,
                        "number": number,
                        "timestamp": at + (min(number, 2) if ties else number) * 5_000_000,
                    }
                )
    pl.DataFrame(rows).write_parquet(path)
    return str(path)


def analyzed(file: str, **more: str) -> Analysis:
    mapped = {"user_id": "user_id", "timestamp": "timestamp", "event": "event", "target": "target"}
    return resume_gap.analyze(
        file,
        map=mapped | more,
        time_unit="us",
        gap="30m",
        productive="edit",
        complete="-",
        until="2026-03-20",
    )


def warned(found: Analysis) -> list[Check]:
    return [check for check in found.data_quality if check.check == "hits_depend_on_order"]


def test_a_policy_that_depends_on_the_order_of_ties_is_not_shown(tmp_path: Path) -> None:
    found = analyzed(tied_log(tmp_path / "tied.parquet"))
    shown = {policy.name: policy for policy in found.marker.policies}
    hanging = shown["last_touched"]
    assert hanging.reason == "order_unknown"
    assert (hanging.hit, hanging.chance, hanging.lift, hanging.word) == (None, None, None, None)
    assert shown["last_productive"].reason is None
    assert shown["last_productive"].hit is not None
    assert found.marker.best is not None
    assert found.marker.best != "last_touched"
    assert found.opportunity.policy == found.marker.best
    assert found.marker.recommendation is not None
    assert found.marker.recommendation.figures["word_last_touched"] == "order_unknown"
    (check,) = warned(found)
    assert (check.severity, check.count, check.share) == ("warn", 180, 1 / 4)
    assert "--map sequence" in check.action


def test_a_sequence_column_tells_the_order(tmp_path: Path) -> None:
    found = analyzed(tied_log(tmp_path / "tied.parquet"), sequence="number")
    assert [policy.reason for policy in found.marker.policies] == [*[None] * 4, "few_elements"]
    assert warned(found) == []


def test_without_ties_nothing_is_turned(tmp_path: Path) -> None:
    found = analyzed(tied_log(tmp_path / "tied.parquet", ties=False))
    assert [policy.reason for policy in found.marker.policies] == [*[None] * 4, "few_elements"]
