"""Which format a file is in, by its name and its first bytes."""

import bz2
import gzip
import lzma
from pathlib import Path
from typing import Any

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.expansion import Reading, expand
from resume_gap.sources.formats import (
    compression_of,
    encoding_of,
    is_archive,
    is_json,
    is_read_packed,
    is_workbook,
    kind_of_name,
    look_inside,
    refuse_wide_text,
)

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


@pytest.mark.parametrize(
    ("name", "kind", "compression"),
    [
        ("a.csv", "csv", None),
        ("A.TSV.GZ", "tsv", "gzip"),
        ("a.jsonl.zst", "json", "zstd"),
        ("a.csv.zstd", "csv", "zstd"),
        ("a.parquet", "parquet", None),
        ("a.gz", None, "gzip"),
        ("csv", None, None),
        ("gz", None, None),
        ("a.csv.other", None, None),
    ],
)
def test_a_name_promises_format_and_compression(
    name: str, kind: str | None, compression: str | None
) -> None:
    assert kind_of_name(name) == (kind, compression)


def test_the_engine_unpacks_what_is_called_as_it_is() -> None:
    assert is_read_packed("a.csv", None)
    assert is_read_packed("a.csv.gz", "gzip")
    assert is_read_packed("a.csv.zst", "zstd")
    assert not is_read_packed("a.csv.bz2", "bz2")
    assert not is_read_packed("a.csv.xz", "xz")
    assert not is_read_packed("a.csv", "gzip")
    assert not is_read_packed("a.csv.gz", None)


def test_first_bytes_say_compression_encoding_and_archive() -> None:
    assert [
        compression_of(b) for b in (b"\x1f\x8b.", b"\x28\xb5\x2f\xfd", b"BZh11AY&SY", b"x")
    ] == [
        "gzip",
        "zstd",
        "bz2",
        None,
    ]
    assert compression_of(b"BZh91xx") is None
    marks = (
        b"\xff\xfe\0\0",
        b"\0\0\xfe\xff",
        b"\xff\xfea\0",
        b"\xfe\xff\0a",
        b"\xef\xbb\xbfa",
        b"",
    )
    assert [encoding_of(mark) for mark in marks] == [
        *("utf-32", "utf-32", "utf-16", "utf-16"),
        *(None, None),
    ]
    assert is_archive(ZIP + b"a.csv")
    assert not is_archive(ZIP + b"xl/workbook.xml")
    assert not is_archive(b"xl/")
    assert not is_workbook(b"a xl/ in text")
    assert not is_workbook(ZIP + b"a.csv")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\x1f\x8bxx", "a.csv: is packed twice; unpack it once"),
        (ZIP, "a.csv: is packed twice; unpack it once"),
        ("a,b".encode("utf-32-le"), "a.csv: is UTF-32 without a mark"),
        ("a,b".encode("utf-16-be"), "say --encoding utf-16-le or utf-16-be"),
        (b"\0" * 55 + b"x" * 45, "is UTF-16 without"),
        (b"\0" * 56 + b"x" * 44, "is UTF-32 without"),
        (b"\0" * 20 + b"x" * 80, "is no text in spite of its ending"),
        (b"\0" * 21 + b"x" * 79, "is UTF-16 without"),
        (b"\x01" * 11 + b"x" * 89, "is no text in spite of its ending"),
        (b"\x01" * 10 + b"x" * 90, None),
        (b"x" * 512 + b"\x01" * 500, None),
        (b"\t\n\v\f\r\x1a\x1b", None),
        (b"", None),
    ],
)
def test_text_of_another_width_and_what_is_no_text(head: bytes, said: str | None) -> None:
    if said is None:
        refuse_wide_text("a.csv", head)
        return
    with pytest.raises(InputError) as caught:
        refuse_wide_text("a.csv", head)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("label", "head", "kind", "compression", "said"),
    [
        (
            "a.tar",
            bytes(257) + b"ustar",
            None,
            None,
            "a.tar: is a tar archive; unpack it (tar -xf a.t",
        ),
        (
            "my a.tgz",
            b"\x1f\x8b",
            None,
            "gzip",
            "unpack it (tar -xf 'my a.tgz') and give the files",
        ),
        ("a.tar.gz", b"\x1f\x8b", None, "gzip", "is a tar archive"),
        ("a.tar.x", b"", None, None, "neither its ending nor its beginning says the format"),
        ("tar.gz", b"\x1f\x8b", None, "gzip", "neither its ending nor its beginning"),
        ("a.csv.gz", b"user,time", "csv", "gzip", "a.csv.gz: is not compressed with gzip; correct"),
        ("a.xlsx", b"user,time", "excel", None, "a.xlsx: is no workbook in spite of its ending"),
        ("a.parquet", b"user,t\n", "parquet", None, "PAR1); it is text: give --format csv"),
        ("a.parquet", b'{"a": 1}\n', "parquet", None, "PAR1); it is text: give --format json"),
        ("a.parquet", b"\x01\x02", "parquet", None, "a.parquet: is no Parquet file (it does not"),
        ("a.parquet", b" ~\t\r", "parquet", None, "give --format csv"),
        (
            "a.bin",
            b"FEA1",
            None,
            None,
            "a.bin: is a Feather file of version 1; write it as Parquet",
        ),
        ("a.csv", b"FEA1\x01", "csv", None, "is a Feather file"),
        ("a.avro", b"Obj\x01", None, None, "a.avro: is an Avro file; write it as Parquet"),
        ("a.orc", b"ORC\x01", None, None, "a.orc: is an ORC file; write it as Parquet"),
        (
            "a.x",
            bytes(8) + b"DUCK",
            None,
            None,
            "a.x: is a DuckDB database; name the table: a.x::TABLE",
        ),
        (
            "a.x",
            b" " * 9 + b"<html>",
            "csv",
            None,
            "a.x: is a web page (HTML), such as one to sign in",
        ),
    ],
)
def test_what_is_not_what_it_is_called_says_what_to_do(
    label: str, head: bytes, kind: Any, compression: Any, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        look_inside(label, head, kind, compression)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("head", "kind", "compression", "found"),
    [
        (b"ORCID,ts,event\n", "csv", None, ("csv", None)),
        (b"FEA1,ts,event\n", "tsv", None, ("tsv", None)),
        (b"a,b,c,d,DUCK", "csv", None, ("csv", None)),
        (b"user_id,DUCK", "csv", None, ("csv", None)),
        (b"PAR1,ts,event\n", "csv", None, ("csv", None)),
        (b"PAR1\x15\0\x15\0", "csv", "gzip", ("parquet", None)),
        (b"PAR1\x15\0\x15\0", None, None, ("parquet", None)),
        (b"", "parquet", None, ("parquet", None)),
        (b"\x1f\x8b", "csv", None, ("csv", "gzip")),
        (ZIP + b"docProps", "excel", None, ("excel", None)),
        (b"SQLite format 3\0", "csv", None, ("sqlite", None)),
        (bytes(257) + b"ustar", "json", None, ("json", None)),
    ],
)
def test_content_and_ending_that_agree(
    head: bytes, kind: Any, compression: Any, found: tuple[str, str | None]
) -> None:
    assert look_inside("a", head, kind, compression) == found
