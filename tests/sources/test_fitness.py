"""Columns that cannot be what their name says."""

from types import SimpleNamespace

import duckdb
import pytest
from factories.source_files import message, nested_file, read, values, write

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources.columns import Taken
from resume_gap.sources.findings import LeftOut
from resume_gap.sources.fitness import (
    drop_unfit,
    drop_unreadable,
    refuse_blind_walks,
    sequence_kind,
    time_unit,
)
from resume_gap.sources.measure import Held
from resume_gap.sources.tables import Column


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_position_in_words_is_left_out(tmp_path, form):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "position": "top", "end": "never"}]
    source, _, got = read(write(tmp_path, rows, form))
    assert source.columns["position"] is None
    assert source.columns["end"] is None
    assert "position" not in got[0]
    assert [c.check for c in source.checks].count("column_left_out") == 2
    assert "no value" in message(write(tmp_path, rows, form), mapping={"position": "position"})


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([1, 2, 10], [1, 2, 10]),
        ([1.5, 2.0, 10.0], [1.5, 2.0, 10.0]),
        (["a", "b", "10"], ["10", "a", "b"]),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_sequences_are_numbers_where_they_can_be(tmp_path, form, sequence, expected):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "sequence": s} for s in sequence]
    assert values(write(tmp_path, rows, form), "sequence") == expected


def test_a_nested_value_is_no_user(tmp_path):
    rows = [{"user_id": ["a", "b"], "ts": "2026-01-01", "event": "e"}]
    line = message(write(tmp_path, rows, "parquet"))
    assert "'user_id'" in line
    assert "--user COL" in line


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_path_to_nothing_is_refused(tmp_path, form):
    line = message(nested_file(tmp_path, form), mapping={"target": "properties.tarket"})
    assert "--target properties.tarket:" in line
    assert "keys" in line


def test_a_column_that_fits_nowhere_is_left_out_once():
    """One fits in neither of two groups, one in the first only, one is in the second only."""
    first = {"n": Column("n", "bigint[]"), "e": Column("e", "varchar"), "d": None}
    second = {"n": Column("n", "bigint[]"), "e": Column("e", "text[]"), "d": Column("d", "text[]")}
    groups = [SimpleNamespace(column=lambda name, _, of=of: of[name]) for of in (first, second)]
    places = {"position": "n", "target": "e", "device": "d"}
    taken = {name: Taken(column, "name") for name, column in places.items()}
    assert drop_unfit(None, groups, taken) == [
        LeftOut("position", "n", "is bigint[]"),
        LeftOut("target", "e", "is text[]"),
        LeftOut("device", "d", "is text[]"),
    ]
    assert taken == {}


def group_of(label="a.csv", **kinds):
    """A group whose columns have these types; None: it has not this one."""
    columns = {name: Column(name, kind) for name, kind in kinds.items() if kind}
    return SimpleNamespace(
        label=label,
        relation="rows",
        tables=[SimpleNamespace(columns=columns, names=tuple(columns))],
        column=lambda name, _: columns.get(name),
    )


def refused(work, *given):
    with pytest.raises(InputError) as caught:
        work(*given)
    return str(caught.value)


@pytest.mark.parametrize(
    ("event_column", "kind", "fits"),
    [
        ("timestamp", "TIMESTAMP", True),
        ("timestamp", "BOOLEAN", False),
        ("duration", "DOUBLE", True),
        ("duration", "BOOLEAN", False),
        ("position", "INTEGER", True),
        ("position", "BOOLEAN", False),
        ("target", "BOOLEAN", True),
        ("target", "STRUCT(a INTEGER)", False),
    ],
)
def test_types_that_a_column_can_have(event_column, kind, fits):
    taken = {event_column: Taken("c", "mapping")}
    if fits:
        assert drop_unfit(None, [group_of(c=kind)], taken) == []
        assert taken
        return
    line = refused(drop_unfit, None, [group_of(c=kind)], taken)
    advice = "name what lies inside: --target c.a" if "STRUCT" in kind else "map another one: "
    kind = kind.partition("(")[0]
    said = f"a.csv: column 'c' is {kind}, which cannot be the {event_column}; {advice}"
    assert line.startswith(said)


