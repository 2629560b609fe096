"""A log before launch with everything to show, and how to change parts of it."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from factories.before_launch import (
    day,
    launch_parts,
    miss,
)
from resume_gap import constants
from resume_gap.analysis.gap_shares import gap_shares
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import (
    Check,
    Estimate,
    Input,
    RowLedger,
)
from resume_gap.results.reorientation import GapClassRow, LagEnds, Reorientation
from resume_gap.results.run import (
    Counts,
    GeneratedFrom,
    Methods,
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
        generated_from=GeneratedFrom(
            inputs=(
                Input(
                    path="data/events-2026-03.parquet",
                    sha256="ab" * 32,
                    rows=700_000,
                    first_at="2026-03-02T06:00:11Z",
                    last_at="2026-03-15T22:41:59Z",
                ),
                Input(
                    path="data/events-2026-04.parquet",
                    sha256="cd" * 32,
                    rows=545_210,
                    first_at="2026-03-16T05:58:40Z",
                    last_at="2026-03-29T21:12:02Z",
                ),
            ),
            settings={
                "mapping": {"user_id": "uid"},
                "source": "auto",
                "tz": "Europe/Berlin",
                "gap_us": None,
                "productive": [],
                "complete": [],
                "away": [],
                "ignore": [],
                "near": None,
                "by": ["plan", "country"],
                "noticed": [0.2, 0.5, 0.8],
                "worth": 5.0,
                "min_lift": 10.0,
                "since_us": None,
                "until_us": 1_774_821_600_000_000,
                "all_returns": False,
                "show_ids": False,
                "seed": 0,
                "threads": 2,
            },
        ),
        rows=RowLedger(
            read=1_245_210,
            used=1_240_002,
            dropped={"repeated_event_id": 4_100, "unreadable_time": 1_000, "no_user": 108},
        ),
        columns={
            "user_id": "uid",
            "timestamp": "ts",
            "event": "event",
            "target": "element",
            "context": "page",
            "task": None,
            "device": None,
        },
        roles=Roles(
            source="suggested",
            productive=("edit_cell", "add_row", "write_comment"),
            completing=("submit_report", "logout"),
            away=(),
            ignored=(),
            productive_events=470_200,
            productive_share=0.379,
            away_share=0.0,
            leading=(
                ("view_page", 510_000),
                ("edit_cell", 402_100),
                ("scroll", 120_400),
                ("add_row", 51_000),
                ("submit_report", 9_310),
            ),
        ),
        resolution=Resolution(seconds=0.0, users_minute=0, users_second=3, users_indexed=0),
        threshold=Threshold(
            seconds=THETA,
            source="fallback",
            ci_lower=None,
            ci_upper=None,
            reason="rare_in_resamples",
            figures={"resamples_share": 0.43},
            night_seconds=23_400.0,
            sensitive=(),
            sensitivity=sensitivity(),
        ),
        counts=Counts(
            events=1_240_002,
            users=260,
            users_interrupted=231,
            streams=260,
            sessions=9_380,
            returns=9_120,
            interruptions=8_412,
            not_returned=204,
            reasons={
                "mid_task": 8_412,
                "away_event": 0,
                "completed": 488,
                "idle": 220,
                "unknown": 0,
            },
            gap_classes={
                "up_to_1h": 2_301,
                "1h_4h": 2_011,
                "4h_16h": 2_400,
                "16h_72h": 1_500,
                "over_72h": 200,
            },
            first_at="2026-03-02T06:00:11Z",
            last_at="2026-03-29T19:58:40Z",
            followed_7d=6_020,
            return_rate_7d=0.981,
            device_changed=0,
        ),
        reorientation=Reorientation(
            reason=None,
            ends=LagEnds(observed=7_960, abandoned=420, abandoned_by_leaving=61, log_end=32),
            observed_median_seconds=11.4,
            eligible=8_301,
            cap_seconds=900.0,
            mean=Estimate(
                estimate=share * mean_reached + (1 - share) * 900.0, ci_lower=65.2, ci_upper=80.1
            ),
            reached_mean_seconds=mean_reached,
            not_reached_seconds=(1 - share) * 900.0,
            set_by_cap=False,
            productive_share=share,
            productive=Estimate(estimate=share, ci_lower=0.931, ci_upper=0.954),
            zero_share=0.121,
            detours_none_share=0.64,
            target_return_median_seconds=18.2,
            target_returned_share=0.57,
            curve=tuple((t, round(share * (1 - 0.8717 * 2.718 ** (-t / 60)), 6)) for t in CURVE),
            by_gap_class=(
                GapClassRow(
                    gap_class="up_to_1h", eligible=2_270, mean_seconds=41.0, productive_share=0.966
                ),
                GapClassRow(
                    gap_class="1h_4h", eligible=1_990, mean_seconds=66.0, productive_share=0.949
                ),
                GapClassRow(
                    gap_class="4h_16h", eligible=2_371, mean_seconds=88.0, productive_share=0.93
                ),
                GapClassRow(
                    gap_class="16h_72h", eligible=1_480, mean_seconds=101.0, productive_share=0.921
                ),
                GapClassRow(
                    gap_class="over_72h", eligible=190, mean_seconds=None, productive_share=None
                ),
            ),
        ),
        **launch_parts(),
        gap_histogram=histogram(),
        workday=Workday(
            gaps=gap_shares(histogram(), threshold_seconds=1_800.0, finest_seconds=0.0),
            day=day(),
            miss=miss(),
            week=week(),
            places=(
                StoppingPlace(target="sheet/budget!B4", interruptions=311),
                StoppingPlace(
                    target="https://app.example.com/doc/7?token=abc#p", interruptions=208
                ),
                StoppingPlace(target="comment-box", interruptions=98),
            ),
            pages=(
                StoppingPlace(target="/budget?year=2026&k=1", interruptions=3_155),
                StoppingPlace(target="/comments", interruptions=2_020),
            ),
            paths=(
                FirstPath(first="view_page", work="edit_cell", at_once=False, interruptions=4_410),
                FirstPath(first="edit_cell", work="edit_cell", at_once=True, interruptions=902),
                FirstPath(first="open_page", work=None, at_once=False, interruptions=310),
            ),
        ),
        data_quality=(
            Check(
                check="repeated_event_ids",
                severity="warn",
                count=4_100,
                share=0.0033,
                action="kept the first of each",
                message="4,100 rows repeat an event id; 61 of them with other content.",
            ),
            Check(
                check="no_time_zone",
                severity="note",
                count=1_245_210,
                share=1.0,
                action="read as Europe/Berlin",
                message="The times carry no zone.",
            ),
        ),
        methods=Methods(
            constants={
                name: f"{j.value:g} {j.unit}: {j.reason}" for name, j in constants.published()
            },
            queries={
                "10_events.sql": "-- One row per used event.\nselect *\nfrom rows\n",
                "30_sessions.sql": "select getvariable('threshold_us') as threshold_us\n",
            },
        ),
    )


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
