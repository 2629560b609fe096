"""Logs in which there is little to see."""

from typing import Final

from benchmarks.messes.logs import DAY, START, changed, log, one
from benchmarks.messes.mess import Made, Mess, Refused, Used


def no_returns() -> Made:
    """Nobody comes back."""
    return one([row for i, row in enumerate(log()) if i % 30 < 6])


def one_user() -> Made:
    """There is one user."""
    return one(log(1))


def one_event() -> Made:
    """There is one event."""
    return one(log()[1:2])


def one_instant() -> Made:
    """All events bear the same instant."""
    return one([row | {"at_us": START, "target": f"t{i}"} for i, row in enumerate(log())])


def one_event_each() -> Made:
    """Everybody has one event."""
    return one([row | {"user_id": f"u{i}"} for i, row in enumerate(log())])


def a_year_between() -> Made:
    """One user has two events, a year apart."""
    row = log()[1]
    return one([row, row | {"at_us": row["at_us"] + 365 * DAY}], [])


def no_work() -> Made:
    """Nobody works."""
    return one(changed(log(), 1, event="view_item"))


def no_elements() -> Made:
    """No event has an element."""
    return one(changed(log(), 1, target=None))


def only_what_is_idle() -> Made:
    """An option calls the only event idle."""
    return one(changed(log(), 1, event="lock"), [])


def only_what_is_ignored() -> Made:
    """An option leaves out every event."""
    return one(log(), [])


def no_such_name() -> Made:
    """An option names an event that is not there."""
    return one(log(), [])


LITTLE: Final = (
    Mess(no_returns, Used()),
    Mess(one_user, Used()),
    Mess(one_event, Used()),
    Mess(one_instant, Used()),
    Mess(one_event_each, Used()),
    Mess(a_year_between, Used()),
    Mess(no_work, Used(), {"productive": None}),
    Mess(no_elements, Used()),
    Mess(only_what_is_idle, Refused(("--away",)), {"away": "lock", "productive": None}),
    Mess(only_what_is_ignored, Refused(("--ignore",)), {"ignore": "*"}),
    Mess(no_such_name, Refused(("edit_itm", "edit_item"), 2), {"productive": "edit_itm"}),
)
