"""The events of one stretch of work: search, steady work, leaving."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from resume_gap.synthetic.breaks import Breaks
from resume_gap.synthetic.comeback import Comebacks, Returns, steps_us
from resume_gap.synthetic.names import CLOSE_DOCUMENT, FIRST_LOOK, LOOKS, SIGN_OUT, SUBMIT
from resume_gap.synthetic.people import SECOND_US, Flags, Int64s, People
from resume_gap.synthetic.world import World

_SEARCH_STEP_US: Final = 9 * SECOND_US
_MOST_SEARCH_EVENTS: Final = 60
_MOST_STEPS: Final = 2000
_TRAILING: Final = 3
"""The last productive event stands among the last three of a stretch: with pauses of at most
`step_max_seconds` it is then well within ten minutes of the stop."""
# Looks in the order of `names.EVENTS`: view, scroll, search, open_item, filter.
_LOOK_EDGES: Final = (0.45, 0.75, 0.85, 0.95)


@dataclass(slots=True)
class Events:
    """Events of some users, grouped by user rank, in the order of time."""

    columns: dict[str, Int64s]
    """at, event, target, context, task, firm; later also device and user; -1 is null. A target is
    firm when a hit depends on it: the last of a stretch and the one where work resumes."""
    rank: Int64s
    """Position of the user in the round, shape (rows,)."""
    starts: Int64s
    """Row at which each user's events begin, shape (users + 1,)."""

    def last(self, name: str, default: Int64s) -> Int64s:
        """Each user's last value of a column, or the default for who has no events."""
        some = self.starts[1:] > self.starts[:-1]
        values = default.copy()
        values[some] = self.columns[name][self.starts[1:][some] - 1]
        return values

    def finish(self, mid_task: Flags) -> None:
        """Make the ends of work fit the breaks.

        Mid-task: no `submit` among the last events. Natural end: the last event is one.
        """
        event = self.columns["event"]
        first, end = self.starts[:-1], self.starts[1:]
        some = end > first
        for back in range(1, _TRAILING + 1):
            row = np.maximum(end - back, first)[some & mid_task]
            event[row[event[row] == SUBMIT]] = 0
        event[(end - 1)[some & ~mid_task]] = SUBMIT


def _group(counts: Int64s) -> tuple[Int64s, Int64s, Int64s]:
    """Ranks, positions within the rank, and starts, for so many rows per rank."""
    starts = np.concatenate([[0], np.cumsum(counts)])
    rank = np.repeat(np.arange(len(counts)), counts)
    return rank, np.arange(starts[-1]) - starts[rank], starts


def _looks(n: int, rng: np.random.Generator) -> Int64s:
    look = np.searchsorted(_LOOK_EDGES, rng.random(n), side="right")
    return FIRST_LOOK + np.minimum(look, LOOKS - 1)


