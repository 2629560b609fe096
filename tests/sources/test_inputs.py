"""One input file: its content in pieces, its name in messages, and what is no file."""

import gzip
import hashlib
from pathlib import Path

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.inputs import InputFile, beside, printable


def test_pieces_are_decompressed_and_the_checksum_is_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"abcde"))
    file = InputFile(given="a.csv.gz", path=path, kind="csv", compression="gzip")
    assert list(file.chunks(2)) == [b"ab", b"cd", b"e"]
    assert file.sha256() == hashlib.sha256(path.read_bytes()).hexdigest()


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


def test_a_file_to_write_is_never_the_input() -> None:
    assert beside("data/export.csv", "log.csv") == "log.csv"
    assert beside("data/log.csv", "log.csv") == "new-log.csv"
