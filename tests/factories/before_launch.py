"""Hand-made parts of an analysis that say how much an arrow could do; every number is chosen."""

from __future__ import annotations

import dataclasses
from typing import Any

from resume_gap.results.analyze import (
    Excess,
    ExcessRow,
    HitRow,
    Marker,
    Policy,
    Recommendation,
    Recovery,
    SegmentRow,
)
from resume_gap.results.common import GAP_CLASSES, Estimate, RecommendationReason, Word
from resume_gap.results.opportunity import Bound, Opportunity, Scenario, TornadoRow
from resume_gap.results.primary_cap import CapRow, PrimaryCap
from resume_gap.results.workday import Day

TIMES = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0)


def excess() -> Excess:
    return Excess(
        reason=None,
        word="longer",
        lower=28.0,
        upper=41.0,
        ci_lower=20.1,
        ci_upper=48.8,
        own_slots=0.83,
        own_returns=0.94,
        from_event=Estimate(estimate=41.0, ci_lower=33.2, ci_upper=48.8),
        from_end=Estimate(estimate=33.0, ci_lower=25.0, ci_upper=41.0),
        step_anew=Estimate(estimate=28.0, ci_lower=20.1, ci_upper=35.9),
        first_back=Estimate(estimate=36.4, ci_lower=27.0, ci_upper=45.8),
        control=Estimate(estimate=1.2, ci_lower=-2.1, ci_upper=4.5),
        by_gap_class=tuple(
            ExcessRow(
                gap_class=name,
                eligible=n,
                lower=value - 9.0,
                upper=value,
                ci_lower=None if n < 500 else value - 18.0,
                ci_upper=None if n < 500 else value + 9.0,
            )
            for name, n, value in zip(
                GAP_CLASSES,
                (2_270, 1_990, 2_371, 1_480, 190),
                (12.0, 35.0, 55.0, 67.0, -3.0),
                strict=True,
            )
        ),
        curve=tuple(
            (
                t,
                round(0.943 * (1 - 0.8717 * 2.718 ** (-t / 60)), 6),
                round(0.975 * (1 - 0.6 * 2.718 ** (-t / 25)), 6),
            )
            for t in TIMES
        ),
        controls_mean_seconds=31.7,
    )


def withheld(reason: str) -> Excess:
    """The figure is not reported; both matchings stand beside each other."""
    if reason in ("no_productive_events", "no_interruptions", "no_controls"):
        return Excess(reason=reason)
    found = excess()
    return Excess(
        reason=reason,
        own_slots=0.24 if reason == "too_few_controls" else 0.83,
        own_returns=0.5,
        from_event=Estimate(estimate=182.0, ci_lower=160.0, ci_upper=204.0),
        from_end=Estimate(estimate=170.0, ci_lower=150.0, ci_upper=190.0),
        step_anew=Estimate(estimate=160.0, ci_lower=140.0, ci_upper=180.0),
        first_back=Estimate(estimate=-9.0, ci_lower=-22.0, ci_upper=4.0),
        control=Estimate(estimate=95.0, ci_lower=80.0, ci_upper=110.0),
        curve=found.curve,
        controls_mean_seconds=-0.0,
    )


def recovery() -> Recovery:
    return Recovery(
        reason=None,
        steady_seconds=6.2,
        interruptions=8_020,
        steps=tuple((i, round(1 + 1.1 * 0.8**i, 3), 8_020 - 150 * i) for i in range(1, 21)),
        quartiles=tuple(
            (i, round(0.6 + 0.6 * 0.8**i, 3), round(1.7 + 2 * 0.8**i, 3)) for i in range(1, 21)
        ),
    )


def policy(name: str, hit: float, chance: float, habit: float, word: str | None) -> Policy:
    return Policy(
        name=name,
        reason=None,
        pointed=0.97,
        already_there=0.31,
        hit=hit,
        ci_lower=hit - 0.04,
        ci_upper=hit + 0.04,
        hit_in_3=min(1.0, hit + 0.12),
        context_hit=min(1.0, hit + 0.2),
        addressable=hit - 0.2 if hit > 0.2 else 0.0,
        chance=chance,
        lift=hit - chance,
        lift_ci_lower=hit - chance - 0.05,
        lift_ci_upper=hit - chance + 0.05,
        habit=habit,
        lift_over_habit=hit - habit,
        lift_over_habit_ci_lower=hit - habit - 0.06,
        lift_over_habit_ci_upper=hit - habit + 0.06,
        word=word,
        hits=round(hit * 8_301),
    )


def unknown_order(name: str) -> Policy:
    empty: dict[str, Any] = dict.fromkeys(Policy.__dataclass_fields__)
    return Policy(**{**empty, "name": name, "reason": "order_unknown"})


