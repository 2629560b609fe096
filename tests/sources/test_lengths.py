"""The unit and the direction of durations, by overlaps with the next event of the user."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.lengths import Overlaps

US = 1_000_000
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
Row = tuple[float, float]
"""Seconds of the stamp, and the duration in some unit."""


def opened(folder: Path, rows: list[Row], **options: Any) -> Any:
    path = folder / "log.csv"
    lines = [f"u,{1_772_438_400 + at:.3f},edit,{length:.10g}\n" for at, length in rows]
    path.write_text("user_id,timestamp,event,duration\n" + "".join(lines))
    return open_source([str(path)], Settings(**options))


def messages(source: Any) -> dict[str, str]:
    return {check.check: check.message for check in source.checks}


def spells(unit: str, *, is_end: bool = False, share: float = 0.6) -> list[Row]:
    """Events of 7 to 40 s, one after the other, with a pause after each."""
    lengths = [7.0 + n * 11 % 34 for n in range(60)]
    starts = itertools.accumulate([length / share for length in lengths], initial=0.0)
    return [
        (at + (length if is_end else 0), length * PER_SECOND[unit])
        for at, length in zip(starts, lengths, strict=False)
    ]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("side", ["start", "end"])
def test_unit_and_direction_are_found(tmp_path: Path, unit: str, side: str) -> None:
    words = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
    # Without a pause nothing tells the two ends of an event apart but the events themselves.
    source = opened(tmp_path, spells(unit, is_end=side == "end", share=0.8))
    said = f"'duration' is read as {words[unit]} from the time as the {side}, by their overlaps"
    assert messages(source)["duration_unit"] == said


def test_options_decide(tmp_path: Path) -> None:
    source = opened(tmp_path, spells("ms"), duration_unit="s", time_is="end")
    assert messages(source)["duration_unit"].endswith("is read as seconds from the time as the end")


def test_stamps_that_are_ends_begin_before(tmp_path: Path) -> None:
    import duckdb

    rows = [(100.0, 7.0), (200.0, 9.0)]
    with opened(tmp_path, rows, duration_unit="s", time_is="end") as source, duckdb.connect() as c:
        source.create_rows(c)
        base = 1_772_438_400
        found = c.execute("select at_us, end_us from rows order by at_us").fetchall()
    assert found == [((base + 93) * US, (base + 100) * US), ((base + 191) * US, (base + 200) * US)]


def test_a_duration_that_fits_no_unit_is_left_out(tmp_path: Path) -> None:
    # Windows on a desktop that lie over each other, from a blink to hours.
    rows = [(float(n), 3.0 ** (n % 12) / 1e4) for n in range(400)]
    source = opened(tmp_path, rows)
    assert source.columns["duration"] is None
    assert "in no unit" in messages(source)["duration_left_out"]
    assert opened(tmp_path, rows, duration_unit="s").columns["duration"] == "duration"


def test_few_durations_are_seconds(tmp_path: Path) -> None:
    source = opened(tmp_path, [(0.0, 5_000.0), (1.0, 5_000.0), (2.0, 5_000.0)])
    assert messages(source)["duration_unit"] == (
        "'duration' is read as seconds from the time as the start"
    )


@pytest.mark.parametrize(
    ("start", "end", "direction"),
    [(0.0, 0.0, "start"), (0.005, 0.0, "start"), (0.5, 0.1, "end"), (0.5, 0.11, "start")],
)
def test_direction(start: float, end: float, direction: str) -> None:
    assert Overlaps(start, end).direction == direction
