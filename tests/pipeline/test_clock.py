"""Which outermost rows of a log are set aside: those of a wrong clock, not of a sparse log."""

import itertools

import numpy as np
import pytest

from resume_gap.pipeline.clock import without_outliers

Days = dict[int, int]


def reference(rows: Days) -> tuple[int, int]:
    """First and last day that stay, by trying every span of days."""
    days = sorted(rows)
    total = sum(rows.values())
    spans = [
        (last - first, first, last)
        for first in days
        for last in days
        if first <= last
        and 100 * sum(rows[day] for day in days if first <= day <= last) >= 99 * total
    ]
    _, first, last = min(spans)

    def empty(one: int, other: int) -> int:
        return other - one - 1

    inside = [day for day in days if first <= day <= last]
    longest = max((empty(a, b) for a, b in itertools.pairwise(inside)), default=0)
    limit = max(30, 3 * longest)
    for day in sorted((day for day in days if day < first), reverse=True):
        if empty(day, first) > limit:
            break
        first = day
    for day in (day for day in days if day > last):
        if empty(last, day) > limit:
            break
        last = day
    return first, last


def found(rows: Days) -> tuple[int, int]:
    day = np.array(sorted(rows))
    first, last = without_outliers(day, np.array([rows[one] for one in sorted(rows)]))
    return int(day[first]), int(day[last])


BUSY = dict.fromkeys(range(100), 100)


@pytest.mark.parametrize(
    ("rows", "stay"),
    [
        (BUSY, (0, 99)),
        (BUSY | {130: 1}, (0, 130)),
        (BUSY | {131: 1}, (0, 99)),
        (BUSY | {-31: 1, -32: 1}, (-32, 99)),
        (BUSY | {-32: 1}, (0, 99)),
        (BUSY | {120: 1, 160: 1}, (0, 120)),
        # A sparse log has long empty stretches of its own.
        (dict.fromkeys(range(0, 400, 40), 100) | {478: 5}, (0, 478)),
        (dict.fromkeys(range(0, 400, 40), 100) | {479: 5}, (0, 360)),
        # Over one percent of the rows is never far from the core: it is part of it.
        (BUSY | {400: 150}, (0, 400)),
        ({5: 1}, (5, 5)),
    ],
)
def test_what_stays(rows: Days, stay: tuple[int, int]) -> None:
    assert reference(rows) == stay
    assert found(rows) == stay


def test_random_logs_agree_with_the_reference() -> None:
    random = np.random.default_rng(11)
    for _ in range(300):
        gaps = random.choice([1, 2, 10, 31, 32, 33, 95, 130], size=random.integers(1, 12))
        rows = {int(day): int(random.choice([1, 2, 50, 400])) for day in np.cumsum(gaps)}
        assert found(rows) == reference(rows)
