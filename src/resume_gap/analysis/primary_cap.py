"""Each user's first return to the cap of a trial's primary effect."""

from dataclasses import replace

from resume_gap.analysis.target_rules import SizingInputs, recommend
from resume_gap.arrays import NEVER
from resume_gap.constants import PRIMARY_CAPS
from resume_gap.pipeline.queries import Runner
from resume_gap.replay.collected import Replays
from resume_gap.results.common import Estimate
from resume_gap.results.primary_cap import CapReason, CapRow, PrimaryCap
from resume_gap.stats.first_bounds import first_bounds
from resume_gap.stats.primary_cap import ChosenCap, FirstReturns, choose_cap, standard_cap
from resume_gap.units import US


def standard(cap_us: int, reason: CapReason) -> PrimaryCap:
    """The cap where none can be found."""
    return _shown(standard_cap(cap_us, reason))


def for_plan(
    runner: Runner, replays: Replays, threshold_us: int, sizing: SizingInputs, *, has_elements: bool
) -> PrimaryCap:
    """The same cap from a log in which nothing else of the marker is asked about.

    Args:
        runner: Holds `streams`.
        replays: The replay of the log.
        threshold_us: The headline threshold.
        sizing: Assumptions, the cap, the seed.
        has_elements: Whether there is anything to point at.
    """
    headline = replays.thresholds[threshold_us]
    best, give_ups = None, False
    if has_elements and headline.columns and int(headline.columns["eligible"].sum()):
        found = recommend(headline, sizing)
        best, give_ups = found.best, found.reason == "give_ups"
    if best is None:
        return standard(sizing.cap_us, "no_target_rule")
    return chosen(runner, replays, best, sizing, give_ups=give_ups)


def chosen(
    runner: Runner, replays: Replays, best: str, sizing: SizingInputs, *, give_ups: bool
) -> PrimaryCap:
    """The cap that needs the fewest users if the marker of this target rule is built.

    Args:
        runner: Holds `streams`.
        replays: The replay of the log.
        best: The target rule.
        sizing: Assumptions of the middle scenario, the cap of all other figures, the seed.
        give_ups: The recommendation is `test` for the people whom the marker may keep.
    """
    runner.let(seed=sizing.settings.seed)
    halves = runner.read("47_user_halves").pl()
    measures = ("hit", "search_us", "gave_up_right")
    firsts = (
        replays.counted(
            *("user_no", "return_us", "lag_us", "reached", "abandoned", "later_work"),
            *(f"{best}_{measure}" for measure in measures),
        )
        .sort("user_no", "return_us", maintain_order=True)
        .group_by("user_no", maintain_order=True)
        .first()
        .join(halves, on="user_no", how="left", maintain_order="left")
    )
    lag_us = firsts["lag_us"].to_numpy()
    assumed = sizing.assumptions
    seen = FirstReturns(
        lag_us=lag_us,
        observed=lag_us != NEVER,
        hit=firsts[f"{best}_hit"].to_numpy(),
        search_us=firsts[f"{best}_search_us"].to_numpy(),
        in_first_half=firsts["half"].to_numpy() == 0,
        reached=firsts["reached"].to_numpy(),
        abandoned=firsts["abandoned"].to_numpy(),
        later=firsts["later_work"].to_numpy(),
        right_later=firsts[f"{best}_gave_up_right"].to_numpy(),
    )
    found = choose_cap(
        seen,
        [cap.us for cap in PRIMARY_CAPS],
        sizing.cap_us,
        noticed=assumed.noticed.middle,
        removed=assumed.removed.middle,
        wrong_cost_seconds=assumed.wrong_cost_seconds.middle,
        give_ups=give_ups,
    )
    bounds = first_bounds(seen, round(found.seconds * US), sizing.cap_us)
    return replace(
        _shown(found),
        first_returns=bounds.users,
        search=Estimate.of(bounds.search),
        with_give_ups=Estimate.of(bounds.with_give_ups),
    )


def _shown(found: ChosenCap) -> PrimaryCap:
    return PrimaryCap(
        seconds=found.seconds,
        reason=found.reason,
        users_per_arm=found.users_per_arm,
        caps=tuple(CapRow(**row._asdict()) for row in found.caps),
    )
