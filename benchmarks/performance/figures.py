"""What a run measured, as the page needs it; kept as JSON in the work folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.performance.process import Cost

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What everybody has to agree on.

    Attributes:
        returns: Gaps longer than the threshold.
        interruptions: Those with work in progress; None: not known there.
        wait_us: Sum of the first productive waits, microseconds; None: not known there.
    """

    returns: int
    interruptions: int | None
    wait_us: int | None

    def agrees(self, other: Answer) -> bool:
        """Whether what both know is the same."""
        pairs = (
            (self.returns, other.returns),
            (self.interruptions, other.interruptions),
            (self.wait_us, other.wait_us),
        )
        return all(None in pair or pair[0] == pair[1] for pair in pairs)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One command, or one peer, on one log.

    Attributes:
        log: Name of the shape; empty where no log is read.
        events: Rows of the log.
        what: `analyze`, `evaluate`, `plan`, `small`, `cold`, `help`, or the name of a peer.
        label: What the page calls it.
        floor: CPU seconds of the floor on that log, in the same run; None: not measured.
        cost: Median of the runs; None: it failed.
        failure: Why; empty where it succeeded.
        answer: What it found, where that is compared.
        agrees: Whether the answer is that of `analyze`; None: not compared.
    """

    log: str
    events: int
    what: str
    label: str
    floor: float | None = None
    cost: Cost | None = None
    failure: str = ""
    answer: Answer | None = None
    agrees: bool | None = None

    @property
    def ratio(self) -> float | None:
        """CPU as a multiple of the floor."""
        return self.cost.cpu / self.floor if self.cost and self.floor else None

    @property
    def per_million(self) -> float | None:
        """CPU seconds per million events."""
        return self.cost.cpu / self.events * 1e6 if self.cost and self.events else None


@dataclass(frozen=True, kw_only=True)
class Parts:
    """CPU seconds of one run of `analyze` by step and by query."""

    log: str
    events: int
    steps: dict[str, float]
    queries: dict[str, float]


@dataclass(kw_only=True)
class Figures:
    """Everything that one run measured.

    Attributes:
        machine: The computer, in words.
        versions: Libraries of the tool with their versions.
        others: What the peers ran on, with versions.
        runs: Runs of each measurement of which the median counts.
        measured: In the order in which they ran.
        parts: Cost of the parts of `analyze`.
        skipped: Sentences on what did not run, and why.
    """

    machine: str
    versions: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    runs: int = 1
    measured: list[Measured] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write them as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Figures:
        """Read what `save` wrote."""
        found = json.loads(path.read_text(encoding="utf-8"))
        found["measured"] = [_measured(one) for one in found["measured"]]
        found["parts"] = [Parts(**one) for one in found["parts"]]
        return cls(**found)


def _measured(one: dict[str, Any]) -> Measured:
    cost, answer = one.pop("cost"), one.pop("answer")
    return Measured(
        **one,
        cost=None if cost is None else Cost(*cost),
        answer=None if answer is None else Answer(**answer),
    )
