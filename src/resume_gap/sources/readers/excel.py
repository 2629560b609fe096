"""A sheet of a workbook of Excel or OpenDocument, written to Parquet as text."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from resume_gap.errors import InputError
from resume_gap.settings import nearest
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.header import distinct_names, refuse_repeated
from resume_gap.sources.sandbox import first_line

_UNPACKED_MOST: Final = 2_000_000_000
"""Bytes; a sheet is read into memory whole, and has a million rows at most."""

Cell = object


def to_parquet(file: InputFile, path: Path, target: Path, check: Callable[[], None]) -> None:
    """Write the rows of the sheet to `target`; the first row that is not empty names the columns.

    Args:
        file: The input, with the name of the sheet; without one, the only sheet with rows is meant.
        path: Where its bytes lie, decompressed.
        target: The Parquet file to write.
        check: Called after writing; raises when the temporary folder is too large.

    Raises:
        InputError: The file is broken, has no such sheet, or two columns of one name.
    """
    _refuse_bomb(file, path)
    try:
        book = CalamineWorkbook.from_path(path)
        rows = _rows(book, file)
    except BaseException as error:
        # What its library did not foresee comes as a panic, which is no Exception.
        foreseen = isinstance(error, InputError | MemoryError)
        if foreseen or not (isinstance(error, Exception) or _is_panic(error)):
            raise
        what = "OpenDocument spreadsheet" if ".ods" in file.given.lower() else "Excel workbook"
        raise InputError(
            f"{file.label}: is an {what}; save the sheet as CSV and give that file (as it is, it"
            f" cannot be read: {first_line(error)})"
        ) from error
    header, *body = rows or [()]
    named = [_text(cell) or "" for cell in header]
    refuse_repeated(file, named)
    names = distinct_names(named)
    filled = [row for row in body if any(cell not in ("", None) for cell in row)]
    columns = [
        pa.array([_text(row[place]) for row in filled], pa.string()) for place in range(len(names))
    ]
    pq.write_table(pa.table(dict(zip(names, columns, strict=True))), target)
    check()


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"


def _rows(book: CalamineWorkbook, file: InputFile) -> list[Sequence[Cell]]:
    names = tuple(book.sheet_names)
    if file.table is not None:
        if file.table not in names:
            raise InputError(
                f"{file.label}: no such sheet{nearest(file.table, names)}; there are"
                f" {', '.join(names[:40])}"
            )
        return _filled(book.get_sheet_by_name(file.table).to_python())
    found = {name: rows for name in names if len(rows := _sheet(book, name)) > 1}
    if len(found) > 1:
        raise InputError(
            f"{file.label}: name the sheet: {file.label}::SHEET; there are"
            f" {', '.join(list(found)[:40])}"
        )
    return next(iter(found.values()), [])


def _sheet(book: CalamineWorkbook, name: str) -> list[Sequence[Cell]]:
    try:
        return _filled(book.get_sheet_by_name(name).to_python())
    except CalamineError:
        # A sheet of a chart has no cells.
        return []


def _filled(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows from the first one on that names more than one column: a title may stand above."""
    kept = list(rows)
    for place, row in enumerate(kept):
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) > 1:
            return kept[place:]
    return []


def _text(cell: Cell) -> str | None:
    """A cell as a CSV file would hold it; a whole number without its point."""
    match cell:
        case None | "":
            return None
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _refuse_bomb(file: InputFile, path: Path) -> None:
    """Refuse a workbook that unpacks to more than memory can hold.

    Raises:
        InputError: It does.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile:
        return
    if size > _UNPACKED_MOST:
        raise InputError(f"{file.label}: unpacks to {size / 1e9:.1f} GB; save the sheet as CSV")
