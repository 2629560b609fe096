"""Hand-made analyses for the tests of the report: no data is read, every number is chosen."""

from __future__ import annotations

import dataclasses
from functools import cache, partial
from typing import Any

from factories.before_launch import (
    NO_WORD,
    day,
    launch_parts,
    marker,
    miss,
    nothing_launched,
    opportunity,
    recommended,
    segments,
    unknown_order,
    withheld,
)
from resume_gap import constants
from resume_gap.analysis.gap_shares import gap_shares
from resume_gap.results.analyze import Analysis, Marker, Opportunity, Recommendation, Recovery
from resume_gap.results.common import (
    BlindReason,
    Check,
    Estimate,
    Input,
    RecommendationReason,
    RowLedger,
    Word,
)
from resume_gap.results.run import (
    Counts,
    GapClassRow,
    GeneratedFrom,
    LagEnds,
    Measurability,
    Methods,
    Reorientation,
    Resolution,
    Roles,
    SensitivityRow,
    Threshold,
)
from resume_gap.results.workday import FirstPath, StoppingPlace, Workday

THETA = 1_800.0
CURVE = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0)


def histogram() -> tuple[tuple[float, float], ...]:
    """Two hills: within work around 8 s, away around 3 h."""
    bins = []
    for i in range(-10, 200):
        x = i / 10
        near = 900 * 2.718 ** (-((x - 3.0) ** 2) / 6)
        far = 90 * 2.718 ** (-((x - 13.4) ** 2) / 5)
        if (weight := round(near + far, 3)) > 0.5:
            bins.append((2.0**x, weight))
    return tuple(bins)


def week() -> tuple[tuple[int, ...], ...]:
    def stops(day: int, hour: int) -> int:
        busy = {9: 20, 10: 42, 11: 66, 12: 90, 13: 35, 14: 40, 15: 51, 16: 60, 17: 72, 18: 30}
        return busy.get(hour, 1 if hour > 6 else 0) * (9 - day if day < 5 else 1) // 5

    return tuple(tuple(stops(day, hour) for hour in range(24)) for day in range(7))


def sensitivity() -> tuple[SensitivityRow, ...]:
    rows = (
        (900.0, 11_020, 9_905, 240, 61.0, 0.951, 35.2, 0.6, 3.0, "test"),
        (THETA, 9_120, 8_412, 231, 72.7061, 0.943, 41.0, 0.58, 2.6, "test"),
        (3_600.0, 7_730, 6_950, 222, 84.9, 0.936, 47.8, 0.552, 2.2, "test"),
    )
    return tuple(
        SensitivityRow(
            seconds=seconds,
            returns=returns,
            interruptions=interruptions,
            users_interrupted=users,
            reorientation_mean_seconds=mean,
            productive_share=share,
            excess_lower_seconds=longer - 13.0,
            excess_upper_seconds=longer,
            policy="last_productive",
            hit=hit,
            minutes_per_user_week=minutes,
            word=word,
        )
        for seconds, returns, interruptions, users, mean, share, longer, hit, minutes, word in rows
    )


def unjudged() -> tuple[SensitivityRow, ...]:
    nothing = dict.fromkeys(
        (
            "reorientation_mean_seconds",
            "productive_share",
            "excess_lower_seconds",
            "excess_upper_seconds",
            "policy",
            "hit",
            "minutes_per_user_week",
            "word",
        )
    )
    return tuple(dataclasses.replace(row, **nothing) for row in sensitivity())


