"""The people of a world: their habits, calendar, devices and arm."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resume_gap.synthetic.names import DEVICES, HOSTILE, PLANS, PLATFORMS
from resume_gap.synthetic.world import World

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SECOND_US: Final = 1_000_000
MINUTE_US: Final = 60 * SECOND_US
HOUR_US: Final = 60 * MINUTE_US
DAY_US: Final = 24 * HOUR_US
NEVER_US: Final = 2**62
"""An instant that no log reaches."""
_WEEKEND: Final = 5


@dataclass(frozen=True, slots=True)
class People:
    """One entry per user over all worlds, in the order of their numbers; arrays of shape (n,)."""

    world: Int64s
    number: Int64s
    """Number within the world."""
    role: Int64s
    plan: Int64s
    platform: Int64s
    team: Int64s
    """Unit of a roll-out, numbered over all worlds."""
    zone_us: Int64s
    devices: Int64s
    """Shape (n, devices_max): device codes in order of use."""
    device_count: Int64s
    activity: Floats
    """Median 1, heavy-tailed."""
    pace: Floats
    """Factor on the median step."""
    search_factor: Floats
    same_element_share: Floats
    struggler: Flags
    treated: Flags
    """In the arm, unit or period that gets the marker."""
    assigned_at_us: Int64s
    """When follow-up begins: assignment, roll-out of the unit, or switch; `NEVER_US` without."""
    leaves_us: Int64s
    """From when on a user never comes again; `NEVER_US` for who stays."""
    new_id: Flags
    """Goes by another id from `assigned_at_us` on."""
    contexts: Int64s
    """Shape (n, contexts_per_user): the documents a user works on."""

    def __len__(self) -> int:
        return len(self.world)


def first_day_us(world: World) -> int:
    """Midnight UTC of the first day, in microseconds."""
    day = world.first_day
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * SECOND_US


def draw_people(world: World, *, seed: int) -> People:
    """Draw everybody. The arms come from a stream of their own: a launch changes no habit."""
    rng = np.random.default_rng([seed, 0])
    n = world.people
    numbers = np.arange(n, dtype=np.int64)
    role = rng.choice(len(world.roles), n, p=world.role_shares).astype(np.int64)
    struggler = rng.random(n) < world.struggler_share
    team = rng.integers(0, world.teams, n) + world.teams * (numbers // world.users)
    team_factor = np.exp(world.team_sigma * rng.standard_normal(world.teams * world.replications))
    search_factor = np.asarray(world.role_search_factors)[role] * team_factor[team]
    search_factor[struggler] *= world.struggler_search_factor
    share = np.clip(world.same_element_share, 1e-12, 1 - 1e-12)
    logit = np.log(share / (1 - share)) + world.same_element_sigma * rng.standard_normal(n)
    treated, assigned_at_us = _launch(world, team, seed=seed)
    search_factor *= _lateness(world, assigned_at_us)
    devices = np.argsort(rng.random((n, len(DEVICES))), axis=1)[:, : world.devices_max]
    zones = np.asarray([round(hours * HOUR_US) for hours in world.time_zone_hours], dtype=np.int64)
    return People(
        world=numbers // world.users + (world.first_world or 0),
        number=numbers % world.users,
        role=role,
        plan=rng.choice(len(PLANS), n, p=(0.5, 0.35, 0.15)).astype(np.int64),
        platform=rng.choice(len(PLATFORMS), n, p=(0.6, 0.15, 0.25)).astype(np.int64),
        team=team,
        zone_us=zones[rng.integers(0, len(zones), n)],
        devices=devices.astype(np.int64),
        device_count=rng.integers(1, min(world.devices_max, len(DEVICES)) + 1, n),
        activity=np.exp(world.activity_sigma * rng.standard_normal(n)),
        pace=np.exp(world.pace_sigma * rng.standard_normal(n)),
        search_factor=search_factor,
        same_element_share=1 / (1 + np.exp(-logit)),
        struggler=struggler,
        treated=treated,
        assigned_at_us=assigned_at_us,
        leaves_us=_leaving(world, seed=seed),
        new_id=np.random.default_rng([seed, 6]).random(n) < world.new_id_share,
        contexts=_documents(world, rng),
    )


def id_codes(people: People, user: Int64s, at_us: Int64s) -> Int64s:
    """Place in `user_ids` of the ids that users have at these instants."""
    changed = people.new_id[user] & (at_us >= people.assigned_at_us[user])
    return user + len(people) * changed.astype(np.int64)


def user_ids(world: World, people: People) -> list[str]:
    """The ids of all users, in the order of `people`; behind them those of a changed id."""
    ids = _first_ids(world, people)
    return [*ids, *(f"{name}-new" for name in ids)] if world.new_id_share else ids


def _first_ids(world: World, people: People) -> list[str]:
    many = world.replications > 1 or world.first_world is not None
    ids = [
        f"w{w:04}-u{u:04}" if many else f"u{u:04}"
        for w, u in zip(people.world.tolist(), people.number.tolist(), strict=True)
    ]
    if not world.hostile_names:
        return ids
    # Every second user only: a log of strangers holds plain ids too.
    return [
        f"{HOSTILE[i // 2 % len(HOSTILE)]}{name}" if i % 2 else name for i, name in enumerate(ids)
    ]


def calendar(
    world: World, people: People, rng: np.random.Generator
) -> tuple[Int64s, Int64s, Int64s]:
    """Draw the working days of some people.

    Returns:
        Starts and ends of the days in microseconds UTC, shape (n, days), and the first working day
        at or after each day, shape (n, days + 1); a value of `days` means there is none.
    """
    n, days = len(people), world.days
    midnight = first_day_us(world) + DAY_US * np.arange(days) - people.zone_us[:, None]
    spread = rng.normal(0, world.workday_sigma_hours, (2, n, days)).clip(-3, 3)
    # Nobody starts before five, so that a night stays longer than any break of a day.
    start = np.maximum(world.workday_start_hour + spread[0], 5)
    end = np.clip(world.workday_end_hour + spread[1], start + 1, 22)
    attends = np.minimum(world.attendance_share * people.activity**0.5, 1)
    works = rng.random((n, days)) < attends[:, None]
    works &= (world.first_day.weekday() + np.arange(days)) % 7 < _WEEKEND
    works &= midnight < people.leaves_us[:, None]
    upcoming = np.where(works, np.arange(days), days)
    upcoming = np.minimum.accumulate(upcoming[:, ::-1], axis=1)[:, ::-1]
    upcoming = np.concatenate([upcoming, np.full((n, 1), days)], axis=1)
    return (
        midnight + np.rint(start * HOUR_US).astype(np.int64),
        midnight + np.rint(end * HOUR_US).astype(np.int64),
        upcoming.astype(np.int64),
    )


def _documents(world: World, rng: np.random.Generator) -> Int64s:
    """Distinct documents of each user: a random start and a random stride on the circle."""
    n, own, every = world.people, world.contexts_per_user, world.contexts
    strides = [s for s in range(1, every) if np.gcd(s, every) == 1]
    stride = np.asarray(strides, dtype=np.int64)[rng.integers(0, len(strides), n)]
    start = rng.integers(0, every, n)
    return (start[:, None] + stride[:, None] * np.arange(own)) % every


def _launch(world: World, team: Int64s, *, seed: int) -> tuple[Flags, Int64s]:
    """Who gets the marker, and from when on follow-up counts."""
    rng = np.random.default_rng([seed, 1])
    n = world.people
    at = first_day_us(world) + DAY_US * world.launch_day
    if world.launch == "none":
        return np.zeros(n, dtype=np.bool_), np.full(n, NEVER_US, dtype=np.int64)
    if world.launch == "trial":
        return _trial(world, team, at, rng)
    if world.launch == "switch":
        return np.ones(n, dtype=np.bool_), np.full(n, at, dtype=np.int64)
    # Within a world the teams are shuffled over the steps, as evenly as they go.
    order = np.argsort(rng.random((world.replications, world.teams)), axis=1).ravel()
    reached = order >= round(world.never_launched_share * world.teams)
    step = order % world.rollout_steps
    launched = at + DAY_US * world.rollout_every_days * step
    unit_at = np.where(reached, launched, NEVER_US).astype(np.int64)
    return reached[team], unit_at[team]


def _trial(
    world: World, team: Int64s, at_us: int, rng: np.random.Generator
) -> tuple[Flags, Int64s]:
    """Users, or companies as wholes, are assigned at random; on one day or over several."""
    by_company = world.assigned_by == "company"
    units = world.teams * world.replications if by_company else world.people
    luck = rng.random(units)
    day = np.zeros(units, dtype=np.int64)
    if world.assignment_days > 1:
        day = rng.integers(0, world.assignment_days, units)
    shares = np.asarray(world.staged_shares or (world.treatment_share,))
    treated = luck < shares[day * len(shares) // world.assignment_days] + world.treatment_skew
    unit = team if by_company else np.arange(units)
    return treated[unit], (at_us + DAY_US * day)[unit]


def _lateness(world: World, assigned_at_us: Int64s) -> Floats | float:
    """(users) factor on the search, by the day of assignment."""
    if world.late_search_factor == 1 or world.assignment_days == 1 or world.launch != "trial":
        return 1.0
    days = (assigned_at_us - first_day_us(world)) // DAY_US - world.launch_day
    late: Floats = world.late_search_factor ** (days / (world.assignment_days - 1))
    return late


def _leaving(world: World, *, seed: int) -> Int64s:
    """When users leave for good. A stream of its own: those who stay have the same habits."""
    leaves_us = np.full(world.people, NEVER_US, dtype=np.int64)
    if world.churn_share:
        rng = np.random.default_rng([seed, 5])
        goes = rng.random(world.people) < world.churn_share
        day = rng.integers(1, world.days, world.people)
        leaves_us[goes] = first_day_us(world) + DAY_US * day[goes]
    return leaves_us
