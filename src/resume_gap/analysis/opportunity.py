"""How much a resume marker could save at most: bounds and scenarios (section 7)."""

from resume_gap.analysis.target_rules import SizingInputs
from resume_gap.replay.totals import LimitSums
from resume_gap.results.analyze import (
    Bound,
    Excess,
    Opportunity,
    Scenario,
    TornadoRow,
)
from resume_gap.results.common import US, Estimate
from resume_gap.stats.bounds import bounds_of, minutes_per_user_week
from resume_gap.stats.interval import Interval
from resume_gap.stats.scenarios import size


def opportunity(
    headline: LimitSums, best: str, found: Excess, sizing: SizingInputs, *, interruptions: int
) -> Opportunity:
    """The bounds of the best target rule, with the scenarios.

    Args:
        headline: The sums of the headline limit.
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


def _least(found: Excess) -> Interval | None:
    """The comparison with the least estimate, where all three say *longer*."""
    if found.word != "longer":
        return None
    clocks = (found.from_event, found.from_end, found.step_anew)
    least = min(clocks, key=lambda one: one.estimate or 0.0)
    return Interval(least.estimate, least.ci_lower, least.ci_upper)


def minutes_at(
    sums: LimitSums, best: str, sizing: SizingInputs, *, interruptions: int
) -> float | None:
    """Minutes per user-week at another limit."""
    if not int(sums.columns["eligible"].sum()):
        return None
    ceiling = bounds_of(sums.times(best), cap_us=sizing.cap_us).search_upper_seconds
    return minutes_per_user_week(ceiling, interruptions=interruptions, user_weeks=sizing.weeks)
