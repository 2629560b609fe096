"""One connection for all inputs of a run."""

import bz2
import contextlib
import gzip
import random
import sqlite3
import zipfile
from pathlib import Path
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest
from factories.source_files import PLAIN, write

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import opener as opener_module
from resume_gap.sources.drafts import Draft
from resume_gap.sources.expansion import expand
from resume_gap.sources.opener import Opener
from resume_gap.sources.opening import open_tables
from resume_gap.sources.tables import Column, InputTable
from resume_gap.system.temporary import SourceFolder


def test_one_connection_reads_what_it_opened_and_nothing_else(tmp_path):
    file, other = write(tmp_path, PLAIN, "parquet", "a"), write(tmp_path, PLAIN, "parquet", "b")
    beside = write(tmp_path, PLAIN, "parquet", "c")
    (given,), _ = expand([str(file)])
    folder = SourceFolder()
    with Opener([given], Settings(), folder, beside=[Path(beside)]) as opener:
        (table,) = open_tables(opener).tables
        pl.DataFrame({"a": [1]}).write_parquet(folder.path / "mended.parquet")
        for _ in range(2):
            for path in (table.parquet, beside, folder.path / "mended.parquet"):
                opener.con.execute(f"select * from read_parquet('{path}')").fetchall()
            with pytest.raises(duckdb.PermissionException):
                opener.con.execute(f"select * from read_parquet('{other}')")
            opener.renew()


def names_and_rows(opened, opener):
    if isinstance(opened, Draft):
        opened = opener.write(opened, 7, (), (), opened.names)
        assert opened.parquet.name == "input-7.parquet"
    rows = opener.con.execute(f"select * from {opened.relation}").fetchall()
    return [*opened.columns], [tuple(map(str, row)) for row in rows]


CSV = "a,b\n1,x\n2,\u00fc\n"
LINES = '{"a": 1, "b": "x"}\n{"a": 2, "b": "\u00fc"}\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("a.csv.bz2", bz2.compress(CSV.encode())),
        ("a.csv", gzip.compress(CSV.encode(), mtime=0)),
        ("a.csv", CSV.encode("utf-16")),
        ("a[1].csv", CSV.encode()),
        ("a*?.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("a.jsonl", LINES.encode()),
        ("a.jsonl.gz", gzip.compress(LINES.encode(), mtime=0)),
        ("a.jsonl.bz2", bz2.compress(LINES.encode())),
        ("a.zip", CSV.encode()),
        ("a.zip", gzip.compress(CSV.encode(), mtime=0)),
    ],
)
def test_text_is_read_however_it_is_packed(tmp_path, name, content):
    path = tmp_path / name
    if name == "a.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("b.csv.gz" if content[:2] == b"\x1f\x8b" else "b.csv", content)
    else:
        path.write_bytes(content)
    (given,), _ = expand([str(path)])
    with Opener([given], Settings(), SourceFolder()) as opener:
        opened = opener.open(given, 0)
        assert opened.names == ("a", "b")
        documents = opener.documents(opened)
        assert [{key: str(value) for key, value in one.items()} for one in documents] == [
            {"a": "1", "b": "x"},
            {"a": "2", "b": "\u00fc"},
        ]
        assert names_and_rows(opened, opener) == (["a", "b"], [("1", "x"), ("2", "\u00fc")])


@pytest.mark.parametrize("form", ["parquet", "sqlite", "arrow", "duckdb", "glob"])
def test_tables_are_read_however_they_are_kept(tmp_path, form):
    frame = pl.DataFrame({"a": [1, 2], "b": ["x", "\u00fc"]})
    path = tmp_path / ("a[1].parquet" if form == "glob" else f"a.{form}")
    given = str(path)
    if form in ("parquet", "glob"):
        frame.write_parquet(path)
    elif form == "arrow":
        frame.write_ipc(path)
    elif form == "duckdb":
        with duckdb.connect(str(path)) as con:
            con.execute("create table log as select * from frame")
        given += "::log"
    else:
        with contextlib.closing(sqlite3.connect(path)) as con:
            con.execute("create table log (a integer, b text)")
            con.executemany("insert into log values (?, ?)", frame.rows())
            con.commit()
    (file,), _ = expand([given])
    with Opener([file], Settings(), SourceFolder()) as opener:
        opened = opener.open(file, 3)
        assert isinstance(opened, InputTable)
        assert opened.rows == 2
        assert not opened.simulated
        if form not in ("parquet", "glob"):
            assert opened.parquet.name == "input-3.parquet"
        assert names_and_rows(opened, opener) == (["a", "b"], [("1", "x"), ("2", "\u00fc")])
        (first, _) = opener.documents(opened)
        assert {key: str(value) for key, value in first.items()} == {"a": "1", "b": "x"}


