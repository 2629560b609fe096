"""Drafts of text files: how their rows are read, of one file or of several like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from resume_gap.sources.drafts import columns_of, draft_of, forget_rejected
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.reuse import Reuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resume_gap.sources.drafts import Draft


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def drafted(con: Any, path: Path, text: str) -> Draft:
    path.write_text(text)
    kind: Any = "json" if path.suffix == ".jsonl" else "csv"
    file = InputFile(given=path.name, path=path, kind=kind)
    return draft_of(con, file, path, Reuse().of(file))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("csv", ("x,y\n1,2\n3,4\n", "x,y\n", "x,y\n5,6\n")),
        ("jsonl", ('{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n', "5\n", '{"y": 6, "x": 5}\n')),
    ],
)
def test_several_files_are_read_with_the_place_of_each(
    con: Any, tmp_path: Path, name: str, texts: tuple[str, ...]
) -> None:
    paths = [tmp_path / f"{number}.{name}" for number in range(3)]
    first = drafted(con, paths[0], texts[0])
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    assert con.execute(f"from {first.source()}").fetchall() == [("1", "2"), ("3", "4")]
    columns = "select file_index, c0, c1 from"
    assert con.execute(f"{columns} {first.source(paths=paths)} order by all").fetchall() == [
        (0, "1", "2"),
        (0, "3", "4"),
        (2, "5", "6"),
    ]
    some = con.execute(
        f"select file_index, c0, rest is not null from {first.source(['x'], paths=paths[::2])}"
    )
    assert sorted(some.fetchall()) == [(0, "1", True), (0, "3", True), (1, "5", True)]


def test_columns_have_places_and_are_text(con: Any, tmp_path: Path) -> None:
    draft = drafted(con, tmp_path / "a.csv", "x,y,z\n1,2,3\n")
    assert {name: (one.sql, one.kind) for name, one in columns_of(draft, {"x", "z"}).items()} == {
        "x": ("c0", "VARCHAR"),
        "z": ("c2", "VARCHAR"),
    }
    assert [*columns_of(draft)] == ["x", "y", "z"]
    assert not columns_of(drafted(con, tmp_path / "b.jsonl", "[]\n"))


def test_rejected_lines_are_those_of_the_last_file(con: Any, tmp_path: Path) -> None:
    draft = drafted(con, tmp_path / "a.csv", "x,y\n1,2\n3,4\n5\n")
    con.execute(f"from {draft.source()}").fetchall()
    assert con.execute("select line from reject_errors").fetchall() == [(4,)]
    forget_rejected(con)
    forget_rejected(con)
    con.execute(f"from {draft.source()}").fetchall()
    assert con.execute("select line from reject_errors").fetchall() == [(4,)]


def test_blanks_that_align_a_table_are_no_part_of_its_values(con: Any, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.csv" for number in range(2)]
    first = drafted(con, paths[0], " user | event \n u1   | edit \n u2   | save all \n")
    paths[1].write_text(" user | event \n u3   | view \n")
    rows = [("u1", "edit"), ("u2", "save all")]
    assert con.execute(f"from {first.source()}").fetchall() == rows
    assert con.execute(f"select c1 from {first.source({'event'})}").fetchall() == [
        ("edit",),
        ("save all",),
    ]
    both = con.execute(f"select file_index, c0 from {first.source(paths=paths)} order by all")
    assert both.fetchall() == [(0, "u1"), (0, "u2"), (1, "u3")]