def test_some_parts_of_a_column_are_named():
    taken = {"user_id": Taken("c d", "mapping")}
    groups = [group_of(**{"c d": 'STRUCT(id INTEGER, "e m" VARCHAR, x INTEGER, y INTEGER)'})]
    line = refused(drop_unfit, None, groups, taken)
    assert line.endswith("inside: --user 'c d.id' or --user 'c d.e m' or --user 'c d.x'")


def test_each_file_has_the_columns_that_are_needed():
    groups = [group_of(u="VARCHAR"), group_of("b.csv", v="VARCHAR", w="VARCHAR")]
    assert refused(drop_unfit, None, groups, {"user_id": Taken("u", "name")}) == (
        "b.csv: has no column 'u' for user_id; columns found: v, w; leave the file out, or give it"
        " this column"
    )
    taken = {"target": Taken("u", "name"), "user_id": Taken("w", "name")}
    assert "a.csv: has no column 'w' for user_id" in refused(drop_unfit, None, groups, taken)
    del taken["user_id"]
    assert drop_unfit(None, groups, taken) == []


def test_a_path_that_finds_nothing_in_any_file():
    with duckdb.connect() as con:
        con.execute("create table rows as select null as p, 1 as q")
        walks = group_of(p="VARCHAR", q="VARCHAR")
        walks.tables[0].names = ("x",)
        known = group_of("b.csv", p="VARCHAR")
        nowhere = group_of("c.csv")
        here = {"target": Taken("q", "mapping")}
        refuse_blind_walks(con, [nowhere, walks], here)
        gone = {**here, "context": Taken("p", "mapping")}
        assert refused(refuse_blind_walks, con, [walks], gone) == (
            "--map context=p: no row has a value there; check the keys in the path"
            " (0 is the first entry of a list)"
        )
        assert "no row has a value there" in refused(refuse_blind_walks, con, [nowhere], here)
        refuse_blind_walks(con, [walks, known], {"context": Taken("p", "mapping")})
        refuse_blind_walks(con, [walks], {"context": Taken("p", "name")})


def test_columns_without_a_readable_value():
    none, some = Held(given=3), Held(given=3, number=1)
    held = dict.fromkeys(("end", "position", "duration", "timestamp", "sequence"), none)
    taken = {name: Taken(f"my_{name}", "name") for name in held}
    held["duration"] = some
    assert drop_unreadable(held, taken) == [
        LeftOut("end", "my_end", "holds no value that is a time"),
        LeftOut("position", "my_position", "holds no value that is a number"),
    ]
    assert [*taken] == ["duration", "timestamp", "sequence"]
    for name, what in (("end", "a time"), ("position", "a number")):
        assert refused(drop_unreadable, held, {name: Taken("c", "mapping")}).endswith(
            f"c: no value in that column is {what}; map another column or leave it out"
        )


def test_the_unit_of_times_and_the_kind_of_a_sequence():
    held = Held(number=3, magnitudes={"ms": 2, "small": 1})
    assert time_unit(held, Settings()) == "ms"
    assert time_unit(held, Settings(time_unit="us")) == "us"
    assert time_unit(Held(), Settings()) == "s"

    def kind(held, mapped, *groups):
        return sequence_kind(held, None, groups, mapped)

    mapped = {"sequence": "n"}
    whole = Held(given=100, number=99, whole=99)
    assert kind(None, mapped, group_of(n="BIGINT")) == "BIGINT"
    assert kind(whole, {}, group_of(n="DATE")) == "BIGINT"
    assert kind(whole, mapped, group_of(n="BIGINT"), group_of()) == "BIGINT"
    assert kind(Held(given=100, number=99, whole=98), mapped, group_of(n="VARCHAR")) == "DOUBLE"
    assert kind(Held(given=100, number=98, whole=98), mapped, group_of(n="VARCHAR")) == "VARCHAR"
    assert kind(whole, mapped, group_of(n="BIGINT"), group_of(n="DATE")) == "VARCHAR"
