"""Small files that are copied together are what they are alone, row by row and line by line."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from factories.source_files import read

from resume_gap.settings import Settings
from resume_gap.sources import open_source, small_files
from resume_gap.sources.drafts import draft_of
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.reuse import Reuse, state_folder
from resume_gap.sources.small_files import SmallFiles
from resume_gap.system.temporary import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from resume_gap.sources.drafts import Draft

NAMES = ("user_id", "timestamp", "event", "target", "note")
FORMS = ("csv", "tsv", "jsonl", "array", "objects", "bom", "csv.gz", "jsonl.gz")


def drawn(seed: int) -> list[dict[str, Any]]:
    """Rows whose values are long, missing, quoted, broken over lines, or numbers."""
    draw = Random(seed)  # noqa: S311 - a test log is no secret
    odd = ["a", "", 'say "no"', "two\nlines", "a,b\tc", "ä", "7", "7.0", "x" * 300]
    return [
        {
            "user_id": draw.choice(["ann", "bob", "7"]),
            "timestamp": f"2026-03-0{draw.randrange(1, 9)} 10:0{draw.randrange(9)}:00",
            "event": draw.choice(odd),
            "target": draw.choice(odd),
            "note": draw.choice(odd),
        }
        for _ in range(draw.choice([0, 1, 5, 40]))
    ]


def content(rows: Sequence[dict[str, Any]], form: str, names: Sequence[str] = NAMES) -> bytes:
    """Rows of text in a form."""
    kind = form.removesuffix(".gz")
    if kind in ("csv", "tsv"):
        mark = "," if kind == "csv" else "\t"
        quoted = [['"' + row[name].replace('"', '""') + '"' for name in names] for row in rows]
        text = "".join(mark.join(row) + "\n" for row in [names, *quoted])
    elif kind == "array":
        text = json.dumps(rows)
    else:
        text = "".join(
            json.dumps(row, indent=1 if kind == "objects" else None) + "\n" for row in rows
        )
    found = text.encode("utf-8-sig" if kind == "bom" else "utf-8")
    return gzip.compress(found) if form.endswith(".gz") else found


def written(folder: Path, contents: Sequence[bytes], form: str) -> list[str]:
    ending = {"array": "json", "objects": "json", "bom": "jsonl"}.get(form, form)
    paths = [folder / f"{number:02}.{ending}" for number in range(len(contents))]
    for path, one in zip(paths, contents, strict=True):
        path.write_bytes(one)
    return [str(path) for path in paths]


def opened(paths: Sequence[str], **options: Any) -> tuple[Any, ...]:
    """The rows of a log, and all that is known of its inputs."""
    source, report, rows = read(list(paths), **options)
    inputs = [(one.path, one.rows, one.digest()) for one in source.inputs]
    return rows, inputs, source.checks, report


@pytest.mark.parametrize("form", FORMS)
def test_files_have_the_rows_that_they_have_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    contents = [content(drawn(seed), form) for seed in range(12)]
    paths = written(tmp_path, contents, form)
    asked: list[int] = []
    copied = small_files._copied

    def counted(con: Any, some: Any, *rest: Any) -> Any:
        asked.append(len(some))
        return copied(con, some, *rest)

    monkeypatch.setattr(small_files, "_copied", counted)
    found = opened(paths)
    assert len(found[0]) > 50
    if form == "bom":
        assert asked == []
    else:
        assert max(asked) > 5
        assert len(asked) <= 2
    monkeypatch.setattr(small_files, "_SMALL", -1)
    assert opened(paths) == found


@pytest.mark.parametrize("form", ["csv", "jsonl", "csv.gz"])
def test_a_broken_line_is_counted_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """The parser says which line of a file is broken only where it reads one file."""
    rows = [drawn(1) for _ in range(9)]
    contents = [content(one, form) for one in rows]
    plain = content(rows[4], form.removesuffix(".gz")) + b'{"user_id"\n' + b'a,b,c,d,e,f,"g\n'
    contents[4] = gzip.compress(plain) if form.endswith(".gz") else plain
    paths = written(tmp_path, contents, form)
    found = opened(paths, lenient=True)
    (check,) = (one for one in found[2] if one.check == "broken_lines")
    assert "04." in check.message
    monkeypatch.setattr(small_files, "_SMALL", -1)
    assert opened(paths, lenient=True) == found


def test_files_of_other_columns_go_with_their_like(tmp_path: Path) -> None:
    rows = [drawn(seed) for seed in range(2, 14)]
    contents = []
    for number, some in enumerate(rows):
        contents.append(content(some, "csv", NAMES if number % 2 else NAMES[::-1]))
    paths = written(tmp_path, contents, "csv")
    found, inputs, _, _ = opened(paths)
    assert [rows for _, rows, _ in inputs] == [len(some) for some in rows]
    users = sorted(row["user_id"] for some in rows for row in some)
    assert sorted(row["user_id"] for row in found) == users


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def drafts(con: Any, paths: Sequence[Path]) -> list[tuple[Draft, Path]]:
    made = []
    for path in paths:
        file = InputFile(given=path.name, path=path, kind="csv")
        made.append((draft_of(con, file, path, Reuse().of(file)), path.with_suffix(".parquet")))
    return made


def small(tmp_path: Path, many: int) -> list[Path]:
    paths = [tmp_path / f"{number}.csv" for number in range(many)]
    for number, path in enumerate(paths):
        path.write_text("x,y\n" + "1,2\n" * (number + 1))
    return paths


BEFORE = "select * from (select * from "


def test_no_more_are_read_than_fit(
    con: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one is left alone, and one that is not small goes by itself."""
    paths = small(tmp_path, 8)
    paths[5].write_text("x,y\n" + "1,2\n" * 200)
    monkeypatch.setattr(small_files, "_MOST", 3)
    monkeypatch.setattr(small_files, "_SMALL", 500)
    monkeypatch.setattr(small_files, "_MOST_BYTES", 50)
    given = drafts(con, paths)
    some = SmallFiles(given)
    found = [some.copy(con, draft, BEFORE, None) for draft, _ in given]
    there = [target.exists() for _, target in given]
    # 8, 12, 16 | 20, 24 | - | 32 | 36 bytes, of which 50 are read together
    assert found == [1, 2, 3, 4, 5, None, None, None]
    assert there == [True] * 5 + [False] * 3


