"""Files in any layout come out as the same rows."""

import duckdb
import pytest
from factories.groups import group_of
from factories.source_files import FORMATS, NOON, PLAIN, US, read, values, write

from resume_gap.errors import UsageError
from resume_gap.settings import EXPOSURES, Settings
from resume_gap.sources import open_source
from resume_gap.sources.lengths import SECONDS, Lengths
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.sources.roles import Mark
from resume_gap.sources.rows import RowPlan, select_rows, unmapped_columns
from resume_gap.sources.siblings import Preferred

FEWER = [
    form if form in ("csv", "jsonl.gz", "duckdb") else pytest.param(form, marks=pytest.mark.full)
    for form in FORMATS
]
"""One of each reader."""


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_rows(tmp_path, form):
    source, report, rows = read(write(tmp_path, PLAIN, form), order="order by at_us, at_given")
    parquet = read(write(tmp_path, PLAIN, "parquet", "same"), order="order by at_us, at_given")[2]
    assert rows == parquet
    assert len(rows) == len(PLAIN)
    assert report.broken_lines == 0
    by_event = {(row["user_id"], row["event"]): row for row in rows}
    assert by_event["007", "edit"]["at_us"] == NOON
    assert by_event["7", 'ü, "q"']["at_us"] == NOON + US
    assert by_event["7", 'ü, "q"']["target"] is None
    assert by_event[None, "view"]["at_us"] == NOON + 2 * US
    assert (by_event["u", "view"]["at_us"], by_event["u", "view"]["at_given"]) == (None, True)
    assert (by_event["u", None]["at_us"], by_event["u", None]["at_given"]) == (None, False)
    assert by_event["u", None]["target"] == "line\nbreak"
    assert source.columns["target"] == "target"


@pytest.mark.parametrize("form", FEWER)
def test_types_of_the_relation(tmp_path, form):
    row = {
        "user_id": "u",
        "timestamp": NOON // US,
        "event": "e",
        "target": "t",
        "context": "c",
        "task": "k",
        "end": NOON // US + 5,
        "device": "d",
        "sequence": 3,
        "event_id": "i",
        "received_at": NOON // US + 6,
        "variant": "A",
        "position": 1.5,
        "stream": "s",
        "x": 1,
    }
    source = open_source([write(tmp_path, [row], form)], Settings())
    with source.con as con:
        source.create_rows(con)
        described = {name: kind for name, kind, *_ in con.execute("describe rows").fetchall()}
        (values,) = con.execute("select * exclude (row_hash) from rows").fetchall()
    text = dict.fromkeys(("device", "event_id", "variant", "stream"), "VARCHAR")
    assert described == {
        "input_no": "USMALLINT",
        "user_id": "VARCHAR",
        "at_us": "BIGINT",
        "at_given": "BOOLEAN",
        "event": "VARCHAR",
        "target": "VARCHAR",
        "context": "VARCHAR",
        "task": "VARCHAR",
        "sequence": "BIGINT",
        "end_us": "BIGINT",
        **text,
        "received_at_us": "BIGINT",
        "end_far": "BOOLEAN",
        "received_at_far": "BOOLEAN",
        "position": "DOUBLE",
        "row_hash": "UBIGINT",
    }
    named = dict(zip((name for name in described if name != "row_hash"), values, strict=True))
    assert named == {
        "input_no": 0,
        "user_id": "u",
        "at_us": NOON,
        "at_given": True,
        "event": "e",
        "target": "t",
        "context": "c",
        "task": "k",
        "sequence": 3,
        "end_us": NOON + 5 * US,
        "device": "d",
        "event_id": "i",
        "variant": "A",
        "stream": "s",
        "received_at_us": NOON + 6 * US,
        "position": 1.5,
        "end_far": False,
        "received_at_far": False,
    }


def test_no_row_hash_when_every_column_is_mapped(tmp_path):
    rows = [{"user_id": "u", "timestamp": "2026-01-01", "event": "e"}]
    _, _, got = read(write(tmp_path, rows, "csv"))
    assert "row_hash" not in got[0]
    assert "sequence" not in got[0]


@pytest.mark.parametrize("form", FEWER)
def test_row_hash_is_blind_to_format_order_and_idle(tmp_path, form):
    base = {"user_id": "u", "timestamp": "2026-01-01", "event": "e"}
    one = [{**base, "b": 5, "a": "x"}, {**base, "b": 5, "a": "x"}, {**base, "b": 6, "a": None}]
    other = [{"b": 6, **base}]
    files = [write(tmp_path, one, form), write(tmp_path, other, "parquet", "other")]
    hashes = [r["row_hash"] for r in read(files, "row_hash, input_no", "order by input_no")[2]]
    assert len(set(hashes)) == 2
    assert hashes.count(hashes[-1]) == 2


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_marks_by_column(tmp_path, form):
    kinds = ["edit", "edit-x", "view", None, "both"]
    rows = [
        {"user_id": f"u{i}", "ts": "2026-01-01", "event": "e", "kind": k, "n": i}
        for i, k in enumerate(kinds)
    ]
    source, _, got = read(
        write(tmp_path, rows, form),
        "marks",
        "order by user_id",
        productive=("kind=edit*", "kind=both", "save"),
        complete=("kind=both",),
        away=("n=2",),
        ignore=("event=nothing",),
    )
    assert [row["marks"] for row in got] == [1, 1, 4, 0, 3]
    names = {bit: found for bit, found in source.entries.names.items() if found}
    assert names == {PRODUCTIVE: ("save",)}


