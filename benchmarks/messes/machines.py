"""Events that nobody caused: robots, heartbeats, tabs."""

from typing import Final

import pyarrow as pa

from benchmarks.messes.logs import (
    EACH,
    HOUR,
    MINUTE,
    PEOPLE,
    SECOND,
    START,
    arrow_table,
    log,
    one,
    table,
)
from benchmarks.messes.mess import Made, Mess, Rows, Used


def a_robot() -> Made:
    """One of 20 users clicks every minute for five days and never rests."""
    n = 5 * 24 * 60
    robot = [
        {"user_id": "robot", "at_us": START + i * MINUTE, "event": "view_item", "target": "a"}
        for i in range(n)
    ]
    return table([*log(19), *robot])


def a_million_events_of_one_user() -> Made:
    """One user has a million events, a second apart."""
    n = 1_000_000
    columns = {
        "user_id": pa.array(["u"] * n).dictionary_encode(),
        "timestamp": pa.array(range(START, START + n * SECOND, SECOND), pa.timestamp("us", "UTC")),
        "event": pa.array(["edit_item"] * n).dictionary_encode(),
    }
    return Made({"log.parquet": arrow_table(columns)}, [])


def _beats(name: str, step_us: int) -> Rows:
    """Something that each person's open tab sends all day."""
    return [
        {"user_id": f"ann{person:02}", "at_us": START + i * step_us + person, "event": name}
        for person in range(PEOPLE)
        for i in range(14 * HOUR // step_us)
    ]


def heartbeats() -> Made:
    """An open tab sends a ping every five minutes, whether anybody is there or not."""
    return one([*log(), *_beats("page_ping", 5 * MINUTE)])


def heartbeats_that_are_ignored() -> Made:
    """The same, with the pings left out by an option."""
    rows = log()
    return one([*rows, *_beats("page_ping", 5 * MINUTE)], rows)


def background_sync() -> Made:
    """A program fetches something every twenty minutes."""
    return one([*log(), *_beats("background_sync", 20 * MINUTE)])


def _tabs(gone: str, back: str) -> Rows:
    """The log, in which each visit ends and begins with an event of the tab."""
    rows = []
    for i, row in enumerate(log()):
        if i % 6 == 0 and i % EACH:
            rows.append(row | {"event": back, "target": None, "at_us": row["at_us"] - SECOND})
        rows.append(row)
        if i % 6 == 5:
            rows.append(row | {"event": gone, "target": None, "at_us": row["at_us"] + SECOND})
    return rows


def tabs_that_are_hidden() -> Made:
    """A tab says when it is hidden and when it is seen again."""
    return one(_tabs("tab_hidden", "tab_visible"), [])


def windows_that_lose_the_focus() -> Made:
    """A window says blur and focus."""
    return one(_tabs("window_blur", "window_focus"), [])


def hidden_tabs_as_idle() -> Made:
    """A tab says when it is hidden and when it is seen again, and an option calls that idle."""
    return one(_tabs("tab_hidden", "tab_visible"), [])


ROBOTS: Final = (
    Mess(a_robot, Used(finds=("restless_users",)), long=True),
    Mess(a_million_events_of_one_user, Used(), long=True),
)
BEATS: Final = (
    Mess(heartbeats, Used(finds=("machine_events",), says=("--ignore page_ping",)), long=True),
    Mess(
        heartbeats_that_are_ignored,
        Used({"ignored": PEOPLE * 168}, quiet=("machine_events",)),
        {"ignore": "page_ping"},
    ),
    Mess(background_sync, Used(finds=("machine_events",))),
)
TABS: Final = (
    Mess(tabs_that_are_hidden, Used()),
    Mess(windows_that_lose_the_focus, Used()),
    Mess(hidden_tabs_as_idle, Used(), {"away": "tab_hidden"}),
)
