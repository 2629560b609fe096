"""Columns and names: files that differ, names that hardly differ, what lies inside of others."""

import json
from typing import Any, Final

from benchmarks.messes.logs import (
    ALL,
    SECOND,
    added,
    as_logged,
    bad,
    changed,
    csv_file,
    json_file,
    lines,
    log,
    one,
    parquet_file,
)
from benchmarks.messes.mess import Made, Mess, Refused, Row, Rows, Used

HALF: Final = ALL // 2


def _two(first: Rows, second: Rows, kept: Rows | None = None) -> Made:
    files = {"a.csv": csv_file(first), "b.csv": csv_file(second)}
    return Made(files, [*first, *second] if kept is None else kept)


def _less(rows: Rows, name: str) -> Rows:
    return [{key: value for key, value in row.items() if key != name} for row in rows]


def a_column_less() -> Made:
    """The second file has no elements."""
    rows = log()
    kept = rows[:HALF] + changed(rows[HALF:], 1, target=None)
    return _two(rows[:HALF], _less(rows[HALF:], "target"), kept)


def a_column_more() -> Made:
    """The second file has a column that the first lacks."""
    rows = log()
    return _two(rows[:HALF], added(rows[HALF:], build=7))


def columns_in_another_order() -> Made:
    """The columns of the second file are in another order."""
    rows = log()
    return _two(rows[:HALF], [dict(reversed(row.items())) for row in rows[HALF:]])


def no_column_of_users() -> Made:
    """The second file has no column of users."""
    rows = log()
    return _two(rows[:HALF], _less(rows[HALF:], "user_id"), [])


def another_name_in_one_file() -> Made:
    """The users' column is called user_id in one file and uid in the other."""
    rows = log()
    other = [{"uid": row["user_id"], **_less([row], "user_id")[0]} for row in rows[HALF:]]
    return _two(rows[:HALF], other, [])


def types_that_clash_in_json() -> Made:
    """Ids are numbers in one file and texts in the other."""
    rows = changed(log(), 1, user_id=lambda row: str(1_000 + int(row["user_id"][3:])))
    numbers = changed(rows[:HALF], 1, user_id=lambda row: int(row["user_id"]))
    return Made({"a.jsonl": json_file(numbers), "b.jsonl": json_file(rows[HALF:])}, rows)


def types_that_clash_in_parquet() -> Made:
    """Times count seconds in one file and are texts in the other."""
    rows = [row | {"at_us": row["at_us"] // SECOND * SECOND} for row in log()]
    first = parquet_file(rows[:HALF], lambda at_us: at_us // SECOND)
    return Made({"a.parquet": first, "b.parquet": parquet_file(rows[HALF:])}, rows)


def formats_that_differ() -> Made:
    """One file is a CSV, one Parquet, one has JSON lines."""
    rows = log()
    files = {
        "a.csv": csv_file(rows[:80]),
        "b.parquet": parquet_file(rows[80:160]),
        "c.jsonl": json_file(rows[160:]),
    }
    return Made(files, rows)


def events_that_differ_by_case() -> Made:
    """Every fourth event is called Edit_Item instead of edit_item."""
    return one(changed(log(), 4, event=lambda row: row["event"].title()), [])


def events_that_differ_by_a_blank() -> Made:
    """Every fourth event has a blank behind its name."""
    return one(changed(log(), 4, event=lambda row: row["event"].replace("_", " ")), [])


def events_that_differ_by_their_letters() -> Made:
    """The same letter is there as one character or as two."""
    rows = changed(log(), 1, event=lambda row: row["event"].replace("view", "caf\u00e9"))
    return one(changed(rows, 4, event=lambda row: row["event"].replace("\u00e9", "e\u0301")), [])


def columns_that_differ_by_case() -> Made:
    """There are user_id and User_ID."""
    return one(added(log(), User_ID="x"), [])


def columns_that_differ_by_case_with_an_option() -> Made:
    """There are user_id and User_ID, and an option says which."""
    return one(added(log(), User_ID="x"))


def a_header_twice() -> Made:
    """Two columns are called event."""
    data = csv_file(log()).decode().replace("user_id,", "event,", 1)
    return bad(data)


def reserved_words() -> Made:
    """Columns are called rowid, select, a"b and 'x; drop table rows; --."""
    more: dict[str, Any] = {"rowid": 1, "select": 2, 'a"b': 3, "'x; drop table rows; --": 4}
    return one(added(log(), **more))


def columns_without_names() -> Made:
    """Two columns have no name."""
    data = csv_file(log()).decode()
    head, _, rest = data.partition("\n")
    rest = "".join(f"{line},,\n" for line in rest.splitlines())
    return Made({"log.csv": f"{head},,\n{rest}".encode()}, log())


def _inside(row: Row) -> Row:
    logged = as_logged([row])[0]
    target = logged.pop("target")
    return logged | {"properties": {"deep": {"target": "wrong"}, "target": target}}


def an_element_inside() -> Made:
    """The element is in an object, where a deeper key has the same name."""
    rows = log()
    return lines([_inside(row) for row in rows], rows)


def an_element_inside_of_text() -> Made:
    """The element is in an object that a CSV has as text."""
    rows = log()
    logged = [_inside(row) for row in rows]
    texts = [row | {"properties": json.dumps(row["properties"])} for row in logged]
    return one(texts, rows)


def a_user_inside() -> Made:
    """The user is in an object, and nothing says so."""
    rows = [{**_less([row], "user_id")[0], "who": {"user_id": row["user_id"]}} for row in log()]
    return lines(rows, [])


def a_key_that_is_nowhere() -> Made:
    """An option has a misspelled key."""
    return lines([_inside(row) for row in log()], [])


DRIFT: Final = (
    Mess(no_column_of_users, Refused(("b.csv", "user_id"))),
    Mess(a_column_less, Used(finds=("column_missing_in_file",), says=("b.csv",))),
    Mess(a_column_more, Used()),
    Mess(columns_in_another_order, Used()),
    Mess(another_name_in_one_file, Refused(("user_id",))),
    Mess(types_that_clash_in_json, Used(finds=("type_clash",), says=("a.jsonl", "b.jsonl"))),
    Mess(types_that_clash_in_parquet, Used()),
    Mess(formats_that_differ, Used()),
)
ALIKE: Final = (
    Mess(events_that_differ_by_case, Used(finds=("event_names_alike",))),
    Mess(events_that_differ_by_a_blank, Used(finds=("event_names_alike",))),
    Mess(events_that_differ_by_their_letters, Used(finds=("event_names_alike",))),
)
NESTED: Final = (
    Mess(a_user_inside, Refused(("--user who.user_id",))),
    Mess(an_element_inside, Used(), {"target": "properties.target"}),
    Mess(an_element_inside_of_text, Used(), {"target": "properties.target"}),
    Mess(a_key_that_is_nowhere, Refused(("properties.tarket",)), {"target": "properties.tarket"}),
)
QUOTED: Final = (
    Mess(columns_that_differ_by_case, Refused(("'user_id' or 'User_ID'", "--user"))),
    Mess(columns_that_differ_by_case_with_an_option, Used(), {"user": "user_id"}),
    Mess(a_header_twice, Refused(("log.csv", "'event'"))),
    Mess(reserved_words, Used()),
    Mess(columns_without_names, Used()),
)
