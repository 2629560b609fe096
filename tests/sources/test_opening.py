"""Several inputs are one log; what cannot be read is said in one line."""

import dataclasses
import gzip
import hashlib
from pathlib import Path

import duckdb
import polars as pl
import pytest
from factories.source_files import NOON, PLAIN, US, checks, message, read, values, write

from resume_gap.settings import Settings
from resume_gap.sources.expansion import expand
from resume_gap.sources.opening import open_tables
from resume_gap.synthetic import PRESETS, simulate
from resume_gap.synthetic import write as simulated_files
from resume_gap.system.temporary import SourceFolder


def test_union_by_name_with_a_note(tmp_path):
    one = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "target": "t"}]
    two = [{"event": "f", "user_id": 5, "ts": NOON // US}]
    files = [write(tmp_path, one, "parquet", "a"), write(tmp_path, two, "parquet", "b")]
    source, _, rows = read(files)
    assert [(r["input_no"], r["user_id"], r["target"]) for r in rows] == [
        (0, "u", "t"),
        (1, "5", None),
    ]
    note = checks(source)["column_missing_in_file"]
    assert "b.parquet" in note.message
    assert note.severity == "note"


def test_one_connection_reads_what_it_opened_and_nothing_else(tmp_path):
    file, other = write(tmp_path, PLAIN, "parquet", "a"), write(tmp_path, PLAIN, "parquet", "b")
    (given,), _ = expand([str(file)])
    folder = SourceFolder()
    with open_tables([given], Settings(), folder) as opened:
        paths = [table.parquet for table in opened.tables]
        with opened.opener.reading(paths) as con:
            assert con is opened.opener.con
        with opened.opener.reading([Path(other)]) as con:
            assert con is not opened.opener.con
        with pytest.raises(duckdb.PermissionException):
            opened.opener.con.execute(f"select * from read_parquet('{other}')")
        # The folder was made after the connection was locked.
        with opened.opener.reading([folder.path / "mended.parquet"]) as con:
            assert con is not opened.opener.con


def test_a_required_column_missing_in_one_file(tmp_path):
    files = [
        write(tmp_path, PLAIN, "csv", "a"),
        write(tmp_path, [{"user_id": 1, "ts": 2}], "csv", "b"),
    ]
    assert "b.csv" in message(files, mapping={"timestamp": "timestamp"})


def test_a_type_clash_names_file_and_column(tmp_path):
    bad = [{"user_id": [1], "timestamp": "2026-01-01", "event": "e"}]
    line = message([write(tmp_path, PLAIN, "csv", "a"), write(tmp_path, bad, "parquet", "bad")])
    assert "bad.parquet" in line
    assert "'user_id'" in line


def test_inputs_keep_their_path_and_hash(tmp_path, monkeypatch):
    write(tmp_path, PLAIN, "csv")
    monkeypatch.chdir(tmp_path)
    source, _, _ = read("events.csv")
    assert source.inputs[0].path == "events.csv"
    assert source.inputs[0].rows == len(PLAIN)
    digest = hashlib.sha256((tmp_path / "events.csv").read_bytes()).hexdigest()
    assert source.inputs[0].sha256 == digest
    assert read(".")[0].inputs[0].path == "events.csv"
    assert str(tmp_path) not in " ".join(c.message for c in source.checks)


def test_the_same_file_twice_is_read_once(tmp_path):
    events = write(tmp_path, PLAIN, "csv")
    (tmp_path / "link.csv").symlink_to(events)
    source, _, rows = read([events, str(tmp_path)])
    assert len(rows) == len(PLAIN)
    assert checks(source)["repeated_input"].count == 2


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_hostile_file_names(tmp_path, form):
    write(tmp_path, [{"user_id": "decoy", "ts": 1, "event": "e"}] * 2, form, "axb")
    write(tmp_path, [{"user_id": "decoy", "ts": 1, "event": "e"}] * 2, form, "x")
    names = ["a?b", "a*b", "[x]", "q'uo", 'd"q', "new\nline", "sp ace;", "{a,b}", "ü", "a=1"]
    found = values([write(tmp_path, PLAIN, form, name) for name in names], "user_id")
    assert "decoy" not in found
    assert len(found) == len(PLAIN) * len(names)


def test_globs_and_literal_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = [{"user_id": "1", "ts": 1, "event": "e"}]
    write(tmp_path, one, "csv", "a1")
    write(tmp_path, [{**one[0], "user_id": "2"}], "csv", "a2")
    write(tmp_path, [{**one[0], "user_id": "star"}], "csv", "a*")
    assert values("a*.csv", "user_id") == ["star"]
    assert values("a[12].csv", "user_id") == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("e.csv", b"", "no rows"),
        ("e.csv", b"user_id,ts,event\n", "no rows"),
        ("e.jsonl", b"\n\n", "no rows"),
        ("e.parquet", b"", "broken Parquet"),
        ("e.parquet", b"PAR1 and no more", "broken Parquet"),
        ("e.parquet", b"hello hello hello", "PAR1"),
        ("e.csv", "user_id,ts,event\nü,1,e\n".encode("utf-16"), "UTF-16"),
        ("e.csv", "user_id,ts,event\nü,1,e\n".encode("utf-16-le"), "UTF-16"),
        ("e.csv", b"user_id,ts,event\n" + b"\xfc,1,e\n" * 50, "UTF-8"),
        ("e.csv.gz", gzip.compress(b"user_id,ts,event\n" * 9999, mtime=0)[:60], "cannot be read"),
        ("e.csv.gz", b"user_id,ts,event\nu,1,e\n", "not compressed"),
        ("e.zip", b"PK\x03\x04", "unpack"),
        ("e.dat", b"user_id,ts,event\n", "ending"),
        ("e.jsonl", b'{\n"user_id": 1\n}\n', "one object per line"),
        ("e.json", b'[{"user_id": 1,', "cannot be read"),
        ("e.duckdb", b"x" * 100, "::TABLE"),
        ("e.txt", b"12345678DUCKxxxx", "::TABLE"),
        ("e.csv", b"\n\n\n", "no rows"),
        ("e.csv", b"a\n1\n2\n", "columns found: a"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    line = message(str(tmp_path / name))
    assert words in line
    assert name in line or "columns found" in line


def test_nothing_there(tmp_path):
    assert "no such file" in message(str(tmp_path / "missing.csv"))
    assert "no file matches" in message(str(tmp_path / "*.csv"))
    assert "holds no event files" in message(str(tmp_path))
    assert "no input" in message([])


def test_one_empty_file_of_many_is_a_note(tmp_path):
    files = [write(tmp_path, PLAIN, "csv")]
    for name, data in (("empty.csv", b""), ("header.csv", b"user_id,timestamp,event\n")):
        (tmp_path / name).write_bytes(data)
        files.append(str(tmp_path / name))
    source, _, rows = read(files)
    assert len(rows) == len(PLAIN)
    assert checks(source)["empty_input"].count == 2


def test_a_simulated_log_says_so(tmp_path):
    world = dataclasses.replace(PRESETS["workday"], users=2, weeks=1)
    log = simulated_files(simulate(world, seed=1), tmp_path)[0]
    source, _, _ = read([str(log)])
    assert [one.simulated for one in source.inputs] == [True]
    again = tmp_path / "again.parquet"
    pl.read_parquet(log).write_parquet(again)
    source, _, _ = read([str(again)])
    assert [one.simulated for one in source.inputs] == [False]
