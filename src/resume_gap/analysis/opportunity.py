"""How much a resume marker could save at most: bounds and scenarios (section 7)."""

from collections.abc import Sequence

from resume_gap.analysis.target_rules import SizingInputs
from resume_gap.replay.totals import ThresholdSums
from resume_gap.results.analyze import Excess
from resume_gap.results.common import Estimate
from resume_gap.results.opportunity import Bound, Opportunity, Scenario, TornadoRow
from resume_gap.stats.bounds import SavingBound, bounds_of, minutes_per_user_week
from resume_gap.stats.give_ups import GiveUpSums, give_ups
from resume_gap.stats.interval import Interval
from resume_gap.stats.scenarios import size


def opportunity(
    headline: ThresholdSums, best: str, found: Excess, sizing: SizingInputs, *, interruptions: int
) -> Opportunity:
    """The bounds of the best target rule, with the scenarios.

    Args:
        headline: The sums of the headline threshold.
        best: The policy that the bounds are for.
        found: The excess, for the second bound.
        sizing: Marks and assumptions.
        interruptions: All of them, followed up or not.
    """
    times = headline.times(best)
    steps = bounds_of(times, cap_us=sizing.cap_us, excess=_least(found))
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

    sums = headline.give_ups(best, sizing.cap_us)
    share, more = _with_give_ups(sums, steps.bounds)
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
        gave_up_right=int(sums.right_later.sum()),
        abandoned=int(sums.abandoned.sum()),
        give_ups_share=share,
        with_give_ups=more,
    )


def _with_give_ups(
    sums: GiveUpSums, bounds: Sequence[SavingBound]
) -> tuple[float | None, Estimate]:
    """The share of right markers among the give-ups, and bound 4 with them, at most bound 1."""
    found = give_ups(sums)
    if found is None:
        return None, Estimate()
    greater, share = found.greater
    (all_of_it,) = (bound for bound in bounds if bound.rung == 1)

    def at_most(value: float | None, limit: float | None) -> float | None:
        return value if value is None or limit is None else max(0.0, min(value, limit))

    return share, Estimate(
        estimate=at_most(greater.estimate, all_of_it.upper),
        ci_lower=at_most(greater.ci_lower, all_of_it.ci_lower),
        ci_upper=at_most(greater.ci_upper, all_of_it.ci_upper),
    )


def _least(found: Excess) -> Interval | None:
    """The comparison with the least estimate, where all three say *longer*."""
    if found.word != "longer":
        return None
    clocks = (found.from_event, found.from_end, found.step_anew)
    least = min(clocks, key=lambda one: one.estimate or 0.0)
    return Interval(least.estimate, least.ci_lower, least.ci_upper)


def minutes_at(
    sums: ThresholdSums, best: str, sizing: SizingInputs, *, interruptions: int
) -> float | None:
    """Minutes per user-week at another threshold."""
    if not int(sums.columns["eligible"].sum()):
        return None
    ceiling = bounds_of(sums.times(best), cap_us=sizing.cap_us).search_upper_seconds
    return minutes_per_user_week(ceiling, interruptions=interruptions, user_weeks=sizing.weeks)
