"""Troubles of events that no person caused, of ids and of columns."""

from __future__ import annotations

import json
from random import Random
from typing import Final

from benchmarks.blind_logs.office import DAY, MINUTE, SECOND, Rows, office
from benchmarks.blind_logs.trouble import (
    BLIND,
    NOT_WRONG,
    UNSURE,
    Trouble,
    event,
    renamed,
    visits,
)


def _in_breaks(name: str, times: int, seed: int, target: str | None = None) -> Rows:
    """The office with some events of one name at any time of every break."""
    random = Random(seed)  # noqa: S311 - a test log is no secret
    rows = office()
    for own in list(visits(rows)):
        for _ in range(times):
            at = own[-1]["timestamp"] + round(random.uniform(10, 140) * MINUTE)
            rows.append(event(own[-1], name, at, target))
    return rows


def sparse_pings() -> Rows:
    """A server writes `quota_checked` under people's ids, once in every break."""
    return _in_breaks("quota_checked", 1, 21)


def server_work() -> Rows:
    """A server writes `create_snapshot` under people's ids, twice in every break."""
    return _in_breaks("create_snapshot", 2, 22)


def background_views() -> Rows:
    """A phone loads its start screen by itself twice in every break, as a `view`."""
    return _in_breaks("view", 2, 23, "home")


def _before_returns(name: str, target: str | None = None) -> Rows:
    """The office with an event about ten minutes before each visit."""
    random = Random(24)  # noqa: S311 - a test log is no secret
    rows = office()
    for own in list(visits(rows)):
        at = own[0]["timestamp"] - round(random.uniform(9, 11) * MINUTE)
        rows.append(event(own[0], name, at, target))
    return rows


def syncs_before_returns() -> Rows:
    """The machine wakes and logs `calendar_fetched` ten minutes before everybody comes back."""
    return _before_returns("calendar_fetched")


def mails_before_returns() -> Rows:
    """A server logs `push_notification_sent` ten minutes before everybody comes back."""
    return _before_returns("push_notification_sent")


def sessions_before_returns() -> Rows:
    """A scheduler logs `session_started` ten minutes before everybody comes back."""
    return _before_returns("session_started")


def views_before_returns() -> Rows:
    """A tab loads its start page again as a `view` ten minutes before everybody comes back."""
    return _before_returns("view", "home")


def teams() -> Rows:
    """Five people of a team work under one id; a column says who it was."""
    rows = office(people=300)
    return [
        {**row, "user_id": f"team-{int(row['user_id'][1:]) // 5}", "member": row["user_id"]}
        for row in rows
    ]


def _together(people: int) -> Rows:
    """Some people under each of 60 ids, all of whom come at the same minute of every visit."""
    random = Random(26)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    first: dict[tuple[int, int], int] = {}
    for own in visits(office(people=60 * people)):
        group = int(own[0]["user_id"][1:]) // people
        start = first.setdefault((group, own[0]["visit"]), own[0]["timestamp"])
        late = start + random.randrange(20 * SECOND) - own[0]["timestamp"]
        rows += [
            {**row, "user_id": f"desk-{group}", "timestamp": row["timestamp"] + late} for row in own
        ]
    return rows


def desks() -> Rows:
    """Four people work under each id at the same time, and no column says who it was."""
    return _together(4)


def pairs() -> Rows:
    """Two people work under each id at the same time."""
    return _together(2)


def _acted() -> Rows:
    rows = [{**row, "by": "user"} for row in office()]
    for own in list(visits(rows)):
        acted = event(own[0], "edit", own[0]["timestamp"] - 2 * SECOND, own[-1]["target"])
        rows.append({**acted, "by": "assistant"})
    return rows


def nested_actors() -> Rows:
    """A field of an object says who acted: an assistant, just before each person comes back."""
    return [
        {**{name: row[name] for name in row if name != "by"}, "properties": {"actor": row["by"]}}
        for row in _acted()
    ]


def written_actors() -> Rows:
    """The same in a text of JSON."""
    return [
        {**row, "properties": json.dumps(row["properties"] | {"page": "p"})}
        for row in nested_actors()
    ]


def tabs_only() -> Rows:
    """Only focus and blur of the tab are logged, and saves."""
    rows: Rows = []
    for own in visits(office()):
        rows.append(event(own[0], "tab_focus", own[0]["timestamp"]))
        rows += [{**row, "event": "save"} for row in own if row["event"] == "edit"]
        rows.append(event(own[-1], "tab_blur", own[-1]["timestamp"] + SECOND))
    return rows


