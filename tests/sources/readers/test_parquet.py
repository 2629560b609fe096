"""Parquet under other names, packed and broken."""

import gzip
import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.source_files import PLAIN, values, write

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers import parquet
from resume_gap.sources.tables import Column, InputTable, read_parquet


def test_parquet_in_gzip(tmp_path):
    plain = write(tmp_path, PLAIN, "parquet")
    packed = tmp_path / "packed.parquet.gz"
    packed.write_bytes(gzip.compress(Path(plain).read_bytes()))
    assert len(values(str(packed), "user_id")) == len(PLAIN)


def test_parquet_under_another_ending(tmp_path):
    Path(write(tmp_path, PLAIN, "parquet")).rename(tmp_path / "events.bin")
    assert len(values(str(tmp_path / "events.bin"), "user_id")) == len(PLAIN)


def raise_blamed(*events):
    found = open_source(events, Settings()).blame(duckdb.Error("x"))
    assert found is not None
    raise found


def test_a_broken_page_is_traced_to_its_file(tmp_path):
    good = write(tmp_path, PLAIN, "parquet", "good")
    rows = [
        {"user_id": f"u{i}", "timestamp": f"2026-01-01 00:00:{i % 60}", "event": "e"}
        for i in range(5000)
    ]
    bad = write(tmp_path, rows, "parquet", "bad")
    data = bytearray((tmp_path / "bad.parquet").read_bytes())
    data[200:2000] = os.urandom(1800)
    (tmp_path / "bad.parquet").write_bytes(data)
    with pytest.raises(InputError) as caught:
        raise_blamed(good, bad)
    assert "bad.parquet" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_is_blamed_without_a_fault(tmp_path):
    source = open_source([write(tmp_path, PLAIN, "parquet")], Settings())
    assert source.blame(duckdb.Error("x")) is None


def table(path, **kinds):
    columns = {name: Column(name, kind) for name, kind in kinds.items()}
    return InputTable(InputFile(given=path.name, path=path, kind="parquet"), path, columns, 3)


def test_columns_that_may_hold_a_value_that_cannot_be_read():
    kinds = {"a": "VARCHAR", "b": "BIGINT", "c": "DECIMAL(9,2)", "d": "TIME", "e": "VARCHAR[]"}
    assert parquet.suspects([table(Path("x"), **kinds)], {"a"}) == ("d", "e")
    assert parquet.suspects([table(Path("x"), **kinds)], ()) == ("a", "d", "e")


def test_one_file_of_several_makes_a_column_suspect():
    one, other = table(Path("x"), t="TIMESTAMP"), table(Path("y"), t="TIMESTAMP")
    sound = replace(one, columns={"t": Column("t", "TIMESTAMP", is_sound=True)})
    assert parquet.suspects([sound, sound], ()) == ()
    assert parquet.suspects([sound, other, one], ()) == ("t",)


@pytest.mark.parametrize("zone", [None, "UTC"])
@pytest.mark.parametrize(
    ("unit", "stored", "is_sound"),
    [
        ("us", {}, True),
        ("ms", {}, False),
        ("us", {"use_deprecated_int96_timestamps": True}, False),
    ],
)
def test_any_instant_in_microseconds_of_64_bits_can_be_read(tmp_path, zone, unit, stored, is_sound):
    """The largest and smallest numbers are what the engine may stumble over."""
    path = tmp_path / "t.parquet"
    edges = pa.array([-(2**63), 2**63 - 1, 0, None], pa.int64())
    instants = edges.view(pa.timestamp(unit, zone))
    hours = edges.view(pa.time64("us"))
    pq.write_table(pa.table({"t": instants, "day": hours}), path, **stored)
    file = InputFile(given="t.parquet", path=path, kind="parquet")
    schema, rows = parquet.parquet_schema(file, path)
    assert rows == 4
    with duckdb.connect() as con:
        columns = parquet.named_columns(con, file, read_parquet([path]), schema)
        assert (columns["t"].is_sound, columns["day"].is_sound) == (is_sound, False)
        assert parquet.reads(con, [table(path, t="TIMESTAMP")], ["t"]) == is_sound


@pytest.mark.parametrize(
    ("kind", "holding"),
    [
        (pa.string(), pa.binary()),
        (pa.large_string(), pa.large_binary()),
        (pa.dictionary(pa.int8(), pa.string()), pa.binary()),
        (pa.time32("s"), pa.int32()),
        (pa.date32(), pa.int32()),
        (pa.time64("us"), pa.int64()),
        (pa.date64(), pa.int64()),
        (pa.list_(pa.string()), pa.list_(pa.binary())),
        (pa.large_list(pa.time32("s")), pa.large_list(pa.int32())),
        (pa.struct([("x", pa.string())]), pa.struct([("x", pa.binary())])),
        (pa.map_(pa.string(), pa.time64("us")), pa.map_(pa.binary(), pa.int64())),
        (pa.float64(), pa.float64()),
    ],
)
def test_types_that_hold_the_bytes_of_every_value(kind, holding):
    assert parquet._holding_all(kind) == holding


@pytest.mark.parametrize(("unit", "scale"), [("s", 1), ("ms", 1_000), ("us", 1_000_000)])
def test_instants_out_of_the_years_become_the_nearest_in_them(unit, scale):
    first, last = -62_135_596_800 * scale, 253_402_300_799 * scale
    given = [first - 1, first, 5, None, last, last + 1]
    kind = pa.timestamp(unit)
    found = parquet._recast(pa.array(given, pa.int64()).view(kind), kind)
    assert found.type == kind
    assert found.view(pa.int64()).to_pylist() == [first, first, 5, None, last, last]
    nanoseconds = pa.array([2**62], pa.int64()).view(pa.timestamp("ns"))
    assert parquet._recast(nanoseconds, nanoseconds.type) is nanoseconds


def test_only_broken_columns_are_written_anew_as_their_bytes(tmp_path):
    broken = pa.array([b"\xff\xfe", b"ok", None], pa.binary()).view(pa.string())
    rows = pa.table({"good": ["a", "b", None], "bad": broken, "n": [1, 2, 3]})
    fine, path = tmp_path / "fine.parquet", tmp_path / "bad.parquet"
    pq.write_table(pa.table({**{n: rows[n] for n in ("good", "n")}, "bad": ["x", "y", "z"]}), fine)
    pq.write_table(rows, path)
    kinds = {"good": "VARCHAR", "bad": "VARCHAR", "n": "BIGINT"}
    tables = [table(fine, **kinds), table(path, **kinds)]
    with duckdb.connect() as con:
        assert parquet.reads(con, tables[:1], ["good", "bad"])
    found = parquet.broken_columns(tables, ("good", "bad"), "200MB")
    assert found == {1: ("bad",)}
    mended = parquet.mend(tables[1], ["bad"], tmp_path / "new.parquet")
    assert (mended.columns, mended.left_out) == (("bad",), ())
    assert mended.table.parquet == tmp_path / "new.parquet"
    assert mended.table.columns["bad"].kind == "BLOB"
    assert pq.read_table(tmp_path / "new.parquet").to_pydict() == {
        "good": ["a", "b", None],
        "bad": [b"\xff\xfe", b"ok", None],
        "n": [1, 2, 3],
    }
