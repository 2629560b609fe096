"""The log itself: all users of a block go through their stretches of work in step.

One *round* takes every user who is still there through one stretch: coming back, working, and the
break that ends it. What a round needs from the past (the element last touched, when and how the
last stretch ended) is state of shape (users,), so that a round is a few array operations for
everybody and the number of rounds is that of the busiest user's stretches.
"""

from dataclasses import dataclass, field

import numpy as np

from resume_gap.synthetic import names
from resume_gap.synthetic.breaks import Breaks, take_breaks
from resume_gap.synthetic.comeback import (
    COMPLETED,
    FIRST,
    IDLE,
    MID_TASK,
    Comebacks,
    Returns,
    come_back,
)
from resume_gap.synthetic.people import (
    DAY_US,
    MINUTE_US,
    Flags,
    Int64s,
    People,
    calendar,
    first_day_us,
)
from resume_gap.synthetic.recent import Recent
from resume_gap.synthetic.stretch import Events, leaving_events, search_events, work_events
from resume_gap.synthetic.world import World


@dataclass(slots=True)
class _UserState:
    """Where every user stands between two rounds; arrays of shape (users,)."""

    clock: Int64s
    """Start of the next stretch."""
    stop: Int64s
    kind: Int64s
    cause: Int64s
    day: Int64s
    target: Int64s
    task: Int64s
    exposures: Int64s
    tried: Flags
    """Has come back from an interruption, after the assignment where there is one."""
    lunched: Flags
    helped: Flags
    """Has noticed a marker that was really there."""
    quit: Flags
    recent: Recent