def views_only() -> Rows:
    """Only page views are logged."""
    return renamed({"edit": "page_view", "view": "page_view"})


def one_event_a_task() -> Rows:
    """Each visit leaves one event: the task was completed."""
    return [
        {**own[-1], "event": "complete_task", "task": f"t{n}"}
        for n, own in enumerate(visits(office()))
    ]


def exposures() -> Rows:
    """A framework for experiments logs an exposure at every view and twice in every break."""
    rows = _in_breaks("experiment_viewed", 2, 25)
    return rows + [
        event(row, "experiment_viewed", row["timestamp"] + SECOND // 10)
        for row in rows
        if row["event"] == "view"
    ]


def column_lost() -> Rows:
    """A release stops writing the element after two days."""
    until = min(row["timestamp"] for row in office()) + 2 * DAY
    return [
        {**row, "target": None if row["timestamp"] > until else row["target"]} for row in office()
    ]


def autosave_bursts() -> Rows:
    """The editor saves each open file every five minutes, in breaks too."""
    rows = office()
    for own in list(visits(rows)):
        files = sorted({row["target"] for row in own})[:3]
        for tick in range(1, 25):
            at = own[0]["timestamp"] + tick * 5 * MINUTE
            rows += [
                event(own[-1], "document_saved", at + n * SECOND // 10, file)
                for n, file in enumerate(files)
            ]
    return rows


def page_loads() -> Rows:
    """Every act logs five events within half a second, as trackers of pages do."""
    names = ("api_response", "widget_rendered", "banner_seen", "layout_painted")
    rows = office()
    more = [
        event(row, name, row["timestamp"] + (n + 1) * SECOND // 10)
        for row in rows
        for n, name in enumerate(names)
    ]
    return rows + more


def counted_titles() -> Rows:
    """What is touched is named by the page's title, with a count of unread messages before it."""
    random = Random(53)  # noqa: S311 - a test log is no secret
    return [{**row, "target": f"({random.randint(1, 9)}) {row['target']}"} for row in office()]


def first_ten() -> Rows:
    """Of each visit the first ten events are kept."""
    return [row for own in visits(office()) for row in own[:10]]


def last_twenty() -> Rows:
    """Of each visit the last twenty events are kept."""
    return [row for own in visits(office()) for row in own[-20:]]


TRACES: Final = (
    Trouble(
        name="A server's row in every break",
        rows=sparse_pings,
        words=NOT_WRONG,
        check="machine_events",
    ),
    Trouble(name="A server's work in breaks", rows=server_work, words=NOT_WRONG),
    Trouble(name="Views of a phone in breaks", rows=background_views, words=NOT_WRONG),
    Trouble(name="A wake-up before returns", rows=syncs_before_returns, words=NOT_WRONG),
    Trouble(name="A notification before returns", rows=mails_before_returns, words=NOT_WRONG),
    Trouble(name="A session started for people", rows=sessions_before_returns, words=NOT_WRONG),
    Trouble(name="A view before returns", rows=views_before_returns, words=NOT_WRONG),
    Trouble(name="Teams under one id", rows=teams, words=BLIND, check="several_people"),
    Trouble(name="Four at one desk", rows=desks, words=BLIND, check="several_at_once"),
    Trouble(name="Pairs under one id", rows=pairs, words=BLIND, check="several_at_once"),
    Trouble(
        name="A field of who acted", rows=nested_actors, words=NOT_WRONG, check="likely_agents"
    ),
    Trouble(
        name="A text of who acted", rows=written_actors, words=NOT_WRONG, check="likely_agents"
    ),
    Trouble(
        name="Titles with a count",
        rows=counted_titles,
        words=BLIND,
        reason="element_names_vary",
    ),
    Trouble(name="Ten events of each visit", rows=first_ten, words=BLIND, reason="sessions_cut"),
    Trouble(
        name="The last twenty events of each visit",
        rows=last_twenty,
        words=BLIND,
        reason="sessions_cut",
    ),
    Trouble(name="Tabs only", rows=tabs_only, words=UNSURE),
    Trouble(name="Views only", rows=views_only, words=UNSURE),
    Trouble(name="One event a task", rows=one_event_a_task, words=UNSURE),
    Trouble(name="Exposures of experiments", rows=exposures, words=NOT_WRONG),
    Trouble(name="A column that ends", rows=column_lost, words=NOT_WRONG),
    Trouble(name="Saves of a machine in breaks", rows=autosave_bursts, words=NOT_WRONG),
    Trouble(name="Five events an act", rows=page_loads, options={"productive": "edit"}),
)
