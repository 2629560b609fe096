"""One input file: its content in pieces, its name in messages, and what is no file."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.digests import Digests
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.inputs import (
    InputFile,
    SourceInput,
    Utf8,
    beside,
    printable,
    regular_file,
    status,
    unreadable,
)


def test_pieces_are_decompressed_and_the_checksum_is_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"abcde"))
    file = InputFile(given="a.csv.gz", path=path, kind="csv", compression="gzip")
    assert list(file.chunks(2)) == [b"ab", b"cd", b"e"]
    with closing(Digests([file], 1)) as digests:
        assert digests.of(file) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_broken_compression_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"abcde" * 1000)[:20])
    file = InputFile(given="a.csv.gz", path=path, kind="csv", compression="gzip")
    with pytest.raises(InputError, match=r"a\.csv\.gz: cannot be read"):
        list(file.chunks())


def test_a_folder_where_a_file_is_meant(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder, no regular file; give a file in it"):
        read_excluded(tmp_path, "user_id")


def test_printable() -> None:
    assert printable("a\x1b[31m\nb\u202e") == "a\\x1b[31m\\nb\\u202e"
    assert printable("ü") == "ü"
    assert len(printable("x" * 1000)) < 210


def test_a_file_to_write_is_neither_the_input_nor_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert beside("data/export.csv", "log.csv") == "log.csv"
    assert beside("data/log.csv", "log.csv") == "new-log.csv"
    Path("new-log.csv").touch()
    Path("new-2-log.csv").symlink_to("nowhere")
    assert beside("data/export.csv", "log.csv") == "log.csv"
    assert beside("data/log.csv", "log.csv") == "new-3-log.csv"
    Path("log.csv").touch()
    assert beside("data/export.csv", "log.csv") == "new-3-log.csv"


def test_a_name_is_cut_where_it_is_too_long() -> None:
    assert printable("x" * 200) == "x" * 200
    assert printable("x" * 201) == "x" * 200 + "..."


@pytest.mark.parametrize(
    ("more", "plain"),
    [
        ({}, True),
        ({"compression": "xz"}, False),
        ({"member": "a"}, False),
        ({"encoding": "a"}, False),
    ],
)
def test_what_lies_on_the_disk_as_it_is_read(more: dict[str, Any], *, plain: bool) -> None:
    assert InputFile(given="-", path=Path("a"), kind="csv", **more).is_plain is plain


def test_the_label_is_what_was_given() -> None:
    assert InputFile(given="-", path=Path("a"), kind="csv").label == "standard input"
    assert InputFile(given="a\n", path=Path("b"), kind="csv").label == "a\\n"
    of = SourceInput(path="a", digest=lambda: "b", kind="csv", rows=3)
    assert (of.simulated, of.sha256) == (False, "b")


def test_an_archive_a_compression_and_an_encoding_are_undone(tmp_path: Path) -> None:
    text = "Zeit,\u00fc\n" * 40_000
    packed = {"bz2": bz2.compress, "xz": lzma.compress, None: bytes}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, pack in packed.items():
            archive.writestr(f"a.{name}", pack(text.encode("utf-16")))
    for name in packed:
        compression: Any = name
        file = InputFile(
            given="a.zip::a",
            path=tmp_path / "a.zip",
            kind="csv",
            compression=compression,
            member=f"a.{name}",
            encoding="utf-16",
        )
        assert b"".join(file.chunks(1000)).decode() == text
        assert len(next(file.chunks(1000))) == 1000
    gone = InputFile(given="gone", path=tmp_path / "gone", kind="csv")
    for read in (gone.open_bytes, lambda: next(gone.chunks())):
        with pytest.raises(InputError, match=r"^gone: cannot be read: No such file"):
            read()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_text_without_a_mark_asks_for_its_order(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("user,time\n".encode(f"{encoding}-le"))
    found = InputFile(given="log.csv", path=path, kind="csv", encoding=encoding)
    with pytest.raises(InputError, match=f"--encoding {encoding}-le or {encoding}-be"):
        list(found.chunks())


def test_text_of_another_encoding_is_read_to_its_end_and_closed() -> None:
    under = io.BytesIO("\u00fcx".encode("utf-16-le") * 3)
    stream = Utf8(under, "utf-16-le")
    assert stream.readable()
    assert [stream.read(2) for _ in range(6)] == [
        b"\xc3\xbc",
        b"x\xc3",
        b"\xbcx",
        b"\xc3\xbc",
        b"x",
        b"",
    ]
    stream.close()
    assert under.closed
    assert stream.closed
    cut = Utf8(io.BytesIO(b"a\0b"), "utf-16-le")
    with pytest.raises(UnicodeDecodeError):
        cut.read()


def test_a_cause_without_words_of_the_system_is_its_first_line() -> None:
    assert str(unreadable("a", OSError(13, "Denied"))) == (
        "a: cannot be read: Denied; check the path, the rights or the copy"
    )
    assert "a: cannot be read: one; check" in str(unreadable("a", ValueError("one\ntwo")))


def test_what_the_system_says_of_a_path(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "link").symlink_to("nothing")
    found = status(str(tmp_path / "a"))
    assert found is not None
    assert found.st_size == 1
    assert status(str(tmp_path / "b")) is None
    assert status(str(tmp_path / "a" / "b")) is None
    for given, said in (
        (os.fsdecode(b"caf\xe9"), r"caf\\udce9: has a name that is not UTF-8; rename it"),
        (str(tmp_path / "link"), "link: is a link to a file that is not there; correct or remove"),
        ("x" * 300, r"x\.\.\.: cannot be read: File name too long; check the path"),
        ("a\0b", r"a\\x00b: cannot be read: embedded null byte; check"),
    ):
        with pytest.raises(InputError, match=said):
            status(given)
    regular_file(str(tmp_path / "a"))
    regular_file(str(tmp_path / "b"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(
        InputError, match="pipe, no regular file; write what it gives to a file first"
    ):
        regular_file(str(tmp_path / "pipe"))
