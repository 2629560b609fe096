"""Kinds of trouble: each hides from the office's log a part of what happened."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.blind_logs.elements import ELEMENTS
from benchmarks.blind_logs.endings import ENDINGS
from benchmarks.blind_logs.office import DAY, DAYS, HOUR, MINUTE, MONDAY_US, SECOND, Rows, office
from benchmarks.blind_logs.sending import SENDING
from benchmarks.blind_logs.sharing import SHARING
from benchmarks.blind_logs.starts import STARTS
from benchmarks.blind_logs.timing import TIMING
from benchmarks.blind_logs.traces import TRACES
from benchmarks.blind_logs.trouble import (
    BLIND,
    NOT_WRONG,
    UNSURE,
    Trouble,
    event,
    renamed,
    visits,
)


def plain() -> Rows:
    """Nothing is wrong."""
    return office()


def aimless() -> Rows:
    """Nothing is wrong, and people never go on where they left off."""
    return office(hit=0.0)


def saves() -> Rows:
    """Only saves are logged: the search before them leaves no trace."""
    return [{**row, "event": "save"} for row in office() if row["event"] == "edit"]


def status_changes() -> Rows:
    """A ticket system logs approvals and assignments only."""
    random = Random(2)  # noqa: S311 - a test log is no secret
    names = ("approve_request", "assign_ticket", "resolve_ticket")
    return [{**row, "event": random.choice(names)} for row in office() if row["event"] == "edit"]


def minute_stamps() -> Rows:
    """Times are whole minutes."""
    return [
        {**row, "timestamp": row["timestamp"] // MINUTE * MINUTE, "n": n}
        for n, row in enumerate(office())
    ]


def ten_second_stamps() -> Rows:
    """A server rounds every time to ten seconds."""
    ten = 10 * SECOND
    return [
        {**row, "timestamp": row["timestamp"] // ten * ten, "n": n}
        for n, row in enumerate(office())
    ]


def new_ids() -> Rows:
    """Every visit gives all elements new ids."""
    return [{**row, "target": f"{row['target']}#{row['visit']}"} for row in office()]


def lost_views() -> Rows:
    """Rows without a name are dropped, and those are the ones that people begin with."""
    return [{**row, "event": row["event"] if row["event"] == "edit" else None} for row in office()]


def server_mails() -> Rows:
    """A server writes `notification_sent` at the end of every visit."""
    rows = office()
    for own in visits(rows[:]):
        rows.append(event(own[-1], "notification_sent", own[-1]["timestamp"] + SECOND))
    return rows


def unknown_idle() -> Rows:
    """An idle event of an unknown name ends every visit, another begins it."""
    rows = office()
    for own in visits(rows[:]):
        rows.append(event(own[-1], "presence_gone", own[-1]["timestamp"] + 40 * SECOND))
        rows.append(event(own[0], "presence_back", own[0]["timestamp"] - SECOND))
    return rows


def late_idle() -> Rows:
    """An idle event of an unknown name comes five minutes into every break."""
    rows = office()
    for own in visits(rows[:]):
        rows.append(event(own[-1], "presence_gone", own[-1]["timestamp"] + 5 * MINUTE))
    return rows


def uneven_pings() -> Rows:
    """A hidden tab pings every few minutes through every second break."""
    random = Random(3)  # noqa: S311 - a test log is no secret
    rows = office()
    for n, own in enumerate(list(visits(rows))):
        at = own[-1]["timestamp"] + MINUTE
        while n % 2 and at < own[-1]["timestamp"] + 150 * MINUTE:
            rows.append(event(own[-1], "still_there", at))
            at += round(random.uniform(3, 12) * MINUTE)
    return rows


def even_pings() -> Rows:
    """A client sends a heartbeat every minute through most of every break."""
    rows = office()
    for own in list(visits(rows)):
        end = own[-1]["timestamp"]
        rows += [event(own[-1], "heartbeat", end + n * MINUTE) for n in range(1, 130)]
    return rows


def films() -> Rows:
    """After every fourth act a film of two to six minutes runs; breaks are as before."""
    random = Random(4)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        later = 0
        for n, row in enumerate(own):
            rows.append({**row, "timestamp": row["timestamp"] + later})
            if n % 4 == 3:
                rows.append(event(row, "play_lecture", rows[-1]["timestamp"] + SECOND))
                later += round(random.uniform(120, 360) * SECOND)
    return rows


def batch_uploads() -> Rows:
    """The first minute of every visit is sent at once and bears one instant."""
    rows: Rows = []
    for own in visits(office()):
        late = own[0]["timestamp"] + MINUTE
        rows += [{**row, "timestamp": max(late, row["timestamp"])} for row in own]
    return rows


def agents() -> Rows:
    """An assistant works on in every break, under the person's id."""
    random = Random(5)  # noqa: S311 - a test log is no secret
    rows = office()
    for own in list(visits(rows)):
        at = own[-1]["timestamp"] + 2 * MINUTE
        for _ in range(6):
            rows.append(event(own[-1], "assistant_edited_file", at, random.choice(own)["target"]))
            at += round(random.uniform(8, 25) * MINUTE)
    return rows


