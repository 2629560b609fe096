"""Troubles at the starts of visits: what comes before a person can look, and another name."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.blind_logs.office import DAY, MONDAY_US, SECOND, Rows, office
from benchmarks.blind_logs.trouble import NOT_WRONG, UNSURE, Trouble, event, visits


def last_loaded() -> Rows:
    """The client loads the last element again whenever it is opened, as a `view`."""
    rows = office()
    last: dict[str, str] = {}
    for own in sorted(visits(rows), key=lambda one: (one[0]["user_id"], one[0]["timestamp"])):
        user = own[0]["user_id"]
        if user in last:
            rows.append(event(own[0], "view", own[0]["timestamp"] - SECOND, last[user]))
        last[user] = own[-1]["target"]
    return rows


def kept_names() -> Rows:
    """A tracker writes the last element beside `open_app`, which begins every visit."""
    people = {(row["user_id"], row["timestamp"]) for row in office()}
    return [
        row if (row["user_id"], row["timestamp"]) in people else {**row, "event": "open_app"}
        for row in last_loaded()
    ]


def signing_in() -> Rows:
    """People sign in for about 20 seconds first, and then know where to go on."""
    random = Random(31)  # noqa: S311 - a test log is no secret
    rows = [row for row in office() if row["event"] == "edit"]
    for own in list(visits(rows)):
        done = own[0]["timestamp"] - SECOND
        for name, at in (
            ("login_shown", done - round(random.uniform(15, 25) * SECOND)),
            ("login_submitted", done),
        ):
            rows.append(event(own[0], name, at))
    return rows


def renamed_work() -> Rows:
    """A release after two days calls nearly all edits `grid_input`."""
    random = Random(32)  # noqa: S311 - a test log is no secret
    names = {False: "edit", True: "grid_input"}
    return [
        {**row, "event": names[row["timestamp"] >= MONDAY_US + 2 * DAY]}
        if row["event"] == "edit" and random.random() < 0.85
        else row
        for row in office()
    ]


STARTS: Final = (
    Trouble(
        name="The last element, loaded again",
        rows=last_loaded,
        words=NOT_WRONG,
        check="touched_at_once",
    ),
    Trouble(
        name="A tracker that keeps the last element",
        rows=kept_names,
        words=NOT_WRONG,
        check="touched_at_once",
    ),
    Trouble(
        name="Signing in",
        rows=signing_in,
        words=UNSURE | {"do_not_build"},
        check="signed_in_late",
    ),
    Trouble(
        name="Work that a release renames", rows=renamed_work, words=NOT_WRONG, check="work_renamed"
    ),
)
