"""The cap of a trial's primary effect, fixed before the trial."""

from dataclasses import dataclass, field
from typing import Literal

from resume_gap.results.common import Estimate

CapReason = Literal[
    "fewest_users", "too_few_returns", "no_saving", "no_target_rule", "not_measured"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRow:
    """What one cap would take."""

    seconds: float
    users_per_arm: int | None
    """Triggered users an arm, by the half of the users that chooses; None: nothing is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryCap:
    """Up to how many seconds the primary effect of a trial counts (section 8 of the method)."""

    seconds: float
    reason: CapReason
    """`fewest_users` of all caps compared; or why it is the standard one: `too_few_returns` to
    choose by, `no_saving` at any cap, `no_target_rule` takes part, `not_measured`: nothing is known
    of re-orientation."""
    users_per_arm: int | None = None
    """Triggered users an arm that a marker of the middle scenario needs at this cap, by the half of
    the users that did not choose it."""
    caps: tuple[CapRow, ...] = ()
    """All caps compared, the shortest first."""
    first_returns: int = 0
    """First returns behind the bounds."""
    search: Estimate = field(default_factory=Estimate)
    with_give_ups: Estimate = field(default_factory=Estimate)
    """Seconds per first return, counted up to the cap, that a marker could save at most: of search,
    and with give-ups. The upper end is the bound."""