def search_events(
    world: World,
    people: People,
    back: Returns,
    how: Comebacks,
    *,
    task: Int64s,
    rng: np.random.Generator,
) -> Events:
    """The non-productive events between the first event back and the first productive one.

    The first stands exactly at the return; none touches the element last touched before the gap or
    the one where work resumes. Nobody who is at work at once has any.
    """
    lag = how.lag_us
    counts = np.minimum(1 + lag // _SEARCH_STEP_US, _MOST_SEARCH_EVENTS)
    counts = np.where((lag == 0) & ~how.gave_up, 0, counts)
    rank, position, starts = _group(counts)
    rows = len(rank)
    # Evenly spread with a wobble under half a step: in order, and never long apart.
    share = (position + np.where(position == 0, 0, rng.random(rows) * 0.8 - 0.4)) / counts[rank]
    elements = world.elements_per_context
    own = people.contexts[back.user[rank], rng.integers(0, world.contexts_per_user, rows)]
    nearby = rng.random(rows) < 0.6
    context = np.where(nearby, how.target[rank] // elements, own)
    element = rng.integers(0, elements, rows)
    for _ in range(2):
        # Two elements are taken, so two steps aside are enough.
        target = context * elements + element
        taken = (target == back.target[rank]) | (target == how.target[rank])
        element = (element + taken) % elements
    return Events(
        columns={
            "at": back.at_us[rank] + (share * lag[rank]).astype(np.int64),
            "event": _looks(rows, rng),
            "target": context * elements + element,
            "context": context,
            "task": task[rank],
            "firm": (position == counts[rank] - 1).astype(np.int64),
        },
        rank=rank,
        starts=starts,
    )


def work_events(
    world: World,
    people: People,
    back: Returns,
    how: Comebacks,
    *,
    task: Int64s,
    rng: np.random.Generator,
) -> Events:
    """Steady work from the first productive event on, memoryless from step to step.

    A step looks with a fixed chance, a productive step submits with a fixed chance, and the next
    step moves to another element with a fixed chance; after `submit` comes a new task in a new
    context. So any moment is like any other, and the wait for the next productive event has one
    distribution. The last step is not final yet: `Events.finish` makes it fit the break.
    """
    n, elements = len(back.user), world.elements_per_context
    spread = np.exp(world.stretch_steps_sigma * rng.standard_normal(n))
    steps = world.stretch_steps_median * people.activity[back.user] ** 0.3 * spread
    counts = np.clip(np.rint(steps), 5, _MOST_STEPS).astype(np.int64)
    counts[how.gave_up] = 0
    rank, position, starts = _group(counts)
    rows = len(rank)
    first = position == 0
    luck = rng.random((3, rows))

    productive = (luck[0] >= world.look_share) | first
    last = starts[rank + 1] - 1 - np.arange(rows)
    third = last == _TRAILING - 1
    bare = third.copy()
    row = np.flatnonzero(third)
    bare[row] = ~(productive[row] | productive[row + 1] | productive[row + 2])
    productive |= bare
    if world.reorientation == "steady":
        # A look that a break cuts off would never see its productive step: then moments of work
        # would wait longer than returns do, and the planted excess would not be the true one.
        productive |= last == 0
    submit = productive & (luck[1] * world.task_steps_mean < 1) & ~first

    renewed = np.zeros(rows, dtype=np.bool_)
    renewed[1:] = submit[:-1]
    renewed &= ~first
    moved = (luck[2] >= world.stay_share) | renewed | first
    rows_at = np.arange(rows)
    drawn = people.contexts[back.user[rank], rng.integers(0, world.contexts_per_user, rows)]
    drawn = np.where(first, how.target[rank] // elements, drawn)
    context = drawn[np.maximum.accumulate(np.where(renewed | first, rows_at, 0))]
    target = context * elements + rng.integers(0, elements, rows)
    target = np.where(first, how.target[rank], target)
    target = target[np.maximum.accumulate(np.where(moved, rows_at, 0))]

    pause = steps_us(world, people.pace[back.user[rank]], rng)
    pause[first] = 0
    elapsed = np.cumsum(pause)
    tasks = np.cumsum(renewed)
    zero = starts[rank]
    event = np.where(productive, (luck[1] * 3.999).astype(np.int64), _looks(rows, rng))
    event[submit] = SUBMIT
    at = back.at_us + how.lag_us
    return Events(
        columns={
            "at": at[rank] + elapsed - elapsed[zero],
            "event": event,
            "target": target,
            "context": context,
            "task": task[rank] + tasks - tasks[zero],
            "firm": (first | (last == 0)).astype(np.int64),
        },
        rank=rank,
        starts=starts,
    )


def leaving_events(
    world: World,
    *,
    end: Int64s,
    target: Int64s,
    task: Int64s,
    gave_up: Flags,
    pause: Breaks,
    rng: np.random.Generator,
) -> Events:
    """The event by which some leave: `close_document`, or `sign_out` for the night.

    Nobody leaves by an event when a break strikes mid-task; half of those who give up do.
    """
    n = len(end)
    luck = rng.random(n)
    leaves = np.where(pause.gave_up, luck < 0.5, ~pause.mid_task & (luck < 0.4))
    rank = np.flatnonzero(leaves)
    signs_out = pause.night[rank] & ~gave_up[rank]
    wait = rng.integers(1 * SECOND_US, 20 * SECOND_US, n)[rank]
    return Events(
        columns={
            "at": end[rank] + wait,
            "event": np.where(signs_out, SIGN_OUT, CLOSE_DOCUMENT),
            "target": np.full(len(rank), -1),
            "context": np.where(signs_out, -1, target[rank] // world.elements_per_context),
            "task": np.where(signs_out, -1, task[rank]),
            "firm": np.zeros(len(rank), dtype=np.int64),
        },
        rank=rank,
        starts=np.concatenate([[0], np.cumsum(leaves)]),
    )