def recommended(word: Word, reason: RecommendationReason, **numbers: float) -> Recommendation:
    """A recommendation with figures for every sentence."""
    found: dict[str, float | int | str] = {
        "users": 231,
        "eligible": 8_301,
        "effective_users": 180.4,
        "policies": 5,
        "worth_seconds": 5.0,
        "min_lift": 0.1,
        "hit": 0.58,
        "lift": 0.39,
        "lift_over_habit": 0.12,
        "search_seconds": 6.1,
        "lift_lower": 0.34,
        "lift_upper": 0.44,
        "lift_half_width": 0.05,
        "search_lower_seconds": 5.1,
        "search_upper_seconds": 7.1,
        "search_half_width_seconds": 1.0,
        "middle_case_seconds": 4.4,
        "middle_case_lower_seconds": 3.5,
        "word_last_productive": word,
        "word_first": "test",
        "word_second": "do_not_build",
    }
    return Recommendation(word=word, reason=reason, figures=found | numbers)


def marker() -> Marker:
    policies = (
        policy("last_touched", 0.41, 0.19, 0.33, "test"),
        policy("last_productive", 0.58, 0.19, 0.33, "test"),
        policy("longest_dwell", 0.36, 0.19, 0.33, "not_enough_data"),
        policy("most_used", 0.17, 0.19, 0.33, "do_not_build"),
        policy("recent_three", 0.71, 0.46, 0.33, "test"),
    )
    hits = [
        HitRow(
            group="gap_class",
            value=value,
            policy=p.name,
            eligible=n,
            users=u,
            hit=(p.hit or 0) - i / 25,
            ci_lower=None if n < 500 else (p.hit or 0) - i / 25 - 0.05,
            ci_upper=None if n < 500 else (p.hit or 0) - i / 25 + 0.05,
            chance=0.19,
            habit=0.3,
        )
        for i, (value, n, u) in enumerate(
            zip(
                GAP_CLASSES,
                (2_270, 1_990, 2_371, 1_480, 190),
                (220, 210, 215, 190, 40),
                strict=True,
            )
        )
        for p in policies
    ]
    hits += [
        HitRow(
            group="all_returns",
            value="all returns",
            policy=p.name,
            eligible=9_002,
            users=240,
            hit=(p.hit or 0) - 0.03,
            ci_lower=(p.hit or 0) - 0.07,
            ci_upper=(p.hit or 0) + 0.01,
            chance=0.2,
            habit=0.31,
        )
        for p in policies
    ]
    hits += [
        HitRow(
            group="context",
            value=value,
            policy="last_productive",
            eligible=n,
            users=60,
            hit=hit,
            ci_lower=hit - 0.05,
            ci_upper=hit + 0.05,
            chance=0.2,
            habit=0.31,
        )
        for value, n, hit in (
            ("/budget?year=2026&k=1", 3_100, 0.64),
            ("/comments", 2_004, 0.44),
            ("(other)", 3_197, 0.55),
        )
    ]
    return Marker(
        reason=None,
        policies=policies,
        best="last_productive",
        recommendation=recommended("test", "worth_a_test"),
        place_without_element=0.02,
        near=None,
        hits=tuple(hits),
    )


NO_WORD = Recommendation(
    word="not_enough_data",
    reason="too_little",
    figures={"users": 1, "eligible": 3, "effective_users": 1.0},
)


def opportunity() -> Opportunity:
    return Opportunity(
        reason=None,
        policy="last_productive",
        bounds=(
            Bound(
                rung=0, assumption="nothing", lower=None, upper=72.7, ci_lower=65.2, ci_upper=80.1
            ),
            Bound(
                rung=1,
                assumption="never_hurts",
                lower=0.0,
                upper=72.7,
                ci_lower=65.2,
                ci_upper=80.1,
            ),
            Bound(
                rung=2, assumption="not_faster", lower=0.0, upper=41.0, ci_lower=33.2, ci_upper=48.8
            ),
            Bound(
                rung=3,
                assumption="only_where_right",
                lower=0.0,
                upper=17.3,
                ci_lower=14.0,
                ci_upper=20.6,
            ),
            Bound(
                rung=4, assumption="only_search", lower=0.0, upper=6.1, ci_lower=4.9, ci_upper=7.3
            ),
        ),
        search_upper_seconds=7.3,
        minutes_per_user_week=2.6,
        minutes_per_100_users_week=262.0,
        interruptions_per_user_week=21.6,
        scenarios=(
            Scenario(
                name="low", noticed=0.2, removed=0.3, wrong_cost_seconds=5.0, saving_seconds=-0.054
            ),
            Scenario(
                name="middle", noticed=0.5, removed=0.6, wrong_cost_seconds=2.0, saving_seconds=1.41
            ),
            Scenario(
                name="high", noticed=0.8, removed=0.9, wrong_cost_seconds=0.0, saving_seconds=4.39
            ),
        ),
        tornado=(
            TornadoRow(
                name="noticed",
                low=0.2,
                high=0.8,
                saving_at_low_seconds=0.56,
                saving_at_high_seconds=2.26,
            ),
            TornadoRow(
                name="removed",
                low=0.3,
                high=0.9,
                saving_at_low_seconds=0.5,
                saving_at_high_seconds=2.33,
            ),
            TornadoRow(
                name="wrong_cost_seconds",
                low=0.0,
                high=5.0,
                saving_at_low_seconds=1.83,
                saving_at_high_seconds=0.78,
            ),
        ),
        joint_lower_seconds=-1.2,
        joint_upper_seconds=4.39,
        middle=Estimate(estimate=1.41, ci_lower=0.98, ci_upper=1.84),
        break_even_hit=0.21,
        gave_up_right=88,
        abandoned=420,
        give_ups_share=0.58,
        with_give_ups=Estimate(estimate=32.5, ci_lower=24.0, ci_upper=41.0),
    )


