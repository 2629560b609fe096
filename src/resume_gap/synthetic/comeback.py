"""What happens between the first event back and the first productive one, in both worlds.

Each return is drawn once and played twice, without and with the marker, from the same luck: the
two outcomes of a row differ by the marker alone.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from resume_gap.synthetic.people import HOUR_US, MINUTE_US, SECOND_US, Flags, Floats, Int64s, People
from resume_gap.synthetic.world import World

FIRST, MID_TASK, COMPLETED, IDLE = range(4)
"""What a return follows: nothing, an interruption, a natural end, an attempt that was given up."""

_LEAST_LAG_US: Final = 1000
_GIVE_UP_AFTER_US: Final = 10 * MINUTE_US
"""After a shorter time away nobody gives up: the last productive event would still be so close to
the next stop that the stop counts as mid-task."""
_MOST_LOOKS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """Some users at the first event back; arrays of shape (n,)."""

    user: Int64s
    at_us: Int64s
    gap_us: Int64s
    kind: Int64s
    target: Int64s
    """Element last touched before the gap, as `context * elements + element`."""
    recent: Int64s
    """One of the last ten distinct elements, drawn evenly."""
    exposures: Int64s
    """Noticed markers so far, or what would have been noticed without being in the arm."""
    weeks: Floats
    """Weeks since the first day."""
    live: Flags
    """The marker is switched on for this user now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comebacks:
    """How the returns go; arrays of shape (n,)."""

    lag_us: Int64s
    """Time to the first productive event, or until the user leaves again."""
    gave_up: Flags
    arrow_right: Flags
    """Work resumes, or would, at the element last touched."""
    target: Int64s
    """Where it resumes, or would."""
    new_task: Flags
    would_show: Flags
    would_notice: Flags
    lag_without_us: Int64s
    """Not cut by giving up: the time that getting there would have taken."""
    lag_with_us: Int64s
    gave_up_without: Flags
    gave_up_with: Flags


def steps_us(world: World, pace: Floats, rng: np.random.Generator) -> Int64s:
    """Draw the pauses between the events of uninterrupted work, in microseconds.

    Args:
        world: the parameters.
        pace: factor on the median step, one per pause.
        rng: the source of luck.

    Returns:
        An array of the shape of `pace`, all values in [1 ms, `step_max_seconds`].
    """
    normal = rng.standard_normal(len(pace))
    for _ in range(3):
        # Drawn again instead of clipped flat: a pile of gaps on one value would be a peak.
        tail = np.abs(normal) > 2.5
        normal[tail] = rng.standard_normal(np.count_nonzero(tail))
    seconds = world.step_median_seconds * pace * np.exp(world.step_sigma * normal)
    thinking = rng.random(len(pace)) < world.thinking_share
    seconds[thinking] = world.thinking_median_seconds * np.exp(0.4 * normal[thinking])
    longest = world.step_max_seconds
    over = seconds > longest
    seconds[over] = longest * (0.4 + 0.6 * rng.random(np.count_nonzero(over)))
    return np.maximum(np.rint(seconds * SECOND_US).astype(np.int64), _LEAST_LAG_US)


def come_back(world: World, people: People, back: Returns, rng: np.random.Generator) -> Comebacks:
    """Play the returns without and with the marker and take the path that the launch gives."""
    n = len(back.user)
    mid = back.kind == MID_TASK
    common, search, there = (
        _steady(world, people, back, rng)
        if world.reorientation == "steady"
        else _searching(world, people, back, rng)
    )
    same = (rng.random(n) < people.same_element_share[back.user]) | there
    target, new_task = _place(world, people, back, same & mid, rng)
    # One of the recent elements may be the last one by chance.
    same = mid & (target == back.target)

    long = back.gap_us > world.pause_minutes * MINUTE_US
    fires = long & mid
    if world.marker_at_other_returns:
        fires = long & (back.kind != FIRST)
    would_show = fires & (rng.random(n) < world.shown_share)
    would_notice = would_show & (rng.random(n) < world.noticed_share)

    acts = would_notice & mid & ~there
    lasting = world.novelty_lasting_share
    strength = lasting + (1 - lasting) * 0.5 ** (back.exposures / world.novelty_half_exposures)
    helped = np.where(same, -world.search_removed_share * search, world.wrong_arrow_seconds)
    search_with = search + np.where(acts, helped * strength, 0.0)
    search_with += np.where(acts & (back.exposures == 0), world.first_showing_seconds, 0.0)

    luck = rng.random(n)
    may_leave = mid & ~there & (back.gap_us >= _GIVE_UP_AFTER_US)
    may_leave &= world.reorientation == "search"
    gave_up_without = may_leave & (luck < _leaving(world, search))
    gave_up_with = may_leave & (luck < _leaving(world, search_with))
    if world.give_ups_prevented_share:
        kept = acts & same & (rng.random(n) < world.give_ups_prevented_share)
        gave_up_with &= ~kept
    lag_without_us = _lag_us(common, search, there=there)
    # The same integer where the marker does nothing: rounding must not make an effect.
    lag_with_us = np.where(acts, _lag_us(common, search_with, there=there), lag_without_us)

    lag_us = np.where(back.live, lag_with_us, lag_without_us)
    gave_up = np.where(back.live, gave_up_with, gave_up_without)
    # Those who give up do so somewhere on the way.
    way = (lag_us * (0.2 + 0.8 * rng.random(n))).astype(np.int64)
    return Comebacks(
        lag_us=np.where(gave_up, way, lag_us),
        gave_up=gave_up,
        arrow_right=same,
        target=target,
        new_task=new_task,
        would_show=would_show,
        would_notice=would_notice,
        lag_without_us=lag_without_us,
        lag_with_us=lag_with_us,
        gave_up_without=gave_up_without,
        gave_up_with=gave_up_with,
    )


