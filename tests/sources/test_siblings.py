"""Which of several columns is taken: by name, unless its values speak against it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from factories.groups import group_of

from resume_gap.constants import ID_EVERYWHERE
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.columns import Taken
from resume_gap.sources.siblings import Preferred, Siblings

AT = "2026-03-02T08:08:03Z"


def opened(folder: Path, rows: list[dict[str, Any]], **options: Any) -> Any:
    path = folder / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return open_source([str(path)], Settings(**options))


def rows(**values: list[Any]) -> list[dict[str, Any]]:
    whole = {"user_id": ["u", "v", "w"], "timestamp": [AT] * 3, "event": ["a", "b", "c"]} | values
    return [dict(zip(whole, row, strict=True)) for row in zip(*whole.values(), strict=True)]


def test_an_id_without_any_value_gives_way_to_one_that_has(tmp_path: Path) -> None:
    log = rows(user_id=[None, "", " "], domain_userid=["x", "y", "z"])
    source = opened(tmp_path, log)
    assert source.columns["user_id"] == "domain_userid"
    (check,) = [one for one in source.checks if one.check == "column_by_content"]
    assert check.message == (
        "user_id is read from 'domain_userid': 'user_id' has no value in any row"
    )
    assert opened(tmp_path, log, mapping={"user_id": "user_id"}).columns["user_id"] == "user_id"


def test_an_id_with_any_value_stays(tmp_path: Path) -> None:
    log = rows(user_id=[None, "", "u"], anonymous_id=["x", "y", "z"])
    assert opened(tmp_path, log).columns["user_id"] == "user_id"


@pytest.mark.parametrize("payload", ['{"old": 1}', {"old": 1}])
def test_payloads_are_no_names(tmp_path: Path, payload: object) -> None:
    log = rows(event=[payload, payload, "x=1"], event_type=["seq_next", "edit", "save"])
    assert opened(tmp_path, log).columns["event"] == "event_type"


@pytest.mark.parametrize(
    ("event", "event_name", "taken"),
    [
        (["page_view", "unstruct", "unstruct"], ["page_view", "edit", "save"], "event_name"),
        (["page_view", "unstruct", "unstruct"], ["page_view", "edit", "edit"], "event_name"),
        (["a", "b", "c"], ["Anna", "Bert", "Carl"], "event"),
        (["a", "a", "c"], ["x", "y", "x"], "event"),
        (["a", "a", "c"], ["x", "y", None], "event"),
    ],
)
def test_the_name_that_says_more(
    tmp_path: Path, event: list[str], event_name: list[str | None], taken: str
) -> None:
    assert opened(tmp_path, rows(event=event, event_name=event_name)).columns["event"] == taken


def test_events_without_a_name_are_named_by_their_type(tmp_path: Path) -> None:
    log = rows(event=[None, "edit", " "], type=["page", "track", "screen"], name=["A", "", "B"])
    source = opened(tmp_path, log)
    (check,) = [one for one in source.checks if one.check == "event_filled"]
    assert check.message == "'event' is empty in 2 rows; there the event is read from 'type'"
    with source.con as con:
        source.create_rows(con)
        events = con.execute("select event from rows order by event").fetchall()
    assert events == [("edit",), ("page",), ("screen",)]
    mapped = opened(tmp_path, log, mapping={"event": "event"})
    assert "event_filled" not in {one.check for one in mapped.checks}


@pytest.mark.parametrize(
    "types", [["page", "track", None], [None, None, None]], ids=["some", "none"]
)
def test_a_type_that_is_lacking_names_nothing(tmp_path: Path, types: list[str | None]) -> None:
    log = rows(event=[None, "edit", ""], type=types)
    assert "event_filled" not in {one.check for one in opened(tmp_path, log).checks}


def test_order_and_split_of_the_rows_do_not_matter(tmp_path: Path) -> None:
    log = rows(user_id=[None, None, "u"], anonymous_id=["x", "y", "z"])
    for part, own in {"a": log[:2], "b": log[2:]}.items():
        (tmp_path / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in own))
    paths = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    for inputs in (paths, paths[::-1]):
        assert open_source(inputs, Settings()).columns["user_id"] == "user_id"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def beside(con: duckdb.DuckDBPyConnection, *tables: str) -> Siblings:
    """The rows of some queries, each an input of its own."""
    for n, sql in enumerate(tables):
        con.execute(f"create or replace table t{n} as {sql}")
    return Siblings([group_of(con, f"t{n}") for n in range(len(tables))], con)


def taken(**columns: str) -> dict[str, Taken]:
    known = {"user_id": "user_id", "timestamp": "timestamp", "event": "event"} | columns
    return {name: Taken(column, "name") for name, column in known.items()}


def test_each_needed_column_is_looked_at_whatever_was_mapped(con: Any) -> None:
    some = beside(
        con, "select null as user_id, 1 as uid, null as ts, 2 as at, null as event, 3 as n"
    )
    named = taken(timestamp="ts")
    named["user_id"] = Taken("user_id", "mapping")
    found = some.prefer(named, ["user_id", "uid", "ts", "event", "eventtime", "action", "n"])
    assert found == []
    some = beside(con, "select null as user_id, 1 as ts, 2 as uid, 3 as event, null as other")
    named = taken(timestamp="ts")
    names = ["user_id", "ts", "uid", "event", "other"]
    assert some.prefer(named, names) == [
        Preferred("user_id", "uid", "user_id", "has no value in any row")
    ]
    assert named["user_id"] == Taken("uid", "content")
    assert named["timestamp"] == Taken("ts", "name")


def test_a_column_that_is_taken_or_empty_takes_no_place(con: Any) -> None:
    some = beside(con, "select null as user_id, 1 as timestamp, 'e' as event, 'x' as uid, '' as u")
    names = ["user_id", "timestamp", "event", "uid", "u"]
    assert some.prefer(taken(stream="uid"), names) == []
    assert [one.column for one in some.prefer(taken(), names)] == ["uid"]


def objects(con: Any, *values: object, kind: str = "varchar") -> bool:
    con.execute(f"create or replace table t0 (event {kind}, event_type varchar)")
    for value in values:
        con.execute("insert into t0 values (?, 'x')", [value])
    con.execute("create or replace table t1 as select 'x' as event_type")
    some = Siblings([group_of(con, "t1"), group_of(con, "t0")], con)
    found = some.prefer(
        {name: Taken(name, "mapping") for name in ("user_id", "timestamp")}
        | {"event": Taken("event", "name")},
        ["event", "event_type"],
    )
    assert all(one.why == "holds JSON objects, not names" for one in found)
    return bool(found)


def test_more_than_half_of_the_values_being_objects_is_a_payload(con: Any) -> None:
    assert objects(con, '{"a": 1}', " {}", "x")
    assert not objects(con, "{", "x")
    assert objects(con, "{", "{", "x", None, "")
    assert not objects(con, 1, 2, kind="integer")
    assert objects(con, ["a"], kind="varchar[]")


def test_an_event_whose_own_name_is_empty_has_one_beside_it(con: Any) -> None:
    first = "select * from (values ('e', null, null), ('', 'page', 'P')) as t (event, type, name)"
    second = "select null as event, null as type, 'Q' as name"
    names = ["event", "name", "type", "z"]
    assert beside(con, first).event_else(taken(), names) == Preferred(
        "event", "type", "event", "is empty in 1 rows"
    )
    both = beside(con, first, second)
    assert both.event_else(taken(), names) == Preferred(
        "event", "name", "event", "is empty in 2 rows"
    )
    assert both.event_else(taken(), ["event", "type"]) is None
    assert both.event_else(taken(), ["event", "z"]) is None
    assert both.event_else(taken(stream="name"), names) is None
    mapped = taken() | {"event": Taken("event", "mapping")}
    assert both.event_else(mapped, names) is None
    assert beside(con, "select 'e' as event, 'x' as type").event_else(taken(), names) is None


def test_values_beside_those_that_are_missing_are_counted(con: Any) -> None:
    first = (
        "select * from (values (null, 'x', 'y', 1), (' ', 'None', 'y', null), ('u', 'x', 'y', 2),"
        " ('NONE', '', 'y', 3)) as t (a, b, c, n)"
    )
    some = beside(con, first, "select 'z' as b")
    assert some.filled("a", ["b", "c", "n", "gone"]) == {"b": 3, "c": 2, "n": 1, "gone": 0}
    assert [*some.filled("a", ["gone", "n", "c", "b"])] == ["b", "c", "n", "gone"]
    nobody = ("none",)
    assert some.filled("a", ["b", "c", "n"], nobody=nobody) == {"c": 3, "b": 2, "n": 2}


def test_a_column_stands_beside_another_in_nearly_all_rows(con: Any) -> None:
    least = ID_EVERYWHERE.value
    rows = "select if(n < {}, 'x', null) as b, 'a' as a from range(1000) as t (n)"
    for many, stands in ((round(1000 * least), True), (round(1000 * least) - 1, False)):
        assert beside(con, rows.format(many)).stands_beside("a", "b") is stands
    two = beside(con, rows.format(1000), "select 'a' as a from range(500)")
    assert not two.stands_beside("a", "b")
    assert two.stands_beside("b", "a")
    assert beside(con, "select null as a, 'x' as b").stands_beside("b", "a") is False
    some = beside(con, "select 'none' as b, 'a' as a")
    assert some.stands_beside("a", "b")
    assert not some.stands_beside("a", "b", nobody=("none",))
    assert some.stands_beside("b", "a", nobody=("none",))


@pytest.mark.parametrize(
    ("pairs", "more"),
    [
        ("('track', 'a'), ('track', 'b')", True),
        ("('x', 'a'), ('x', 'b')", True),
        ("('x', 'a'), ('y', 'b')", False),
        ("('track', 'a'), ('y', 'b')", True),
        ("('x', 'a'), ('x', 'b'), ('y', 'b')", False),
        ("('track', null), ('track', 'b'), ('track', 'c')", False),
        ("('track', ' '), ('track', 'b'), ('track', 'c')", False),
        ("('', 'c'), ('track', 'b')", True),
    ],
)
def test_the_finer_name_tells_as_much_and_more(con: Any, pairs: str, *, more: bool) -> None:
    some = beside(
        con, f"select * from (values {pairs}) as t (event, event_name)", "select 1 as other"
    )
    mapped = {name: Taken(name, "mapping") for name in ("user_id", "timestamp")}
    found = some.prefer(mapped | {"event": Taken("event", "name")}, ["event", "event_name"])
    assert found == ([Preferred("event", "event_name", "event", "says less")] if more else [])
    other = some.prefer(mapped | {"event": Taken("other", "name")}, ["event_name", "other"])
    assert other == []
