"""Which arrow, how much it could save at most, and the decision word (sections 6 and 7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import polars as pl

from resume_gap.analysis import recommendation as decide
from resume_gap.arrays import Ints
from resume_gap.constants import LIFT_MIN_HITS
from resume_gap.quality.small_groups import Groups
from resume_gap.replay.policies import POLICIES
from resume_gap.replay.totals import LimitSums, Replays
from resume_gap.results.analyze import (
    Bound,
    Excess,
    HitRow,
    Marker,
    Opportunity,
    Policy,
    Recommendation,
    Scenario,
    SegmentRow,
    TornadoRow,
)
from resume_gap.results.common import DAY_US, GAP_CLASSES, US, Estimate
from resume_gap.settings import Settings
from resume_gap.stats.bounds import ladder, minutes_per_user_week
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import jackknife, wilson
from resume_gap.stats.policies import CHANCE_PARTS
from resume_gap.stats.ratio import ratio_of_sums, scaled
from resume_gap.stats.scenarios import Assumptions, Span, size

NONE = "(none)"


@dataclass(frozen=True, slots=True)
class Sizing:
    """What the decision and the ladder ask beside the sums.

    Attributes:
        settings: Marks and assumptions.
        cap_us: The cap.
        weeks: Sum over all users of their weeks in the log.
        unknown_order: Policies whose hits hang on the order of rows that tie.
    """

    settings: Settings
    cap_us: int
    weeks: float
    unknown_order: Collection[str] = ()

    @property
    def assumptions(self) -> Assumptions:
        """Low, middle and high of what no log can show."""
        s = self.settings
        return Assumptions(Span(*s.noticed), Span(*s.search_removed), Span(*s.wrong_arrow_cost))


def weeks_of(user_sums: pl.DataFrame) -> float:
    """Sum over users of (last - first event) in weeks, at least a day each."""
    spans = np.maximum((user_sums["last_us"] - user_sums["first_us"]).to_numpy(), DAY_US)
    return int(spans.sum()) / (7 * DAY_US)


def recommend(sums: LimitSums, sizing: Sizing) -> decide.Recommendation:
    """The decision at one pause limit."""
    settings, assumed = sizing.settings, sizing.assumptions
    return decide.recommend(
        [
            sums.sums(name, reason="order_unknown" if name in sizing.unknown_order else None)
            for name in POLICIES
        ],
        users=int((sums.columns["eligible"] > 0).sum()),
        worth_seconds=settings.worth,
        min_lift_points=settings.min_lift,
        noticed=assumed.noticed.middle,
        removed=assumed.removed.middle,
        wrong_cost_seconds=assumed.wrong_cost_seconds.middle,
    )


def settled(
    limits: Mapping[int, LimitSums], threshold_us: int, sizing: Sizing
) -> tuple[decide.Recommendation, dict[int, decide.Recommendation]]:
    """The decision of the run, after a look at half and double the limit; and at every limit."""
    words = {limit: recommend(sums, sizing) for limit, sums in limits.items()}
    around = [words[limit] for limit in (threshold_us // 2, 2 * threshold_us) if limit in words]
    return decide.settle(words[threshold_us], around), words


def marker(
    replays: Replays,
    headline: LimitSums,
    recommendation: decide.Recommendation,
    sizing: Sizing,
    *,
    contexts: Mapping[int, str],
    groups: Groups,
) -> Marker:
    """The policies side by side, with the word.

    Args:
        replays: The replay of the log.
        headline: The sums of the headline limit.
        recommendation: The settled one.
        sizing: Marks and assumptions.
        contexts: Names of the contexts by number; empty where the log has none.
        groups: Which contexts may be named.
    """
    counted = replays.frame.filter("is_counted")
    best = recommendation.best
    reached = counted["is_reached"].sum()
    hits = _by_class(replays.frame)
    if best is not None and contexts:
        values = counted["context_no"].replace_strict({0: NONE, **contexts}, default=NONE)
        hits += _grouped(counted, values, "context", best, groups)
    return Marker(
        reason=None,
        policies=tuple(
            _policy(headline, name, recommendation, sizing, has_contexts=bool(contexts))
            for name in POLICIES
        ),
        best=best,
        recommendation=Recommendation(
            word=recommendation.word, reason=recommendation.reason, numbers=recommendation.numbers
        ),
        place_without_element=(
            int((counted["is_reached"] & (counted["place_no"] == 0)).sum()) / counted.height
            if reached
            else None
        ),
        near=sizing.settings.near,
        hits=tuple(hits),
    )


def _policy(
    sums: LimitSums,
    name: str,
    recommendation: decide.Recommendation,
    sizing: Sizing,
    *,
    has_contexts: bool,
) -> Policy:
    n, hits = sums.of(name, "eligible"), sums.of(name, "hit")
    if name in sizing.unknown_order:
        nothing: dict[str, Any] = dict.fromkeys(f.name for f in fields(Policy))
        return Policy(**nothing | {"name": name, "reason": "order_unknown"})
    habit = sums.habit()
    few = int(hits.sum()) < LIFT_MIN_HITS.value
    lift = _lift(CHANCE_PARTS * hits - sums.chance(name), n, CHANCE_PARTS, few=few)
    over_habit = _lift(hits - habit, n, 1, few=few)
    right = wilson(hits, n)
    total = int(n.sum())

    def share(measure: str) -> float:
        return int(sums.of(name, measure).sum()) / total

    word = recommendation.numbers.get(f"word_{name}")
    return Policy(
        name=name,
        reason=None,
        pointed=share("pointed"),
        already_there=share("already"),
        hit=right.estimate,
        ci_lower=right.ci_lower,
        ci_upper=right.ci_upper,
        hit_in_3=share("hit_in_3"),
        context_hit=share("context_hit") if has_contexts else None,
        addressable=share("addressable"),
        chance=int(sums.chance(name).sum()) / (CHANCE_PARTS * total),
        lift=lift.estimate,
        lift_ci_lower=lift.ci_lower,
        lift_ci_upper=lift.ci_upper,
        habit=int(habit.sum()) / total,
        lift_over_habit=over_habit.estimate,
        lift_over_habit_ci_lower=over_habit.ci_lower,
        lift_over_habit_ci_upper=over_habit.ci_upper,
        word=word,  # type: ignore[arg-type]
    )


def _lift(numerator: Ints, n: Ints, unit: int, *, few: bool) -> Estimate:
    """A difference of shares; without its interval where there are few hits."""
    ratio = jackknife(numerator, n, unit=unit)
    if ratio is None:
        return Estimate()
    return Estimate(estimate=ratio.estimate) if few else Estimate.of(ratio.to_estimate())


def _by_class(frame: pl.DataFrame) -> list[HitRow]:
    """All policies over all returns, and by the length of the interruption."""
    asked = frame.select(
        "user_no",
        "eligible",
        "is_counted",
        "gap_class",
        "chance",
        "chance_of_three",
        "habit_hit",
        *(f"{name}_hit" for name in POLICIES),
    )
    counted = asked.filter("is_counted")
    parts = [("all_returns", "all returns", asked.filter("eligible"))]
    parts += [("gap_class", c, counted.filter(pl.col("gap_class") == c)) for c in GAP_CLASSES]
    return [
        _hit_row(rows, group, value, name)
        for group, value, rows in parts
        for name in POLICIES
        if rows.height
    ]


def _grouped(
    rows: pl.DataFrame, values: pl.Series, group: str, policy: str, groups: Groups
) -> list[HitRow]:
    """One row per value with enough users, the others merged, largest first; none of one value."""
    parts = groups.split(rows.with_columns(value=values))
    if len(parts) < 2:
        return []
    return [_hit_row(mine, group, value, policy) for value, mine in parts]


def _hit_row(rows: pl.DataFrame, group: str, value: str, policy: str) -> HitRow:
    chance = "chance_of_three" if policy == "recent_three" else "chance"
    user_no, hit = rows["user_no"].to_numpy(), rows[f"{policy}_hit"].to_numpy()
    n, hits = np.bincount(user_no), np.bincount(user_no[hit], minlength=user_no.max() + 1)
    right = wilson(hits, n)
    return HitRow(
        group=group,
        value=value,
        policy=policy,
        eligible=rows.height,
        users=int((n > 0).sum()),
        hit=right.estimate or 0.0,
        ci_lower=right.ci_lower,
        ci_upper=right.ci_upper,
        chance=int(rows[chance].sum()) / (CHANCE_PARTS * rows.height),
        habit=int(rows["habit_hit"].sum()) / rows.height,
    )


def opportunity(
    headline: LimitSums, best: str, found: Excess, sizing: Sizing, *, interruptions: int
) -> Opportunity:
    """The ladder of the best policy, with the scenarios.

    Args:
        headline: The sums of the headline limit.
        best: The policy that the bounds are for.
        found: The excess, for the second rung.
        sizing: Marks and assumptions.
        interruptions: All of them, followed up or not.
    """
    times = headline.times(best)
    told = Interval(found.estimate, found.ci_lower, found.ci_upper)
    steps = ladder(times, cap_us=sizing.cap_us, excess=told)
    sized = size(times, sizing.assumptions)
    if sized is None:
        return Opportunity(reason="no_interruptions")

    def minutes(users: int) -> float | None:
        return minutes_per_user_week(
            steps.search_upper_seconds,
            interruptions=interruptions,
            user_weeks=sizing.weeks,
            users=users,
        )

    gave_up = int(headline.of(best, "gave_up_right").sum())
    return Opportunity(
        reason=None,
        policy=best,
        bounds=tuple(Bound(**bound._asdict()) for bound in steps.bounds),
        search_upper_seconds=steps.search_upper_seconds,
        minutes_per_user_week=minutes(1),
        minutes_per_100_users_week=minutes(100),
        interruptions_per_user_week=interruptions / sizing.weeks,
        scenarios=tuple(Scenario(**saving._asdict()) for saving in sized.scenarios),
        tornado=tuple(TornadoRow(**swing._asdict()) for swing in sized.tornado),
        joint_lower_seconds=sized.joint_lower_seconds,
        joint_upper_seconds=sized.joint_upper_seconds,
        middle=Estimate.of(sized.middle),
        break_even_hit=sized.break_even_hit,
        gave_up_right=gave_up,
        gave_up_right_seconds=gave_up * sizing.cap_us / US / int(times.eligible.sum()),
    )


def minutes_at(sums: LimitSums, best: str, sizing: Sizing, *, interruptions: int) -> float | None:
    """Minutes per user-week at another limit."""
    if not int(sums.columns["eligible"].sum()):
        return None
    ceiling = ladder(sums.times(best), cap_us=sizing.cap_us).search_upper_seconds
    return minutes_per_user_week(ceiling, interruptions=interruptions, user_weeks=sizing.weeks)


def segments(
    counted: pl.DataFrame,
    columns: Sequence[str],
    names: Mapping[str, Mapping[int, str]],
    best: str | None,
    groups: Groups,
) -> tuple[SegmentRow, ...]:
    """Eligible interruptions by the value that each column had at the stop; exploration only.

    Args:
        counted: Rows of the eligible interruptions, `segment_1` and so on the columns' numbers.
        columns: The columns asked for.
        names: By column the value of each number.
        best: The policy whose hits are shown; None: none are.
        groups: Which values may be named.
    """
    found = []
    for place, column in enumerate(columns, start=1):
        values = counted[f"segment_{place}"].replace_strict(
            {0: NONE, **names[column]}, default=NONE, return_dtype=pl.String
        )
        for value, mine in groups.split(counted.with_columns(value=values)):
            sums = (
                mine.group_by("user_no")
                .agg(
                    pl.len().cast(pl.Int64).alias("n"),
                    pl.col("reorientation_us").sum(),
                    pl.col("is_reached").sum().cast(pl.Int64),
                )
                .sort("user_no")
            )
            n = sums["n"].to_numpy()
            row = None if best is None else _hit_row(mine, "", value, best)
            found.append(
                SegmentRow(
                    column=column,
                    value=value,
                    users=sums.height,
                    eligible=mine.height,
                    mean=Estimate.of(
                        scaled(
                            ratio_of_sums(sums["reorientation_us"].to_numpy(), n), 1 / US, low=0.0
                        )
                    ),
                    productive_share=int(sums["is_reached"].sum()) / mine.height,
                    hit=Estimate()
                    if row is None
                    else Estimate(estimate=row.hit, ci_lower=row.ci_lower, ci_upper=row.ci_upper),
                    chance=None if row is None else row.chance,
                )
            )
    return tuple(found)
