"""What was predicted before a launch, beside what was measured after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from resume_gap.results.common import NO_ESTIMATE, Estimate, figure

_SCENARIO: Final = "scenario"
AT_MOST: Final = "saving_at_most_seconds"
AT_MOST_WITH_GIVE_UPS: Final = "saving_at_most_with_give_ups_seconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedRow:
    """Predicted before the launch and measured after it."""

    name: str
    """`reorientation_mean_seconds`, `hit`; and, at first returns and counted up to the primary cap,
    `saving_at_most_seconds`, `saving_at_most_with_give_ups_seconds` and `scenario:NAME`."""
    predicted: Estimate
    measured: Estimate
    n_predicted: int | None
    n_measured: int | None
    """Interruptions."""

    @property
    def scenario(self) -> str | None:
        """Which scenario the row predicts; None where it predicts something else."""
        name, _, scenario = self.name.partition(":")
        return scenario if name == _SCENARIO else None

    @property
    def is_saving(self) -> bool:
        """Whether the row says what a marker saves; the measured is the same for all of these."""
        return self.is_bound or self.scenario is not None

    @property
    def is_bound(self) -> bool:
        """Whether the row says what a marker saves at most at a first return."""
        return self.name in (AT_MOST, AT_MOST_WITH_GIVE_UPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSaving:
    """What the marker saved, and which scenario of the prediction comes nearest to it."""

    at: Literal["first_returns", "all_interruptions", "after_launch"]
    saved: Estimate
    """Seconds per interruption."""
    n: int | None
    is_exploratory: bool
    nearest: tuple[str, ...]
    """The scenario nearest to the estimate, several where they are equally near; empty where there
    are fewer than two to choose from, and at all interruptions: scenarios predict first returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Futility:
    """Whether the marker can still save what is worth it, at a first return up to the primary cap.

    There is none without a prediction file.
    """

    worth_seconds: float
    """Least worthwhile saving per interruption (--worth)."""
    sealed_seconds: float | None
    """The sealed upper bound with give-ups; None: not in the file, or for another cap."""
    measured_seconds: float | None
    """The most that the primary effect's interval allows for; None without one."""

    @property
    @figure
    def upper_seconds(self) -> float | None:
        """The lesser of both."""
        known = [end for end in (self.sealed_seconds, self.measured_seconds) if end is not None]
        return min(known, default=None)

    @property
    @figure
    def is_futile(self) -> bool:
        """Whether what is worth it can no longer be reached."""
        return self.upper_seconds is not None and self.upper_seconds < self.worth_seconds


def held_against(
    rows: Sequence[PredictedRow],
    everywhere: Estimate = NO_ESTIMATE,
    *,
    n: int | None = None,
    is_exploratory: bool = False,
) -> tuple[MeasuredSaving, ...]:
    """What the marker saved at first returns, and where it is known at all interruptions.

    Args:
        rows: Predicted and measured.
        everywhere: Saved at all interruptions.
        n: Interruptions behind it.
        is_exploratory: It is no answer of the trial.
    """
    savings = [row for row in rows if row.is_saving]
    first = next((row for row in savings if row.measured.estimate is not None), None)
    measured: list[MeasuredSaving] = []
    if first is not None:
        measured.append(
            MeasuredSaving(
                at="first_returns",
                saved=first.measured,
                n=first.n_measured,
                is_exploratory=False,
                nearest=_nearest(savings, first.measured),
            )
        )
    if savings and everywhere.estimate is not None:
        measured.append(
            MeasuredSaving(
                at="all_interruptions",
                saved=everywhere,
                n=n,
                is_exploratory=is_exploratory,
                nearest=(),
            )
        )
    return tuple(measured)


def _nearest(rows: Sequence[PredictedRow], saved: Estimate) -> tuple[str, ...]:
    cases = {
        row.scenario: row.predicted.estimate
        for row in rows
        if row.scenario is not None and row.predicted.estimate is not None
    }
    if saved.estimate is None or len(cases) < 2:
        return ()
    apart = {name: abs(saved.estimate - assumed) for name, assumed in cases.items()}
    return tuple(name for name, distance in apart.items() if distance == min(apart.values()))
