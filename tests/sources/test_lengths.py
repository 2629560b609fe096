"""The unit and the direction of durations, by overlaps with the next event of the user."""

import itertools
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from resume_gap.constants import (
    LENGTH_EVENTS,
    LENGTH_LEAST,
    LENGTH_OVERLAP,
    LENGTH_OVERLAP_LARGER,
)
from resume_gap.report.text.findings.table import worded
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources import lengths, open_source
from resume_gap.sources.columns import Taken
from resume_gap.sources.lengths import Lengths, Overlaps
from resume_gap.sources.tables import Column
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US, UNITS, readings

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
    return {check.check: check.message for check in map(worded, source.checks)}


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


@pytest.mark.parametrize(
    ("fewest", "least", "unit"),
    [
        ((0.0, 0.0, 0.0, 0.0), (1, 1, 1, 1), "s"),
        ((LENGTH_OVERLAP.value, 0.0, 0.0, 0.0), (1, 1, 1, 1), "s"),
        ((LENGTH_OVERLAP_LARGER.value, 0.0, 0.0, 0.0), (1, 1, 1, 1), "ms"),
        ((0.19, 0.0, 0.0, 0.0), (1, 1, 1, 1), None),
        ((0.9, 0.5, 0.0, 0.0), (1, 1, 1, 1), "us"),
        ((0.9, 0.9, 0.9, 0.0), (1, 1, 1, 0), None),
        ((0.9, 0.0, 0.0, 0.0), (1, 0, 1, 1), None),
    ],
)
def test_the_largest_unit_that_fits_is_taken(
    fewest: tuple[float, ...], least: tuple[int, ...], unit: str | None
) -> None:
    overlaps = {one: Overlaps(share, 1.0) for one, share in zip(UNITS, fewest, strict=True)}
    enough = {one: bool(flag) for one, flag in zip(UNITS, least, strict=True)}
    assert lengths._unit(overlaps, enough) == unit


def measured(
    monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str, float, float | None]]
) -> tuple[dict[str, Overlaps], dict[str, bool]] | None:
    """Overlaps of rows of (user, second, length)."""
    monkeypatch.setattr(lengths, "_rows", lambda *_: "select * from given")
    group: Any = type("G", (), {"tables": (type("T", (), {"rows": len(rows)})(),)})()
    group.tables[0].file = type("F", (), {"label": "log"})()
    group.label = "log"
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("create table given (who text, at_us bigint, length double)")
        con.executemany(
            "insert into given values (?, ?, ?)",
            [(who, CLOCK_FROM_US + round(at * US), length) for who, at, length in rows],
        )
        return lengths._measured(con, [group], {}, Settings(), "s")  # type: ignore[return-value]


def every_ten(*long: float, many: int = 40, usual: float = 4) -> list[tuple[str, float, Any]]:
    """Events every 10 s, the last ones with these lengths."""
    rows: list[tuple[str, float, Any]] = [("u", 10.0 * n, usual) for n in range(many)]
    for place, length in enumerate(long, start=1):
        rows[-place - 1] = ("u", rows[-place - 1][1], length)
    return rows


def test_overlaps_reach_beyond_the_next_event_by_more_than_the_stamps_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whole seconds may be a second longer, others a thousandth; nothing else is an overlap.
    for long, overlaps in (((11,), 0), ((12,), 1), ((11.5,), 1), ((10.5,), 1), ((10.001,), 0)):
        found = measured(monkeypatch, every_ten(*long))
        assert found is not None
        assert found[0]["s"] == Overlaps(overlaps / 39, overlaps / 39), long
        assert found[0]["ms"] == Overlaps(0.0, 0.0)
    # The first event has none before it, the last one none after it.
    rows = every_ten()
    for place, own in ((0, Overlaps(1 / 39, 0.0)), (-1, Overlaps(0.0, 1 / 39))):
        found = measured(monkeypatch, [*rows[:place], ("u", rows[place][1], 50), *rows[place:][1:]])
        assert found is not None
        assert found[0]["s"] == own


def test_overlaps_are_those_of_one_user_and_of_the_longest_at_an_instant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = every_ten()
    more: list[tuple[str, float, Any]] = [("v", at + 1, None) for _, at, _ in rows]
    more += [("u", at, 1.0) for _, at, _ in rows]
    more += [("w", (CLOCK_BEFORE_US - CLOCK_FROM_US) / US + n, 99.0) for n in range(50)]
    found = measured(monkeypatch, rows + more)
    assert found is not None
    assert found[0]["s"] == Overlaps(0.0, 0.0)


