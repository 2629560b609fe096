"""The unit of a column of numbers is found by their median."""

import pytest
from factories.source_files import NOON, US, checks, message, read, values, write

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
