"""Whether a trial can be believed: the frozen results of its checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TrustStatus = Literal["passed", "warned", "failed", "not_checked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneArmEvent:
    """An event that users of one arm have and users of the other have not."""

    event: str
    """Its name."""
    users: int
    """Units, where other units than users were assigned at random."""
    arm: Literal["control", "treatment"]
    """The arm that has it."""


Stage = Literal["assignment", "logging", "trigger", "analysis"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLoss:
    """Users (or units) before and after a stage at which the arms can become uneven."""

    stage: Stage
    """`assignment`: assigned at all, against what was intended; `logging`: with a readable
    assignment and an event in the log; `trigger`: interrupted after the assignment, and back;
    `analysis`: with such a return that could be followed up."""
    control: int
    treatment: int
    """Who is left after the stage."""
    of_control: int
    of_treatment: int
    """Who reached it; of `assignment` the same."""
    p: float | None
    """Of arms that lose so differently if they lost alike, corrected for the number of stages."""
    is_uneven: bool
    """Whether the arms lose so differently that the stage is named."""

    def smaller(
        self, intended_control: float, intended_treatment: float
    ) -> Literal["control", "treatment"]:
        """The arm that loses more at this stage; at the assignment it is smaller than intended."""
        reached: tuple[float, float] = (self.of_control, self.of_treatment)
        if self.stage == "assignment":
            reached = (intended_control, intended_treatment)
        loses = self.treatment * reached[0] < self.control * reached[1]
        return "treatment" if loses else "control"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnevenPlace:
    """A value at which the arms are uneven, and what is left without it."""

    kind: Literal["column", "day", "activity"]
    """A column that users have one value of, the `day` of the assignment, or how active users were
    before it (`none`, `low`, `middle`, `high`)."""
    column: str
    value: str | None
    """None where too few users have it for it to be named, or where it is several rare ones."""
    control: int
    treatment: int
    rest_control: int
    rest_treatment: int
    p: float
    """Of a split that differs so between the values of this column if it were the same, corrected
    for the number of columns."""
    rest_p: float | None
    """Of arms as uneven without this value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedEvent:
    """An event name that comes, goes or jumps with a launch."""

    event: str
    change: Literal["appears", "vanishes", "jumps"]
    before: float
    """Rows per active user and day in the four weeks before the launch."""
    after: float
    """The same after it."""


CheckFigure = (
    int
    | float
    | str
    | tuple[str, ...]
    | tuple[OneArmEvent, ...]
    | tuple[StageLoss, ...]
    | tuple[UnevenPlace, ...]
    | tuple[ChangedEvent, ...]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustCheck:
    """One reason to believe the trial, or not to."""

    name: str
    """`assigned_ratio`, `triggered_ratio`, `allocation_over_time`, `unit_of_randomization`,
    `both_arms`,
    `unusable_assignments`, `unknown_users`, `log_begins_late`, `assigned_late`, `arms_before`,
    `one_arm_events`,
    `marker_in_control`, `marker_elsewhere`, `marker_missing`, `early_markers`, `first_step`,
    `other_returns`, `never_triggered`, `fewer_interruptions`; of a launch without random assignment
    `control_jump`, `changed_events`, `user_mix`, `gap_mix`, `threshold_before`,
    `marker_at_control`; of a roll-out `control_rollout`, `weeks_before`, `second_opinion`,
    `units_compared`."""
    code: str
    """What was found, a stable name; `report.text.trust` has its sentence."""
    status: TrustStatus
    """`failed` withholds the result; `warned` is shown beside it."""
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
    """The variant without the marker."""
    treatment_name: str
    """The variant with it."""
    named_by: Literal["given", "inferred"]
    """Whether the arms were named or inferred from the names."""
    assigned_control: int
    """Users assigned to control."""
    assigned_treatment: int
    """Users assigned to treatment."""
    triggered_control: int
    """Users of control with a followed-up interruption from their assignment on."""
    triggered_treatment: int
    """Users of treatment with one."""
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
    """The earliest assignment."""
    last_assigned_at: str | None
    """The latest assignment."""
    checks: tuple[TrustCheck, ...] = ()
    """The checks."""

    @property
    def triggered(self) -> int:
        """Users with an interruption after their assignment, both arms together."""
        return self.triggered_control + self.triggered_treatment
