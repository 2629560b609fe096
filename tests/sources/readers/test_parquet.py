"""Parquet under other names, packed and broken."""

import gzip
import os
from pathlib import Path

import duckdb
import pytest
from factories.source_files import PLAIN, values, write

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source


def test_parquet_in_gzip(tmp_path):
    plain = write(tmp_path, PLAIN, "parquet")
    packed = tmp_path / "packed.parquet.gz"
    packed.write_bytes(gzip.compress(Path(plain).read_bytes()))
    assert len(values(str(packed), "user_id")) == len(PLAIN)


def test_parquet_under_another_ending(tmp_path):
    Path(write(tmp_path, PLAIN, "parquet")).rename(tmp_path / "events.bin")
    assert len(values(str(tmp_path / "events.bin"), "user_id")) == len(PLAIN)


def raise_blamed(*events):
    found = open_source(events, Settings()).blame(duckdb.Error("x"))
    assert found is not None
    raise found


def test_a_broken_page_is_traced_to_its_file(tmp_path):
    good = write(tmp_path, PLAIN, "parquet", "good")
    rows = [
        {"user_id": f"u{i}", "timestamp": f"2026-01-01 00:00:{i % 60}", "event": "e"}
        for i in range(5000)
    ]
    bad = write(tmp_path, rows, "parquet", "bad")
    data = bytearray((tmp_path / "bad.parquet").read_bytes())
    data[200:2000] = os.urandom(1800)
    (tmp_path / "bad.parquet").write_bytes(data)
    with pytest.raises(InputError) as caught:
        raise_blamed(good, bad)
    assert "bad.parquet" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_is_blamed_without_a_fault(tmp_path):
    source = open_source([write(tmp_path, PLAIN, "parquet")], Settings())
    assert source.blame(duckdb.Error("x")) is None
