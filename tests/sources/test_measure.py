"""The unit of a column of numbers is found by their median."""

from pathlib import Path

import duckdb
import polars as pl
import pytest
from factories.source_files import NOON, US, checks, message, read, values, write

from resume_gap.sources.groups import group
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.measure import Held, measure
from resume_gap.sources.tables import Column, InputTable
from resume_gap.sources.times import CLOCK_FROM_US


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_units_by_the_median(tmp_path, unit, form):
    factor = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    rows = [{"user_id": "u", "ts": (NOON // US + i) * factor, "event": "e"} for i in range(5)]
    source, _, got = read(write(tmp_path, rows, form), "at_us")
    assert [row["at_us"] for row in got] == [NOON + i * US for i in range(5)]
    assert checks(source)["time_unit"].severity == "note"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_fractions_of_seconds(tmp_path, form):
    rows = [{"user_id": "u", "ts": 1767268800.123456, "event": "e"}]
    assert values(write(tmp_path, rows, form), "at_us") == [NOON + 123_456]


def test_the_unit_can_be_given(tmp_path):
    rows = [{"user_id": "u", "ts": NOON // US, "event": "e"}]
    assert values(write(tmp_path, rows, "csv"), "at_us", time_unit="s") == [NOON]
    assert values(write(tmp_path, rows, "csv"), "at_us", time_unit="ms") == [CLOCK_FROM_US - 1]


def test_the_unit_is_one_for_all_inputs(tmp_path):
    few = [{"user_id": "u", "ts": 0, "event": "e"}]
    many = [{"user_id": "u", "ts": NOON // 1000, "event": "e"}] * 3
    files = [write(tmp_path, few, "csv", "a"), write(tmp_path, many, "jsonl", "b")]
    assert values(files, "at_us") == [CLOCK_FROM_US - 1, NOON, NOON, NOON]


def test_two_units_are_refused_or_warned_about(tmp_path):
    seconds = [{"user_id": "u", "ts": NOON // US, "event": "e"}]
    millis = [{"user_id": "u", "ts": NOON // 1000, "event": "e"}]
    line = message(write(tmp_path, seconds * 50 + millis * 50, "csv"))
    assert "two units" in line
    assert "--time-unit" in line
    source, _, _ = read(write(tmp_path, seconds * 199 + millis, "csv"))
    assert checks(source)["two_time_units"].severity == "warn"
    assert checks(source)["two_time_units"].count == 1


def held(folder, kinds, **columns):
    """What is counted of columns that are called like the parts of an event."""
    path = folder / "log.parquet"
    pl.DataFrame(columns).write_parquet(path)
    file = InputFile(given="log", path=path, kind="parquet")
    known = {name: Column(f'"{name}"', kind) for name, kind in kinds.items()}
    rows = len(next(iter(columns.values())))
    groups = group([InputTable(file, Path(path), known, rows)])
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        return measure(con, groups, {name: name for name in kinds}, "UTC")


def test_values_are_counted_by_what_they_can_be_read_as(tmp_path):
    seconds = str(NOON // US)
    texts = ["2026-01-01 12:00:00", "2026-01-01T12:00:00Z", seconds, seconds, "soon", "", None]
    numbers = ["1", "2.5", "nan", "three", "", None, "4"]
    kinds = {"timestamp": "VARCHAR", "duration": "VARCHAR"}
    found = held(tmp_path, kinds, timestamp=texts, duration=numbers)
    time, length = found["timestamp"], found["duration"]
    assert (time.given, time.clock, time.naive, time.number) == (5, 2, 1, 2)
    assert sum(time.magnitudes.values()) == 2
    assert {unit: n for unit, n in time.plausible.items() if n} == {"s": 2}
    assert not time.typed
    assert (length.given, length.number, length.whole) == (5, 3, 2)
    assert list(found) == ["timestamp", "duration"]


def test_types_tell_without_a_look_at_the_values(tmp_path):
    kinds = {"timestamp": "TIMESTAMP", "end": "TIMESTAMP WITH TIME ZONE", "position": "DOUBLE"}
    kinds |= {"duration": "INTERVAL", "sequence": "BIGINT"}
    columns = {name: [None] for name in kinds} | {"position": [0.5], "sequence": [3]}
    found = held(tmp_path, kinds, **columns)
    assert (found["timestamp"].typed, found["timestamp"].naive_type) == (True, True)
    assert (found["end"].typed, found["end"].naive_type) == (True, False)
    assert found["duration"] == Held(typed=True)
    assert found["position"] == Held(given=1, number=1)
    assert found["sequence"] == Held(given=1, number=1, whole=1)


def test_what_can_be_read_or_is_nothing_at_all_is_readable():
    for counts in (Held(), Held(typed=True, given=3), Held(given=3, clock=1)):
        assert counts.readable
    assert Held(given=3, number=1).readable
    assert not Held(given=3).readable
