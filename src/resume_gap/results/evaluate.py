"""The frozen results of `evaluate`.

Every estimate is treatment minus control, with the user as the unit. A figure that cannot be had
is None with a reason; when the verdict is `withheld` there is no effect anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from resume_gap.results.common import Estimate, figure
from resume_gap.results.predicted import MeasuredSaving, PredictedRow, held_against
from resume_gap.results.run import Run
from resume_gap.results.trust import CheckFigure, Trust

VerdictWord = Literal[
    "better",
    "worse",
    "no_difference_seen",
    "changes_with_use",
    "depends_on_cap",
    "withheld",
    "not_enough_data",
]
CapSource = Literal["prediction", "lags", "standard", "threshold"]
CapWord = Literal["better", "worse", "no_difference_seen"]
GuardrailStatus = Literal["kept", "harmed", "not_shown"]
Unit = Literal["seconds", "share", "minutes", "count"]
Method = Literal["welch", "permutation", "delta", "clustered", "sequential", "bootstrap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One measure in both arms and the difference between them."""

    estimand: str
    """Stable name: `first_return` (P1), `productive_minutes` (P2), `all_returns` (P3) ..."""
    unit: Unit
    reason: str | None = None
    """Why figures are None: `withheld`, `few_users`, `few_units`, `no_rows`, `atom`, `no_history`,
    `no_variation`, `allocation_changed`, `by_unit`; or None. With `few_users` and `atom` the arms'
    measures stand and nothing else does; with `no_variation` (every user of an arm is alike) the
    estimate stands too."""
    control: float | None = None
    treatment: float | None = None
    """The measure in each arm."""
    estimate: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None
    relative: float | None = None
    """The estimate as a share of the control's measure."""
    relative_ci_lower: float | None = None
    relative_ci_upper: float | None = None
    p: float | None = None
    """Two-sided; None with several looks, where only the interval decides."""
    p_adjusted: float | None = None
    """Holm among the secondary, Benjamini-Hochberg among the segments."""
    method: Method | None = None
    n_control: int = 0
    n_treatment: int = 0
    """Users behind it."""
    rows_control: int | None = None
    rows_treatment: int | None = None
    """Interruptions behind it, where a user may have several."""
    flag: str | None = None
    """`returns_may_differ`: who comes back may differ between the arms, so this is exploration.
    `first_return_seen`: nothing is known before the assignment, so it may not be the first."""

    @property
    def users(self) -> int:
        """Users behind it, both arms together."""
        return self.n_control + self.n_treatment

    @property
    def rows(self) -> int | None:
        """Interruptions behind it, both arms together; None where a user has one at most."""
        if self.rows_control is None or self.rows_treatment is None:
            return None
        return self.rows_control + self.rows_treatment

    @property
    def saved(self) -> Estimate:
        """The difference as what the treatment saves, with its interval."""
        at, low, high = (
            None if value is None else -value
            for value in (self.estimate, self.ci_upper, self.ci_lower)
        )
        return Estimate(estimate=at, ci_lower=low, ci_upper=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Primary(Effect):
    """P1: re-orientation time of each user's first return at which the marker rule fires."""

    cap_seconds: float | None = None
    """Up to which a return is counted."""
    cap_source: CapSource | None = None
    """Where that is from: the `prediction`, the 90 % point of the `lags` before the assignments,
    the `standard` of two minutes where there are too few of them; `threshold` where one of these is
    longer than the cap of re-orientation time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapEffect:
    """The first return's effect, counted up to another cap."""

    seconds: float
    control: float | None
    treatment: float | None
    estimate: float | None
    ci_lower: float | None
    ci_upper: float | None
    word: CapWord | None
    """By the 95 % interval; None without one."""
    one_sided_lower: float | None
    one_sided_upper: float | None
    """One-sided 95 % limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail:
    """What must not get worse by more than the margin; judged one-sided."""

    effect: Effect
    margin: float
    """Of a share a difference (0.02: 2 points), else a share of the control's measure."""
    higher_is_better: bool
    status: GuardrailStatus
    """`kept`: shown not to be worse by the margin; `harmed`: shown to be worse, and not shown to be
    within the margin; `not_shown`: neither."""
    worst: float | None
    """One-sided 95 % limit of the change on the bad side, in the measure of the margin."""

    @property
    @figure
    def worst_in_margins(self) -> float | None:
        """The same limit as a multiple of the margin; above 1 more than would be put up with."""
        if self.worst is None:
            return None
        worse = -self.worst if self.higher_is_better else self.worst
        return worse / (self.margin or 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeeBounds:
    """Lee bounds of the effect on the interruptions that either arm would have shown, seconds."""

    reason: str | None
    lower: float | None = None
    upper: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None
    """Imbens-Manski 95 % interval of the effect itself."""
    trimmed_share: float | None = None
    """Of the interruptions of the arm that has more of them per user."""
    trimmed_arm: Literal["control", "treatment"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileRow:
    """A quantile of the first re-orientation time in both arms, seconds."""

    quantile: float
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """By so many seconds after the first return, shares of the triggered users of each arm."""

    seconds: float
    control_finished: float
    control_left: float
    treatment_finished: float
    treatment_left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffect:
    """The effect within a group: an exposure number, a week, a value of a column."""

    group: str
    """`exposure`, `week`, `predicted` or the column's name."""
    value: str
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """First returns at which the marker was likely to be right, against the others."""

    reason: str | None
    """`no_elements`, `no_history`, `withheld`, `few_users`; or None."""
    policy: str | None = None
    groups: tuple[GroupEffect, ...] = ()
    """`hit` and `miss`."""
    difference: Estimate = field(default_factory=Estimate)
    """Effect among predicted hits less effect among predicted misses, seconds."""
    unknown: int = 0
    """Triggered users without history, in neither group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The fourth and later returns of the users who have them; treatment minus control."""

    change: Effect
    """Of their mean less the user's first return: what use adds to the first effect."""
    later: Effect
    """Of their mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What several looks at one trial cost."""

    looks: int
    planned_users: int
    planned_by: Literal["given", "assigned"]
    users: int
    """Triggered users at this look."""
    rho: float | None
    """Tuning of the confidence sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One word and why."""

    word: VerdictWord
    reason: str
    """`check_failed`, `few_users`, `few_units`, `no_variation`, `interval_below_0`,
    `interval_above_0`, `interval_includes_0`, `changes_with_use`, `depends_on_cap`, or the reason
    of `Measurability`."""
    figures: Mapping[str, CheckFigure] = field(default_factory=dict)
    """The numbers behind the reason; of `check_failed` the names of the checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A randomised launch (section 8 of the method), in the order in which it is to be read."""

    verdict: Verdict
    trust: Trust
    primary: Primary
    caps: tuple[CapEffect, ...]
    """The primary effect at the usual caps, its own and the longest, the shortest first."""
    adjusted: Effect
    """P1 with CUPED on what was known before the assignment."""
    looks: Looks | None
    guardrails: tuple[Guardrail, ...]
    interruptions: Effect
    """Interruptions per assigned user: they rise where the marker works, so nothing is judged."""
    secondary: tuple[Effect, ...]
    exploratory: tuple[Effect, ...]
    """P3 while return rates are not shown to be equal."""
    lee_bounds: LeeBounds
    quantiles: tuple[QuantileRow, ...]
    curves: tuple[CurvePoint, ...]
    mechanism: Mechanism
    use: Use
    exposures: tuple[GroupEffect, ...]
    weeks: tuple[GroupEffect, ...]
    dilution: Effect
    """Productive minutes of the users never triggered; nothing is expected."""
    segments: tuple[GroupEffect, ...]
    predicted: tuple[PredictedRow, ...]
    prediction_file: str | None
    """Seal (sha256) of the prediction it is held against."""
    alpha: float

    @property
    @figure
    def measured_savings(self) -> tuple[MeasuredSaving, ...]:
        """What the marker saved per interruption, beside the scenarios of the prediction."""
        everywhere = next(
            (e for e in (*self.secondary, *self.exploratory) if e.estimand == "all_returns"), None
        )
        if everywhere is None:
            return held_against(self.predicted)
        explored = everywhere in self.exploratory
        return held_against(
            self.predicted, everywhere.saved, n=everywhere.rows, is_exploratory=explored
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated(Run):
    """Everything `evaluate` found; one object behind JSON, terminal and page."""

    evaluation: Evaluation
    prediction: bytes | None
    """The prediction file that was used, word for word; copied into the folder."""