def test_what_nobody_asks_for_is_passed_over(con: Any, tmp_path: Path) -> None:
    """An earlier run had read these."""
    given = drafts(con, small(tmp_path, 6))
    some = SmallFiles(given)
    assert some.copy(con, given[2][0], BEFORE, None) == 3
    assert not given[1][1].exists()
    assert some.copy(con, given[4][0], BEFORE, None) == 5
    assert some.copy(con, given[4][0], BEFORE, None) is None
    assert some.copy(con, given[0][0], BEFORE, None) is None


def test_an_interrupt_is_no_fault_of_a_file(con: Any, tmp_path: Path) -> None:
    given = drafts(con, small(tmp_path, 3))

    class Interrupted:
        def execute(self, _: str) -> None: ...

        def sql(self, _: str) -> None:
            raise duckdb.InterruptException("it was")

    interrupted: Any = Interrupted()
    with pytest.raises(duckdb.InterruptException):
        SmallFiles(given).copy(interrupted, given[0][0], BEFORE, None)
    gone = drafts(con, small(tmp_path, 3))
    gone[1][0].path.unlink()
    assert SmallFiles(gone).copy(con, gone[0][0], "select nothing from (", None) is None


def test_a_compressed_file_may_hold_much_more(con: Any, tmp_path: Path) -> None:
    (draft, _), *_ = drafts(con, small(tmp_path, 1))
    size = small_files._bytes_of(draft)
    assert size == 8
    packed = replace(draft, file=replace(draft.file, compression="gzip"))
    assert small_files._bytes_of(packed) == 16 * size
    assert small_files._bytes_of(replace(draft, names=())) is None
    assert small_files._bytes_of(replace(draft, path=tmp_path / "gone")) is None


@pytest.mark.parametrize("again", [False, True])
def test_files_of_equal_content_are_kept_once(tmp_path: Path, again: bool) -> None:
    """Hours in which nothing happened have the same header and no row."""
    some = content(drawn(1), "csv")
    contents = [some, content([], "csv"), content([], "csv"), some, content(drawn(7), "csv")]
    (tmp_path / "log").mkdir()
    paths = written(tmp_path / "log", contents, "csv")
    plain = opened(paths)
    state = tmp_path / "state"
    if again:
        assert kept(paths[1:4], state)
    assert kept(paths, state) == plain[0]
    assert kept(paths, state) == plain[0]


def kept(paths: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """The rows of a log whose files are kept in a folder."""
    with state_folder(folder) as state, Workspace() as workspace:
        source = open_source(paths, Settings(), workspace=workspace, state=state)
        with source.con as con:
            source.create_rows(con)
            result = con.execute("select * from rows order by all")
            names = [item[0] for item in result.description]
            rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        state.keep()
    return [{name: None if value == "" else value for name, value in row.items()} for row in rows]


def test_a_quote_that_never_closes_is_found_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several files the parser does not say that a record ends with its file."""
    contents = [content(drawn(seed), "csv") for seed in range(2, 10)]
    lines = content(drawn(3) * 30, "csv").splitlines(keepends=True)
    lines[20] = lines[20].replace(b'"', b"").replace(b",", b',"', 1)
    contents[3] = b"".join(lines)
    paths = written(tmp_path, contents, "csv")
    found = opened(paths, lenient=True, threads=1)
    (check,) = (one for one in found[2] if one.check == "broken_lines")
    assert "03.csv; see line " in check.message
    monkeypatch.setattr(small_files, "_SMALL", -1)
    assert opened(paths, lenient=True, threads=1) == found


def test_objects_of_many_keys_count_for_more(con: Any, tmp_path: Path) -> None:
    """A line of two bytes is a row of all columns."""
    (draft, _), *_ = drafts(con, small(tmp_path, 1))
    many = tuple(f"k{n}" for n in range(100))
    assert small_files._bytes_of(replace(draft, layout="lines")) == 8
    assert small_files._bytes_of(replace(draft, layout="lines", names=many)) == 40
    assert small_files._bytes_of(replace(draft, names=many)) == 8