def test_events_inside_of_documents_are_unpacked(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '{"buckets": {"w": {"hostname": "pc", "events":'
        ' [{"timestamp": "2026-03-02T08:00:00Z", "data": {"app": "x"}}]}}}'
    )
    (given,), _ = expand([str(path)])
    with Opener([given], Settings(), SourceFolder()) as opener:
        opened = opener.open(given, 2)
        assert opened.path.name == "events-2"
        assert opened.file.given == str(path)
        assert "timestamp" in opened.names
        assert opener.kinds(opened, ["timestamp"]).keys() <= {"timestamp"}
    with Opener([given], Settings(source="plain"), SourceFolder()) as opener:
        assert opener.open(given, 2).names == ("buckets",)


def test_kinds_are_those_of_json_alone(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.jsonl").write_text('{"a": 1}\n{"a": "x"}\n')
    files, _ = expand([str(tmp_path)])
    with Opener(files, Settings(), SourceFolder()) as opener:
        text, lines = (opener.open(file, number) for number, file in enumerate(files))
        assert opener.kinds(text, ["a"]) == {}
        assert len(opener.kinds(lines, ["a"])["a"]) == 2


def test_advice_that_cannot_be_read_is_lost(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    (file,), _ = expand([str(tmp_path)])
    with Opener([file], Settings(), SourceFolder()) as opener:
        draft = opener.open(file, 0)
        (tmp_path / "a.csv").unlink()
        assert opener.documents(draft) == []


def test_a_walk_leads_to_a_value_in_any_table_with_rows(monkeypatch):
    def table(rows, *names):
        return SimpleNamespace(columns=dict.fromkeys(names), rows=rows)

    def find(one, name, con):
        assert con is opener.con
        return Column(name, "VARCHAR") if name.partition(".")[0] in one.columns else None

    monkeypatch.setattr(opener_module, "find", find)
    with Opener([], Settings(), SourceFolder()) as opener:
        assert opener.walks([table(1, "b"), table(1, "a")], "a.x")
        assert not opener.walks([table(1, "b")], "a.x")
        assert not opener.walks([table(0, "a")], "a.x")


def test_what_cannot_be_unpacked_names_the_file_and_a_full_disk_itself(tmp_path, monkeypatch):
    path = tmp_path / "a.csv.bz2"
    text = "a,b\n" + "".join(f"{random.random()},x\n" for _ in range(20_000))  # noqa: S311
    path.write_bytes(bz2.compress(text.encode(), 1)[:-20])
    (given,), _ = expand([str(path)])
    with Opener([given], Settings(), SourceFolder()) as opener:
        with pytest.raises(InputError, match=r"a\.csv\.bz2: cannot be read"):
            opener.open(given, 0)
        full = OSError(28, "No space left on device")

        def copy(*_):
            raise full

        monkeypatch.setattr(opener._folder.workspace, "copy", copy, raising=False)
        with pytest.raises(OSError, match="No space left on device"):
            opener.open(given, 0)


def test_a_connection_has_the_limits_of_the_run_and_is_closed(monkeypatch):
    asked = []

    def sandbox(**limits):
        asked.append(limits)
        return duckdb.connect()

    monkeypatch.setattr(opener_module, "open_sandbox", sandbox)
    folder = SourceFolder()
    monkeypatch.setattr(type(folder.workspace), "room", lambda _: 77)
    files = [
        SimpleNamespace(path=Path("/a"), kind="csv", is_in_memory=False),
        SimpleNamespace(path=Path("/b"), kind="duckdb", is_in_memory=False),
    ]
    for limit, threads in (("3GB", 2), (None, None)):
        settings = Settings(memory_limit=limit, threads=threads)
        with Opener(files, settings, folder, beside=[Path("/c")]) as opener:
            first = opener.con
            opener.renew()
        for con in (first, opener.con):
            with pytest.raises(duckdb.ConnectionException):
                con.execute("select 1")
        wanted = {
            "files": (Path("/a"), Path("/c")),
            "folders": [folder.workspace.path],
            "memory_limit": limit,
            "threads": threads,
            "temp_limit": 77,
        }
        assert asked[-2:] == [wanted, wanted]


def test_files_with_the_same_columns_are_asked_for_them_once(tmp_path, monkeypatch):
    asked = []
    real = opener_module.named_columns

    def columns(con, file, relation, schema):
        asked.append(file.path.name)
        return real(con, file, relation, schema)

    monkeypatch.setattr(opener_module, "named_columns", columns)
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"a": [2]}).write_parquet(tmp_path / "b.parquet")
    pl.DataFrame({"a": ["x"]}).write_parquet(tmp_path / "c.parquet")
    files, _ = expand([str(tmp_path)])
    with Opener(files, Settings(), SourceFolder()) as opener:
        tables = [opener.open(file, number) for number, file in enumerate(files)]
    assert asked == ["a.parquet", "c.parquet"]
    assert [one.file for one in tables] == list(files)
    assert [one.columns["a"].kind for one in tables] == ["BIGINT", "BIGINT", "VARCHAR"]