@cache
def full() -> Analysis:
    """A healthy log of 260 users."""
    mean_reached = 22.7
    share = 0.943
    return Analysis(
        tool_version="0.1.0",
        command="analyze",
        generated_from=GeneratedFrom(inputs=(
            Input(path="data/events-2026-03.parquet", sha256="ab" * 32, rows=700_000,
                  first_at="2026-03-02T06:00:11Z", last_at="2026-03-15T22:41:59Z"),
            Input(path="data/events-2026-04.parquet", sha256="cd" * 32, rows=545_210,
                  first_at="2026-03-16T05:58:40Z", last_at="2026-03-29T21:12:02Z"),
        ),
        settings={"mapping": {"user_id": "uid"}, "source": "auto", "tz": "Europe/Berlin",
                  "gap_us": None, "productive": [], "complete": [], "away": [], "ignore": [],
                  "near": None, "by": ["plan", "country"],
                  "noticed": [0.2, 0.5, 0.8], "worth": 5.0, "min_lift": 10.0, "since_us": None,
                  "until_us": 1_774_821_600_000_000, "all_returns": False,
                  "show_ids": False, "seed": 0, "threads": 2}),
        rows=RowLedger(read=1_245_210, used=1_240_002,
                       dropped={"repeated_event_id": 4_100, "unreadable_time": 1_000,
                                "no_user": 108}),
        columns={"user_id": "uid", "timestamp": "ts", "event": "event", "target": "element",
                 "context": "page", "task": None, "device": None},
        roles=Roles(
            source="suggested", productive=("edit_cell", "add_row", "write_comment"),
            completing=("submit_report", "logout"), away=(), ignored=(),
            productive_events=470_200, productive_share=0.379, away_share=0.0,
            leading=(("view_page", 510_000), ("edit_cell", 402_100), ("scroll", 120_400),
                     ("add_row", 51_000), ("submit_report", 9_310)),
        ),
        resolution=Resolution(seconds=0.0, users_minute=0, users_second=3, users_indexed=0),
        threshold=Threshold(
            seconds=THETA, source="fallback", ci_lower=None, ci_upper=None,
            reason="rare_in_resamples", figures={"resamples_share": 0.43},
            night_seconds=23_400.0, sensitive=(), sensitivity=sensitivity(),
        ),
        counts=Counts(
            events=1_240_002, users=260, users_interrupted=231, streams=260, sessions=9_380,
            returns=9_120, interruptions=8_412, not_returned=204,
            reasons={"mid_task": 8_412, "away_event": 0, "completed": 488, "idle": 220,
                     "unknown": 0},
            gap_classes={"up_to_1h": 2_301, "1h_4h": 2_011, "4h_16h": 2_400, "16h_72h": 1_500,
                         "over_72h": 200},
            followed_7d=6_020, return_rate_7d=0.981, device_changed=0,
        ),
        reorientation=Reorientation(
            reason=None,
            ends=LagEnds(observed=7_960, abandoned=420, abandoned_by_leaving=61,
                         log_end=32),
            observed_median_seconds=11.4, eligible=8_301, cap_seconds=900.0,
            mean=Estimate(estimate=share * mean_reached + (1 - share) * 900.0,
                          ci_lower=65.2, ci_upper=80.1),
            reached_mean_seconds=mean_reached, not_reached_seconds=(1 - share) * 900.0,
            set_by_cap=False, productive_share=share,
            productive=Estimate(estimate=share, ci_lower=0.931, ci_upper=0.954),
            zero_share=0.121, detours_none_share=0.64, target_return_median_seconds=18.2,
            target_returned_share=0.57,
            curve=tuple((t, round(share * (1 - 0.8717 * 2.718 ** (-t / 60)), 6)) for t in CURVE),
            by_gap_class=(
                GapClassRow(gap_class="up_to_1h", eligible=2_270, mean_seconds=41.0,
                            productive_share=0.966),
                GapClassRow(gap_class="1h_4h", eligible=1_990, mean_seconds=66.0,
                            productive_share=0.949),
                GapClassRow(gap_class="4h_16h", eligible=2_371, mean_seconds=88.0,
                            productive_share=0.93),
                GapClassRow(gap_class="16h_72h", eligible=1_480, mean_seconds=101.0,
                            productive_share=0.921),
                GapClassRow(gap_class="over_72h", eligible=190, mean_seconds=None,
                            productive_share=None),
            ),
        ),
        **launch_parts(),
        gap_histogram=histogram(),
        workday=Workday(
            gaps=gap_shares(histogram(), threshold_seconds=1_800.0, finest_seconds=0.0),
            day=day(), miss=miss(), week=week(),
            places=(StoppingPlace(target="sheet/budget!B4", interruptions=311),
                    StoppingPlace(
                        target="https://app.example.com/doc/7?token=abc#p", interruptions=208),
                    StoppingPlace(target="comment-box", interruptions=98)),
            pages=(StoppingPlace(target="/budget?year=2026&k=1", interruptions=3_155),
                   StoppingPlace(target="/comments", interruptions=2_020)),
            paths=(FirstPath(first="view_page", work="edit_cell", at_once=False,
                             interruptions=4_410),
                   FirstPath(first="edit_cell", work="edit_cell", at_once=True,
                             interruptions=902),
                   FirstPath(first="open_page", work=None, at_once=False, interruptions=310))),
        data_quality=(
            Check(check="repeated_event_ids", severity="warn", count=4_100, share=0.0033,
                  action="kept the first of each",
                  message="4,100 rows repeat an event id; 61 of them with other content."),
            Check(check="no_time_zone", severity="note", count=1_245_210, share=1.0,
                  action="read as Europe/Berlin",
                  message="The times carry no zone."),
        ),
        methods=Methods(
            constants={name: f"{j.value:g} {j.unit}: {j.reason}"
                       for name, j in constants.published()},
            queries={"10_events.sql": "-- One row per used event.\nselect *\nfrom rows\n",
                     "30_sessions.sql": "select getvariable('threshold_us') as threshold_us\n"}),
    )  # fmt: skip


