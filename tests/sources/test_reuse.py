"""What an earlier run read is found again, and nothing but that."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import re
import shutil
import sqlite3
import zipfile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.feather
import pytest
from factories.source_files import write
from factories.workbooks import workbook

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source, reuse, staging
from resume_gap.sources.readers import jsonlines
from resume_gap.sources.small_files import SmallFiles
from resume_gap.system import state_index
from resume_gap.system.state import Outcome
from resume_gap.system.state_index import Fault
from resume_gap.system.temporary import Workspace

if TYPE_CHECKING:
    from pathlib import Path

KEPT, CHANGED, NEW = Outcome.KEPT, Outcome.CHANGED, Outcome.NEW
ROWS = [
    {"user_id": f"u{n % 3}", "timestamp": f"2026-01-01T0{n}:00:00Z", "event": "edit", "x": "ü\n"}
    for n in range(9)
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)
CSV = "user_id,timestamp,event\n" + "".join(
    f"{row['user_id']},{row['timestamp']},{row['event']}\n" for row in ROWS
)
STATEMENTS = json.dumps(
    {
        "statements": [
            {
                "actor": {"name": row["user_id"]},
                "timestamp": row["timestamp"],
                "verb": {"id": f"https://example.org/{row['event']}"},
                "object": {"id": "o"},
                "id": str(n),
            }
            for n, row in enumerate(ROWS)
        ]
    }
)
XES = "<log>" + "".join(
    f'<trace><event><string key="org:resource" value="{row["user_id"]}"/>'
    f'<date key="time:timestamp" value="{row["timestamp"]}"/>'
    f'<string key="concept:name" value="{row["event"]}"/></event></trace>'
    for row in ROWS
)


def read(
    state: Path | None, *events: str | Path, **options: Any
) -> tuple[dict[Outcome, int], Any, Any]:
    """What became of the files, and the rows and what else a source says of them."""
    kept = reuse.state_folder(state)
    settings = Settings(**options)
    if kept is None:
        with open_source([*map(str, events)], settings) as source:
            return {}, *seen(source)
    with kept, Workspace() as workspace:
        given = [*map(str, events)]
        with open_source(given, settings, workspace=workspace, state=kept) as source:
            found = seen(source)
        kept.keep()
    return dict(kept.outcomes), *found


def seen(source: Any) -> tuple[Any, Any]:
    broken = source.create_rows(source.con)
    rows = source.con.execute("select * from rows").fetchall()
    listed = [(item.path, item.sha256, item.kind, item.rows) for item in source.inputs]
    return rows, (broken, listed, source.columns, source.checks, source.columns_found)


def made(folder: Path, name: str) -> str:
    """A log in a format; returns what the command line names."""
    path = folder / name
    table = pa.Table.from_pylist(ROWS)
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.jsonl", LINES)
            archive.writestr("b.csv", CSV)
    elif name.endswith(".xlsx"):
        workbook(path, {"one": [[*ROWS[0]], *([*row.values()] for row in ROWS)]})
    elif name.endswith(".arrow"):
        pa.feather.write_feather(table, path)
    elif name.endswith(".xes"):
        path.write_text(XES + "</log>")
    elif name.endswith(".xes.gz"):
        path.write_bytes(gzip.compress(XES.encode() + b"</log>"))
    else:
        data = {
            "a.csv": CSV.encode(),
            "a[1].csv": CSV.encode(),
            "latin.csv": CSV.replace("edit", "ändern").encode("latin-1"),
            "broken.csv": f"{CSV}u,\n{CSV[24:]}".encode(),
            "a.csv.gz": gzip.compress(CSV.encode()),
            "a.csv.xz": lzma.compress(CSV.encode()),
            "a.jsonl": LINES.encode(),
            "a.jsonl.bz2": bz2.compress(LINES.encode()),
            "broken.jsonl": f"{LINES}{{\n[1]\n{LINES}".encode(),
            "array.json": json.dumps(ROWS).encode(),
            "bom.jsonl": b"\xef\xbb\xbf" + LINES.encode(),
            "batches.jsonl": f"{STATEMENTS}\n{{\n{STATEMENTS}\n".encode(),
        }[name]
        path.write_bytes(data)
    return str(path)


NAMES = (
    "a.csv",
    "a[1].csv",
    "latin.csv",
    "broken.csv",
    "a.csv.gz",
    "a.csv.xz",
    "a.jsonl",
    "a.jsonl.bz2",
    "broken.jsonl",
    "array.json",
    "bom.jsonl",
    "batches.jsonl",
    "two.zip",
    "a.xlsx",
    "a.arrow",
    "a.xes",
    "a.xes.gz",
)


@pytest.mark.parametrize("name", NAMES)
def test_kept_rows_are_those_that_were_read(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, state = made(tmp_path, name), tmp_path / "state"
    options: dict[str, Any] = {"lenient": True}
    if name == "latin.csv":
        options["encoding"] = "latin-1"
    _, *plain = read(None, path, **options)
    files = len(plain[1][1])
    assert plain[0]
    assert read(state, path, **options) == ({NEW: files}, *plain)

    def again(*_: object, **__: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr(staging, "_copy", again)
    monkeypatch.setattr(SmallFiles, "copy", again)
    monkeypatch.setattr(jsonlines, "keys", again)
    monkeypatch.setattr("resume_gap.sources.opener.write_events", again)
    monkeypatch.setattr("resume_gap.sources.opener.write_lines", again)
    monkeypatch.setattr("resume_gap.sources.opener.importlib.import_module", again)
    assert read(state, path, **options) == ({KEPT: files}, *plain)


@pytest.mark.parametrize("form", ["parquet", "duckdb", "sqlite"])
def test_what_is_read_where_it_lies_is_not_kept(tmp_path: Path, form: str) -> None:
    """A database may have rows in a file beside it, which its own digest does not know."""
    if form == "sqlite":
        with sqlite3.connect(tmp_path / "a.db") as con:
            con.execute("create table events (user_id, timestamp, event)")
            con.executemany(
                "insert into events values (:user_id, :timestamp, :event)",
                [{name: row[name] for name in ("user_id", "timestamp", "event")} for row in ROWS],
            )
        con.close()
        path = str(tmp_path / "a.db")
    else:
        path = write(tmp_path, ROWS, form)
    _, *plain = read(None, path)
    for _ in range(2):
        assert read(tmp_path / "state", path) == ({}, *plain)
    assert not (tmp_path / "state").exists()


def test_a_file_is_known_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    path, state = made(tmp_path, "a.jsonl"), tmp_path / "state"
    read(state, path)
    other = tmp_path / "b.jsonl"
    shutil.copyfile(path, other)
    assert read(state, path, other) == ({KEPT: 2}, *read(None, path, other)[1:])
    other.write_text(LINES.replace("edit", "view"))
    assert read(state, path, other) == ({KEPT: 1, NEW: 1}, *read(None, path, other)[1:])
    stat = other.stat()
    other.write_text(LINES.replace("edit", "Edit"))
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert read(state, path, other) == ({KEPT: 1, NEW: 1}, *read(None, path, other)[1:])


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({}, KEPT),
        ({"threads": 1, "memory_limit": "500MB", "gap_us": 60_000_000}, KEPT),
        ({"time_format": "%Y"}, CHANGED),
        ({"tz": "Asia/Kolkata"}, CHANGED),
        ({"mapping": {"event": "x"}}, CHANGED),
        ({"file_format": "csv", "lenient": True, "mapping": {"user_id": "a"}}, None),
    ],
)
def test_other_options_read_anew_what_they_change(
    tmp_path: Path, options: dict[str, Any], outcome: Outcome | None
) -> None:
    path, state = made(tmp_path, "a.jsonl"), tmp_path / "state"
    first = read(state, path)
    if outcome is None:
        with pytest.raises(InputError):
            read(state, path, **options)
    else:
        assert read(state, path, **options) == ({outcome: 1}, *read(None, path, **options)[1:])
    again = read(state, path)
    assert again[1:] == first[1:]


def test_a_wide_file_is_read_anew_when_other_columns_are_used(tmp_path: Path) -> None:
    rows = [row | {f"c{n}": "1" for n in range(staging.WIDE)} for row in ROWS]
    path, state = write(tmp_path, rows, "csv"), tmp_path / "state"
    read(state, path)
    assert read(state, path)[0] == {KEPT: 1}
    options = {"mapping": {"target": "c7"}}
    assert read(state, path, **options) == ({CHANGED: 1}, *read(None, path, **options)[1:])


def test_a_workbook_with_a_wrong_ending_is_refused_as_without_a_state(tmp_path: Path) -> None:
    path, state = made(tmp_path, "a.xlsx"), tmp_path / "state"
    read(state, path)
    wrong = tmp_path / "a.ods"
    shutil.copyfile(path, wrong)
    for where in (None, state):
        with pytest.raises(InputError, match="is an OpenDocument spreadsheet"):
            read(where, wrong)


def test_nothing_is_kept_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path, state = tmp_path / "a.jsonl", tmp_path / "state"
    path.write_text("{\n{\n")
    with pytest.raises(InputError):
        read(state, path)
    assert not state.exists()


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    path, state = made(tmp_path, "a.jsonl"), tmp_path / "state"
    first = read(state, path)
    (rows,) = [name for name in state.iterdir() if name.name != ".resume-gap-state.json"]
    content = rows.read_bytes()
    rows.write_bytes(content[:100])
    kept = reuse.state_folder(state)
    assert kept is not None
    with kept, open_source([path], Settings(), state=kept) as source:
        assert seen(source) == first[1:]
    assert (kept.fault, dict(kept.outcomes)) == (Fault.DAMAGE, {NEW: 1})
    assert read(state, path) == ({NEW: 1}, *first[1:])
    (rows,) = [name for name in state.iterdir() if name.name != ".resume-gap-state.json"]
    assert rows.read_bytes() == content
    assert read(state, path)[0] == {KEPT: 1}


@pytest.mark.parametrize(
    ("step", "forged"),
    [
        ("names", {}),
        ("names", {"names": "abc", "most": 1}),
        ("names", {"names": [1], "most": 1}),
        ("names", {"names": ["a"], "most": True}),
        ("encoding", {"rows": 1}),
        ("encoding", {"rows": "1", "count": 0, "lines": [], "encoding": False, "halves": False}),
        ("encoding", {"rows": 1, "count": 0, "lines": ["1"], "encoding": False, "halves": False}),
        ("user_id", {"user_id": 1}),
        ("rows", None),
    ],
)
def test_facts_that_no_step_leaves_are_not_used(
    tmp_path: Path, step: str, forged: dict[str, Any] | None
) -> None:
    path, state = made(tmp_path, "a.jsonl"), tmp_path / "state"
    first = read(state, path)
    index = state / ".resume-gap-state.json"
    entries, _ = state_index.load(index, reuse.readers())
    (one,) = [one for one in entries.values() if step in one["facts"]]
    changed = {"sha256": None} if forged is None else {"facts": forged}
    entries = {key: {**e, **changed} if e is one else e for key, e in entries.items()}
    index.unlink()
    state_index.save(index, entries, reuse.readers())
    assert read(state, path) == ({CHANGED: 1}, *first[1:])
    assert read(state, path)[0] == {KEPT: 1}


def test_other_code_or_libraries_read_everything_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, state = made(tmp_path, "a.jsonl"), tmp_path / "state"
    first = read(state, path)
    assert re.fullmatch(
        r"sources [0-9a-f]{64}, python 3\S+, duckdb \S+, pyarrow \S+.*", reuse.readers()
    )
    monkeypatch.setattr(reuse.metadata, "version", lambda name: f"{name} 99")
    kept = reuse.state_folder(state)
    assert kept is not None
    with kept, open_source([path], Settings(), state=kept) as source:
        assert seen(source) == first[1:]
    assert (kept.fault, dict(kept.outcomes)) == (Fault.VERSION, {NEW: 1})
