"""Days without elements, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, contents_of, steps_of

from resume_gap.quality import element_days
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.element_days import element_checks
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.results.common import Check


def checks(
    monkeypatch: pytest.MonkeyPatch, days: Sequence[tuple[int, int]]
) -> tuple[list[Check], list[int]]:
    """What is said of days with some rows, of which some have an element; and the rows left out."""
    rows = [
        (day * 24 * HOUR + n, (1 << 32) + (1 if n < known else 0))
        for day, (total, known) in enumerate(days)
        for n in range(total)
    ]
    resampling = Resampling(contents_of([1]), 1, 30 * MINUTE, None, all_returns=False)
    out: list[int] = []

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        out.extend(np.flatnonzero(left_out(of.sample[0])).tolist())
        return WithAndWithout({"returns_with": 9, "returns_without": 5})

    monkeypatch.setattr(element_days, "compared", measured)
    sampled = SampleMeasurement([steps_of({1: rows})], ("edit",), EventNames(), 0.0, resampling)
    runner = None  # type: Any
    return element_checks(runner, sampled), out


def test_days_without_elements_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,), rows = checks(monkeypatch, [(10, 10), (0, 0), (5, 0), (10, 9)])
    assert (check.check, check.count, check.share) == ("elements_end", 1, 0.2)
    assert rows == [10, 11, 12, 13, 14]


@pytest.mark.parametrize(
    "days",
    [
        [(10, 10), (10, 1)],  # a tenth of the usual share is some
        [(90, 90), (9, 0)],  # few rows
        [(9, 9), (91, 0)],  # hardly any day has elements
        [(10, 0), (10, 0)],
    ],
)
def test_other_days(monkeypatch: pytest.MonkeyPatch, days: list[tuple[int, int]]) -> None:
    assert checks(monkeypatch, days)[0] == []


def test_a_day_of_one_event_counts_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,), rows = checks(monkeypatch, [(1, 1), (9, 0)])
    assert (check.count, check.share) == (1, 0.9)
    assert rows == list(range(1, 10))
