"""What `analyze` found before a launch; one object behind JSON, terminal and page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from resume_gap.constants import PLACE_LEADS, PLACE_STANDS_OUT
from resume_gap.results.common import (
    INTERNAL,
    NO_ESTIMATE,
    Estimate,
    ExcessWord,
    RecommendationReason,
    Word,
    figure,
)
from resume_gap.results.opportunity import Opportunity
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.results.run import Run
from resume_gap.results.workday import StoppingPlace, Workday


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessRow:
    """The excess of interruptions of one length, seconds."""

    gap_class: str
    """`up_to_1h`, `1h_4h`, `4h_16h`, `16h_72h` or `over_72h`."""
    eligible: int
    """Followed-up interruptions of this length."""
    lower: float | None
    """Least of the three comparisons."""
    upper: float | None
    """Greatest of the three comparisons."""
    ci_lower: float | None
    """Least of their lower limits."""
    ci_upper: float | None
    """Greatest of their upper limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """Longer than the same work uninterrupted (section 5 of the method), seconds: a range."""

    reason: str | None
    """Why none: `no_productive_events`, `no_interruptions`, `no_controls`, `log_is_thinned`,
    `too_few_controls`, `early_controls_differ`, or the reason of `Measurability`; or None."""
    word: ExcessWord | None = None
    """What three comparisons say together: `longer`; `includes_zero`, where the first one does; or
    `depends_on_matching`. None without an interval."""
    lower: float | None = None
    """Extra time vs. uninterrupted work, seconds per interruption: least of the three estimates."""
    upper: float | None = None
    """Extra time vs. uninterrupted work, seconds per interruption: greatest of the three
    estimates."""
    ci_lower: float | None = None
    """Least of the lower 95 % limits of the three comparisons."""
    ci_upper: float | None = None
    """Greatest of the upper 95 % limits of the three comparisons."""
    own_slots: float | None = None
    """Share of the slots filled with a control of the person's own."""
    own_returns: float | None = None
    """Share of the interruptions with at least one."""
    from_event: Estimate = NO_ESTIMATE
    """Controls after an event named like the stop event, their clock from their own event on."""
    from_end: Estimate = NO_ESTIMATE
    """The same controls, their clock from the end of the event before on."""
    step_anew: Estimate = NO_ESTIMATE
    """All such controls of the person, each in proportion to the gap before it, clock likewise."""
    first_back: Estimate = NO_ESTIMATE
    """The companion of the first: controls named like the first event back."""
    control: Estimate = NO_ESTIMATE
    """Early moments against later ones, as if the early were returns; 0 is expected."""
    by_gap_class: tuple[ExcessRow, ...] = ()
    """The same by the length of the gap."""
    curve: tuple[tuple[float, float, float], ...] = ()
    """(seconds t, share of the interruptions productive by t, share of the moments)."""
    controls_mean_seconds: float | None = None
    """Mean re-orientation time of the matched controls of the first comparison."""
    without_work: tuple[int, int] = field(default=(0, 0), metadata=INTERNAL)
    """Interruptions whose return ended without work within the cap, and all followed-up ones."""
    reached: Estimate = NO_ESTIMATE
    """`step_anew` over the others, where all three say `longer` and some had no work. Where its
    lower limit is not above 0, it is part of the range, and `word` is `depends_on_matching`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Pace of the productive steps after a return against the person's steady pace."""

    reason: str | None
    """Why there is none: `no_productive_events`, `no_interruptions`, `too_coarse`,
    `too_few_steps`; or None."""
    steady_seconds: float | None = None
    """Median over users of the median time between two productive steps in steady work."""
    interruptions: int = 0
    """Interruptions it was read from; of large logs, those of users chosen by hash."""
    steps: tuple[tuple[int, float, int], ...] = ()
    """(step 1..20 after the first productive one, median pace as a multiple of the steady one,
    interruptions that got so far)."""
    quartiles: tuple[tuple[int, float, float], ...] = ()
    """(step, lower and upper quartile of the same pace) over the interruptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one marker would have shown, over eligible interruptions; shares in [0, 1]."""

    name: str
    """The target rule, such as `last_touched`."""
    reason: str | None
    """Why its shares are None (`order_unknown`), why it takes no part in the recommendation (a list
    where users have `few_elements`), or None."""
    pointed: float | None
    """Share with an element to point at."""
    already_there: float | None
    """Share whose first event back is on the element pointed at."""
    hit: float | None
    """Hit rate: share at which the element pointed at is that of the first productive event
    back."""
    ci_lower: float | None
    """Lower end of the 95 % interval of `hit`."""
    ci_upper: float | None
    """Upper end of the 95 % interval of `hit`."""
    hit_in_3: float | None
    """Share at which it is among the first three elements worked on."""
    context_hit: float | None
    """None where the log has no contexts."""
    addressable: float | None
    """Share with a hit at which the person was neither there nor at work already."""
    chance: float | None
    """Chance baseline: hit rate of pointing at random among the last elements."""
    lift: float | None
    """Hit rate less the chance baseline."""
    lift_ci_lower: float | None
    """Lower end of its 95 % interval; None under 50 hits."""
    lift_ci_upper: float | None
    """Upper end of its 95 % interval; None under 50 hits."""
    habit: float | None
    """Habit baseline: hit rate of the element most used in the day before the stop."""
    lift_over_habit: float | None
    """Hit rate less the habit baseline."""
    lift_over_habit_ci_lower: float | None
    """Lower end of its 95 % interval."""
    lift_over_habit_ci_upper: float | None
    """Upper end of its 95 % interval."""
    word: Word | None
    """What section 7's rules say of this policy alone."""
    hits: int | None
    """Interruptions at which it would have been right."""

    @property
    @figure
    def nothing_to_point_at(self) -> float | None:
        """Share without an element to point at; these count as misses."""
        return None if self.pointed is None else 1 - self.pointed

    @property
    def miss(self) -> float | None:
        """Share at which it would have been wrong, or would have had nothing to point at."""
        return None if self.hit is None else 1 - self.hit


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """Hits of one policy within one group of the interruptions."""

    group: str
    """`all_returns`, `gap_class`, `context` or `segment:COLUMN`."""
    value: str
    """The group's value."""
    policy: str
    """The target rule."""
    eligible: int
    """Followed-up interruptions of the group."""
    users: int
    """Users with one."""
    hit: float
    """Hit rate."""
    ci_lower: float | None
    """Lower end of its 95 % interval."""
    ci_upper: float | None
    """Upper end of its 95 % interval."""
    chance: float
    """Chance baseline."""
    habit: float
    """Habit baseline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The decision word; `build` still means behind an A/B test."""

    word: Word
    """`build`, `test`, `do_not_build`, `not_enough_data` or `cannot_be_measured`."""
    reason: RecommendationReason
    """Why, a stable name."""
    figures: Mapping[str, float | int | str]
    """The figures behind it (`analysis.recommendation`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Marker replay: would the marker have pointed at the right place?"""

    reason: str | None
    """Why there is no result: `no_productive_events`, `no_interruptions`, a reason about elements
    (section 6 of the method), or that of `Measurability`."""
    policies: tuple[Policy, ...] = ()
    """What a marker of each target rule would have shown."""
    best: str | None = None
    """The target rule that the recommendation is for."""
    recommendation: Recommendation | None = None
    """What to do; None where there is nothing to recommend from."""
    place_without_element: float | None = None
    """Share of the interruptions that reached work on an event without an element: misses."""
    near: float | None = None
    """Positions this close counted as the same element; None: elements were compared."""
    hits: tuple[HitRow, ...] = ()
    """All policies for all returns and by gap class; the best one by context and segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """One value of a column asked for with `--by`; differences are exploration only."""

    column: str
    """Column that was asked for."""
    value: str
    """Its value at the stop."""
    users: int
    """Users with a followed-up interruption there."""
    eligible: int
    """Followed-up interruptions there."""
    mean: Estimate
    """Their mean re-orientation time, seconds."""
    productive_share: float | None
    """Share of them with productive work within the cap."""
    hit: Estimate
    """Of the best policy."""
    chance: float | None
    """Chance baseline of the best policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis(Run):
    """Everything `analyze` found; one object behind JSON, terminal and page."""

    excess: Excess
    marker: Marker
    opportunity: Opportunity
    primary_cap: PrimaryCap
    """Of a trial of the best policy's marker."""
    recovery: Recovery
    segments: tuple[SegmentRow, ...]
    """The figures by the values of --by."""
    gap_histogram: tuple[tuple[float, float], ...]
    """(lower edge of a bin of log2 seconds, in seconds; weight of the gaps in it, users capped)."""
    workday: Workday = field(metadata=INTERNAL)

    @property
    def place_stands_out(self) -> bool:
        """The place where work stops most holds enough of the interruptions to be shown."""
        most = self.workday.places[0].interruptions if self.workday.places else 0
        return most >= PLACE_STANDS_OUT.value * self.counts.interruptions

    def leads(self, place: StoppingPlace) -> bool:
        """So much work stops at the place that it may be called the one where it does."""
        return place.interruptions >= PLACE_LEADS.value * self.counts.interruptions