@dataclass(slots=True)
class UserBlock:
    """What a block of users left; the keys of the dictionaries are columns of equal length."""

    events: dict[str, Int64s] = field(default_factory=dict)
    """user, at, event, target, context, task, device, firm; -1 is null."""
    stretches: dict[str, Int64s] = field(default_factory=dict)
    """user, at, end, next (start of the next one or -1), device."""
    returns: dict[str, Int64s] = field(default_factory=dict)
    """One per return of any kind: the columns of `_return_columns`."""
    quits: Int64s = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Users who left for good."""


def draw_block(world: World, people: People, users: Int64s, rng: np.random.Generator) -> UserBlock:
    """Draw everything that the given users do.

    Args:
        world: the parameters.
        people: everybody.
        users: positions in `people`, ascending.
        rng: the luck of this block.
    """
    starts, ends, upcoming = calendar(world, _some(people, users), rng)
    n = len(users)
    day = upcoming[:, 0]
    state = _UserState(
        clock=starts[np.arange(n), np.minimum(day, world.days - 1)],
        stop=np.zeros(n, dtype=np.int64),
        kind=np.full(n, FIRST),
        cause=np.full(n, -1),
        day=day,
        target=people.contexts[users, 0] * world.elements_per_context,
        task=np.full(n, -1),
        exposures=np.zeros(n, dtype=np.int64),
        tried=np.zeros(n, dtype=np.bool_),
        lunched=np.zeros(n, dtype=np.bool_),
        helped=np.zeros(n, dtype=np.bool_),
        quit=np.zeros(n, dtype=np.bool_),
        recent=Recent(n, world.contexts * world.elements_per_context),
    )
    events: list[Events] = []
    stretches: list[dict[str, Int64s]] = []
    returns: list[dict[str, Int64s]] = []
    here = np.flatnonzero(day < world.days)
    while len(here):
        who = users[here]
        back = _returns(world, people, state, here, who=who, rng=rng)
        how = come_back(world, people, back, rng)
        device = _devices(world, people, who, rng)
        state.task[here] += how.new_task
        pieces, end, target, task, pause = _stretch(
            world, people, state, here, back=back, how=how, ends=ends, rng=rng
        )
        for piece in pieces:
            piece.columns["device"] = device[piece.rank]
            piece.columns["user"] = who[piece.rank]
        events += pieces
        returns.append(_return_columns(back, how, state, here))
        followed = back.at_us >= people.assigned_at_us[who]
        state.exposures[here] += how.would_notice & followed
        followed |= world.launch == "none"
        state.helped[here] |= how.would_notice & back.live
        state.tried[here] |= (back.kind == MID_TASK) & followed
        state.recent.touch(
            here,
            np.concatenate([piece.rank for piece in pieces[:2]]),
            np.concatenate([piece.columns["target"] for piece in pieces[:2]]),
        )
        state.target[here], state.task[here], state.stop[here] = target, task, end
        follow = _follow(
            world,
            state,
            here,
            pause=pause,
            starts=starts,
            upcoming=upcoming,
            rng=rng,
            struggler=people.struggler[who],
        )
        stretches.append(
            {"user": who, "at": back.at_us, "end": end, "device": device, "next": follow}
        )
        here = here[follow >= 0]
    return UserBlock(
        events=_columns([piece.columns for piece in events]),
        stretches=_columns(stretches),
        returns=_columns([_only(r, r["kind"] != FIRST) for r in returns]),
        quits=users[state.quit],
    )


def _some(people: People, users: Int64s) -> People:
    return People(**{name: getattr(people, name)[users] for name in People.__slots__})


def _columns(parts: list[dict[str, Int64s]]) -> dict[str, Int64s]:
    if not parts:
        return {}
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _only(columns: dict[str, Int64s], keep: Flags) -> dict[str, Int64s]:
    return {name: values[keep] for name, values in columns.items()}


def _returns(
    world: World,
    people: People,
    state: _UserState,
    here: Int64s,
    *,
    who: Int64s,
    rng: np.random.Generator,
) -> Returns:
    at_us = state.clock[here]
    return Returns(
        user=who,
        at_us=at_us,
        gap_us=at_us - state.stop[here],
        kind=state.kind[here],
        target=state.target[here],
        recent=state.recent.draw(here, rng),
        exposures=state.exposures[here],
        weeks=(at_us - first_day_us(world)) / (7 * DAY_US),
        live=people.treated[who] & (at_us >= people.assigned_at_us[who]),
    )


def _devices(world: World, people: People, who: Int64s, rng: np.random.Generator) -> Int64s:
    other = rng.integers(0, people.device_count[who])
    main = rng.random(len(who)) >= world.other_device_share
    return people.devices[who, np.where(main, 0, other)]


def _stretch(
    world: World,
    people: People,
    state: _UserState,
    here: Int64s,
    *,
    back: Returns,
    how: Comebacks,
    ends: Int64s,
    rng: np.random.Generator,
) -> tuple[list[Events], Int64s, Int64s, Int64s, Breaks]:
    """The events of one stretch each, and how it ends.

    Returns:
        The events of search, work and leaving; the time of the last one, the element last touched
        and the task at the end; the break. Those who gave up end with their search, the others
        with work.
    """
    search = search_events(world, people, back, how, task=state.task[here], rng=rng)
    work = work_events(world, people, back, how, task=state.task[here], rng=rng)
    end = np.where(
        how.gave_up, search.last("at", default=back.at_us), work.last("at", default=back.at_us)
    )
    target = search.last("target", default=back.target)
    target = np.where(how.gave_up, target, work.last("target", default=target))
    task = np.where(how.gave_up, state.task[here], work.last("task", default=state.task[here]))
    pause = take_breaks(
        world,
        people,
        user=back.user,
        end_us=end,
        day_end_us=ends[here, state.day[here]],
        gave_up=how.gave_up,
        lunched=state.lunched[here],
        rng=rng,
    )
    work.finish(pause.mid_task)
    leaving = leaving_events(
        world, end=end, target=target, task=task, gave_up=how.gave_up, pause=pause, rng=rng
    )
    end = leaving.last("at", default=end)
    return [search, work, leaving], end, target, task, pause


def _follow(
    world: World,
    state: _UserState,
    here: Int64s,
    *,
    pause: Breaks,
    starts: Int64s,
    upcoming: Int64s,
    rng: np.random.Generator,
    struggler: Flags,
) -> Int64s:
    """Start of each user's next stretch, or -1; moves the state on."""
    end, n = state.stop[here], len(here)
    day = np.where(pause.night, upcoming[here, state.day[here] + 1], state.day[here])
    morning = starts[here, np.minimum(day, world.days - 1)]
    follow = np.where(
        pause.night, np.maximum(morning, end + 240 * MINUTE_US), end + pause.length_us
    )
    chance = world.quit_share * np.where(state.helped[here], world.quit_factor_with_marker, 1.0)
    leaves = pause.mid_task & struggler & (state.tried[here]) & (rng.random(n) < chance)
    state.quit[here] |= leaves
    state.kind[here] = np.select([pause.gave_up, pause.mid_task], [IDLE, MID_TASK], COMPLETED)
    state.cause[here] = pause.cause
    state.lunched[here] = np.where(
        pause.night, False, state.lunched[here] | (pause.cause == names.LUNCH)
    )
    state.day[here] = day
    state.clock[here] = follow
    return np.where(leaves | (day >= world.days), -1, follow)


def _return_columns(
    back: Returns, how: Comebacks, state: _UserState, here: Int64s
) -> dict[str, Int64s]:
    return {
        "user": back.user,
        "kind": back.kind,
        "stop": state.stop[here],
        "at": back.at_us,
        "cause": state.cause[here],
        "live": back.live.astype(np.int64),
        "exposures": back.exposures,
        "stop_target": back.target,
        "target": how.target,
        # In parts of 2520, the least common multiple of 1 to 10: integers like all the rest.
        "chance": np.rint(2520 * state.recent.chance(here, how.target)).astype(np.int64),
        "arrow_right": how.arrow_right.astype(np.int64),
        "would_show": how.would_show.astype(np.int64),
        "would_notice": how.would_notice.astype(np.int64),
        "lag_without": how.lag_without_us,
        "lag_with": how.lag_with_us,
        "gave_up_without": how.gave_up_without.astype(np.int64),
        "gave_up_with": how.gave_up_with.astype(np.int64),
    }
