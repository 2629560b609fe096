"""Which format a file is in, by its name and its first bytes."""

import gzip
from pathlib import Path

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.expansion import expand
from resume_gap.sources.formats import is_json

LINE = b'{"user_id": "u", "timestamp": 1}\n'
ZIP = b"PK\x03\x04\x14\x00\x00\x00"


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        expand([str(path)])
    return str(caught.value)


@pytest.mark.parametrize("name", ["tracking.log", "events.txt", "events", "tracking.log-20260302"])
@pytest.mark.parametrize("text", [LINE, b"\n \n" + LINE, b"[\n" + LINE, b"\xef\xbb\xbf" + LINE])
def test_json_under_another_name_is_read(tmp_path: Path, name: str, text: bytes) -> None:
    (tmp_path / name).write_bytes(text)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text))
    plain, packed = expand([str(tmp_path / name), str(tmp_path / f"{name}.gz")])[0]
    assert (plain.kind, plain.compression) == ("json", None)
    assert (packed.kind, packed.compression) == ("json", "gzip")


@pytest.mark.parametrize("text", [b"", b"[INFO] started", b"{0} of {1}", b"user_id,timestamp\n"])
def test_other_text_is_no_json(tmp_path: Path, text: bytes) -> None:
    assert not is_json(text)
    path = tmp_path / "tracking.log"
    path.write_bytes(text)
    assert "neither its ending nor its beginning says the format" in refused(path)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("events.xlsx", ZIP + b"[Content_Types].xml", "an Excel workbook"),
        ("events.XLSM", ZIP + b"docProps/app.xml", "an Excel workbook"),
        ("events.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "an Excel workbook"),
        ("events.csv", ZIP + b"[Content_Types].xml", "an Excel workbook"),
        (
            "events.ods",
            ZIP + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "an OpenDocument spreadsheet",
        ),
    ],
)
def test_a_spreadsheet_is_to_be_saved_as_csv(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert f"is {what}; save the sheet as CSV" in refused(path)


def test_another_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(ZIP + b"events-2026-03-02.json")
    assert "is a zip archive; unpack it first" in refused(path)
