"""What was worked on, against a loop that looks at one event after the other."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import SECOND, steps_of

from resume_gap.arrays import NEVER_ROW
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.work import work_of
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    from resume_gap.pipeline.steps import Steps

pytestmark = pytest.mark.usefixtures("loops")
VIEW, EDIT, CLOSE, SUBMIT = (kind << 32 for kind in range(1, 5))
TASKS, CONTEXTS = 3, 3
"""A label says task and context: label = 3 x task + context, 0 for none."""
LABELS = np.arange(TASKS * CONTEXTS)
CONTENTS = Contents(
    kind_roles=np.array([0, 0, PRODUCTIVE, COMPLETING, PRODUCTIVE | COMPLETING]),
    kind_event=np.arange(5),
    label_element=np.zeros(9, dtype=np.int64),
    label_context=LABELS % 3,
    label_task=LABELS // 3,
)


def label(*, task: int = 0, context: int = 0) -> int:
    return 3 * task + context


@dataclass(frozen=True)
class Seen:
    """What is known at one row; rows are counted over all streams."""

    last: int
    next: int
    next_leaving: int
    is_open: bool
    end: int | None


def ends_work(done: int, worked: int) -> bool:
    """Tasks equal, else contexts equal, else it carries neither (section 3)."""
    task, context = (done & 0xFF) // 3, (done & 0xFF) % 3
    own_task, own_context = (worked & 0xFF) // 3, (worked & 0xFF) % 3
    if task and own_task:
        return task == own_task
    if context and own_context:
        return context == own_context
    return not task and not context


def seen(rows: list[tuple[int, int]], ends: list[int], row: int, offset: int) -> Seen:
    """One stream, one row, by looking at everything."""
    kinds = [content >> 32 for _, content in rows]
    productive = [k for k, kind in enumerate(kinds) if kind in (2, 4)]
    before = [k for k in productive if k <= row]
    after = [k for k in productive if k >= row]
    leaving = [k for k, kind in enumerate(kinds) if kind == 3 and k >= row]
    last = before[-1] if before else None
    closed = last is not None and any(
        kinds[k] in (3, 4) and ends_work(rows[k][1], rows[last][1]) for k in range(last, row + 1)
    )
    return Seen(
        last=-1 if last is None else last + offset,
        next=after[0] + offset if after else NEVER_ROW,
        next_leaving=leaving[0] + offset if leaving else NEVER_ROW,
        is_open=last is not None and not closed,
        end=max(ends[k] for k in before) if before else None,
    )


def all_seen(steps: Steps) -> list[Seen]:
    work = work_of(steps, CONTENTS)
    columns = (work.last, work.next, work.next_leaving, work.is_open, work.end)
    return [
        Seen(*mine[:4], mine[4] if mine[0] >= 0 else None)
        for mine in zip(*(column.tolist() for column in columns), strict=True)
    ]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("spells", [False, True])
def test_every_row_knows_what_a_loop_finds(seed: int, *, spells: bool) -> None:
    draw = Random(seed)  # noqa: S311 - a test log is no secret
    kinds = draw.choice([(VIEW, EDIT, CLOSE, SUBMIT), (VIEW, VIEW, VIEW, EDIT, CLOSE), (VIEW,)])
    labels = draw.choice([[0], list(range(9)), [0, 0, 0, 1, 3, 4]])
    streams, ends = {}, []
    for no in range(1, draw.randrange(2, 6)):
        now, rows = draw.randrange(10) * SECOND, []
        for _ in range(draw.randrange(1, 15)):
            now += draw.choice([0, 1, 5]) * SECOND
            rows.append((now, draw.choice(kinds) | draw.choice(labels)))
            ends.append(now + draw.choice([0, 0, 60]) * SECOND * spells)
        streams[no] = rows
    expected, offset = [], 0
    for rows in streams.values():
        own = ends[offset : offset + len(rows)]
        expected += [seen(rows, own, k, offset) for k in range(len(rows))]
        offset += len(rows)
    assert all_seen(steps_of(streams, own_end=ends if spells else None)) == expected


def is_open(*contents: int) -> bool:
    """Whether work goes on after these events of one stream."""
    return all_seen(steps_of({1: [(k, content) for k, content in enumerate(contents)]}))[-1].is_open


def test_work_is_open_until_something_completes_it() -> None:
    assert not is_open(VIEW)
    assert is_open(EDIT, VIEW)
    assert not is_open(EDIT, CLOSE)
    assert is_open(EDIT, CLOSE, EDIT)
    assert not is_open(CLOSE, VIEW)
    assert is_open(CLOSE, EDIT)


def test_a_productive_event_that_completes_closes_its_own_work() -> None:
    assert not is_open(SUBMIT)
    assert not is_open(SUBMIT | label(task=1))
    assert not is_open(EDIT | label(task=2), SUBMIT | label(task=1))


def test_what_completes_another_task_or_context_completes_nothing() -> None:
    worked = EDIT | label(task=1, context=1)
    assert is_open(worked, CLOSE | label(task=2, context=1))
    assert not is_open(worked, CLOSE | label(task=1, context=2))
    assert is_open(worked, CLOSE | label(context=2))
    assert not is_open(worked, CLOSE | label(context=1))
    assert is_open(EDIT, CLOSE | label(task=1))
    assert not is_open(worked, CLOSE)


def test_the_end_of_work_is_the_latest_of_its_ends() -> None:
    spells = steps_of({1: [(0, EDIT), (5, EDIT), (9, VIEW)]}, own_end=[90, 6, 200])
    assert [mine.end for mine in all_seen(spells)] == [90, 90, 90]
