"""Hand-made analyses for the tests of the report: no data is read, every number is chosen."""

from __future__ import annotations

import dataclasses
from functools import cache, partial

from factories.before_launch import (
    NO_WORD,
    marker,
    nothing_launched,
    opportunity,
    recommended,
    segments,
    unknown_order,
    withheld,
)
from factories.full_log import changed, full, unjudged
from factories.hostile_results import hostile
from resume_gap.results.analyze import Analysis, Marker, Recommendation, Recovery
from resume_gap.results.common import (
    BlindReason,
    Estimate,
    RecommendationReason,
    RowLedger,
    Word,
)
from resume_gap.results.opportunity import Opportunity
from resume_gap.results.reorientation import LagEnds
from resume_gap.results.run import Counts, Measurability

NOTHING_KNOWN = {
    "ends": LagEnds(),
    "observed_median_seconds": None,
    "eligible": 0,
    "mean": Estimate(),
    "reached_mean_seconds": None,
    "not_reached_seconds": None,
    "set_by_cap": None,
    "productive_share": None,
    "productive": Estimate(),
    "zero_share": None,
    "detours_none_share": None,
    "target_return_median_seconds": None,
    "target_returned_share": None,
    "curve": (),
    "by_gap_class": (),
}


@cache
def no_productive() -> Analysis:
    """Nothing in the log counts as work."""
    return changed(
        full(),
        roles={
            "source": "none",
            "productive": (),
            "completing": (),
            "productive_events": 0,
            "productive_share": 0.0,
        },
        counts={
            "interruptions": 0,
            "users_interrupted": 0,
            "followed_7d": 0,
            "return_rate_7d": None,
            "reasons": {
                "mid_task": 0,
                "away_event": 0,
                "completed": 0,
                "idle": 0,
                "unknown": 9_120,
            },
            "gap_classes": dict.fromkeys(full().counts.gap_classes, 0),
        },
        reorientation={**NOTHING_KNOWN, "reason": "no_productive_events"},
        threshold={"sensitivity": unjudged()},
        **nothing_launched("no_productive_events"),
        week=tuple((0,) * 24 for _ in range(7)),
        places=(),
    )


@cache
def empty() -> Analysis:
    """One event of one user: no gap, no return, nothing after."""
    return changed(
        no_productive(),
        inputs=(dataclasses.replace(full().generated_from.inputs[0], rows=1),),
        rows=RowLedger(read=1, used=1, dropped={}),
        roles={"leading": (("view_page", 1),)},
        threshold={"sensitivity": (), "night_seconds": None},
        counts=Counts(
            events=1,
            users=1,
            users_interrupted=0,
            streams=1,
            sessions=1,
            returns=0,
            interruptions=0,
            not_returned=0,
            reasons=dict.fromkeys(full().counts.reasons, 0),
            gap_classes=dict.fromkeys(full().counts.gap_classes, 0),
            followed_7d=0,
            return_rate_7d=None,
            device_changed=0,
        ),
        gap_histogram=(),
        data_quality=(),
    )


@cache
def no_interruptions() -> Analysis:
    """Work is seen, people return, and every stop was at the end of a task."""
    return changed(
        full(),
        counts={
            "interruptions": 0,
            "users_interrupted": 0,
            "followed_7d": 0,
            "return_rate_7d": None,
            "reasons": {
                "mid_task": 0,
                "away_event": 0,
                "completed": 9_100,
                "idle": 20,
                "unknown": 0,
            },
            "gap_classes": dict.fromkeys(full().counts.gap_classes, 0),
        },
        reorientation={**NOTHING_KNOWN, "reason": "no_interruptions"},
        threshold={"sensitivity": unjudged()},
        **nothing_launched("no_interruptions"),
        week=tuple((0,) * 24 for _ in range(7)),
        places=(),
    )


@cache
def one_user() -> Analysis:
    """A diary of one person: figures, no interval."""
    return changed(
        full(),
        counts={"users": 1, "users_interrupted": 1},
        reorientation={"mean": Estimate(estimate=72.4), "productive": Estimate(estimate=0.943)},
        excess={
            "word": None,
            "ci_lower": None,
            "ci_upper": None,
            "from_event": Estimate(estimate=41.0),
            "from_end": Estimate(estimate=33.0),
            "step_anew": Estimate(estimate=28.0),
            "first_back": Estimate(estimate=36.0),
            "control": Estimate(estimate=1.0),
        },
        marker={
            "recommendation": NO_WORD,
            "policies": tuple(
                dataclasses.replace(
                    p,
                    ci_lower=None,
                    ci_upper=None,
                    lift_ci_lower=None,
                    lift_ci_upper=None,
                    lift_over_habit_ci_lower=None,
                    lift_over_habit_ci_upper=None,
                    word="not_enough_data",
                )
                for p in marker().policies
            ),
        },
        opportunity={
            "search_upper_seconds": None,
            "minutes_per_user_week": None,
            "minutes_per_100_users_week": None,
            "middle": Estimate(estimate=1.4),
            "bounds": tuple(
                dataclasses.replace(r, ci_lower=None, ci_upper=None) for r in opportunity().bounds
            ),
        },
        segments=(),
        places=(),
    )


@cache
def matching(reason: str) -> Analysis:
    """How much longer is not reported."""
    return changed(
        full(),
        excess=withheld(reason),
        opportunity={"bounds": tuple(r for r in opportunity().bounds if r.rung != 2)},
    )


@cache
def disagreeing() -> Analysis:
    """Three comparisons that do not agree whether it took longer."""
    return changed(
        full(),
        excess={
            "word": "depends_on_matching",
            "lower": 1.2,
            "ci_lower": -5.0,
            "step_anew": Estimate(estimate=1.2, ci_lower=-5.0, ci_upper=7.4),
        },
        opportunity={"bounds": tuple(r for r in opportunity().bounds if r.rung != 2)},
    )


