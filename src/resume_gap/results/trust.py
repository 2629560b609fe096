"""Whether a trial can be believed: the frozen results of its checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TrustStatus = Literal["passed", "warned", "failed", "not_checked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneArmEvent:
    """An event that users of one arm have and users of the other have not."""

    event: str
    users: int
    """Units, where other units than users were assigned at random."""
    arm: Literal["control", "treatment"]


CheckFigure = int | float | str | tuple[str, ...] | tuple[OneArmEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustCheck:
    """One reason to believe the trial, or not to."""

    name: str
    """`assigned_ratio`, `triggered_ratio`, `allocation_over_time`, `unit_of_randomization`,
    `both_arms`,
    `unusable_assignments`, `unknown_users`, `log_begins_late`, `assigned_late`, `one_arm_events`,
    `marker_in_control`, `marker_elsewhere`, `marker_missing`, `early_markers`, `first_step`,
    `never_triggered`."""
    code: str
    """What was found, a stable name; `report.text.trust` has its sentence."""
    status: TrustStatus
    p: float | None = None
    """Of the test that the check makes; None where it makes none."""
    figures: Mapping[str, CheckFigure] = field(default_factory=dict)
    """The numbers behind the code; names from the data in them are untrusted text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Who was assigned, who was triggered, and whether that can be believed."""

    source: str
    """Where assignments come from: `the assignments file`, or what of the log."""
    control_name: str
    treatment_name: str
    named_by: Literal["given", "inferred"]
    assigned_control: int
    assigned_treatment: int
    triggered_control: int
    triggered_treatment: int
    """Users with a followed-up interruption from their assignment on."""
    both_arms: int
    """Users assigned to more than one variant, left out."""
    other_variants: int
    """Users of a third variant, left out."""
    without_time: int
    """Rows of assignments without a readable time, a variant or a user, left out."""
    unknown_users: int
    """Assigned users without an event in the log; they count as assigned."""
    unassigned_users: int
    """Users of the log without an assignment, left out."""
    before_assignment: int
    """Interruptions of assigned users that ended before their assignment: history, not outcome."""
    first_assigned_at: str | None
    last_assigned_at: str | None
    checks: tuple[TrustCheck, ...] = ()

    @property
    def triggered(self) -> int:
        """Users with an interruption after their assignment, both arms together."""
        return self.triggered_control + self.triggered_treatment
