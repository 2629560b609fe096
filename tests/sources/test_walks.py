"""Names that walk into objects, into lists of keys with values, and into texts of JSON."""

import json
from types import SimpleNamespace

import duckdb
import pytest
from factories.source_files import read, write

from resume_gap.layouts import EITHER
from resume_gap.sources.tables import Column
from resume_gap.sources.walks import BESIDE, LAST_PART, find, heads

PAIRS = [
    {"key": "page.id", "value": {"string_value": "p", "int_value": None}},
    {"key": "n", "value": {"string_value": None, "int_value": 7}},
]


def value(folder, form, held, name):
    """The text under a name, of a row whose column `x` holds something."""
    row = {"user_id": "u", "timestamp": "2026-01-01", "event": "e", "event_params": held}
    _, _, rows = read(write(folder, [row], form), "target", mapping={"target": name})
    return rows[0]["target"]


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
@pytest.mark.parametrize(
    ("held", "name", "expected"),
    [
        (PAIRS, "event_params.page.id", "p"),
        (PAIRS, "event_params.n", "7"),
        ({"list": [{"element": pair} for pair in PAIRS]}, "event_params.n", "7"),
        ([{"name": "n", "value": "v"}], "event_params.n", "v"),
        ({"a.b": {"c": "v"}}, "event_params.a.b.c", "v"),
        ({"a": {"b": ""}, "c": "v"}, "event_params.a.b | event_params.c", "v"),
        ({"a": "http://x.org/verbs/answered"}, "event_params.a/", "answered"),
        ({"a": "https://w3id.org/xapi/verbs#done"}, "event_params.a/", "done"),
    ],
)
def test_a_walk(tmp_path, form, held, name, expected):
    if form == "jsonl" and "list" in held:
        pytest.skip("only Parquet is written so")
    assert value(tmp_path, form, held, name) == expected


def test_a_list_of_pairs_in_a_text_of_json(tmp_path):
    assert value(tmp_path, "csv", json.dumps(PAIRS), "event_params.page.id") == "p"


def test_a_column_that_is_called_so_wins(tmp_path):
    row = {"user_id": "u", "timestamp": "2026-01-01", "event": "e", "a | b": "1", "a": "2"}
    _, _, rows = read(write(tmp_path, [row], "csv"), "target", mapping={"target": "a | b"})
    assert rows[0]["target"] == "1"


def found(sql, name):
    """The first value under a name of a query; its columns are called as it says."""
    with duckdb.connect() as con:
        con.execute(f"create table t as {sql}")
        kinds = con.execute("describe t").fetchall()
        known = {row[0]: Column(f'"{row[0]}"', row[1]) for row in kinds}
        table = SimpleNamespace(columns=known, relation="t")
        column = find(table, name, con)
        if column is None:
            return "nothing"
        return con.execute(f"select {column.sql} from t").fetchone()[0]


@pytest.mark.parametrize(
    ("sql", "name", "expected"),
    [
        ("select {'b': {'c': 7}} as a", "a.b.c", 7),
        ("select {'b.c': 7} as a", "a.b.c", 7),
        ("select {'b': 7} as a", "a.c", "nothing"),
        ("select 7 as a", "a.b", "nothing"),
        ("select 7 as a", "c.b", "nothing"),
        ("select {'c': 7} as \"a.b\", {'b': {'c': 8}} as a", "a.b.c", 7),
        ("select map {'b': 'x', 'b.c': 'y'} as a", "a.b.c", "y"),
        ("select map {'b': {'c': 7}} as a", "a.b.c", 7),
        ("select [{'key': 'n', 'value': {'string_value': null, 'int_value': 7}}] as a", "a.n", "7"),
        ("select [{'key': 'n.m', 'value': 'x'}] as a", "a.n.m", "x"),
        ("select [{'name': 'n', 'value': 'x'}] as a", "a.n", "x"),
        ("select [{'other': 'n', 'value': 'x'}] as a", "a.n", "nothing"),
        ("select [{'key': 'n', 'other': 'x'}] as a", "a.n", "nothing"),
        ("select {'list': [{'element': {'key': 'n', 'value': 'x'}}]} as a", "a.n", "x"),
        ("select {'list': {'n': 7}} as a", "a.list.n", 7),
        ('select \'{"b": {"c": "x"}}\' as a', "a.b.c", "x"),
        ('select \'{"b.c": "x"}\' as a', "a.b.c", "x"),
        ("select 'no json' as a", "a.b", None),
        ("select map {'b': '{\"c\": 1}'::json} as a", "a.b.c", "1"),
        ('select \'[{"key": "n", "value": "x"}]\' as event_params', "event_params.n", "x"),
        ('select \'[{"key": "n", "value": "x"}]\' as other', "other.n", None),
        ("select '' as a, 'x' as b", f"a{EITHER}b", "x"),
        ("select 'x' as b", f"a{EITHER}b", "x"),
        ("select 'x' as b", f"a{EITHER}c", "nothing"),
        ("select ' x ' as a, 7 as b", f"a{BESIDE}b", "x 7"),
        ("select '' as a, 7 as b", f"a{BESIDE}b", None),
        ("select 7 as b", f"a{BESIDE}b", "nothing"),
        ("select 'http://x/y#z' as a", f"a{LAST_PART}", "z"),
        ("select 'http://x/y/' as a", f"a{LAST_PART}", "y/"),
        ("select 7 as b", f"a{LAST_PART}", "nothing"),
    ],
)
def test_where_a_name_leads(sql, name, expected):
    assert found(sql, name) == expected


def test_the_columns_that_a_name_may_begin_at():
    assert list(heads("a.b.c")) == ["a.b.c", "a.b", "a"]
    assert list(heads(f"a.b{LAST_PART}")) == ["a.b", "a"]
    assert list(heads(f"a.b{EITHER}c")) == ["a.b", "a", "c"]
    assert list(heads(f"a{BESIDE}c.d")) == ["a", "c.d", "c"]
