"""Several inputs are one log; what cannot be read is said in one line."""

import bz2
import dataclasses
import gzip
import hashlib
import json
import lzma
import zipfile
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from factories.source_files import NOON, PLAIN, US, checks, message, read, values, write

from resume_gap.settings import Settings
from resume_gap.sources import opening
from resume_gap.sources.columns import Taken
from resume_gap.sources.expansion import expand
from resume_gap.sources.opening import column_names
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
        ("e.csv", "user_id,ts,event\nü,1,e\n".encode("utf-16-le"), "--encoding utf-16-le"),
        ("e.csv", b"user_id,ts,event\n" + b"\xfc,1,e\n" * 50, "--encoding latin-1"),
        ("e.csv.gz", gzip.compress(b"user_id,ts,event\n" * 9999, mtime=0)[:60], "cannot be read"),
        ("e.csv.gz", b"user_id,ts,event\nu,1,e\n", "not compressed"),
        ("e.zip", b"PK\x03\x04", "cannot be read"),
        ("e.dat", b"user_id,ts,event\n", "ending"),
        ("e.jsonl", b'{\n"user_id": 1\n}\n', "no column for timestamp and event"),
        ("e.jsonl", b'{\n"user_id": 1\n', "cannot be read"),
        ("https://host.example/events.csv", None, "is an address"),
        ("e.json", b'[{"user_id": 1,', "cannot be read"),
        ("e.duckdb", b"x" * 100, "::TABLE"),
        ("e.txt", b"12345678DUCKxxxx", "::TABLE"),
        ("e.csv", b"\n\n\n", "no rows"),
        ("e.csv", b"a\n1\n2\n", "columns found: a"),
        ("e.tar", bytes(257) + b"ustar", "is a tar archive; unpack it (tar -xf "),
        ("e.tar.gz", gzip.compress(b"x", mtime=0), "is a tar archive; unpack it (tar -xf "),
        ("e.tgz", gzip.compress(b"x", mtime=0), "is a tar archive; unpack it (tar -xf "),
        (
            "e.csv.gz",
            gzip.compress(gzip.compress(b"user_id,ts,event\n", mtime=0), mtime=0),
            "is packed twice",
        ),
        ("e.csv.gz", gzip.compress(b"PK\x03\x04", mtime=0), "is packed twice"),
        ("e.csv", b"user_id\x01ts\x01event\x02\n", "is no text in spite of its ending"),
        ("e.parquet", b"user_id,ts,event\nu,1,e\n", "it is text: give --format csv"),
        ("e.parquet", b'{"user_id": 1}\n', "it is text: give --format json"),
        ("e.jsonl", b'{"user_id": 1},\n' * 9, "its lines end with commas"),
        ("e.json", b'[\n{"user_id": 1},\n]\n', "has a comma before its last bracket"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, data, words):
    path = name
    if data is not None:
        path = str(tmp_path / name)
        Path(path).write_bytes(data)
    line = message(path)
    assert words in line
    assert name in line or "columns found" in line


TWIN = "user_id,timestamp,event\nä,2026-03-02T08:00:00Z,edit\nb,2026-03-02T08:00:01Z,view\n"
AS_JSON = [
    {"user_id": "ä", "timestamp": "2026-03-02T08:00:00Z", "event": "edit"},
    {"user_id": "b", "timestamp": "2026-03-02T08:00:01Z", "event": "view"},
]
INDENTED = "\n".join(json.dumps(one, indent=2, ensure_ascii=False) for one in AS_JSON)
PACKED = {
    "plain": ("e.csv", TWIN.encode(), {}),
    "bz2": ("e.csv.bz2", bz2.compress(TWIN.encode()), {}),
    "xz": ("e.csv.xz", lzma.compress(TWIN.encode()), {}),
    "gzip without its ending": ("e.csv", gzip.compress(TWIN.encode()), {}),
    "UTF-16 with its mark": ("e.csv", TWIN.encode("utf-16"), {}),
    "UTF-32 with its mark": ("e.csv", TWIN.encode("utf-32"), {}),
    "UTF-16 declared": ("e.csv", TWIN.encode("utf-16-be"), {"encoding": "utf-16-be"}),
    "latin-1 declared": ("e.csv", TWIN.encode("latin-1"), {"encoding": "latin-1"}),
    "UTF-16 inside of xz": ("e.csv.xz", lzma.compress(TWIN.encode("utf-16")), {}),
    "JSON over several lines": ("e.json", INDENTED.encode(), {}),
    "JSON in an indented list": ("e.json", json.dumps(AS_JSON, indent=1).encode(), {}),
    "a format that is given": ("e.txt", TWIN.encode(), {"file_format": "csv"}),
}


@pytest.mark.parametrize(("name", "data", "given"), PACKED.values(), ids=list(PACKED))
def test_however_it_is_packed_the_rows_are_those_of_the_plain_twin(tmp_path, name, data, given):
    (tmp_path / name).write_bytes(data)
    _, report, rows = read(str(tmp_path / name), "user_id, at_us, event", **given)
    assert report.broken_lines == 0
    assert [tuple(row.values()) for row in rows] == [
        ("b", 1_772_438_401_000_000, "view"),
        ("ä", 1_772_438_400_000_000, "edit"),
    ]


