"""Hypothesis strategies for small logs in which everything collides.

Alphabets are tiny and time steps come from the limits of the definitions, so that ties, gaps of
exactly threshold and intervals that end where another begins are the rule and not the exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from oracles.log import DAY, HOUR, MINUTE, SECOND, Roles, cap_of

Draw = Callable[[st.SearchStrategy[Any]], Any]

LETTERS = st.characters(exclude_categories=["Cs"])
"""What `st.text()` draws from. It asks a codec for every one of them first, which takes seconds."""

EVENTS = ("view", "open", "edit", "submit", "close", "idle", "focus")
TARGETS = ("t1", "t2", "t3")
CONTEXTS = ("c1", "c2")
TASKS = ("k1", "k2")
USERS = ("u1", "u2", "Ü3")
STREAMS = ("s1", "s2")
MAX_ROWS = 60
UNSTEADY_IDS = 61
"""A prime over `MAX_ROWS`: multiples of one number modulo it are distinct and out of order."""

THETAS = (30 * SECOND, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR)
ORIGIN_US = 1_709_206_200 * SECOND
"""2024-02-29 11:30 UTC: a leap day, half an hour before its second half."""

OPTIONAL_VALUES: dict[str, tuple[Any, ...]] = {
    "target": (*TARGETS, None),
    "context": (*CONTEXTS, None),
    "task": (*TASKS, None),
    "device": ("d1", "d2", None),
    "sequence": (0, 1, 2, 10, None),
    "received_at_us": (ORIGIN_US, ORIGIN_US + 1, None),
    "variant": ("A", "B", None),
    "position": (0, 9, 10, None),
    "stream": (*STREAMS, None),
}
"""Values of every optional column but `end_us` and `event_id`, which depend on the row."""

OPTIONAL_COLUMNS = ("end_us", "event_id", *OPTIONAL_VALUES)
NON_KEYS = tuple(column for column in OPTIONAL_COLUMNS if column not in {"event_id", "stream"})


@dataclass(frozen=True)
class Log:
    """One random log with the settings it is to be measured with.

    `rows` carry every column of `columns` (the optional columns that are mapped) and the three that
    are always there. No two rows are equal in all columns, event ids are unique where not null, and
    `until_us` is never before the newest row: there is nothing to clean.
    """

    rows: list[dict[str, Any]]
    columns: tuple[str, ...]
    roles: Roles
    threshold_us: int
    until_us: int | None


def roles() -> st.SearchStrategy[Roles]:
    """Draw roles: finishing events that are productive or not, leaving ones, or none at all."""
    productive = [{"edit", "submit"}, {"edit"}, {"submit"}, {"open", "edit"}] * 2 + [set()]
    completing = [{"submit", "close"}, {"close"}, {"submit"}, set()]
    away = [{"idle", "focus"}, {"idle"}, set()]
    return st.builds(
        Roles,
        productive=st.sampled_from([frozenset(names) for names in productive]),
        completing=st.sampled_from([frozenset(names) for names in completing]),
        away=st.sampled_from([frozenset(names) for names in away]),
    )


def around(*lengths_us: int) -> list[int]:
    """Return each length with the lengths one microsecond beside it."""
    return [length + step for length in lengths_us for step in (-1, 0, 1)]


def step_pools(threshold_us: int) -> list[list[int]]:
    """Return the pools of time steps of which a log uses one, in microseconds."""
    short = [0, 1, SECOND, 29_999_999, 30 * SECOND, 30_000_001]
    limits = [0, 1, *around(threshold_us, cap_of(threshold_us), 10 * MINUTE)]
    long = [*around(threshold_us, 7 * DAY), HOUR, 8 * DAY]
    classes = [threshold_us + 1, *around(HOUR, 4 * HOUR, 16 * HOUR, 72 * HOUR)]
    mixed = [*short, *limits, 5 * MINUTE, 15 * MINUTE, HOUR, 8 * DAY]
    return [mixed, limits, short, [*limits, *long], [*short, *classes], [0]]


def end_steps(threshold_us: int) -> list[int | None]:
    """Return lengths of events: none, negative, and around the threshold and the 10 minutes."""
    return [None, 0, 1, -1, -HOUR, SECOND, 5 * MINUTE, *around(10 * MINUTE, threshold_us), 2 * HOUR]


def column_sets() -> st.SearchStrategy[tuple[str, ...]]:
    """Draw which optional columns are mapped; those that measures read are mapped mostly."""
    chosen = st.sets(st.sampled_from(OPTIONAL_COLUMNS))
    usual = st.sampled_from([{"target"}, {"target", "context", "task"}, set(NON_KEYS)])
    return st.one_of(usual, chosen, chosen.map(lambda columns: columns | {"target", "end_us"})).map(
        lambda columns: tuple(column for column in OPTIONAL_COLUMNS if column in columns)
    )


def without_twins(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first of rows that are equal in every column."""
    return list({tuple(row.values()): row for row in rows}.values())


