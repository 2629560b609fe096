"""Worlds worth having by name."""

import difflib
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from resume_gap.synthetic.world import World

_WORKDAY: Final = World(users=90, weeks=2, stretches_per_day_mean=3.6)

# Breaks of a trial stay clear of every usual inactivity threshold, so that the rule in the
# product (30 min) and one learned or given later fire at the same returns.
_TRIAL: Final = World(
    users=160,
    weeks=3,
    stretches_per_day_mean=2.6,
    stretch_steps_median=22,
    short_share=0,
    break_floor_minutes=35,
    meeting_median_minutes=60,
    call_median_minutes=45,
    lunch_median_minutes=55,
    search_median_seconds=45,
    same_element_share=0.6,
    noticed_share=0.8,
    search_removed_share=0.7,
    launch="trial",
    launch_day=7,
    marker_events="treatment",
)

# A marker without any effect.
_NO_EFFECT: Final = replace(_TRIAL, search_removed_share=0, wrong_arrow_seconds=0)
# Returns are as quick as uninterrupted work.
_STEADY: Final = World(
    users=100,
    weeks=2,
    reorientation="steady",
    short_share=0,
    break_floor_minutes=35,
    call_median_minutes=45,
    cut_days=10.6,
)

PRESETS: Final = MappingProxyType(
    {
        "workday": _WORKDAY,
        "trial": _TRIAL,
        "rollout": replace(
            _TRIAL,
            users=72,
            weeks=14,
            teams=24,
            rollout_steps=4,
            rollout_every_days=7,
            launch="rollout",
            launch_day=63,
            never_launched_share=0.25,
            team_sigma=0.15,
            attendance_share=0.6,
            stretches_per_day_mean=1.8,
            stretch_steps_median=14,
        ),
        "switch": replace(
            _TRIAL,
            users=80,
            weeks=20,
            launch="switch",
            launch_day=98,
            attendance_share=0.6,
        ),
        "launch": replace(
            _TRIAL,
            users=26,
            weeks=21,
            launch="switch",
            launch_day=112,
            attendance_share=0.6,
        ),
        "null": replace(
            _TRIAL,
            search_removed_share=0,
            wrong_arrow_seconds=0,
            same_element_share=0,
            already_there_share=0,
            recent_element_share=1,
        ),
        "selection": replace(
            _TRIAL,
            struggler_share=0.4,
            struggler_search_factor=3,
            quit_share=0.3,
            quit_factor_with_marker=0.1,
        ),
        "steady": _STEADY,
        "reload": replace(
            _STEADY,
            reload_seconds=15,
            # A step takes 15 s in the mean.
            pace_sigma=0,
            step_median_seconds=9.62,
        ),
        "residual_calls": replace(_STEADY, calls_at_any_second=True),
        "give_ups": replace(
            _NO_EFFECT, users=300, give_up_share=0.25, give_ups_prevented_share=0.9
        ),
        "restoration": replace(_NO_EFFECT, restored_share=1),
        "staged": replace(
            _NO_EFFECT,
            users=400,
            weeks=4,
            assignment_days=10,
            staged_shares=(0.1, 0.5, 0.9),
            late_search_factor=4,
        ),
        "companies": replace(_NO_EFFECT, users=360, teams=60, team_sigma=1, assigned_by="company"),
        "novelty": replace(_TRIAL, users=300, weeks=4, novelty_half_exposures=1),
        "learning": replace(_TRIAL, users=300, weeks=4, first_showing_seconds=120),
        "churn": replace(_NO_EFFECT, users=240, weeks=6, churn_share=0.6),
        "new_ids": replace(_NO_EFFECT, users=300, new_id_share=0.6),
        "hostile": World(
            users=50,
            weeks=2,
            time_zone_hours=(-8, 0, 5.5),
            heartbeats="work",
            noise_share=0.05,
            away_share=0.3,
            null_target_share=0.1,
            event_ids=True,
            duplicate_share=0.03,
            late_share=0.05,
            placeholder_share=0.01,
            broken_clock_share=0.0005,
            hostile_names=True,
        ),
    }
)
"""Worlds by name; `ABOUT` says what each is. The samples are `workday`, `trial`, `rollout` and
`launch`."""

ABOUT: Final = MappingProxyType(
    {
        "workday": "office work with a valley between pauses in work and breaks; no marker",
        "trial": "a randomized trial after one week without",
        "rollout": "up to 24 teams reached in four weekly steps after nine weeks, some never",
        "switch": "one date for all after 14 weeks of history",
        "launch": "one date for all after 16 weeks of history, few users",
        "null": "a trial of a marker that does nothing and hits as often as chance",
        "selection": "a trial in which the marker keeps slow users in the log",
        "steady": "returns are as quick as uninterrupted work; `excess_seconds` plants an excess",
        "reload": "as `steady`, but the page, the first event back, takes 15 s, as a step does",
        "residual_calls": "as `steady`, but breaks strike long steps, which are begun anew",
        "give_ups": "a trial of a marker that only keeps people from giving up",
        "restoration": "a feature without effect writes one edit event at every return",
        "staged": "no effect; users assigned later search longer, and more of them are treated",
        "companies": "no effect; companies, which differ, are assigned as wholes",
        "novelty": "a trial of a marker whose effect halves with every time that it is noticed",
        "learning": "a trial of a marker that costs two minutes once and helps ever after",
        "churn": "no effect; 60 % of the users leave for good, one after the other",
        "new_ids": "no effect; 60 % of the users have another id from the launch on",
        "hostile": "names, ids, clocks and rows that break things",
    }
)
"""One line on each preset."""


_NAMED: Final = 5
"""Parameters that a message names."""


def configured(preset: str, assignments: Sequence[str]) -> World:
    """A preset with some parameters set, as text such as `users=40` or `roles=["a","b"]`.

    Raises:
        ValueError: There is no such preset or parameter, or its value is impossible.
    """
    if preset not in PRESETS:
        raise ValueError(f"there is no preset {preset!r}; there are {', '.join(PRESETS)}")
    kinds = {field.name: field.type for field in fields(World)}
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"--set: {assignment!r} is no pair; write users=40")
        if name not in kinds:
            close = difflib.get_close_matches(name, kinds, n=1)
            hint = f"did you mean {close[0]}?" if close else _first_of(tuple(kinds))
            raise ValueError(f"--set: a world has no parameter {name!r}; {hint}")
        values[name] = _value(name, text, of_date=kinds[name] is date)
        number = isinstance(getattr(PRESETS[preset], name), int | float)
        if number and not isinstance(values[name], int | float):
            raise ValueError(f"--set {name}: {text!r} is not a number")
    try:
        return replace(PRESETS[preset], **values)
    except TypeError as error:
        raise ValueError(f"--set: {error}") from error


def _first_of(parameters: Sequence[str]) -> str:
    return (
        f"it has {', '.join(parameters[:_NAMED])} and {len(parameters) - _NAMED} more, which"
        " truth.json of every simulated log lists"
    )


def _value(name: str, text: str, *, of_date: bool) -> Any:  # noqa: ANN401 - any of JSON's
    if of_date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"--set {name}: {text!r} is no date; write 2025-03-03") from error
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return text
    return tuple(value) if isinstance(value, list) else value