def test_marks_by_a_mapped_column(tmp_path):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "element": "a"}]
    assert values(write(tmp_path, rows, "csv"), "marks", away=("target=a",)) == [4]


def test_an_equals_sign_in_an_event_name_stays(tmp_path):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "mode=edit", "kind": "x"}]
    source, _, got = read(write(tmp_path, rows, "csv"), productive=("mode=edit",))
    assert "marks" not in got[0]
    assert source.entries.names[1] == ("mode=edit",)


@pytest.mark.parametrize("entry", ["knd=x", "target=x"])
def test_a_role_of_a_column_that_is_not_there(tmp_path, entry):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "kind": "x"}]
    with pytest.raises(UsageError, match="no"):
        read(write(tmp_path, rows, "csv"), productive=(entry,))


def test_row_order_and_split_change_nothing(tmp_path):
    whole = write(tmp_path, PLAIN, "csv", "whole")
    parts = [write(tmp_path, [row], "jsonl", f"p{i}") for i, row in enumerate(reversed(PLAIN))]
    columns = "* exclude (input_no)"
    assert read(whole, columns)[2] == read(parts, columns)[2]


def test_many_partitions_keep_their_numbers(tmp_path):
    for i in range(30):
        row = {"user_id": i, "ts": "2026-01-01", "event": "e"}
        if i % 3 == 0:
            row["target"] = "t"
        write(tmp_path, [row], "parquet" if i % 2 else "csv", f"part-{i:02}")
    source, _, rows = read(str(tmp_path))
    assert len(rows) == 30
    assert all(row["input_no"] == int(row["user_id"]) for row in rows)
    assert source.sql.count("union all") == 3
    assert len(source.inputs) == 30


def test_like_files_in_a_row_keep_their_numbers(tmp_path):
    files = [write(tmp_path, [{"user_id": "0", "ts": 1, "event": "e"}], "csv")]
    for i in range(1, 6):
        row = {"user_id": i, "ts": "2026-01-01", "event": "e"}
        files.append(write(tmp_path, [row], "parquet", f"p{i}"))
    source, _, rows = read(files, "input_no, user_id")
    assert source.sql.count("file_index + 1") == 1
    assert all(row["input_no"] == int(row["user_id"]) for row in rows)


@pytest.fixture
def con():
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        yield con


def plan_of(taken, **more):
    known = {
        "taken": taken,
        "units": {},
        "tz": "UTC",
        "time_format": None,
        "sequence_kind": "BIGINT",
        "marks": (),
        "unmapped": (),
        "segments": (),
        "lengths": SECONDS,
    }
    return RowPlan(**known | more)


def made(con, plan, *tables, rest=None):
    """The rows of some queries, each an input of its own."""
    for n, sql in enumerate(tables):
        con.execute(f"create or replace table t{n} as {sql}")
    groups = [group_of(con, f"t{n}", rest=rest, number=n) for n in range(len(tables))]
    found = con.execute(select_rows(groups, plan, con))
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


AT = 1_772_438_400
TAKEN = {"user_id": "u", "timestamp": "t", "event": "e"}
ROW = f"select 'a' as u, {AT} as t, 'e' as e"


def test_a_duration_says_the_other_end(con):
    row = f"{ROW}, 2.5 as d"
    taken = TAKEN | {"duration": "d"}

    def ends(sql=row, **how):
        lengths = Lengths(how.get("unit", "s"), how.get("time_is", "start"))
        (found,) = made(con, plan_of(taken, lengths=lengths), sql)
        return [found[name] and found[name] - AT * US for name in ("at_us", "end_us")]

    assert ends() == [0, 2_500_000]
    assert ends(time_is="end") == [-2_500_000, 0]
    assert ends(unit="ms") == [0, 2_500]
    assert ends(row.replace("2.5", "null::double")) == [0, None]
    assert ends(row.replace("2.5", "null::double"), time_is="end") == [0, 0]
    assert ends(row.replace("2.5", "true")) == [0, None]
    (lacking,) = made(con, plan_of(taken), ROW)
    assert lacking["end_us"] is None
    (given,) = made(con, plan_of(TAKEN | {"end": "f"}), f"{row}, {AT + 7} as f")
    assert given["end_us"] == (AT + 7) * US
    assert not given["end_far"]


