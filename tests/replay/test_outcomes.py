"""Outcomes of returns by name, and their sums by user, by arrays and by the loop."""

from __future__ import annotations

import numpy as np
import pytest

from resume_gap.replay import outcomes
from resume_gap.replay.outcomes import Outcomes


def some(seed: int, many: int) -> Outcomes:
    rng = np.random.default_rng(seed)
    flags = {name: rng.random(many) < 0.5 for name in ("hit", "addressable", "pointed")}
    numbers = {name: rng.integers(0, 1 << 40, many) for name in ("search_us", "chance")}
    return Outcomes.of(flags | numbers)


def test_columns_are_found_by_their_names_and_can_be_written_to() -> None:
    found = Outcomes.of({"us": np.array([3, 4]), "hit": np.array([True, False])})
    assert (found["us"].tolist(), found["hit"].tolist()) == ([3, 4], [True, False])
    found["us"][:] = [5, 6]
    found["hit"][1] = True
    assert {name: of.tolist() for name, of in found.columns().items()} == {
        "hit": [True, True],
        "us": [5, 6],
    }


def test_of_every_return_its_rules_are_asked() -> None:
    found = Outcomes.of_returns(3)
    assert (found.flags.shape, found.numbers.shape) == ((3, 20), (3, 13))
    assert found.flag_names[:2] == ("eligible", "habit_hit")
    assert found.flag_names[5:8] == (
        "last_touched_hit",
        "last_touched_addressable",
        "last_touched_gave_up_right",
    )
    assert found.number_names[2:4] == ("chance_of_three", "last_touched_search_us")
    assert found.number_names[-1] == "recent_three_addressable_us"


def test_more_flags_stand_beside_those_that_are_there() -> None:
    found = some(1, 4)
    more = found.with_flags({"late": np.array([True, False, True, True])})
    assert more.flag_names == ("hit", "addressable", "pointed", "late")
    assert more["late"].tolist() == [True, False, True, True]
    for name, values in found.columns().items():
        assert more[name].tolist() == values.tolist()


@pytest.mark.parametrize("seed", range(8))
def test_sums_by_user_are_the_same_both_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    many = int(rng.integers(1, 40))
    user = np.sort(rng.integers(0, 9, many))
    user[many // 2 :] = user[many // 2 :][::-1]  # some users have two runs
    counted = rng.random(many) < 0.7
    rows, sums = some(seed, many), []
    for large in (False, True):
        monkeypatch.setattr(outcomes, "pays", lambda *_, large=large: large)
        users, found = rows.by_user(user, counted)
        sums.append((users.tolist(), {name: of.tolist() for name, of in found.items()}))
        assert {name: of.dtype for name, of in found.items()} == {
            name: np.dtype(np.int32 if name in rows.flag_names else np.int64)
            for name in rows.columns()
        }
    assert sums[0] == sums[1]
    for name, values in rows.columns().items():
        assert sum(sums[1][1][name]) == values[counted].sum()


@pytest.mark.parametrize("large", [False, True])
def test_where_no_return_counts_nobody_has_sums(
    monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    monkeypatch.setattr(outcomes, "pays", lambda *_: large)
    for many in (0, 2):
        users, found = some(1, many).by_user(np.zeros(many, np.int64), np.zeros(many, np.bool_))
        assert users.tolist() == []
        assert all(values.tolist() == [] for values in found.values())
