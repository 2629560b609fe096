"""Ids whose visits alternate between sets of elements, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.streams import HOUR, SECOND, contents_of, steps_of

from resume_gap.quality import visit_sets
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.quality.visit_sets import (
    MIXED,
    alternate,
    bouts_of,
    of_several,
    set_checks,
    sets_of,
    turning,
)
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.pipeline.steps import Steps
    from resume_gap.results.common import Check

VIEW, EDIT = 1 << 32, 2 << 32
CONTENTS = contents_of([0, PRODUCTIVE])


def visits(*streams: Sequence[str]) -> Steps:
    """One visit an hour: a view, then work on the elements that letters stand for."""
    made = {}
    for number, stream in enumerate(streams, start=1):
        rows = []
        for hour, letters in enumerate(stream):
            rows.append((hour * HOUR, VIEW + 50))
            for n, letter in enumerate(letters, start=1):
                rows.append((hour * HOUR + n * SECOND, EDIT + 1 + ord(letter) - ord("a")))
        made[number] = rows
    return steps_of(made)


SHARED = ("ab", "xy") * 8
ALONE = ("ab", "bc", "ca") * 5


def test_bouts_end_with_a_silence() -> None:
    steps = steps_of({1: [(0, EDIT + 1), (120 * SECOND, EDIT + 2), (241 * SECOND, EDIT + 1)]})
    found = bouts_of(steps, CONTENTS)
    assert (found.bout.tolist(), found.element.tolist()) == ([0, 0, 1], [1, 2, 1])
    assert found.work.tolist() == [3]


@pytest.mark.parametrize(
    ("stream", "turns"),
    [
        (SHARED, True),
        (ALONE, False),
        (("ab", "xy") * 3 + ("ab",), True),
        (("ab", "xy") * 3, False),  # four bouts go on elsewhere
        (("abc", "xyz") + ("ade", "xvw") * 5, True),
        (
            ("ab", "xy", "aefg", "xhij", "aklm", "xnop", "aqrs", "xtuv"),
            False,
        ),  # mostly new elements
    ],
)
def test_streams_that_go_on_elsewhere(stream: Sequence[str], *, turns: bool) -> None:
    assert turning(bouts_of(visits(ALONE, stream), CONTENTS)).tolist() == [1] * turns
    assert turning(bouts_of(visits([""]), CONTENTS)).tolist() == []


def test_sets_of_elements() -> None:
    a, b, c, x, y = range(5)
    assert sets_of([frozenset(one) for one in ({a, b}, {x}, {b, c}, {x, y}, {c}, {a, x})]) == [
        0,
        1,
        0,
        1,
        0,
        MIXED,
    ]
    four = frozenset({a, b, c, 9})
    assert sets_of([four, frozenset({x}), four | {x}]) == [0, 1, 0]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0, 1] * 6, True),
        ([0] * 6 + [1] * 6, False),  # one after the other
        ([0] * 5 + [1] * 5 + [0, 1], False),
        ([0, 0, 1, 1] * 4, True),
        ([0, 1] * 6 + [MIXED] * 3, True),
        ([0, 1] * 6 + [MIXED] * 4, False),
        ([0, 1, 0, 0, 0, 1, 0, 0], False),  # two bouts are no set
        ([], False),
    ],
)
def test_what_alternates(numbers: list[int], *, expected: bool) -> None:
    assert alternate(numbers) == expected


def test_rows_outside_of_the_largest_set() -> None:
    steps = visits(ALONE, ("ab", "xy", "ab") * 5)
    found = of_several(steps, CONTENTS)
    assert (found.streams, found.work, found.all_work) == ((1,), 30, 60)
    own = found.outside.tolist()
    assert own[:45] == [False] * 45
    assert own[45:] == ([False] * 3 + [True] * 3 + [False] * 3) * 5


def checks(monkeypatch: pytest.MonkeyPatch, steps: Steps) -> tuple[list[Check], list[list[bool]]]:
    """What is said, and which rows are left out."""
    rows: list[list[bool]] = []

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        rows.append(left_out(of.sample[0]).tolist())
        return WithAndWithout({"returns_with": 9}, ("do_not_build", "test"))

    monkeypatch.setattr(visit_sets, "compared", measured)
    resampling = Resampling(CONTENTS, 1, HOUR // 2, None, all_returns=False)
    sampled = SampleMeasurement([steps], ("view", "edit"), EventNames(users={}), 0.0, resampling)
    return set_checks(None, sampled), rows  # type: ignore[arg-type]


def test_a_tenth_of_the_work_is_worth_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,), (rows,) = checks(monkeypatch, visits(SHARED, *[ALONE] * 9))
    assert (check.check, check.count, check.share) == ("alternating_sets", 1, 32 / 302)
    assert check.words == ("do_not_build", "test")
    assert sum(rows) == 24
    assert checks(monkeypatch, visits(SHARED, *[ALONE] * 10)) == ([], [])
