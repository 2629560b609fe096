"""Troubles of elements: work goes on where a hit cannot be seen."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.blind_logs.office import Rows, office
from benchmarks.blind_logs.trouble import BLIND, Trouble

FIELDS: Final = 30
"""Of the form."""
NAMED: Final = 0.1
"""Share of the edits that name an element, where hardly any does."""


def forms() -> Rows:
    """People fill the fields of a form one after another, and after a break the next one."""
    done: dict[str, int] = {}
    rows: Rows = []
    for row in office():
        number = done.get(row["user_id"], -1)
        if row["event"] == "edit":
            done[row["user_id"]] = number = number + 1
        place = max(number, 0) % FIELDS
        rows.append({**row, "target": f"field-{place}", "context": "form", "position": place})
    return [row if row["event"] == "edit" else {**row, "target": "form"} for row in rows]


def forms_without_places() -> Rows:
    """The same, and the log does not say where a field is."""
    return [{**row, "position": None} for row in forms()]


def queues() -> Rows:
    """People work through a queue: every edit is of a new entry, and they look at the last one."""
    done: dict[str, int] = {}
    rows: Rows = []
    for row in office():
        person = row["user_id"]
        if row["event"] == "edit":
            done[person] = done.get(person, -1) + 1
        entry = done.get(person, 0)
        rows.append({**row, "target": f"entry-{person}-{entry}"})
    return rows


def one_document() -> Rows:
    """The element is the document, and everybody has one."""
    return [{**row, "target": f"document of {row['user_id']}"} for row in office()]


def mostly_unnamed() -> Rows:
    """Nine in ten edits name no element."""
    random = Random(41)  # noqa: S311 - a test log is no secret
    return [
        row if row["event"] != "edit" or random.random() < NAMED else {**row, "target": None}
        for row in office()
    ]


ELEMENTS: Final = (
    Trouble(
        name="A form",
        rows=forms_without_places,
        words=BLIND,
        reason="elements_in_fixed_order",
    ),
    Trouble(
        name="A form whose fields have places",
        rows=forms,
        options={"near": 1},
        words=frozenset({"test", "build"}),
    ),
    Trouble(name="A queue", rows=queues, words=BLIND, reason="work_on_new_elements"),
    Trouble(
        name="One document for each person",
        rows=one_document,
        words=BLIND,
        reason="elements_too_large",
    ),
    Trouble(
        name="Work that hardly names elements",
        rows=mostly_unnamed,
        words=BLIND,
        reason="work_without_elements",
    ),
)
