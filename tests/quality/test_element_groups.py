"""Groups of elements by hand, and against the best of all partitions."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from resume_gap.quality.element_groups import ElementGroups, grouped, linked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def groups(pairs: Sequence[tuple[int, int]], elements: int) -> ElementGroups:
    """Of the changes from one element to another."""
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return grouped(linked(one, other, elements))


def test_changes_either_way_are_one_link() -> None:
    one, other = np.array([0, 1, 2]), np.array([1, 0, 1])
    assert linked(one, other, 4) == [{1: 2}, {0: 2, 2: 1}, {1: 1}, {}]


def test_two_triangles_and_one_change_between_them() -> None:
    found = groups([(0, 2), (2, 4), (4, 0), (1, 3), (3, 5), (5, 1), (4, 5)], 6)
    assert found.of.tolist() == [0, 1, 0, 1, 0, 1]
    # One change of seven lies between halves that chance would change between half the time.
    assert found.apart == pytest.approx(1 / 7 / (1 / 2))


def test_one_group_is_not_apart() -> None:
    assert groups([(0, 1)], 2).apart == 1
    assert groups([(0, 1), (1, 2), (2, 0)], 3).of.tolist() == [0, 0, 0]


def test_elements_without_changes_stay_alone() -> None:
    found = groups([(1, 2)], 4)
    assert found.of.tolist() == [0, 1, 1, 3]


def test_of_equal_pairs_the_first_is_joined() -> None:
    # A ring of four: joining 0 and 1 or 2 and 3 raises it alike.
    assert groups([(0, 1), (1, 2), (2, 3), (3, 0)], 4).of.tolist() == [0, 0, 2, 2]


def partitions(elements: list[int]) -> Iterator[list[list[int]]]:
    """All of them."""
    if not elements:
        yield []
        return
    for rest in partitions(elements[1:]):
        yield [[elements[0]], *rest]
        for place, group in enumerate(rest):
            yield [*rest[:place], [elements[0], *group], *rest[place + 1 :]]


def modularity(pairs: Sequence[tuple[int, int]], partition: Sequence[Sequence[int]]) -> Fraction:
    """By its definition."""
    total = Fraction(0)
    for group in partition:
        inside = sum(one in group and other in group for one, other in pairs)
        ends = sum((one in group) + (other in group) for one, other in pairs)
        total += Fraction(inside, len(pairs)) - Fraction(ends, 2 * len(pairs)) ** 2
    return total


def test_joining_comes_close_to_the_best_of_all_partitions() -> None:
    random = Random(5)  # noqa: S311 - a test graph is no secret
    for _ in range(40):
        walk = [random.randrange(6) for _ in range(random.randint(4, 20))]
        pairs = [(one, other) for one, other in pairwise(walk) if one != other] or [(0, 1)]
        of = groups(pairs, 6).of.tolist()
        mine = [[one for one, group in enumerate(of) if group == g] for g in set(of)]
        best = max(modularity(pairs, partition) for partition in partitions(list(range(6))))
        assert best - Fraction(1, 10) <= modularity(pairs, mine) <= best
