"""Several people under one id, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import SECOND, contents_of, steps_of

from resume_gap.constants import (
    TURNS_ACROSS,
    TURNS_ACROSS_LEAST,
    TURNS_LEAST,
    TURNS_PARTS,
    TURNS_SHARE,
    TURNS_WITHIN,
)
from resume_gap.quality import several_people
from resume_gap.quality.several_people import Turns, turn_checks, turns

if TYPE_CHECKING:
    from resume_gap.arrays import Ints

EDIT = 1 << 32


def back(*acts: tuple[int, int]) -> int:
    """How often work comes back, of (second, element)."""
    steps = steps_of({1: [(at * SECOND, EDIT + element) for at, element in acts]})
    return int(turns([steps], contents_of([1])).back[0])


def test_work_that_takes_turns() -> None:
    assert back((0, 1), (1, 2), (2, 1), (3, 2)) == 2
    assert back((0, 1), (1, 1), (2, 1), (3, 1)) == 0
    assert back((0, 1), (1, 2), (2, 2), (3, 1)) == 1
    assert back((0, 1), (1, 2), (30, 1)) == 1
    assert back((0, 1), (1, 2), (31, 1)) == 0
    assert back((0, 1), *((n, n + 1) for n in range(1, 5)), (9, 1)) == 1
    assert back((0, 1), *((n, n + 1) for n in range(1, 6)), (9, 1)) == 0


@pytest.mark.parametrize(
    ("several", "alone", "share"),
    [
        ((5, 0, 20), (0, 0, 20), 0.5),
        ((4, 0, 20), (0, 0, 20), 0),
        ((9, 9, 19), (0, 0, 1), 0),
        ((5, 5, 249), (0, 0, 1), 0.996),
        ((5, 5, 250), (0, 0, 1), 0),
        ((6, 4, 100), (0, 0, 1), 0),
    ],
)
def test_the_share_of_their_work(
    several: tuple[int, int, int], alone: tuple[int, int, int], share: float
) -> None:
    found = Turns(*np.array([several, alone]).T)
    assert found.share == share
    assert bool(turn_checks(found)) == (share > 0)


def test_a_tenth_of_the_work_is_worth_a_warning() -> None:
    (check,) = turn_checks(Turns(np.array([30, 0]), np.zeros(2, int), np.array([100, 900])))
    assert (check.count, check.share) == (1, 0.1)
    assert turn_checks(Turns(np.array([30, 0]), np.zeros(2, int), np.array([100, 901]))) == []


def across(*acts: tuple[int, int]) -> int:
    """How often work comes back after work on another group, of (second, element)."""
    steps = steps_of({1: [(at * SECOND, EDIT + element) for at, element in acts]})
    return int(turns([steps], contents_of([1])).across[0])


def test_two_who_work_side_by_side() -> None:
    one, other = (1, 2, 3) * 8, (4, 5, 6) * 8
    alone = [(n, element) for n, element in enumerate(one + other)]
    at_once = [
        (1000 + n, element) for n, element in enumerate((1, 4, 1, 5, 2, 5, 2, 6, 3, 6, 3, 4))
    ]
    # Coming back within a person's own three things is no turn of others.
    assert across(*alone) == 0
    # To 1, 5, 2, 6 and 3, each with an element of the other's between.
    assert across(*alone, *at_once) == 5
    # With few changes within the groups, they are not apart.
    assert across(*at_once) == 0
    # After two minutes a change links nothing.
    late = [(1000 + 121 * n, element) for n, element in enumerate(one + other)]
    assert across(*late, *[(9000 + at, element) for at, element in at_once]) == 0


@pytest.mark.parametrize(
    ("elements", "work", "parts", "looked_at"),
    [(1000, 9000, 50, [9000]), (1001, 4500, 50, [2000, 2000, 500]), (2000, 9000, 2, [2000, 2000])],
)
def test_of_very_many_elements_parts_stand_for_all(
    monkeypatch: pytest.MonkeyPatch, elements: int, work: int, parts: int, looked_at: list[int]
) -> None:
    """The reference looks at them, too; here a third of all acts of each part count."""
    seen: list[int] = []

    def third(element: Ints, _: Ints, since: Ints) -> int:
        seen.append(len(element))
        return int((since > 0).sum())

    monkeypatch.setattr(several_people, "_across_in", third)
    monkeypatch.setattr(several_people.constants, "TURNS_PARTS", TURNS_PARTS._replace(value=parts))
    each = np.arange(work)
    found = several_people._across(each % elements, each, each % 3 == 0)
    assert seen == looked_at
    assert found == pytest.approx(work / 3, abs=2)


def test_streams_in_which_elements_take_turns_and_their_share_of_the_work() -> None:
    least = int(TURNS_LEAST.value)
    often = int(TURNS_SHARE.value * least)
    found = Turns(
        back=np.array([often + 1, often, least, often + 1]),
        across=np.zeros(4, dtype=np.int64),
        work=np.array([least, least, least - 1, least]),
    )
    assert found.take_turns.tolist() == [True, False, False, True]
    assert found.streams == 2
    assert found.share == 2 * least / (4 * least - 1)
    nobody = np.zeros(0, dtype=np.int64)
    assert Turns(nobody, nobody, nobody).share == 0.0
    side = int(TURNS_ACROSS_LEAST.value)
    work = np.array([round(side / TURNS_ACROSS.value) - 1, round(side / TURNS_ACROSS.value), side])
    assert several_people.counts_across(np.array([side, side, side - 1]), work).tolist() == [
        True,
        False,
        False,
    ]


def test_work_comes_back_to_an_element_after_some_other_acts() -> None:
    def since(*acts: tuple[float, int], stream: int = 1) -> list[int]:
        at = np.array([round(seconds * SECOND) for seconds, _ in acts])
        element = np.array([one for _, one in acts])
        return several_people._since(np.full(len(acts), stream), element, at).tolist()

    assert since((0, 1), (1, 2), (2, 1)) == [0, 0, 2]
    assert since((0, 1), (1, 1), (2, 2), (3, 1)) == [0, 0, 0, 2]
    assert since((0, 1), (1, 2), (2, 3), (3, 1), (4, 1)) == [0, 0, 0, 3, 0]
    within = TURNS_WITHIN.value
    assert since((0, 1), (1, 2), (within, 1)) == [0, 0, 2]
    assert since((0, 1), (1, 2), (within + 0.001, 1)) == [0, 0, 0]
