"""Work under another name: the limits of the rule, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, contents_of, steps_of

from resume_gap.quality import renamed as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.renamed import Renamed, renamed, renamed_checks
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    from resume_gap.results.common import Check

EDIT, GRID = 1, 2


def log(
    edits: int = 100, grids: int = 100, *, edit_from: int = 0, grid_from: int = 100
) -> list[tuple[int, int]]:
    """A visit an hour with an event of each kind, from an hour of the log on."""
    rows = [((edit_from + n) * HOUR, EDIT << 32) for n in range(edits)]
    return sorted(rows + [((grid_from + n) * HOUR, GRID << 32) for n in range(grids)])


def found(rows: list[tuple[int, int]], *, role: int = 0) -> Renamed | None:
    steps = steps_of({1: rows})
    return renamed([steps], contents_of([PRODUCTIVE, role]), threshold_us=30 * MINUTE)


def test_one_name_ends_where_the_other_begins() -> None:
    # But for a hundredth of the rows of the other.
    assert found(log()) == Renamed(EDIT, GRID, 101 * HOUR, True, 100)
    later = found(log(edit_from=100, grid_from=0))
    assert later == Renamed(EDIT, GRID, 98 * HOUR, False, 100)


def old_clients(many: int) -> list[tuple[int, int]]:
    """The log in which so many edits keep their name."""
    return sorted([*log(), *(((100 + n) * HOUR, EDIT << 32) for n in range(many))])


@pytest.mark.parametrize(
    ("rows", "is_found"),
    [
        (log(edits=55, grids=50, grid_from=55), True),
        (log(edits=55, grids=49, grid_from=55), False),  # few
        (log(grids=1_100), False),  # nearly the whole log lies on one side
        (log(grids=800), True),
        (log(grid_from=50, grids=150), True),  # people get it one after the other
        (log(edits=150, grid_from=20, grids=180), False),
        (old_clients(45), True),
        (old_clients(60), False),  # most of the work keeps its name
    ],
)
def test_the_limits(rows: list[tuple[int, int]], *, is_found: bool) -> None:
    assert (found(rows) is not None) == is_found


def test_the_same_work_is_as_frequent() -> None:
    views = [(n * HOUR, 3 << 32) for n in range(400)]
    for every, is_found in ((1, True), (2, True), (3, False)):
        grids = [(at, kind) for at, kind in log(edits=0, grids=300) if at // HOUR % every == 0]
        rows = sorted([*log(edits=100, grids=0), *grids, *views])
        contents = contents_of([PRODUCTIVE, 0, 0])
        there = renamed([steps_of({1: rows})], contents, threshold_us=30 * MINUTE)
        assert (there is not None) == is_found


def test_what_has_a_role_is_no_other_name() -> None:
    assert found(log(), role=PRODUCTIVE) is None
    assert found(log(), role=COMPLETING) is None
    assert renamed([steps_of({1: log()})], contents_of([0, 0]), threshold_us=MINUTE) is None


def checks(
    monkeypatch: pytest.MonkeyPatch, *, without: float, names: int = 9, work_first: bool = True
) -> list[Check]:
    figures = {"mean_seconds_with": 100.0, "mean_seconds_without": without}

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        assert np.flatnonzero(left_out(of.sample[0])).tolist() == [
            *(range(101, 200) if work_first else range(99)),
        ]
        return WithAndWithout(figures, ("build", "test"))

    monkeypatch.setattr(module, "compared", measured)
    rows = log() if work_first else log(edit_from=100, grid_from=0)
    resampling = Resampling(contents_of([PRODUCTIVE, 0]), 1, 30 * MINUTE, None, all_returns=False)
    users = {"edit": frozenset(range(9)), "grid": frozenset(range(names))}
    sampled = SampleMeasurement(
        [steps_of({1: rows})], ("edit", "grid"), EventNames(users=users), 0.0, resampling
    )
    return renamed_checks(None, sampled)  # type: ignore[arg-type]


@pytest.mark.parametrize("work_first", [True, False])
def test_the_time_of_the_other_name_is_left_out(
    monkeypatch: pytest.MonkeyPatch, *, work_first: bool
) -> None:
    (check,) = checks(monkeypatch, without=75, work_first=work_first)
    assert (check.check, check.count, check.names) == ("work_renamed", 100, ("edit", "grid"))
    assert (check.words, check.figures["is_end"]) == (("build", "test"), work_first)


def test_a_mean_that_stays_is_nothing_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(monkeypatch, without=76) == []
    (check,) = checks(monkeypatch, without=20, names=1)
    assert check.names == ()


def test_other_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "renamed", lambda *_, **__: None)
    assert checks(monkeypatch, without=1) == []