def bots() -> Rows:
    """Half of the users are machines that edit around the clock."""
    random = Random(6)  # noqa: S311 - a test log is no secret
    rows = office(people=60)
    for bot in range(60):
        at = MONDAY_US + random.randrange(HOUR)
        while at < MONDAY_US + DAYS * DAY:
            name = f"item-b{bot}-{random.randrange(40)}"
            rows.append(
                {"user_id": f"b{bot}", "timestamp": at, "event": "edit", "target": name, "visit": 0}
            )
            at += round(random.expovariate(1 / (25 * 60)) * SECOND)
    return rows


def shared_account() -> Rows:
    """Twenty people at a front desk work under one id."""
    return [
        {**row, "user_id": "desk" if int(row["user_id"][1:]) < 20 else row["user_id"]}
        for row in office(people=80)
    ]


def cryptic() -> Rows:
    """Work has names that say nothing; only a rare export does."""
    rows = renamed({"edit": "act_17", "view": "act_4"})
    return [{**row, "event": "save"} if n % 12 == 0 else row for n, row in enumerate(rows)]


def thin_work() -> Rows:
    """Mouse moves are nearly all there is; work by name is one event in a hundred."""
    rows = renamed({"edit": "scroll", "view": "view"})
    work = {id(own[len(own) // 2]) for own in visits(rows)}
    rows = [{**row, "event": "edit"} if id(row) in work else row for row in rows]
    more = []
    for row in rows:
        more += [{**row, "event": "scroll", "timestamp": row["timestamp"] + k} for k in range(1, 5)]
    return rows + more


def one_name() -> Rows:
    """Everything is an `update`."""
    return renamed({"edit": "update", "view": "update"})


def no_elements() -> Rows:
    """Elements are not logged."""
    return [{**row, "target": None} for row in office()]


def few_people() -> Rows:
    """Twelve people."""
    return office(people=12)


def reloads() -> Rows:
    """The page reloads itself when somebody comes back, and the reload counts as a view."""
    rows = office()
    for own in list(visits(rows)):
        rows.append(event(own[0], "page_loaded", own[0]["timestamp"] - 2 * SECOND))
    return rows


def autosaves() -> Rows:
    """The editor saves by itself whenever it is opened."""
    rows = office()
    for own in list(visits(rows)):
        rows.append(event(own[0], "document_saved", own[0]["timestamp"] - 1000))
    return rows


def invoices() -> Rows:
    """A server writes `invoice_generated` under people's ids, at any time of their breaks."""
    random = Random(8)  # noqa: S311 - a test log is no secret
    rows = office()
    for own in list(visits(rows)):
        for _ in range(3):
            at = own[-1]["timestamp"] + round(random.uniform(5, 120) * MINUTE)
            rows.append(event(own[-1], "invoice_generated", at))
    return rows


def actors() -> Rows:
    """A column says who acted: an automation edits just before each person comes back."""
    rows = [{**row, "triggered_by": "manual"} for row in office()]
    for own in list(visits(rows)):
        acted = event(own[0], "edit", own[0]["timestamp"] - 2 * SECOND, own[-1]["target"])
        rows.append({**acted, "triggered_by": "automation"})
    return rows


def event_ids_as_elements() -> Rows:
    """The element of every event is an id of its own."""
    return [{**row, "target": f"{n:08x}"} for n, row in enumerate(office())]


def ids_before_login() -> Rows:
    """Everybody comes back under an id of the visit, and signs in after the third event."""
    return [
        {**row, "user_id": f"guest-{row['user_id']}-{row['visit']}"} if place < 3 else row
        for own in visits(office())
        for place, row in enumerate(own)
    ]


def ids_in_two_cases() -> Rows:
    """Half of the rows write the user's id in capitals."""
    random = Random(9)  # noqa: S311 - a test log is no secret
    return [
        {**row, "user_id": row["user_id"].upper() if random.random() < 0.5 else row["user_id"]}
        for row in office()
    ]


def unnamed_first() -> Rows:
    """A third of the visits begin with a row of the user `null`, beside an id of the device."""
    random = Random(10)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        lost = random.random() < 0.3
        for place, row in enumerate(own):
            who = "null" if lost and place == 0 else row["user_id"]
            rows.append({**row, "user_id": who, "anonymous_id": f"a-{row['user_id']}"})
    return rows


TROUBLES: Final = (
    Trouble(name="None", rows=plain),
    Trouble(name="No habit of going on", rows=aimless, words=frozenset({"do_not_build"})),
    Trouble(name="Only saves", rows=saves, words=BLIND, reason="first_event_is_work"),
    Trouble(
        name="Only status changes", rows=status_changes, words=BLIND, reason="first_event_is_work"
    ),
    Trouble(name="Minute stamps", rows=minute_stamps, words=BLIND),
    Trouble(name="Ten-second stamps", rows=ten_second_stamps, words=NOT_WRONG),
    Trouble(name="New ids each visit", rows=new_ids, words=BLIND, reason="elements_do_not_recur"),
    Trouble(name="Rows lost at returns", rows=lost_views, words=BLIND),
    Trouble(name="Work written by a machine at returns", rows=autosaves, words=BLIND),
    Trouble(name="Mails of a server", rows=server_mails),
    Trouble(name="Unknown idle events", rows=unknown_idle, check="likely_idle_events"),
    Trouble(name="Late idle events", rows=late_idle, words=NOT_WRONG),
    Trouble(name="Uneven pings", rows=uneven_pings, words=NOT_WRONG, check="machine_events"),
    Trouble(name="Heartbeats", rows=even_pings, words=NOT_WRONG, check="machine_events"),
    Trouble(name="Films", rows=films, words=NOT_WRONG),
    Trouble(name="Batch uploads", rows=batch_uploads, words=BLIND, reason="order_unknown"),
    Trouble(
        name="An assistant under the user's id",
        rows=agents,
        words=NOT_WRONG,
        check="likely_agents",
    ),
    Trouble(
        name="An assistant that is named",
        rows=agents,
        options={"agent": "assistant_*"},
        check="agent_events",
    ),
    Trouble(name="A column of who acted", rows=actors, words=NOT_WRONG, check="likely_agents"),
    Trouble(
        name="A column that is named",
        rows=actors,
        options={"agent": "triggered_by=automation"},
        check="agent_events",
    ),
    Trouble(
        name="Events of a server in breaks",
        rows=invoices,
        words=NOT_WRONG | {"do_not_build"},
        check="machine_events",
    ),
    Trouble(
        name="Events of a server that are named", rows=invoices, options={"ignore": "invoice_*"}
    ),
    Trouble(name="An id for every event", rows=event_ids_as_elements, words=BLIND),
    Trouble(
        name="Ids before the login",
        rows=ids_before_login,
        words=NOT_WRONG,
        check="identity_at_returns",
    ),
    Trouble(
        name="Ids in two cases", rows=ids_in_two_cases, words=NOT_WRONG, check="user_ids_alike"
    ),
    Trouble(
        name="Rows of nobody",
        rows=unnamed_first,
        words=BLIND,
        reason="starts_lost",
        check="placeholder_user_ids",
    ),
    Trouble(name="Bots", rows=bots, words=NOT_WRONG, check="restless_users"),
    Trouble(name="A shared account", rows=shared_account, words=NOT_WRONG, check="shared_user_id"),
    Trouble(name="Names that say nothing", rows=cryptic, words=BLIND, reason="roles_too_thin"),
    Trouble(name="Hardly any work by name", rows=thin_work, words=BLIND, reason="roles_too_thin"),
    Trouble(name="One name for everything", rows=one_name, words=UNSURE),
    Trouble(name="No elements", rows=no_elements, words=UNSURE),
    Trouble(name="Few people", rows=few_people, words=UNSURE),
    Trouble(name="Reloads", rows=reloads),
    *TIMING,
    *TRACES,
    *STARTS,
    *ENDINGS,
    *SENDING,
    *SHARING,
    *ELEMENTS,
)