INSIDE = {
    **{f.name: "generated_from" for f in dataclasses.fields(GeneratedFrom)},
    **{f.name: "methods" for f in dataclasses.fields(Methods)},
    **{f.name: "workday" for f in dataclasses.fields(Workday)},
}
"""Fields that `changed` finds inside of a part, by the part."""


def changed(analysis: Analysis, **parts: Any) -> Analysis:
    """The analysis with parts replaced; a dict replaces fields inside of a part."""
    for name in INSIDE.keys() & parts.keys():
        part = parts.get(INSIDE[name], getattr(analysis, INSIDE[name]))
        value = parts.pop(name)
        if isinstance(value, dict) and dataclasses.is_dataclass(getattr(part, name)):
            value = dataclasses.replace(getattr(part, name), **value)
        parts[INSIDE[name]] = dataclasses.replace(part, **{name: value})
    values = {
        name: dataclasses.replace(getattr(analysis, name), **value)
        if isinstance(value, dict) and dataclasses.is_dataclass(getattr(analysis, name))
        else value
        for name, value in parts.items()
    }
    found = dataclasses.replace(analysis, **values)
    gaps = gap_shares(
        found.gap_histogram,
        threshold_seconds=found.threshold.seconds,
        finest_seconds=found.resolution.finest_seconds,
    )
    return dataclasses.replace(found, workday=dataclasses.replace(found.workday, gaps=gaps))


NOTHING_KNOWN = {
    "ends": LagEnds(), "observed_median_seconds": None, "eligible": 0, "mean": Estimate(),
    "reached_mean_seconds": None, "not_reached_seconds": None, "set_by_cap": None,
    "productive_share": None, "productive": Estimate(), "zero_share": None,
    "detours_none_share": None, "target_return_median_seconds": None,
    "target_returned_share": None, "curve": (), "by_gap_class": (),
}  # fmt: skip


@cache
def no_productive() -> Analysis:
    """Nothing in the log counts as work."""
    return changed(
        full(),
        roles={"source": "none", "productive": (), "completing": (), "productive_events": 0,
               "productive_share": 0.0},
        counts={"interruptions": 0, "users_interrupted": 0, "followed_7d": 0,
                "return_rate_7d": None,
                "reasons": {"mid_task": 0, "away_event": 0, "completed": 0, "idle": 0,
                            "unknown": 9_120},
                "gap_classes": dict.fromkeys(full().counts.gap_classes, 0)},
        reorientation={**NOTHING_KNOWN, "reason": "no_productive_events"},
        threshold={"sensitivity": unjudged()},
        **nothing_launched("no_productive_events"),
        week=tuple((0,) * 24 for _ in range(7)),
        places=(),
    )  # fmt: skip


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
        counts={"interruptions": 0, "users_interrupted": 0, "followed_7d": 0,
                "return_rate_7d": None,
                "reasons": {"mid_task": 0, "away_event": 0, "completed": 9_100, "idle": 20,
                            "unknown": 0},
                "gap_classes": dict.fromkeys(full().counts.gap_classes, 0)},
        reorientation={**NOTHING_KNOWN, "reason": "no_interruptions"},
        threshold={"sensitivity": unjudged()},
        **nothing_launched("no_interruptions"),
        week=tuple((0,) * 24 for _ in range(7)),
        places=(),
    )  # fmt: skip


@cache
def one_user() -> Analysis:
    """A diary of one person: figures, no interval."""
    return changed(
        full(),
        counts={"users": 1, "users_interrupted": 1},
        reorientation={"mean": Estimate(estimate=72.4), "productive": Estimate(estimate=0.943)},
        excess={"word": None, "ci_lower": None, "ci_upper": None,
                "from_event": Estimate(estimate=41.0), "from_end": Estimate(estimate=33.0),
                "step_anew": Estimate(estimate=28.0), "first_back": Estimate(estimate=36.0),
                "control": Estimate(estimate=1.0)},
        marker={"recommendation": NO_WORD,
                "policies": tuple(
                    dataclasses.replace(p, ci_lower=None, ci_upper=None, lift_ci_lower=None,
                                        lift_ci_upper=None, lift_over_habit_ci_lower=None,
                                        lift_over_habit_ci_upper=None, word="not_enough_data")
                    for p in marker().policies)},
        opportunity={"search_upper_seconds": None, "minutes_per_user_week": None,
                     "minutes_per_100_users_week": None, "middle": Estimate(estimate=1.4),
                     "bounds": tuple(dataclasses.replace(r, ci_lower=None, ci_upper=None)
                                    for r in opportunity().bounds)},
        segments=(),
        places=(),
    )  # fmt: skip


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
        excess={"word": "depends_on_matching", "lower": 1.2, "ci_lower": -5.0,
                "step_anew": Estimate(estimate=1.2, ci_lower=-5.0, ci_upper=7.4)},
        opportunity={"bounds": tuple(r for r in opportunity().bounds if r.rung != 2)},
    )  # fmt: skip