@cache
def unordered() -> Analysis:
    """Where any arrow would point depends on the order of rows at one instant."""
    return changed(
        full(),
        marker={
            "policies": tuple(unknown_order(p.name) for p in marker().policies),
            "best": None,
            "hits": (),
            "place_without_element": None,
            "recommendation": Recommendation(
                word="not_enough_data", reason="order_unknown", figures={}
            ),
        },
        opportunity=Opportunity(reason="order_unknown"),
        day=None,
        segments=(),
    )


@cache
def no_elements() -> Analysis:
    """No column for elements."""
    return changed(
        full(),
        columns={**full().columns, "target": None},
        marker=Marker(reason="no_elements"),
        opportunity=Opportunity(reason="no_elements"),
        day=None,
        places=(),
        segments=tuple(dataclasses.replace(r, hit=Estimate(), chance=None) for r in segments()),
        reorientation={
            "detours_none_share": None,
            "target_return_median_seconds": None,
            "target_returned_share": None,
        },
    )


@cache
def worded(word: Word, reason: RecommendationReason = "worth_a_test", **numbers: float) -> Analysis:
    """Another recommendation."""
    return changed(full(), marker={"recommendation": recommended(word, reason, **numbers)})


@cache
def less() -> Analysis:
    """Not slower than uninterrupted work; an arrow that would have been wrong."""
    return changed(
        full(),
        excess={
            "word": "includes_zero",
            "lower": -5.0,
            "upper": -3.0,
            "ci_lower": -9.0,
            "ci_upper": 3.2,
        },
        opportunity={
            "bounds": tuple(r for r in opportunity().bounds if r.rung != 2),
            "break_even_hit": None,
            "gave_up_right": 0,
            "abandoned": 0,
            "give_ups_share": 0.0,
            "with_give_ups": Estimate(estimate=6.1, ci_lower=4.9, ci_upper=7.3),
        },
        recovery=Recovery(reason="too_few_steps"),
    )


@cache
def set_by_cap() -> Analysis:
    """Most never reach work within the cap."""
    return changed(
        full(),
        reorientation={
            "mean": Estimate(estimate=720.0, ci_lower=690.0, ci_upper=750.0),
            "productive_share": 0.261,
            "productive": Estimate(estimate=0.261, ci_lower=0.24, ci_upper=0.282),
            "not_reached_seconds": 665.0,
            "reached_mean_seconds": 210.7,
            "set_by_cap": True,
            "observed_median_seconds": None,
        },
    )


@cache
def all_zero() -> Analysis:
    """The log holds productive events only."""
    return changed(
        full(),
        reorientation={
            "zero_share": 0.998,
            "mean": Estimate(estimate=0.4, ci_lower=0.1, ci_upper=0.7),
        },
    )


@cache
def coarse() -> Analysis:
    """Minute stamps."""
    return changed(full(), resolution={"seconds": 60.0, "users_minute": 260, "users_second": 0})


@cache
def sensitive() -> Analysis:
    """The mean depends on a learned threshold."""
    return changed(
        full(),
        threshold={
            "source": "learned",
            "seconds": 253.4,
            "ci_lower": 201.0,
            "ci_upper": 322.0,
            "reason": "valley",
            "figures": {"valley_depth": 0.964},
            "sensitive": ("reorientation_mean_seconds",),
        },
        reorientation={"cap_seconds": 253.4},
    )


def blind(reason: BlindReason = "first_event_is_work") -> Analysis:
    """A log that cannot show re-orientation."""
    figures = {
        "eligible": 8_301,
        "zero_share": 0.97,
        "resolution_seconds": 60.0,
        "batch_share": 0.31,
        "median_lag_seconds": 41.0,
        "productive_share": 0.004,
        "not_understood_share": 0.2,
    }
    counts = full().reorientation
    nothing = {**NOTHING_KNOWN, "ends": counts.ends, "eligible": counts.eligible, "reason": reason}
    launched = nothing_launched(reason)
    word = Recommendation(word="cannot_be_measured", reason=reason, figures=figures)
    return changed(
        full(),
        measurability=Measurability(reason=reason, figures=figures),
        reorientation=nothing,
        threshold={"sensitivity": unjudged()},
        **launched | {"marker": dataclasses.replace(launched["marker"], recommendation=word)},
    )


def fleeting() -> Analysis:
    """Elements that live for one session."""
    reason: RecommendationReason = "elements_do_not_recur"
    word = Recommendation(
        word="cannot_be_measured",
        reason=reason,
        figures={"recurring_share": 0.002, "within_share": 0.61},
    )
    return changed(
        full(),
        marker=Marker(reason=reason, recommendation=word),
        opportunity=Opportunity(reason=reason),
        segments=(),
        day=None,
    )


ALL = {
    "full": full,
    "no_productive": no_productive,
    "empty": empty,
    "one_user": one_user,
    "no_interruptions": no_interruptions,
    "set_by_cap": set_by_cap,
    "all_zero": all_zero,
    "coarse": coarse,
    "sensitive": sensitive,
    "hostile": hostile,
    "unordered": unordered,
    "no_elements": no_elements,
    "less": less,
    "build": partial(worded, "build"),
    "do_not_build": partial(worded, "do_not_build"),
    "blind": blind,
    "fleeting": fleeting,
    **{
        reason: partial(matching, reason)
        for reason in (
            "no_controls",
            "too_few_controls",
            "early_controls_differ",
            "log_is_thinned",
        )
    },
    "depends_on_matching": disagreeing,
}
