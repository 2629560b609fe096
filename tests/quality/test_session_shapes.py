"""Sessions that no person makes: the limits of the rules, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality import session_shapes
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.session_shapes import first_silences, shape_checks, stand_apart
from resume_gap.quality.small_groups import EventNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.pipeline.steps import Steps
    from resume_gap.results.common import Check

EDIT, SYNC = 1 << 32, 2 << 32


def sampled(steps: Steps) -> SampleMeasurement:
    resampling = Resampling(contents_of([1, 0]), 1, 30 * MINUTE, None, all_returns=False)
    names = EventNames(users={name: frozenset(range(9)) for name in ("edit", "sync")})
    return SampleMeasurement([steps], ("edit", "sync", "rest"), names, 0.0, resampling)


def checks(
    monkeypatch: pytest.MonkeyPatch, steps: Steps, *, after: float = 20.0
) -> tuple[list[Check], list[list[int]]]:
    """What is said when the mean of 10 s is another one without the rows; and these rows."""
    rows: list[list[int]] = []

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        rows.append(np.flatnonzero(left_out(of.sample[0])).tolist())
        return WithAndWithout({"mean_seconds_with": 10.0, "mean_seconds_without": after})

    monkeypatch.setattr(session_shapes, "compared", measured)
    runner = None  # type: Any
    return shape_checks(runner, sampled(steps)), rows


def sessions(sizes: Sequence[int]) -> Steps:
    return steps_of(
        {1: [(n * HOUR + k * SECOND, EDIT) for n, size in enumerate(sizes) for k in range(size)]}
    )


@pytest.mark.parametrize(
    ("short", "between", "usual", "apart"),
    [
        (50, 0, 100, True),
        (49, 0, 100, False),
        (50, 0, 951, False),  # under one in twenty
        (52, 13, 100, True),
        (52, 14, 100, False),  # a tail of ever longer sessions
        (70, 0, 30, True),
        (71, 0, 30, False),  # the usual session is short
    ],
)
def test_short_sessions_stand_apart(short: int, between: int, usual: int, *, apart: bool) -> None:
    assert stand_apart(np.array([3] * short + [7] * between + [8] * usual)) == apart


def test_short_sessions_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = sessions([8, 1, 8] + [1] * 49 + [8] * 30)
    (check,), (rows,) = checks(monkeypatch, steps)
    assert (check.check, check.count, check.share) == ("lone_rows", 50, 50 / 82)
    assert rows == [8, *range(17, 66)]
    assert checks(monkeypatch, steps, after=10.4)[0] == []


def starts(silences: Sequence[int], *, first: int = SYNC) -> Steps:
    """Returns with an event and its silence before five edits, and a session before them."""
    rows = [(0, EDIT)]
    for n, silence in enumerate(silences, start=1):
        rows.append((n * HOUR, first))
        rows += [(n * HOUR + silence + k * SECOND, EDIT) for k in range(5)]
    return steps_of({1: rows})


TEN = 10 * MINUTE


def test_silent_starts_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = starts([TEN] * 50 + [SECOND] * 200)
    assert len(first_silences([steps], threshold_us=30 * MINUTE)) == 250
    (check,), (rows,) = checks(monkeypatch, steps)
    assert (check.check, check.count, check.share) == ("silent_starts", 50, 0.2)
    assert check.figures["median_seconds"] == 600
    assert check.figures["is_own_name"] == 0  # most of them begin work at once
    assert check.names == ("sync",)
    assert rows == [1 + 6 * n for n in range(50)]
    assert checks(monkeypatch, steps, after=10.9)[0] == []


@pytest.mark.parametrize(
    "silences",
    [
        [TEN] * 49,  # few
        [TEN] * 50 + [SECOND] * 201,  # rare
        [119 * SECOND] * 50,  # short
        [n * 20 * SECOND for n in range(10, 70)],  # as different as what people read
    ],
)
def test_starts_of_people(monkeypatch: pytest.MonkeyPatch, silences: list[int]) -> None:
    assert checks(monkeypatch, starts(silences))[0] == []


def test_the_name_of_silent_starts_is_its_own_or_peoples(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,), _ = checks(monkeypatch, starts([TEN] * 50))
    assert (check.names, check.figures["is_own_name"]) == (("sync",), 1)
    (check,), _ = checks(monkeypatch, starts([TEN] * 50, first=EDIT))
    assert (check.names, check.figures["is_own_name"]) == (("edit",), 0)