def test_few_lengths_say_nothing_and_short_ones_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    many = int(LENGTH_EVENTS.value) + 1
    assert measured(monkeypatch, every_ten(many=many)) is not None
    assert measured(monkeypatch, every_ten(many=many - 1)) is None
    assert measured(monkeypatch, every_ten(many=many, usual=0)) is None
    short = 10 * LENGTH_LEAST.value
    for usual, enough in ((short, True), (0.99 * short, False)):
        found = measured(monkeypatch, every_ten(usual=usual))
        assert found is not None
        assert found[1] == {"s": enough, "ms": False, "us": False, "ns": False}


def test_options_decide_before_overlaps(monkeypatch: pytest.MonkeyPatch) -> None:
    overlaps: Any = {one: Overlaps(0.9, 0.0) for one in UNITS}
    least = dict.fromkeys(UNITS, True)
    found: list[Any] = [None]
    monkeypatch.setattr(lengths, "_measured", lambda *_: found[0])
    nothing: Any = None

    def read(**options: Any) -> Any:
        return lengths.infer(nothing, (), {}, Settings(**options), "s")

    assert read() == Lengths("s", "start")
    assert read(duration_unit="ms") == Lengths("ms", "start")
    assert read(time_is="end") == Lengths("s", "end")
    found[0] = overlaps, least
    assert read(duration_unit="us", time_is="start") == Lengths("us", "start")
    assert read() == Lengths("s", "end", inferred=True, overlaps=overlaps)
    assert read(duration_unit="us") == Lengths("us", "end", inferred=True, overlaps=overlaps)
    assert read(time_is="start") == Lengths("s", "start", inferred=True, overlaps=overlaps)
    found[0] = dict.fromkeys(UNITS, Overlaps(0.9, 0.9)), least
    assert read() is None


def test_rows_of_a_group_are_read_with_the_options_or_not_at_all() -> None:
    asked: list[Any] = []

    class Time:
        sql, kind = "t", "VARCHAR"

        def readings(self, tz: str, pattern: str | None) -> Any:
            asked.append((tz, pattern))
            return readings("t", "BIGINT", tz, pattern)

    names = {"user_id": "u", "timestamp": "t", "duration": "d"}
    whole: Any = {"u": Column("u", "BIGINT"), "t": Time(), "d": Column("d", "DOUBLE")}

    def rows(**other: Any) -> str | None:
        columns = {**whole, **other}
        group: Any = SimpleNamespace(column=lambda name, _: columns[name], relation="log")
        nothing: Any = None
        settings = Settings(tz="Asia/Tokyo", time_format="%Y")
        return lengths._rows(nothing, group, names, settings, "ms")

    sql = rows()
    assert sql is not None
    with duckdb.connect() as con:
        con.execute("create table log as select 7 as u, 1772438400123 as t, 2.5::double as d")
        assert con.execute(sql).fetchall() == [("7", 1_772_438_400_123_000, 2.5)]
    assert asked == [("Asia/Tokyo", "%Y")]
    for name in "utd":
        assert rows(**{name: None}) is None
    assert rows(d=Column("d", "BOOLEAN")) is None
    assert rows(t=Column("t", "BOOLEAN")) is None


def test_what_is_said_of_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Any = None
    found: list[Lengths | None] = [None]

    def infer(con: Any, groups: Any, taken: Any, settings: Any, unit: Any) -> Lengths | None:
        assert (con, groups, unit) == (nothing, ["g"], "ms")
        assert taken == {name: one.column for name, one in columns.items()}
        assert settings == Settings(tz="Asia/Tokyo")
        return found[0]

    monkeypatch.setattr(lengths, "infer", infer)
    groups: Any = ["g"]
    columns = {"user_id": Taken("u", "name"), "duration": Taken("d\n", "name")}

    def said() -> Any:
        return lengths.lengths_of(nothing, groups, columns, Settings(tz="Asia/Tokyo"), "ms")

    found[0] = Lengths("ms", "end", inferred=True)
    assert said() == (
        found[0],
        (
            Check(
                check="duration_unit",
                severity="note",
                count=1,
                share=None,
                figures={"inferred": 1},
                names=("d?", "milliseconds", "end"),
            ),
        ),
    )
    found[0] = Lengths("s", "start")
    assert worded(said()[1][0]).message == "'d?' is read as seconds from the time as the start"
    found[0] = None
    assert said() == (
        lengths.SECONDS,
        (
            Check(
                check="duration_left_out",
                severity="warn",
                count=1,
                share=None,
                names=("d?",),
            ),
        ),
    )
    assert [*columns] == ["user_id"]
    assert said() == (lengths.SECONDS, ())
