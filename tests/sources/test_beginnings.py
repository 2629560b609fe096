"""Files whose header stands below other lines, and files without one."""

from __future__ import annotations

import shlex
import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from factories.source_files import message, read

from resume_gap.sources.beginnings import advice_on_header

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "u1,2026-03-02T09:00:00Z,edit\nu2,2026-03-02T09:00:01Z,view\n"


@pytest.mark.parametrize(
    ("above", "number"),
    [
        ("Activity report, March 2026\n\n", 3),
        ("# exported 2026-03-10\n# by someone, for someone\n", 3),
        ("Report;;\n", 2),
    ],
)
def test_a_header_below_other_lines_is_found(tmp_path: Path, above: str, number: int) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"{above}user,time,event\n{ROWS}")
    line = message(str(path))
    assert f"line {number} names the columns; leave out what stands above it" in line
    _, _, command = line.partition("above it: ")
    command, _, _ = command.partition(" > ")
    done = subprocess.run(shlex.split(command), check=True, capture_output=True)
    (tmp_path / "whole.csv").write_bytes(done.stdout)
    _, _, rows = read(str(tmp_path / "whole.csv"), "user_id, event")
    assert [tuple(row.values()) for row in rows] == [("u1", "edit"), ("u2", "view")]


def test_the_file_itself_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"Report\nuser,time,event\n{ROWS}")
    assert message(str(path)).endswith("> new-log.csv, then give new-log.csv")
    path = path.rename(tmp_path / "export.csv")
    assert message(str(path)).endswith("> log.csv, then give log.csv")


def test_without_a_header_no_value_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"{ROWS}u3,2026-03-02T09:00:02Z,edit\n")
    line = message(str(path))
    assert "log.csv: the first line holds values, not names of columns" in line
    assert "u1" not in line
    assert "user_id, timestamp and event are needed" in line


def test_a_header_that_says_something_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("who,when,what\nu1,2026-03-02T09:00:00Z,edit\n")
    assert "columns found: who, when, what; say which" in message(str(path))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Report\nuser,time,event\nx\n", 2),
        ("Report\n,\nuser\ttime\tx\nuser,time,event\n", 3),
        ("Report\nuser,when,what\n", None),
        ("user,time\nReport\n", None),
        ("\n" * 29 + "user,time\n", 30),
        ("\n" * 30 + "user,time\n", None),
    ],
)
def test_the_first_line_below_with_two_names_is_the_header(
    tmp_path: Path, text: str, number: int | None
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    draft: Any = SimpleNamespace(
        dialect="csv",
        names=("Report",),
        file=SimpleNamespace(label="log.csv", chunks=lambda _: iter([path.read_bytes()])),
    )
    said = advice_on_header(draft)
    assert said.partition(" names the columns")[0] == ("" if number is None else f"line {number}")
    draft.dialect = None
    assert advice_on_header(draft) == ""


@pytest.mark.parametrize(
    ("encoding", "header"), [("cp1252", "Événement,Élément"), ("shift_jis", "イベント,要素")]
)
def test_a_header_that_is_not_utf_8_asks_for_the_encoding(
    tmp_path: Path, encoding: str, header: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(f"{header}\nedit,a\n".encode(encoding))
    assert "the file is not UTF-8; say what it is, such as --encoding" in message(str(path))
    path.write_bytes(("x" * (256 * 1024 - 1) + "é\n").encode())
    assert "not UTF-8" not in message(str(path))


@pytest.mark.parametrize(
    "line",
    [
        "INSERT INTO events (user_id, created_at, action) VALUES ('u1', '2026-03-02', 'edit');",
        "COPY public.events (user_id, created_at, action) FROM stdin;",
        "CREATE TABLE events (user_id text);",
    ],
)
def test_a_dump_of_statements_is_not_called_a_table(tmp_path: Path, line: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"-- dump\n{line}\n{line}\n")
    refusal = message(str(path))
    assert "statements of SQL, not rows; load it into a database, and export the table" in refusal
    assert "names the columns" not in refusal


def test_the_command_for_a_drawn_table_makes_rows_of_it(tmp_path: Path) -> None:
    rule = "+----+----+----+\n"
    rows = [line.replace(",", " | ") for line in ("user,time,event", *ROWS.splitlines())]
    drawn = [f"| {row} |\n" for row in rows]
    path = tmp_path / "log.csv"
    path.write_text("".join((rule, drawn[0], rule, *drawn[1:], rule)))
    line = message(str(path))
    assert "the file is a table drawn with | and -" in line
    command = line.partition("leave out the drawing: ")[2].partition(" > ")[0]
    done = subprocess.run(shlex.split(command), check=True, capture_output=True)
    (tmp_path / "whole.csv").write_bytes(done.stdout)
    _, _, found = read(str(tmp_path / "whole.csv"), "user_id, event")
    assert [tuple(row.values()) for row in found] == [("u1", "edit"), ("u2", "view")]
