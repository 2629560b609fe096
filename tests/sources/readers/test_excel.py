"""Sheets of workbooks: the columns and rows of their plain twins, or one line that says why not."""

import zipfile
from pathlib import Path

import pytest
from factories.source_files import message, read
from factories.workbooks import workbook

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
