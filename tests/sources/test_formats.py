"""Which format a file is in, by its name and its first bytes."""

import bz2
import gzip
import lzma
from pathlib import Path

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.expansion import Reading, expand
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
    ("name", "content"),
    [
        ("events.xlsx", ZIP + b"[Content_Types].xml"),
        ("events.XLSM", ZIP + b"docProps/app.xml"),
        ("events.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40)),
        ("events.csv", ZIP + b"[Content_Types].xml"),
        ("events.ods", ZIP + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        ("events", ZIP + b"xl/worksheets/sheet1.xml"),
    ],
)
def test_a_workbook_is_known_by_its_content_or_its_ending(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert [file.kind for file in expand([str(path)])[0]] == ["excel"]


def test_text_that_is_called_a_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "events.xls"
    path.write_bytes(b"user_id\tts\tevent\n")
    assert "is no workbook in spite of its ending; if it is text, name it .csv" in refused(path)


@pytest.mark.parametrize("level", [1, 9])
def test_compression_is_known_by_content(tmp_path: Path, level: int) -> None:
    path = tmp_path / "events.csv"
    for packed, name in ((bz2.compress(LINE, level), "bz2"), (lzma.compress(LINE), "xz")):
        path.write_bytes(packed)
        assert [file.compression for file in expand([str(path)])[0]] == [name]
    path.write_bytes(b"BZh,ts,event\n")
    assert [file.compression for file in expand([str(path)])[0]] == [None]


def test_a_given_format_wins_over_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "events.txt"
    path.write_bytes(b"user_id,ts,event\n")
    assert "give it with --format" in refused(path)
    (file,), _ = expand([str(path)], Reading("csv", "latin-1"))
    assert (file.kind, file.encoding) == ("csv", "latin-1")


def test_sqlite_is_known_under_any_ending(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"SQLite format 3\x00" + bytes(84))
    assert [file.kind for file in expand([str(path)])[0]] == ["sqlite"]


@pytest.mark.parametrize("text", [b"<!DOCTYPE html><html>", b"\n <html lang='en'>"])
def test_a_web_page_is_no_log(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(text)
    with pytest.raises(InputError, match=r"log\.csv: is a web page"):
        expand([str(path)])