@cache
def unordered() -> Analysis:
    """Where any arrow would point depends on the order of rows at one instant."""
    return changed(
        full(),
        marker={"policies": tuple(unknown_order(p.name) for p in marker().policies),
                "best": None, "hits": (), "place_without_element": None,
                "recommendation": Recommendation(
                    word="not_enough_data", reason="order_unknown", figures={})},
        opportunity=Opportunity(reason="order_unknown"), day=None, segments=(),
    )  # fmt: skip


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
        threshold={"source": "learned", "seconds": 253.4, "ci_lower": 201.0, "ci_upper": 322.0,
                   "reason": "valley", "figures": {"valley_depth": 0.964},
                   "sensitive": ("reorientation_mean_seconds",)},
        reorientation={"cap_seconds": 253.4},
    )  # fmt: skip


HOSTILE = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "[/foo]",
    "[link=https://evil.example]x[/link]",
    "=1+1",
    "\u202eevil\u202c",
    "\x1b[31mred\x1b[0m\x9b31m",
    "nul\x00bell\x07",
    "zero\u200bwidth\ufeff",
    "\ufffe\uffff",
    "x" * 5_000,
    "javascript:window.hit=1",
    "https://bob:pw@example.com/a?session=9f8e7d#frag",
    "mail alice.smith@example.com now",
    "{{ 7*7 }}{% raw %}",
    "datum.x'); window.hit=1; ('",
    "e\u0301" * 200,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "",
)


@cache
def hostile() -> Analysis:
    """Every name in the log was chosen by an enemy."""
    return changed(
        full(),
        inputs=(Input(path="logs/<b>\x1b]0;x\x07.csv", sha256="00" * 32, rows=9, first_at=None,
                      last_at=None),),
        columns={"user_id": "<u>", "timestamp": "t\u202e", "event": "e\x1b[2J",
                 "target": "</td><script>window.hit=1</script>", "task": None},
        roles={"source": "configured", "productive": HOSTILE, "completing": HOSTILE[:3],
               "leading": tuple((name, 10) for name in HOSTILE)},
        places=tuple(StoppingPlace(target=name, interruptions=2_000) for name in HOSTILE),
        paths=tuple(FirstPath(first=name, work=name, at_once=False, interruptions=400)
                    for name in HOSTILE),
        data_quality=tuple(
            Check(check="names", severity="warn", count=1, share=None, action=f"see {name}"[:200],
                  message=f"The name {name} looks like another.")
            for name in HOSTILE
        ),
        queries={"10_events.sql": "select '</code><script>window.hit=1</script>\x00'"},
        settings={"productive": list(HOSTILE), "tz": "UTC"},
        marker={"hits": tuple(dataclasses.replace(row, group="context", value=name,
                                                  policy="last_productive")
                              for row in marker().hits[:1] for name in HOSTILE)},
        segments=tuple(dataclasses.replace(segments()[0], column=name, value=name)
                       for name in HOSTILE),
        day={"person": HOSTILE[0], "pointed": HOSTILE[0], "place": HOSTILE[2], "hit": False,
             "events": tuple((30_000.0 + 60 * i, name, name, i % 3 == 0)
                             for i, name in enumerate(HOSTILE)),
             "stop_seconds": 30_300.0, "return_seconds": 30_360.0, "work_seconds": 30_540.0},
    )  # fmt: skip


def blind(reason: BlindReason = "first_event_is_work") -> Analysis:
    """A log that cannot show re-orientation."""
    figures = {
        "eligible": 8_301, "zero_share": 0.97, "resolution_seconds": 60.0, "batch_share": 0.31,
        "median_lag_seconds": 41.0, "productive_share": 0.004, "not_understood_share": 0.2,
    }  # fmt: skip
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
    "full": full, "no_productive": no_productive, "empty": empty, "one_user": one_user,
    "no_interruptions": no_interruptions, "set_by_cap": set_by_cap, "all_zero": all_zero,
    "coarse": coarse, "sensitive": sensitive, "hostile": hostile, "unordered": unordered,
    "no_elements": no_elements, "less": less, "build": partial(worded, "build"),
    "do_not_build": partial(worded, "do_not_build"), "blind": blind, "fleeting": fleeting,
    **{reason: partial(matching, reason) for reason in
       ("no_controls", "too_few_controls", "early_controls_differ")},
    "depends_on_matching": disagreeing,
}  # fmt: skip
