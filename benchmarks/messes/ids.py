"""Who the rows are of: missing, false, shared and changing ids, devices and sessions."""

from collections.abc import Mapping
from typing import Final

import pyarrow as pa

from benchmarks.messes.logs import (
    DAY,
    EACH,
    MINUTE,
    SECOND,
    START,
    added,
    arrow_table,
    changed,
    iso,
    lines,
    log,
    one,
    table,
)
from benchmarks.messes.mess import Made, Mess, Refused, Row, Rows, Used

TENTH: Final = 24
SOME: Final[Mapping[str, int]] = {"no_user": TENTH}


def _without(rows: Rows, n: int) -> Rows:
    return [row for i, row in enumerate(rows) if i % n]


def empty_ids() -> Made:
    """Every tenth id is empty."""
    return one(changed(log(), 10, user_id=""), _without(log(), 10))


def blank_ids() -> Made:
    """Every tenth id is a blank."""
    return one(changed(log(), 10, user_id=" "), _without(log(), 10))


def null_ids() -> Made:
    """Every tenth id is null, in Parquet."""
    return table(changed(log(), 10, user_id=None), _without(log(), 10))


def null_ids_in_json() -> Made:
    """Every tenth id is null, in JSON."""
    return lines(changed(log(), 10, user_id=None), _without(log(), 10))


def mostly_empty_ids() -> Made:
    """Two of three ids are empty."""
    rows = [row | {"user_id": row["user_id"] if i % 3 == 0 else ""} for i, row in enumerate(log())]
    return one(rows, [])


def no_names_of_events() -> Made:
    """Every tenth event has no name."""
    return one(changed(log(), 10, event=""), _without(log(), 10))


def no_times() -> Made:
    """Every tenth event has no time."""
    return one(changed(log(), 10, at_us=None), _without(log(), 10))


WORDS: Final = ("undefined", "null", "None", "NaN", "[object Object]", "0")


def ids_of_nobody() -> Made:
    """Every tenth row's id is what programs write where they know nobody."""
    rows = [
        row | {"user_id": WORDS[i // 10 % len(WORDS)]} if i % 10 == 0 else row
        for i, row in enumerate(log())
    ]
    return one(rows, _without(log(), 10))


def ids_of_nobody_that_are_kept() -> Made:
    """Every tenth row's id is `guest`, which is somebody here."""
    return one(changed(log(), 10, user_id="guest"))


def only_ids_of_nobody() -> Made:
    """Every id is `undefined`."""
    return one(changed(log(), 1, user_id="undefined"), [])


def one_id_for_everybody() -> Made:
    """A kiosk's id has every fifth event of 48 people."""
    return one(changed(log(48), 5, user_id="kiosk"))


def one_busy_person_of_eight() -> Made:
    """Of eight people one has most of the events."""
    rows = log()
    return one([row | {"user_id": "ann00"} if row["user_id"] > "ann02" else row for row in rows])


def other_devices() -> Made:
    """People come back on another device every second time."""
    return one([row | {"device": f"d{i // 6 % 2}"} for i, row in enumerate(log())])


def signed_in_mid_visit() -> Made:
    """People begin under an id of their browser and go on, seconds later, under their own."""
    rows: Rows = []
    for i, row in enumerate(log(20)):
        own, step = row["user_id"], i % EACH
        at_us = row["at_us"] + i // EACH * DAY  # one person a day, so that chance plays no part
        if step == 1:
            at_us = rows[-1]["at_us"] + 3 * SECOND
        rows.append(row | {"user_id": own if step else f"anon-{own}", "at_us": at_us})
    return one(rows)


def ids_that_differ_by_case() -> Made:
    """Every second id is written in capitals."""
    return one(changed(log(), 2, user_id=lambda row: row["user_id"].upper()))


def _session(row: Row) -> str:
    return f"{row['user_id']}-{(row['at_us'] - START) // (90 * MINUTE)}"


def sessions_that_agree() -> Made:
    """The log's own session ids change where people were gone for hours."""
    return one([row | {"session_id": f"s{i // 6}"} for i, row in enumerate(log())])


def sessions_that_do_not() -> Made:
    """The log's own session ids last for the whole day."""
    return one(added(log(), session_id=lambda row: "s" + row["user_id"]))


def zeros_in_front() -> Made:
    """`007` and `7` are two people."""
    names = {"ann00": "007", "ann01": "7"}
    return one(changed(log(), 1, user_id=lambda row: names.get(row["user_id"], row["user_id"])))


def _large(low: int) -> Rows:
    return changed(log(), 1, user_id=lambda row: low + int(row["user_id"][3:]))


def _texts(rows: Rows) -> Rows:
    return changed(rows, 1, user_id=lambda row: str(row["user_id"]))


def ids_over_2_to_53() -> Made:
    """Ids are numbers over 2^53, in JSON; as floating point numbers some would be equal."""
    rows = _large(2**53)
    return lines(rows, _texts(rows))


def ids_over_2_to_64() -> Made:
    """Ids are numbers over 2^64, in JSON; as floating point numbers all would be equal."""
    rows = _large(2**64)
    return lines(rows, _texts(rows))


def ids_of_thirty_digits() -> Made:
    """Ids are numbers of 31 digits, in a CSV."""
    return one(_texts(_large(10**30)))


def ids_as_unsigned_numbers() -> Made:
    """Ids are numbers near 2^64, in Parquet."""
    rows = _large(2**64 - 50)
    columns = {
        "user_id": pa.array([row["user_id"] for row in rows], pa.uint64()),
        "timestamp": [iso(row["at_us"]) for row in rows],
        "event": [row["event"] for row in rows],
        "target": [row["target"] for row in rows],
    }
    return Made({"log.parquet": arrow_table(columns)}, _texts(rows))


NULLS: Final = (
    Mess(mostly_empty_ids, Refused(("160 of 240", "user"))),
    Mess(empty_ids, Used(SOME)),
    Mess(blank_ids, Used(SOME)),
    Mess(null_ids, Used(SOME)),
    Mess(null_ids_in_json, Used(SOME)),
    Mess(no_names_of_events, Used({"no_event": TENTH})),
    Mess(no_times, Used({"no_time": TENTH})),
)
_NOBODY: Final = Used({"placeholder_user": TENTH}, finds=("placeholder_user_ids",))
PLACEHOLDERS: Final = (
    Mess(ids_of_nobody, Used(_NOBODY.dropped, _NOBODY.finds, says=WORDS[:3])),
    Mess(ids_of_nobody_that_are_kept, Used(), {"keep_placeholder_ids": True}),
    Mess(only_ids_of_nobody, Refused(("--keep-placeholder-ids",))),
)
SHARED: Final = (
    Mess(one_id_for_everybody, Used(finds=("shared_user_id",)), long=True),
    Mess(one_busy_person_of_eight, Used(quiet=("shared_user_id",))),
)
DEVICES: Final = (
    Mess(other_devices, Used()),
    Mess(signed_in_mid_visit, Used(finds=("identity_switch",))),
    Mess(ids_that_differ_by_case, Used(finds=("user_ids_alike",))),
)
SESSIONS: Final = (
    Mess(sessions_that_agree, Used(quiet=("session_ids_disagree",))),
    Mess(sessions_that_do_not, Used(finds=("session_ids_disagree",))),
)
NUMBERS: Final = (
    Mess(zeros_in_front, Used()),
    Mess(ids_over_2_to_53, Used()),
    Mess(ids_over_2_to_64, Used()),
    Mess(ids_of_thirty_digits, Used()),
    Mess(ids_as_unsigned_numbers, Used()),
)
