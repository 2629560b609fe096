"""What the pass counts on its way over the events, and how the counts of its parts are joined."""

from dataclasses import dataclass, field, replace

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.constants import NAMED_USERS
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.steps import NumberedNames, Steps, subset

OwnNumbers = dict[str, Ints]
"""By column, the number in a whole of every number in a part of it; 0 stays 0."""


@dataclass(slots=True)
class Tally:
    """What the pass counts on its way over the events."""

    repeated: int = 0
    alike: int = 0
    reversed_ends: int = 0
    ties: int = 0
    rows: int = 0
    newest_us: int = -1
    kinds: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Events that took part, idle events left out, by kind_no."""
    names: NumberedNames = field(default_factory=dict)
    """Numbers of devices and segments, by column and value."""
    event_users: list[list[int]] = field(default_factory=list)
    """Some users of the events that were read, by event_no, the lowest numbers first."""
    sample: list[Steps] = field(default_factory=list)
    """Whole streams of the users chosen by hash, for the costly checks."""
    shelf: Shelf = field(default_factory=lambda: Shelf(None))
    """Gap counts; also bursts, touches and moments, where the replay reads them here."""

    @property
    def used(self) -> int:
        """Rows that took part, idle events included."""
        return self.rows - self.repeated

    def count(self, steps: Steps, sampled: Bools) -> None:
        """Count some whole streams.

        Args:
            steps: Their events.
            sampled: By stream_no, which streams are kept for the costly checks.
        """
        self.rows += steps.rows_read
        self.repeated += steps.repeated
        self.alike += steps.alike
        self.reversed_ends += steps.reversed_ends
        self.ties += steps.ties
        self.newest_us = max(self.newest_us, steps.newest_us)
        self._count_kinds(np.bincount(steps.content >> 32))
        of_stream = sampled[steps.stream_no]
        if of_stream.any():
            self.sample.append(subset(steps, np.repeat(of_stream, np.diff(steps.starts))))

    def join(self, part: "Tally") -> OwnNumbers:
        """Take over what was counted of the streams that follow, but for its shelf.

        Returns:
            The numbers that devices and segments of the part have here.
        """
        for name in ("rows", "repeated", "alike", "reversed_ends", "ties"):
            setattr(self, name, getattr(self, name) + getattr(part, name))
        self.newest_us = max(self.newest_us, part.newest_us)
        self._count_kinds(part.kinds)
        own = {column: self._numbered(column, names) for column, names in part.names.items()}
        self.sample += [_renumbered(steps, own) for steps in part.sample]
        if not self.event_users:
            self.event_users = [[] for _ in part.event_users]
        for known, users in zip(self.event_users, part.event_users, strict=True):
            new = [user for user in users if user not in known]
            known.extend(new[: int(NAMED_USERS.value) - len(known)])
        return own

    def _count_kinds(self, kinds: Ints) -> None:
        total = np.zeros(max(len(kinds), len(self.kinds)), dtype=np.int64)
        total[: len(kinds)] += kinds
        total[: len(self.kinds)] += self.kinds
        self.kinds = total

    def _numbered(self, column: str, names: dict[str, int]) -> Ints:
        """Here the number of each name of a part, by its number there."""
        numbers = self.names.setdefault(column, {})
        own = np.zeros(len(names) + 1, dtype=np.int64)
        for name, number in names.items():  # in the order of the events that brought them
            own[number] = numbers.setdefault(name, len(numbers) + 1)
        return own


def _renumbered(steps: Steps, own: OwnNumbers) -> Steps:
    """The same events with other numbers of devices and segments."""
    return replace(
        steps,
        device=None if steps.device is None else own["device"][steps.device],
        segments={name: own[name][values] for name, values in steps.segments.items()},
    )
