"""The elements a user touched last, which is what a marker drawn at random would choose from."""

from typing import Final

import numpy as np

from resume_gap.synthetic.people import Flags, Floats, Int64s

DEPTH: Final = 10
"""How far back chance looks, as in the analysis."""


class Recent:
    """The last distinct elements of some users, latest first."""

    def __init__(self, users: int, targets: int) -> None:
        self._targets = targets
        self.elements: Int64s = np.full((users, DEPTH), -1, dtype=np.int64)
        """Shape (users, DEPTH); -1 where there are fewer."""

    def counts(self, here: Int64s) -> Int64s:
        """How many elements stand in the lists of the users at these positions."""
        counts: Int64s = np.count_nonzero(self.elements[here] >= 0, axis=1).astype(np.int64)
        return counts

    def draw(self, here: Int64s, rng: np.random.Generator) -> Int64s:
        """One element of each list, evenly; -1 from an empty one."""
        place = (rng.random(len(here)) * self.counts(here)).astype(np.int64)
        return self.elements[here, place]

    def chance(self, here: Int64s, target: Int64s) -> Floats:
        """Chance that pointing at random into the list finds the target."""
        found: Flags = (self.elements[here] == target[:, None]).any(axis=1)
        return np.where(found, 1 / np.maximum(self.counts(here), 1), 0.0)

    def touch(self, here: Int64s, rank: Int64s, target: Int64s) -> None:
        """Take in touches.

        Args:
            here: positions of the users of a round.
            rank: for each touch, its user's place in `here`.
            target: for each touch, the element; a user's touches in the order of time.
        """
        old = self.elements[here][:, ::-1]
        known = old >= 0
        rank = np.concatenate([np.nonzero(known)[0], rank])
        target = np.concatenate([old[known], target])
        # The first occurrence in the reversed rows is the last touch of an element.
        keys, at = np.unique((rank * self._targets + target)[::-1], return_index=True)
        owner = keys // self._targets
        order = np.lexsort((at, owner))
        owner, keys = owner[order], keys[order]
        first = np.searchsorted(owner, np.arange(len(here)))
        depth = np.arange(len(owner)) - first[owner]
        keep = depth < DEPTH
        lists = np.full((len(here), DEPTH), -1, dtype=np.int64)
        lists[owner[keep], depth[keep]] = keys[keep] % self._targets
        self.elements[here] = lists
