"""The reports of many runs, lined up: what `history` found.

A number that a report does not have is None. Times of a run are those of its log.
"""

from dataclasses import dataclass, field
from typing import Literal

from resume_gap.results.common import INTERNAL, NO_ESTIMATE, Estimate, Severity, figure

TrendUnit = Literal["seconds", "share"]
LedgerStatus = Literal["open", "withheld", "measured"]
"""Of a sealed prediction: no launch was compared with it, one without a result was, one was."""
Agreement = Literal["agrees", "below", "above"]
"""Whether the measured interval reaches the predicted one; else where it lies."""
CautionCode = Literal[
    "same_log",
    "logs_overlap",
    "threshold_differs",
    "settings_differ",
    "version_differs",
    "prediction_unreadable",
    "prediction_elsewhere",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One report."""

    folder: str
    """As given."""
    command: str
    """The command that made the report."""
    name: str
    """What it calls its log."""
    first_at: str | None
    last_at: str | None
    """First and last event of the log."""
    users: int
    """Users of its log."""
    interruptions: int
    """Interruptions in it."""
    threshold_seconds: float
    """Its inactivity threshold."""
    finest_seconds: float
    """The finest difference that the stamps of its log allow to print."""
    cap_seconds: float | None
    """Up to which re-orientation time is counted."""
    word: str | None
    """Its recommendation or verdict."""
    tool_version: str
    """Version that made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One figure of one run."""

    run: PastRun = field(metadata=INTERNAL)
    value: Estimate
    change: Estimate = NO_ESTIMATE
    """From the run before that knows this figure."""

    @property
    @figure
    def folder(self) -> str:
        """As given."""
        return self.run.folder

    @property
    @figure
    def first_at(self) -> str | None:
        """First event of the log."""
        return self.run.first_at

    @property
    @figure
    def last_at(self) -> str | None:
        """Last event of the log."""
        return self.run.last_at


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFigure:
    """Runs of which their own reports say, for one reason, that a figure is not known."""

    reason: str | None
    """As in `summary.json`; None: there is too little data."""
    folders: tuple[str, ...]
    """These runs, the earliest first; they are no points of the trend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One figure over all runs that know it, the earliest first."""

    name: str
    """`reorientation_mean`, `productive_share`, `extra_time`, `hit`, `search`, `trial_effect` or
    `launch_effect`."""
    unit: TrendUnit
    points: tuple[TrendPoint, ...]
    """Empty: no run knows it."""
    unknown: tuple[UnknownFigure, ...] = ()
    """The other runs that should have it, by their reasons."""
    overall: Estimate = NO_ESTIMATE
    """From the first of the runs that know it to the last."""

    @property
    def finest_seconds(self) -> float:
        """The finest difference between its runs that may be printed."""
        return max((point.run.finest_seconds for point in self.points), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One figure that was predicted, beside what was measured."""

    name: str
    """The figure."""
    predicted: Estimate
    measured: Estimate
    at_most: bool
    """The predicted is an upper bound, not an expectation."""
    agreement: Agreement | None
    """None: one of the two is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One sealed prediction and what became of it."""

    seal: str
    """The sha256 in `prediction.json`."""
    predicted_in: str | None
    """The report that made it; None: none of these."""
    measured_in: str | None
    """The launch that was compared with it; None: none of these."""
    status: LedgerStatus
    """`open`: not measured yet; `withheld`; or `measured`."""
    word: str | None
    """The verdict."""
    rows: tuple[LedgerRow, ...]
    """Its figures, predicted and measured."""
    finest_seconds: float = field(metadata=INTERNAL)
    """The finest difference that both logs allow to print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryCaution:
    """What to know before two runs are compared."""

    check: CautionCode
    severity: Severity
    folders: tuple[str, ...]
    """The first runs that it is about."""
    runs: int
    """How many runs it is about."""
    names: tuple[str, ...] = ()
    """Settings that differ."""

    @property
    def more(self) -> int:
        """Runs that are not named."""
        return self.runs - len(self.folders)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The reports of many runs as one trend, and sealed predictions beside outcomes."""

    tool_version: str
    """Version of resume-gap."""
    command: str = field(default="history", init=False)
    runs: tuple[PastRun, ...]
    """The reports, in order of time."""
    trends: tuple[Trend, ...]
    """A figure through all runs each."""
    ledger: tuple[LedgerEntry, ...]
    cautions: tuple[HistoryCaution, ...]

    @property
    @figure
    def predictions_judged(self) -> int:
        """Predicted figures for which there is an outcome."""
        return len(self._judged)

    @property
    @figure
    def predictions_agreeing(self) -> int:
        """Of these, those that the outcome agrees with."""
        return sum(row.agreement == "agrees" for row in self._judged)

    @property
    def _judged(self) -> list[LedgerRow]:
        rows = (row for entry in self.ledger for row in entry.rows)
        return [row for row in rows if row.agreement is not None]
