"""The frozen results of `evaluate`.

Every estimate is treatment minus control, with the user as the unit. A figure that cannot be had
is None with a reason; when the verdict is `withheld` there is no effect anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from resume_gap.results.common import INTERNAL, Estimate, figure
from resume_gap.results.effect import Effect, GroupEffect
from resume_gap.results.predicted import Futility, MeasuredSaving, PredictedRow, held_against
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
MechanismReading = Literal["agrees", "unclear", "not_seen", "opposite", "elsewhere", "not_faster"]


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
    """The cap."""
    control: float | None
    """Mean of control."""
    treatment: float | None
    """Mean of treatment."""
    estimate: float | None
    """Treatment minus control."""
    ci_lower: float | None
    """Lower end of its 95 % interval."""
    ci_upper: float | None
    """Upper end of its 95 % interval."""
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
    """Whether a higher measure is the better one."""
    status: GuardrailStatus
    """`kept`: shown not to be worse by the margin; `harmed`: shown to be worse, and not shown to be
    within the margin; `not_shown`: neither."""
    worst: float | None
    """One-sided 95 % limit of the change on the bad side, in the measure of the margin."""
    users_per_arm: int | None = None
    """Of a guardrail that is not shown: users in each arm who would rule the margin out with 80 %
    power if nothing changed in truth; None: not reckoned."""

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
    """Why there are none; or None."""
    lower: float | None = None
    upper: float | None = None
    ci_lower: float | None = None
    """Lower end of the Imbens-Manski 95 % interval of the effect itself."""
    ci_upper: float | None = None
    """Upper end of the same."""
    trimmed_share: float | None = None
    """Of the interruptions of the arm that has more of them per user."""
    trimmed_arm: Literal["control", "treatment"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileRow:
    """A quantile of the first re-orientation time in both arms, seconds."""

    quantile: float
    """Such as 0.5, the median."""
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """Shares of the triggered users of each arm that many seconds after the first return."""

    seconds: float
    control_finished: float
    control_left: float
    treatment_finished: float
    treatment_left: float


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
    hits: Effect | None = None
    """Share of first returns whose work begins on the marked element (in control: on the one that
    would have been marked)."""
    to_target: Effect | None = None
    """Seconds from the return to the first touch of that element, up to the primary cap; None where
    the target rule is not `last_touched`."""
    unexplained: Effect | None = None
    """Seconds from that touch to work, up to the primary cap both: what pointing cannot change."""
    reading: MechanismReading | None = None
    """Beside the verdict: `agrees`; of `better` `not_seen` (neither more hits nor a shorter time is
    shown, and `unexplained` is below 0), `unclear` (none of them is shown), `opposite` (one is
    shown to be worse), `elsewhere` (the effect is shown to be smaller where a hit was predicted);
    of other verdicts `not_faster` (one is shown to be better)."""


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
    """Looks that were planned."""
    planned_users: int
    """Triggered users that were planned, both arms together."""
    planned_by: Literal["given", "assigned"]
    users: int
    """Triggered users at this look."""
    rho: float | None
    """Tuning of the confidence sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One word and why."""

    word: VerdictWord
    """The verdict; the glossary has what the report calls it."""
    reason: str
    """`check_failed`, `few_users`, `few_units`, `no_variation`, `interval_below_0`,
    `interval_above_0`, `interval_includes_0`, `changes_with_use`, `depends_on_cap`, or the reason
    of `Measurability`."""
    figures: Mapping[str, CheckFigure] = field(default_factory=dict)
    """The numbers behind the reason; of `check_failed` the names of the checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShamComparison:
    """Two of three arms: a trial of its own, with its own checks."""

    name: Literal["marker_against_sham", "sham_against_control"]
    """The first arm is the treatment of this comparison, the second its control."""
    verdict: Verdict
    trust: Trust
    primary: Primary


@dataclass(frozen=True, slots=True, kw_only=True)
class Sham:
    """A third arm whose marker points at a random element, or at none."""

    name: str
    reason: str | None = None
    """`withheld`: a check of the trial itself failed, so nothing is compared; or None."""
    comparisons: tuple[ShamComparison, ...] = ()
    """The marker against the sham, and the sham against control."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A randomized launch (section 8 of the method), in the order in which it is to be read."""

    verdict: Verdict
    """What the trial has shown, and why."""
    trust: Trust
    """Who was assigned and triggered, and the checks that must hold before an effect is shown."""
    primary: Primary
    """P1, the first return: re-orientation time of treatment minus control, seconds."""
    caps: tuple[CapEffect, ...]
    """The primary effect at the usual caps, its own and the longest, the shortest first."""
    adjusted: Effect
    """P1 with CUPED on what was known before the assignment."""
    looks: Looks | None
    """Of several looks (--looks); None with one."""
    guardrails: tuple[Guardrail, ...]
    """What must not get worse by more than the margin."""
    interruptions: Effect
    """Interruptions per assigned user: they rise where the marker works, so nothing is judged."""
    secondary: tuple[Effect, ...]
    """Further measures, corrected by Holm."""
    exploratory: tuple[Effect, ...]
    """P3 while return rates are not shown to be equal."""
    lee_bounds: LeeBounds
    """The effect on the returns that both arms would have shown."""
    quantiles: tuple[QuantileRow, ...]
    """The first re-orientation time of both arms at three quantiles."""
    curves: tuple[CurvePoint, ...]
    """How many were at work, and how many had left, by the second."""
    mechanism: Mechanism
    """Whether people follow the marker, and are faster where it was likely right."""
    use: Use
    """Whether the effect changes with use."""
    exposures: tuple[GroupEffect, ...]
    """The effect by the number of the return."""
    weeks: tuple[GroupEffect, ...]
    """The effect by week since the assignment."""
    dilution: Effect
    """Productive minutes of the users never triggered; nothing is expected."""
    segments: tuple[GroupEffect, ...]
    """The effect by the values of --by."""
    predicted: tuple[PredictedRow, ...]
    """Predicted figures beside measured ones."""
    futility: Futility | None = None
    """Whether what is worth it is still within reach; None without a prediction or an effect."""
    prediction_file: str | None
    """Seal (sha256) of the prediction it is compared with."""
    alpha: float
    """Two-sided error of the intervals."""
    sham: Sham | None = None
    """None without `--sham`."""

    @property
    def all_returns(self) -> Effect | None:
        """P3, among the secondary measures or the exploratory ones; None where there is none."""
        every = (*self.secondary, *self.exploratory)
        return next((effect for effect in every if effect.estimand == "all_returns"), None)

    @property
    @figure
    def measured_savings(self) -> tuple[MeasuredSaving, ...]:
        """What the marker saved per interruption, beside the scenarios of the prediction."""
        everywhere = self.all_returns
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
    prediction: bytes | None = field(metadata=INTERNAL)
    """The prediction file that was used, word for word; copied into the folder."""
