"""Sums on a shelf are the sums of their rows, however the rows came in chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from resume_gap.pipeline.batches import Shelf
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.stored import StoredSums, UserColumns
from resume_gap.replay.totals import joined
from resume_gap.stats.excess_range import StepSums

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.arrays import Ints


def add(columns: UserColumns, user_no: Ints, **values: list[Any]) -> None:
    """Returns that all count."""
    outcomes = Outcomes.of({name: np.array(of) for name, of in values.items()})
    columns.add(user_no, outcomes, np.ones(len(user_no), dtype=np.bool_))


@pytest.fixture(params=["memory", "disk"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Shelf(None if request.param == "memory" else tmp_path)


def test_rows_of_a_user_are_added_wherever_they_stand(shelf: Shelf) -> None:
    found = UserColumns(shelf, "columns")
    assert (len(found), list(found)) == (0, [])
    user = np.array([2, 2, 0, 2, 4])
    add(found, user, n=[1, 2, 4, 8, 16], hit=[True] * 5)
    add(found, np.array([4]), n=[100], hit=[False])
    nobody = Outcomes.of({"n": np.array([7]), "hit": np.array([True])})
    found.add(np.array([9]), nobody, np.array([False]))
    for _ in range(2):
        assert found["n"].tolist() == [4, 11, 116]
    assert found["hit"].tolist() == [1, 3, 1]
    assert found.users.tolist() == [0, 2, 4]
    found.hold("elements", np.arange(5))
    assert found["elements"].tolist() == [0, 2, 4]
    assert (len(found), list(found)) == (3, ["hit", "n", "elements"])
    with pytest.raises(KeyError, match="other"):
        found["other"]


def test_two_thresholds_on_one_shelf_stay_apart(shelf: Shelf) -> None:
    short, long = UserColumns(shelf, "short"), UserColumns(shelf, "long")
    add(short, np.array([1]), n=[3])
    add(long, np.array([0]), n=[5])
    assert (short["n"].tolist(), long["n"].tolist()) == ([3], [5])
    assert (short.users.tolist(), long.users.tolist()) == ([1], [0])


def test_users_who_rise_over_the_chunks_are_not_added_up_again(shelf: Shelf) -> None:
    found = UserColumns(shelf, "columns")
    assert found.users.tolist() == []
    found = UserColumns(shelf, "columns")
    add(found, np.array([1, 1, 3]), n=[1, 2, 4])
    add(found, np.array([4, 7]), n=[8, 16])
    assert found["n"].tolist() == [3, 4, 8, 16]
    assert found.users.tolist() == [1, 3, 4, 7]


def test_sums_of_cells_come_back_chunk_by_chunk(shelf: Shelf) -> None:
    names = ("user", "cell", "many", "us", "gap_us", "weighted_high", "weighted_low")
    put = [
        StepSums(**{name: np.arange(n) + 10 * place for place, name in enumerate(names)})
        for n in (2, 0, 3)
    ]
    stored = StoredSums(StepSums, shelf, "steps")
    assert list(stored) == []
    for sums in put:
        stored.append(sums)
    for _ in range(2):
        found = list(stored)
        assert [len(one.user) for one in found] == [2, 0, 3]
        for one, expected in zip(found, put, strict=True):
            for name in names:
                assert getattr(one, name).tolist() == getattr(expected, name).tolist()
    for name in names:
        expected = [value for one in put for value in getattr(one, name).tolist()]
        assert getattr(joined(stored), name).tolist() == expected
        assert getattr(joined(put), name).tolist() == expected