def test_every_part_of_an_event_is_read_where_a_file_has_it(con):
    first = f"select 'a' as u, {AT}000 as t, '' as e, 'n' as name, 'x' as p, '2' as s, 'k' as seg"
    second = "select 7 as u, true as t, 'f' as e, 'm' as name, 3 as x"
    taken = TAKEN | {"position": "p", "sequence": "s", "target": "x"}
    plan = plan_of(
        taken,
        units={"timestamp": "ms"},
        segments=["seg", "x"],
        unit="seg",
        event_else=Preferred("event", "name", "e", "is empty"),
        session="name",
    )
    one, two = made(con, plan, first, second)
    assert one == {
        "input_no": 0,
        "at_given": True,
        "user_id": "a",
        "at_us": AT * US,
        "event": "n",
        "target": None,
        "context": None,
        "task": None,
        "sequence": 2,
        "position": None,
        "segments": ["k", None],
        "unit": "k",
        "session_id": "n",
    }
    assert two == one | {
        "input_no": 1,
        "user_id": "7",
        "at_us": None,
        "event": "f",
        "target": "3",
        "sequence": None,
        "segments": [None, "3"],
        "unit": None,
        "session_id": "m",
    }
    assert "segments" not in made(con, plan_of(TAKEN), first)[0]
    by_name = plan_of(TAKEN, unmapped=["session", "x"])
    (found,) = made(con, by_name, f"{first}, 's1' as session")
    assert found["session_id"] == "s1"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("BIGINT", "'12'", 12),
        ("BIGINT", "true", None),
        ("DOUBLE", "'1.5'", 1.5),
        ("DOUBLE", "'inf'::double", None),
        ("VARCHAR", "12", "12"),
    ],
)
def test_a_sequence_is_of_its_kind(con, kind, value, expected):
    plan = plan_of(TAKEN | {"sequence": "s"}, sequence_kind=kind)
    found, lacking = made(con, plan, f"{ROW}, {value} as s", ROW)
    assert found["sequence"] == expected
    assert lacking["sequence"] is None


def test_a_position_is_a_finite_number(con):
    for value, expected in (("1.5", 1.5), ("'2'", 2.0), ("'inf'::double", None), ("true", None)):
        found = made(con, plan_of(TAKEN | {"position": "p"}), f"{ROW}, {value} as p")
        assert found[0]["position"] == expected


def test_roles_by_column_are_added_up(con):
    marks = [Mark(1, "kind", "ed*"), Mark(2, "event", "e"), Mark(4, "kind", "edit")]
    marks.append(Mark(8, "nowhere", "x"))
    row = f"{ROW}, unnest(['edit', 'ed', '*', null]) as kind"
    found = made(con, plan_of(TAKEN, marks=marks), row)
    assert [one["marks"] for one in found] == [7, 3, 2, 2]


def test_rows_are_distinguished_by_every_column_that_nothing_else_reads(con):
    row = f"{ROW}, unnest([1, 1, 2, null]) as x, 5 as y"
    plan = plan_of(TAKEN, unmapped=["x", "y", "z"])
    one, same, other, nothing = (found["row_hash"] for found in made(con, plan, row))
    assert one == same
    assert len({one, other, nothing}) == 3
    assert "row_hash" not in made(con, plan_of(TAKEN), row)[0]
    kept = made(con, plan, f"{row}, 'r' as more", rest="more")
    assert kept[0]["row_hash"] != one
    lacking = made(con, plan_of(TAKEN, unmapped=["x", "y"]), f"{row}, 'r' as more", rest="more")
    assert [found["row_hash"] for found in lacking] == [found["row_hash"] for found in kept]


def test_columns_known_by_name_are_read_when_they_are_asked_for(con):
    con.execute("create table t0 as select 'a' as u, 'mac' as os, 'acme' as company, 'x' as team")
    con.execute("create table t1 as select 'b' as u, 'win' as os")
    groups = [group_of(con, name) for name in ("t0", "t1")]
    plan = plan_of(TAKEN, unmapped=["company", "os", "team"], segments=["team"])
    found = unmapped_columns(groups, plan, con)
    assert (found.platforms.columns, found.units.columns) == (("os",), ("company",))
    found.platforms.create_rows(con, "of platforms")
    assert con.execute('select user_id, texts from "of platforms" order by 1').fetchall() == [
        ("a", ["mac"]),
        ("b", ["win"]),
    ]
    found.units.create_rows(con, "units")
    assert con.execute("select user_id, texts from units order by 1").fetchall() == [
        ("a", ["acme"]),
        ("b", [None]),
    ]


def test_variants_are_read_for_one_experiment(con):
    (event,) = sorted(EXPOSURES)[:1]
    row = f"select 'a' as u, {AT} as t, '{event}' as e, 'key' as experiment_id, 'on' as variant"
    assert "assigned_variant" not in made(con, plan_of(TAKEN), row)[0]
    for key, assigned in (("key", "on"), ("other", None)):
        (found,) = made(con, plan_of(TAKEN, experiment=key), row)
        assert (found["assigned_variant"], found["carried_variant"]) == (assigned, None)