@st.composite
def row_lists(
    draw: Draw, columns: tuple[str, ...], threshold_us: int, max_rows: int = MAX_ROWS
) -> list[dict[str, Any]]:
    """Draw the rows of a log, shuffled; each user has a clock that never runs backwards.

    A step is counted from the user's latest row or, one time in two, from the latest end of the
    user's intervals, so that gaps after them meet threshold exactly too.
    """
    users = USERS[: draw(st.integers(1, len(USERS)))]
    fewest = draw(st.sampled_from([1, 4, min(12, max_rows), min(25, max_rows)]))
    fields = {
        "user_id": st.sampled_from(users),
        "event": st.sampled_from((*EVENTS, "edit", "edit")),
        "step": st.sampled_from(draw(st.sampled_from(step_pools(threshold_us)))),
        "from_end": st.booleans(),
        "length": st.sampled_from(end_steps(threshold_us)) if "end_us" in columns else st.none(),
        "has_id": st.booleans() if "event_id" in columns else st.just(value=False),
    }
    fields |= {
        column: st.sampled_from(values)
        for column, values in OPTIONAL_VALUES.items()
        if column in columns
    }
    drawn = draw(
        st.lists(st.fixed_dictionaries(fields), min_size=min(fewest, max_rows), max_size=max_rows)
    )
    now = dict.fromkeys(users, ORIGIN_US)
    reached = dict.fromkeys(users, ORIGIN_US)
    rows = []
    for number, choice in enumerate(drawn):
        user_id, length = choice["user_id"], choice["length"]
        base_us = reached[user_id] if choice["from_end"] else now[user_id]
        start_us = max(now[user_id], base_us + choice["step"])
        end_us = None if length is None else start_us + length
        now[user_id] = start_us
        reached[user_id] = max(reached[user_id], start_us if end_us is None else end_us)
        values = choice | {
            "timestamp_us": start_us,
            "end_us": end_us,
            "event_id": f"e{number * 7 % UNSTEADY_IDS}" if choice["has_id"] else None,
        }
        names = ("user_id", "timestamp_us", "event", *columns)
        rows.append({name: values[name] for name in names})
    shuffled: list[dict[str, Any]] = draw(st.permutations(without_twins(rows)))
    return shuffled


@st.composite
def logs(draw: Draw, max_rows: int = MAX_ROWS) -> Log:
    """Draw a log of 1 to `max_rows` rows (fewer than drawn where rows were twins), and settings."""
    threshold_us = draw(st.sampled_from(THETAS))
    columns = draw(column_sets())
    rows = draw(row_lists(columns, threshold_us, max_rows))
    newest_us = max(row["timestamp_us"] for row in rows)
    after = [0, *around(threshold_us, cap_of(threshold_us), 7 * DAY), 8 * DAY]
    until_us = draw(st.none() | st.sampled_from(after).map(lambda step: newest_us + step))
    return Log(rows, columns, draw(roles()), threshold_us, until_us)
