"""Arrow IPC files, which Feather files of version 2 are."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from factories.source_files import NOON, US, message, read
from pyarrow import feather

if TYPE_CHECKING:
    from pathlib import Path

ROWS = pa.table(
    {
        "user_id": pa.array(["u", "u", None]).dictionary_encode(),
        "timestamp": pa.array([NOON, NOON + 1, NOON + US], pa.timestamp("us", "UTC")),
        "event": ["view", "edit", "edit"],
        "position": [1.5, None, 2.0],
    }
)


@pytest.mark.parametrize("pack", ["uncompressed", "lz4", "zstd"])
@pytest.mark.parametrize("ending", ["arrow", "feather", "feather.gz", "parquet"])
def test_rows_are_read_with_their_types(tmp_path: Path, pack: str, ending: str) -> None:
    path = tmp_path / f"log.{ending}"
    feather.write_feather(ROWS, path, compression=pack, chunksize=2)
    if ending.endswith(".gz"):
        path.write_bytes(gzip.compress(path.read_bytes()))
    source, report, rows = read(str(path), "user_id, at_us, event, position")
    assert report.broken_lines == 0
    assert [tuple(row.values()) for row in rows] == [
        ("u", NOON, "view", 1.5),
        ("u", NOON + 1, "edit", None),
        (None, NOON + US, "edit", 2.0),
    ]
    assert [(one.kind, one.rows) for one in source.inputs] == [("arrow", 3)]


def test_a_broken_file_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "log.arrow"
    feather.write_feather(ROWS, path, compression="uncompressed")
    path.write_bytes(path.read_bytes()[:200])
    line = message(str(path))
    assert "log.arrow: is an Arrow file that cannot be read" in line
    assert "\n" not in line
    feather.write_feather(ROWS, path, compression="uncompressed")
    whole = path.read_bytes()
    for at in (-40, -100):  # inside of the footer, whose checksum nobody keeps
        path.write_bytes(whole[:at] + b"\xff" * 8 + whole[at + 8 :])
        assert "log.arrow: is an Arrow file that cannot be read" in message(str(path))
    path.write_bytes(b"user_id,timestamp,event\n")
    assert "is no Arrow file (it does not begin with ARROW1)" in message(str(path))


def test_an_offset_beyond_the_file_is_not_followed(tmp_path: Path) -> None:
    """Followed, it ends the process with a signal."""
    path = tmp_path / "log.arrow"
    names = pa.array(["a" * 11, "b" * 13, "c" * 17])
    table = pa.table({"user_id": names, "timestamp": [NOON] * 3, "event": names})
    feather.write_feather(table, path, compression="uncompressed")
    ends = b"\x0b\x00\x00\x00\x18\x00\x00\x00\x29\x00\x00\x00"
    data = path.read_bytes()
    assert data.count(ends) == 2
    path.write_bytes(data.replace(ends, ends[:4] + b"\xff\xff\xff\x7f" + ends[8:], 1))
    assert "log.arrow: is an Arrow file that cannot be read" in message(str(path))


def test_a_type_that_parquet_lacks_is_refused(tmp_path: Path) -> None:
    union = pa.UnionArray.from_sparse(pa.array([0, 1, 0], pa.int8()), [pa.array([1, 2, 3])] * 2)
    with pa.OSFile(str(tmp_path / "log.arrow"), "wb") as sink:
        table = ROWS.append_column("odd", union)
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    assert "write it as Parquet" in message(str(tmp_path / "log.arrow"))


def test_old_feather_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "log.feather"
    path.write_bytes(b"FEA1" + bytes(60))
    assert "a Feather file of version 1" in message(str(path))
