"""First work that a program may have written: the limits of the rule, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality import first_work as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.first_work import (
    FirstSteps,
    by_user,
    first_steps,
    first_work_checks,
    is_at_once,
)
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.results.common import Check

OPEN, EDIT, DRAFT = (n << 32 for n in (1, 2, 3))
CONTENTS = contents_of([0, PRODUCTIVE, PRODUCTIVE])


def visits(*work: Sequence[float]) -> list[tuple[int, int]]:
    """Visits by the seconds at which work is done in them; a page is opened at 0."""
    return [
        (n * HOUR + round(at * SECOND), EDIT if at else OPEN)
        for n, times in enumerate(work)
        for at in (0, *times)
    ]


def test_the_first_step_of_each_return_beside_later_ones() -> None:
    rows = visits([1, 2, 3, 99], [4, 40, 41, 46, 66], [1, 2], [3], [], [2, 2, 3, 4], [9, 19, 19, 9])
    found = first_steps([steps_of({7: rows})], CONTENTS, threshold_us=30 * MINUTE)
    # The first visit follows no gap; steps of no time are none.
    assert found.stream.tolist() == [7]
    assert (found.wait_us.tolist(), found.first_us.tolist()) == ([4 * SECOND], [36 * SECOND])
    assert np.exp(found.log_times) == pytest.approx([36 / 10])


def test_nothing_is_found_where_nothing_is_work() -> None:
    steps = steps_of({1: [(0, OPEN), (HOUR, OPEN)]})
    assert [len(one) for one in first_steps([steps], CONTENTS, threshold_us=MINUTE)] == [0] * 4
    assert [len(one) for one in first_steps([], CONTENTS, threshold_us=MINUTE)] == [0] * 4


def of(times: Sequence[float], *, wait: float = 4, first: float = 36) -> FirstSteps:
    many = len(times)
    return FirstSteps(
        np.arange(many),
        np.full(many, round(wait * SECOND)),
        np.full(many, round(first * SECOND)),
        np.log(times),
    )


@pytest.mark.parametrize(
    ("times", "wait", "is_so"),
    [
        ([3, 3.1, 2.9, 3, 3.2], 4, True),
        ([3, 3.1, 2.9, 3.2], 4, False),  # of few users
        ([2, 2.1, 1.9, 2, 2.2], 4, False),
        ([1, 9, 2, 7, 1.5], 4, False),  # perhaps by chance
        ([3, 3.1, 2.9, 3, 3.2], 36, False),  # people who come back slowly, and go on so
    ],
)
def test_the_limits(times: Sequence[float], wait: float, *, is_so: bool) -> None:
    found = of(times, wait=wait)
    assert is_at_once(found, by_user(found, found.stream)) == is_so


def test_a_user_counts_once() -> None:
    found = of([2, 8, 3])
    assert np.exp(by_user(found, np.array([4, 4, 9]))) == pytest.approx([4, 3])


def checks(
    monkeypatch: pytest.MonkeyPatch, both: WithAndWithout, *, content: int = DRAFT
) -> list[Check]:
    """Six users, at each of whose returns a program writes first."""

    def measured(_: object, sampled: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        (steps,) = sampled.sample
        assert np.flatnonzero(left_out(steps)).tolist() == [
            user * 15 + 6 + 5 * visit for user in range(6) for visit in range(2)
        ]
        return both

    monkeypatch.setattr(module, "compared", measured)
    rows = visits(*[[4, 40, 50, 60]] * 3)
    rows = [(at, content if at % HOUR == 4 * SECOND and at > HOUR else kind) for at, kind in rows]
    streams = steps_of(dict.fromkeys(range(1, 7), rows))
    resampling = Resampling(CONTENTS, 1, HOUR // 2, None, all_returns=False)
    names = {"draft": frozenset(range(9)), "edit": frozenset(range(9))}
    sampled = SampleMeasurement(
        [streams], ("open", "edit", "draft"), EventNames(users=names), 0.0, resampling
    )
    runner: Any = Streams()
    return first_work_checks(runner, sampled)


class Streams:
    """A log in which every user has one stream."""

    def table(self, _: str) -> Streams:
        return self

    def filter(self, _: str) -> Streams:
        return self

    def to_arrow_table(self) -> object:
        return pl.DataFrame({"stream_no": range(1, 7), "user_no": range(1, 7)}).to_arrow()


MOVED = WithAndWithout({"returns_with": 10, "returns_without": 20})


def test_first_work_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = checks(monkeypatch, MOVED)
    assert (check.check, check.count, check.names) == ("first_work_at_once", 12, ("draft",))
    figures = {"wait_seconds": 4, "step_seconds": 36, "times": 3.6, "is_own_name": 1}
    assert check.figures == pytest.approx(MOVED.figures | figures | {"work_share": 12 / 72})
    (check,) = checks(monkeypatch, MOVED, content=EDIT)
    assert (check.names, check.figures["is_own_name"]) == (("edit",), 0)


def test_what_changes_nothing_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    same = {"returns_with": 10, "returns_without": 10}
    assert checks(monkeypatch, WithAndWithout(same, ("test", "test"))) == []
    (check,) = checks(monkeypatch, WithAndWithout(same, ("do_not_build", "build")))
    assert check.words == ("do_not_build", "build")


def test_people_who_go_on_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_at_once", lambda *_: False)
    assert checks(monkeypatch, MOVED) == []