def test_the_files_of_an_archive_are_one_log(tmp_path):
    path = tmp_path / "export.zip"
    lines = [json.dumps(one).encode() for one in AS_JSON]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.json.gz", gzip.compress(lines[1]))
        archive.writestr("deep/a.jsonl", lines[0])
        archive.writestr("README.txt", "no events")
        archive.writestr("__MACOSX/._a.jsonl", "no events")
    source, _, rows = read(str(path), "user_id, event")
    assert [tuple(row.values()) for row in rows] == [("b", "view"), ("ä", "edit")]
    assert [Path(one.path).name for one in source.inputs] == ["export.zip::b.json.gz", "a.jsonl"]
    assert len(read(f"{path}::deep/a.jsonl", "user_id")[2]) == 1
    assert "no such file in the archive (did you mean b.json.gz?)" in message(f"{path}::b.json")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("README.txt", "no events")
    assert "an archive without an event file" in message(str(path))


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


def test_partitions_are_one_log_and_their_folders_no_columns(tmp_path):
    """Not even where a file has a column of the name."""
    for day, rows in enumerate((PLAIN[:2], PLAIN[2:]), start=1):
        folder = tmp_path / f"user_id=x{day}" / f"date=2026-01-0{day}"
        folder.mkdir(parents=True)
        write(folder, rows, "parquet", "part-0")
    source, _, rows = read(str(tmp_path), "user_id")
    assert {row["user_id"] for row in rows} == {"007", "7", "u", None}
    assert "date" not in source.columns_found
    assert len(source.inputs) == 2


def test_columns_of_all_files_each_once(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    write(tmp_path, [{"y": 1, "z": 2}], "parquet", "b")
    (tmp_path / "c.csv").write_text("w,x\n1,2\n")
    files, _ = expand([str(tmp_path)])
    assert column_names(files, Settings(), SourceFolder()) == ("x", "y", "z", "w")


def test_where_every_file_is_empty_the_first_three_are_named(tmp_path):
    for many, said in ((3, "c.csv: no rows"), (4, "c.csv ...: no rows")):
        for name in "abcd"[:many]:
            (tmp_path / f"{name}.csv").write_text("")
        assert f"{said}; check that the export finished" in message(str(tmp_path))


class Times:
    """What finding out about written times asks, with a note of it."""

    def __init__(self, monkeypatch, *, both=None, written=None, **settings):
        self.asked = []
        self.both, self.written = both, written
        self.opener = SimpleNamespace(con="con", settings=Settings(**settings), is_beside=False)
        monkeypatch.setattr(opening, "with_date", self.with_date)
        monkeypatch.setattr(opening, "found_format", self.found_format)

    def with_date(self, con, probes, column, names):
        self.asked.append(("with_date", con, probes, column, names))
        return self.both

    def found_format(self, con, probes, column, tz, *, day_first, stated):
        self.asked.append(("found_format", con, probes, column, tz, day_first, stated))
        return self.written

    def read(self, how="name", known=None):
        taken = {"timestamp": Taken("t", how)}
        found = opening._read_times(self.opener, "probes", taken, "names", known)
        return found, taken["timestamp"]


def test_how_times_are_written_is_stated_in_the_settings(monkeypatch):
    form = SimpleNamespace(form=SimpleNamespace(pattern="%Y"))
    times = Times(monkeypatch, written=form, tz="Asia/Tokyo")
    assert times.read() == (form, Taken("t", "name"))
    assert times.opener.settings == Settings(tz="Asia/Tokyo", time_format="%Y")
    assert times.asked == [
        ("with_date", "con", "probes", "t", "names"),
        ("found_format", "con", "probes", "t", "Asia/Tokyo", False, None),
    ]
    times = Times(monkeypatch, both="d + t")
    assert times.read() == (None, Taken("d + t", "content"))
    assert times.opener.settings == Settings()
    assert times.asked[1][3] == "d + t"
    times = Times(monkeypatch, both="d + t", time_format="%d")
    assert times.read("mapping") == (None, Taken("t", "mapping"))
    assert times.asked == []
    assert times.read() == (None, Taken("d + t", "content"))
    known = SimpleNamespace(
        layout=SimpleNamespace(day_first=True),
        settings=lambda settings: dataclasses.replace(settings, tz="UTC"),
    )
    times = Times(monkeypatch, tz="Asia/Tokyo")
    times.read(known=known)
    assert times.asked[1][4:] == ("UTC", True, None)


def test_a_header_below_other_lines_is_advised_before_nested_values(tmp_path):
    (tmp_path / "a.csv").write_text("Report\nuser,time,event\nu,1,e\n")
    assert "line 2 names the columns" in message(str(tmp_path / "a.csv"))
    (tmp_path / "a.csv").write_text("")
    (tmp_path / "b.jsonl").write_text('{"p": {"uid": 1, "ts": "2026-03-02", "action": "e"}}\n')
    line = message(str(tmp_path))
    assert "say which, such as: --user p.uid --time p.ts --event p.action" in line


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_one_column_may_be_both_time_and_time_of_arrival(tmp_path, form):
    rows = [
        {"collector_tstamp": f"2026-03-02 09:00:0{n}", "domain_userid": "u1", "event": "page_view"}
        for n in range(3)
    ]
    path = write(tmp_path, rows, form)
    _, _, found = read(path, "received_at_us - at_us as late")
    assert [row["late"] for row in found] == [0, 0, 0]
