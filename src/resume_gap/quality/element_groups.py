"""Groups of elements that are worked on one after another: those of one person, or of one topic.

Section 1 of the method. Changes from one element to another link the two. Groups are joined as
long as that raises the modularity (Clauset, Newman and Moore 2004, Physical Review E 70:066111).
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np

from resume_gap.arrays import Ints


class ElementGroups(NamedTuple):
    """Groups of n elements.

    Attributes:
        of: (n) group of each element: the number of its first one.
        apart: Changes between groups, as a share of those that chance would make; 1 where there
            is one group only.
    """

    of: Ints
    apart: float


def linked(one: Ints, other: Ints, elements: int) -> list[dict[int, int]]:
    """How often work changes between two elements, by element and the other one.

    Args:
        one: (n) elements changed from, numbered from 0 on.
        other: (n) elements changed to.
        elements: How many elements there are.
    """
    links: list[dict[int, int]] = [{} for _ in range(elements)]
    pairs = np.minimum(one, other) << 32 | np.maximum(one, other)
    for pair, count in zip(*(a.tolist() for a in np.unique_counts(pairs)), strict=True):
        first, second = pair >> 32, pair & 0xFFFFFFFF
        links[first][second] = links[second][first] = count
    return links


def grouped(links: Sequence[dict[int, int]]) -> ElementGroups:
    """The groups that no further joining of two improves; of equal pairs the first is joined.

    Args:
        links: By element how often work changes between it and each other one; is used up.
    """
    into = list(range(len(links)))
    ends = [sum(others.values()) for others in links]
    twice = sum(ends)

    def loss(one: int, other: int) -> tuple[int, int, int]:
        first, second = sorted((one, other))
        return ends[one] * ends[other] - twice * links[one].get(other, 0), first, second

    heap = [loss(one, other) for one, others in enumerate(links) for other in others if one < other]
    heapify(heap)
    while heap and heap[0][0] < 0:
        found = heappop(heap)
        _, first, second = found
        if into[first] != first or into[second] != second or found != loss(first, second):
            continue  # as it was before one of the two was joined
        into[second] = first
        ends[first] += ends[second]
        for other, count in links[second].items():
            del links[other][second]
            if other != first:
                links[first][other] = links[other][first] = links[first].get(other, 0) + count
        for other in links[first]:
            heappush(heap, loss(first, other))
    of = np.arange(len(links))
    for element, group in enumerate(into):
        of[element] = of[group]  # a group has a lower number and is known
    left = [element for element, group in enumerate(into) if element == group]
    by_chance = twice**2 - sum(ends[group] ** 2 for group in left)
    between = sum(sum(links[group].values()) for group in left)
    return ElementGroups(of, between * twice / by_chance if by_chance else 1.0)