def segments() -> tuple[SegmentRow, ...]:
    return tuple(
        SegmentRow(
            column=column,
            value=value,
            users=users,
            eligible=n,
            mean=Estimate(
                estimate=mean,
                ci_lower=None if users < 30 else mean - 8,
                ci_upper=None if users < 30 else mean + 8,
            ),
            productive_share=share,
            hit=Estimate(estimate=hit, ci_lower=hit - 0.05, ci_upper=hit + 0.05),
            chance=0.19,
        )
        for column, value, users, n, mean, share, hit in (
            ("plan", "free", 150, 5_000, 81.0, 0.93, 0.52),
            ("plan", "pro", 81, 3_301, 60.0, 0.96, 0.66),
            ("country", "DE", 120, 4_100, 70.0, 0.94, 0.58),
            ("country", "(other)", 28, 900, 75.0, 0.94, 0.57),
        )
    )


def day() -> Day:
    """A morning at one sheet, a pause, a look at another page, and back."""
    events = [
        (32_400.0, "open_page", "start", False),
        (32_410.0, "view_page", "sheet/report", False),
        (32_460.0, "edit_cell", "sheet/report!A1", True),
        (32_475.0, "edit_cell", "sheet/report!A2", True),
        (39_000.0, "view_page", "sheet/budget", False),
        (39_011.0, "edit_cell", "sheet/budget!B2", True),
        (39_030.0, "edit_cell", "sheet/budget!B3", True),
        (39_042.0, "scroll", None, False),
        (39_060.0, "edit_cell", "sheet/budget!B4", True),
        (49_500.0, "open_page", "start", False),
        (49_512.0, "view_page", "sheet/report", False),
        (49_530.0, "view_page", "sheet/budget", False),
        (49_536.0, "scroll", None, False),
        (49_551.0, "edit_cell", "sheet/budget!B4", True),
        (49_570.0, "edit_cell", "sheet/budget!B5", True),
        (55_000.0, "submit_report", None, True),
    ]
    return Day(
        person=None,
        date=None,
        events=tuple(events),
        stop_seconds=39_060.0,
        return_seconds=49_500.0,
        work_seconds=49_551.0,
        pointed="sheet/budget!B4",
        place="sheet/budget!B4",
        hit=True,
    )


def miss() -> Day:
    """Another morning, after which work goes on elsewhere."""
    return dataclasses.replace(day(), pointed="sheet/budget!B3", hit=False)


def launch_parts() -> dict[str, Any]:
    return {
        "excess": excess(),
        "recovery": recovery(),
        "marker": marker(),
        "opportunity": opportunity(),
        "primary_cap": PrimaryCap(
            seconds=120.0,
            reason="fewest_users",
            users_per_arm=1_912,
            first_returns=251,
            search=Estimate(estimate=5.9, ci_lower=4.6, ci_upper=7.2),
            with_give_ups=Estimate(estimate=11.0, ci_lower=8.9, ci_upper=13.4),
            caps=tuple(
                CapRow(seconds=float(cap), users_per_arm=users)
                for cap, users in (
                    (60, 2_104),
                    (120, 1_890),
                    (300, 4_410),
                    (600, 9_013),
                    (900, None),
                )
            ),
        ),
        "segments": segments(),
    }


def nothing_launched(reason: str) -> dict[str, Any]:
    """All of it unknown, for one reason."""
    return {
        "excess": Excess(reason=reason),
        "recovery": Recovery(reason=reason),
        "marker": Marker(reason=reason),
        "opportunity": Opportunity(reason=reason),
        "primary_cap": PrimaryCap(seconds=120.0, reason="not_measured"),
        "segments": (),
        "day": None,
    }
