"""What chance did to a difference between two arms, where the simulator knows it."""

import numpy as np

from benchmarks.calibration.logs import Floats, Ints
from benchmarks.calibration.trials import Population


class Luck:
    """What chance did to the difference between the arms of some users.

    Two things that no marker can move: by how much each return went better or worse than returns of
    its kind of user do, and how many users of each kind were dealt to which arm. Both have mean 0
    whoever comes back, so taking them off an estimate moves no bias; it only takes off the noise
    that would hide half a second. A kind of user is what moves the search: role, struggler or not.
    """

    def __init__(self, people: Population, exposure: int) -> None:
        there = np.diff(people.edges) > exposure
        rows = (people.edges[:-1] + exposure)[there]
        kind = people.kind
        kinds = int(kind.max()) + 1
        self._people = people
        self._there = there
        self._own = []
        self._expected = []
        for outcome in (people.without[rows], people.with_marker[rows]):
            sums = np.bincount(kind[there], weights=outcome, minlength=kinds)
            expected = (sums / np.bincount(kind[there], minlength=kinds))[kind]
            own = np.zeros(people.users)
            own[there] = outcome - expected[there]
            self._own.append(own)
            self._expected.append(expected)
        self.truth = float(people.effects[rows].mean())
        """Mean of with - without over all returns with this exposure."""

    def of(self, picked: Ints) -> float:
        """What of the estimate of these users is luck, seconds."""
        treated, there = self._people.trial.treated[picked], self._there[picked]
        parts: list[float] = []
        for mine, own, expected in zip((~treated, treated), self._own, self._expected, strict=True):
            parts.append(self._mean(own[picked][mine & there]))
            parts[-1] += self._mean(expected[picked][mine]) - self._mean(expected)
        return parts[1] - parts[0]

    @staticmethod
    def _mean(values: Floats) -> float:
        return float(values.mean())
