"""Sheets of workbooks: the columns and rows of their plain twins, or one line that says why not."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
from factories.source_files import message, read
from factories.workbooks import workbook

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers import excel

ROWS = [
    ["user_id", "timestamp", "event", "target"],
    ["007", "2026-03-02T08:00:00Z", "edit", "cell"],
    ["u", "2026-03-02T08:00:01.5Z", "view", ""],
]
EIGHT = 1_772_438_400_000_000


def test_a_sheet_is_read_like_its_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {"events": ROWS})
    source, _, rows = read(str(path), "user_id, at_us, event, target")
    assert [tuple(row.values()) for row in rows] == [
        ("007", EIGHT, "edit", "cell"),
        ("u", EIGHT + 1_500_000, "view", None),
    ]
    assert [(one.kind, one.rows) for one in source.inputs] == [("excel", 2)]


def test_numbers_are_whole_and_titles_and_empty_rows_are_no_rows(tmp_path: Path) -> None:
    sheet = [["Usage in March"], [], ["user_id", "ts", "event"], [7, 1_772_438_400, "edit"], []]
    path = workbook(tmp_path / "log.xlsx", {"notes": [], "events": sheet})
    _, _, rows = read(str(path), "user_id, at_us, event")
    assert [tuple(row.values()) for row in rows] == [("7", EIGHT, "edit")]


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {"March": ROWS, "April": ROWS[:2]})
    assert "log.xlsx::SHEET; there are March, April" in message(str(path))
    assert "no such sheet (did you mean April?)" in message(f"{path}::april")
    source, _, rows = read(f"{path}::April", "user_id")
    assert len(rows) == 1
    assert source.inputs[0].path.endswith("::April")


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {"s": [["user_id", "ts", "event", "ts"], [1, 2, 3, 4]]})
    assert "two columns called 'ts'" in message(str(path))


@pytest.mark.parametrize("size", [30, 300, 900])
def test_a_broken_workbook_is_one_line(tmp_path: Path, size: int) -> None:
    path = workbook(tmp_path / "log.xlsx", {"events": ROWS})
    path.write_bytes(path.read_bytes()[:size])
    line = message(str(path))
    assert "log.xlsx: is an Excel workbook; save the sheet as CSV" in line
    assert "\n" not in line


def test_what_unpacks_to_more_than_memory_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(3_000_000))
    monkeypatch.setattr("resume_gap.sources.readers.excel._UNPACKED_MOST", 2_000_000)
    assert "unpacks to 0.0 GB; save the sheet as CSV" in message(str(path))


def test_a_cell_is_what_a_text_file_would_hold() -> None:
    cells = {
        None: None,
        "": None,
        " x ": " x ",
        True: "true",
        7.0: "7",
        7.5: "7.5",
        datetime(2026, 3, 2, 8, 0, 1): "2026-03-02 08:00:01",  # noqa: DTZ001 - as a sheet has it
        date(2026, 3, 2): "2026-03-02",
        time(8, 0): "08:00:00",
    }
    assert {cell: excel._text(cell) for cell in cells} == cells


def test_rows_begin_with_the_first_that_names_two_columns() -> None:
    rows: list[Any] = [["Title", ""], [1.0, 2.0], ["a", " "], ["a", "b"], [], ["c", "d"]]
    assert excel._filled(rows) == rows[3:]
    assert excel._filled(rows[:3]) == []


class Panic(BaseException):
    """What the library raises where it did not foresee something."""


Panic.__name__ = "PanicException"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError("odd\nmore"), InputError),
        (Panic("odd"), InputError),
        (MemoryError(), MemoryError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (InputError("mine"), InputError),
    ],
)
@pytest.mark.parametrize(
    ("name", "what"), [("a.xlsx", "an Excel workbook"), ("b.ODS", "an OpenDocument spreadsheet")]
)
def test_what_a_library_raises_becomes_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Any, kind: Any, *, name: str, what: str
) -> None:
    def opened(_: Path) -> None:
        raise error

    monkeypatch.setattr(excel, "CalamineWorkbook", SimpleNamespace(from_path=opened))
    path = tmp_path / name
    path.write_bytes(b"x")
    file = InputFile(given=name, path=path, kind="excel")
    with pytest.raises(kind) as caught:
        excel.to_parquet(file, path, tmp_path / "t.parquet", lambda: None)
    if kind is InputError and str(error) != "mine":
        assert str(caught.value) == (
            f"{name}: is {what}; save the sheet as CSV and give that file (as it is, it cannot be"
            " read: odd)"
        )


def sheets(monkeypatch: pytest.MonkeyPatch, folder: Path, table: str | None, **named: Any) -> Any:
    """The table that the sheets of a book are written to, and how often its size was checked."""

    def by_name(name: str) -> Any:
        if named[name] is None:
            raise excel.CalamineError
        return SimpleNamespace(to_python=lambda: named[name])

    book = SimpleNamespace(sheet_names=list(named), get_sheet_by_name=by_name)
    monkeypatch.setattr(excel, "CalamineWorkbook", SimpleNamespace(from_path=lambda _: book))
    path = folder / "a.xlsx"
    path.write_bytes(b"x")
    file = InputFile(given="a.xlsx", path=path, kind="excel", table=table)
    checks: list[int] = []
    excel.to_parquet(file, path, folder / "t.parquet", lambda: checks.append(1))
    return pq.read_table(folder / "t.parquet").to_pydict(), len(checks)


def test_the_only_sheet_with_rows_is_meant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [["a", "b"], [1.0, ""], ["", None], [2.0, "x"]]
    head = [["c", "d"]]
    found = {"a": ["1", "2"], "b": [None, "x"]}
    assert sheets(monkeypatch, tmp_path, None, chart=None, head=head, s=rows) == (found, 1)
    assert sheets(monkeypatch, tmp_path, "head", chart=None, head=head, s=rows)[0] == {
        "c": [],
        "d": [],
    }
    assert sheets(monkeypatch, tmp_path, None, chart=None)[0] == {}
    many = {f"s{n}": rows for n in range(41)}
    with pytest.raises(InputError) as caught:
        sheets(monkeypatch, tmp_path, None, **many)
    assert str(caught.value).startswith("a.xlsx: name the sheet: a.xlsx::SHEET; there are s0, s1")
    assert str(caught.value).endswith(", s39")
    with pytest.raises(InputError, match=r"no such sheet \(did you mean s1\?\).*, s39$"):
        sheets(monkeypatch, tmp_path, "ss1", **many)


def test_all_parts_of_a_workbook_together_are_not_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "_UNPACKED_MOST", 2_000)
    path = tmp_path / "a.xlsx"
    file = InputFile(given="a.xlsx", path=path, kind="excel")
    for size, is_refused in ((1_000, False), (1_001, True)):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("one", bytes(1_000))
            archive.writestr("two", bytes(size))
        if is_refused:
            with pytest.raises(InputError, match="unpacks to"):
                excel._refuse_bomb(file, path)
        else:
            excel._refuse_bomb(file, path)
    path.write_bytes(b"no archive")
    excel._refuse_bomb(file, path)