def _leaving(world: World, search: Floats) -> Floats:
    """Chance to give up, rising with the seconds of search."""
    stays = (1 - world.give_up_share) * np.exp(-search / world.give_up_scale_seconds)
    return np.asarray(1 - stays, dtype=np.float64)


def _lag_us(common: Floats, search: Floats, *, there: Flags) -> Int64s:
    seconds = common + search
    lag = np.rint(seconds * SECOND_US).astype(np.int64)
    return np.where(there | (seconds == 0), 0, np.maximum(lag, _LEAST_LAG_US))


def _searching(
    world: World, people: People, back: Returns, rng: np.random.Generator
) -> tuple[Floats, Floats, Flags]:
    """Base and forgetting, search (both in seconds), and who is already there."""
    n = len(back.user)
    normal = rng.standard_normal((2, n))
    hours = back.gap_us / HOUR_US
    known = world.base_seconds * np.exp(0.3 * normal[0]) + world.forget_seconds * np.log1p(hours)
    known += world.trend_seconds_per_week * back.weeks
    median = world.search_median_seconds * people.search_factor[back.user]
    search = np.minimum(median * np.exp(world.search_sigma * normal[1]), world.search_max_seconds)
    fresh = world.fresh_median_seconds * np.exp(0.6 * normal[1])
    mid = back.kind == MID_TASK
    there = mid & (rng.random(n) < world.already_there_share)
    common = np.where(mid, np.maximum(known, 0), fresh)
    return common, np.where(mid, search, 0.0), there


def _steady(
    world: World, people: People, back: Returns, rng: np.random.Generator
) -> tuple[Floats, Floats, Flags]:
    """The wait for the next productive event of a stream that was not interrupted.

    The first event back is the next of the stream: a look with the usual chance. Nothing is known
    about the event before it, as nothing is in uninterrupted work. With a reload, and with calls at
    any second, the first event back is the page, and the next of the stream comes later.
    """
    n = len(back.user)
    wait = np.zeros(n)
    looking = rng.random(n) < world.look_share
    for _ in range(_MOST_LOOKS):
        if not looking.any():
            break
        wait[looking] += steps_us(world, people.pace[back.user[looking]], rng) / SECOND_US
        looking &= rng.random(n) < world.look_share
    mid = back.kind == MID_TASK
    excess = np.where(mid, world.excess_seconds, 0.0) + world.reload_seconds
    if world.calls_at_any_second:
        excess += _hit_step(world, people.pace[back.user], rng)
    return excess, wait, np.zeros(n, dtype=np.bool_)


def _hit_step(world: World, pace: Floats, rng: np.random.Generator) -> Floats:
    """Seconds of the step that a call at any second strikes: longer ones more often.

    Steps are drawn until each is kept, with a chance of its length over the longest possible one.
    """
    seconds = np.zeros(len(pace))
    todo = np.arange(len(pace))
    while len(todo):
        drawn = steps_us(world, pace[todo], rng) / SECOND_US
        kept = rng.random(len(todo)) * world.step_max_seconds < drawn
        seconds[todo[kept]] = drawn[kept]
        todo = todo[~kept]
    return seconds


def _place(
    world: World, people: People, back: Returns, same: Flags, rng: np.random.Generator
) -> tuple[Int64s, Flags]:
    """The element where work resumes and whether a new task begins there."""
    n, elements = len(back.user), world.elements_per_context
    mid = back.kind == MID_TASK
    last = back.target // elements
    own = people.contexts[back.user, rng.integers(0, world.contexts_per_user, n)]
    context = np.where(mid & (rng.random(n) < 0.5), last, own)
    element = rng.integers(0, elements, n)
    # Another element than the last one, evenly: a step of 1 to elements - 1 on the circle.
    moved = (back.target % elements + rng.integers(1, elements, n)) % elements
    target = context * elements + np.where(context == last, moved, element)
    recently = mid & (rng.random(n) < world.recent_element_share)
    target = np.where(recently, back.recent, target)
    target = np.where(same, back.target, target)
    return target, ~mid | (target // elements != last)
