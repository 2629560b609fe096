"""First values are read of many inputs together, and no more of them than memory allows."""

from pathlib import Path

import duckdb
import pytest

from resume_gap.sources import first_values as module
from resume_gap.sources.first_values import Value, first_values, text_of
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.layout import Probe
from resume_gap.sources.tables import Column, InputTable
from resume_gap.sources.times import US

MARCH = 1_772_438_400 * US
"""2026-03-02 08:00 UTC."""
TEXT = Column("t", "VARCHAR")


def probe(path, *values, view="", kind="VARCHAR", compression=None):
    rows = ", ".join(f"({value})" for value in values)
    file = InputFile(given=str(path), path=Path(path), kind="csv", compression=compression)
    table = InputTable(file, file.path, {"t": Column("t", kind)}, 0, view=view)
    return Probe(table, f"(select cast(t as {kind}) as t from (values {rows}) as v (t))")


def test_a_value_is_text_a_number_and_an_instant():
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        held = [
            (probe("a", "' 2026-03-02 08:00:00 '", "''", "'12.5'", "'soon'"), TEXT),
            (probe("b", "7", kind="BIGINT"), Column("t", "BIGINT")),
            (probe("c", "true", kind="BOOLEAN"), Column("t", "BOOLEAN")),
        ]
        first = first_values(con, held, "UTC")
    assert first == {
        0: (
            Value("2026-03-02 08:00:00", None, MARCH),
            Value("12.5", 12.5, 12_500_000),
            Value("soon", None, None),
        ),
        1: (Value("7", 7.0, 0),),
    }
    assert text_of(TEXT) == "trim(cast(t as varchar))"


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ([1000] * 7, [7]),
        ([400_000] * 7, [2, 2, 2, 1]),
        ([1000, 3_000_000, 1000, 1000], [4]),
        ([600_000, 3_000_000, 600_000, 1000], [2, 2]),
        ([0] * 120, [50, 50, 20]),
    ],
)
def test_large_files_are_read_few_at_a_time(tmp_path, monkeypatch, sizes, together):
    """An engine holds a buffer for each text file; of fifty large ones they do not fit."""
    monkeypatch.setattr(module, "_BUFFER", 500_000)
    monkeypatch.setattr(module, "_BUFFERS", 2)
    held = []
    for number, size in enumerate(sizes):
        path = tmp_path / f"{number}.csv"
        with path.open("wb") as file:
            file.truncate(size)
        held.append((probe(path, f"'{number}'"), TEXT))
    asked = []
    rows = module._rows

    def counted(con, some, tz):
        asked.append(len(some))
        return rows(con, some, tz)

    monkeypatch.setattr(module, "_rows", counted)
    with duckdb.connect() as con:
        first = first_values(con, held, "UTC")
    assert [first[number][0].number for number in range(len(sizes))] == [*range(len(sizes))]
    assert asked == together


def test_what_a_file_holds_of_memory(tmp_path):
    small = tmp_path / "a.csv"
    small.write_bytes(b"x" * 100)
    assert module._buffer_of(probe(small, "1")) == 100
    assert module._buffer_of(probe(small, "1", compression="gzip")) == module._BUFFER
    assert module._buffer_of(probe(tmp_path / "gone", "1")) == module._BUFFER
    assert module._buffer_of(probe(tmp_path / "gone", "1", view="frame_0")) == 0
