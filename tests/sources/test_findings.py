"""What opening the inputs brings to light: each finding with its counts, and when it is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from factories.source_files import broken_csv, message, read

from resume_gap.constants import TWO_UNITS_ROWS
from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import findings
from resume_gap.sources.columns import Taken
from resume_gap.sources.findings import LeftOut, Unread
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.measure import Held
from resume_gap.sources.tables import Broken, Column, InputTable


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_too_many_broken_lines(tmp_path, form):
    if form == "csv":
        events = broken_csv(tmp_path, 10, "u,1\n")
    else:
        (tmp_path / "e.jsonl").write_text(
            '{"user_id": "u", "ts": 1767268800, "event": "e"}\n' * 10 + "{broken\n"
        )
        events = str(tmp_path / "e.jsonl")
    line = message(events)
    assert "--lenient" in line
    assert "9.1%" in line
    _, report, rows = read(events, lenient=True)
    assert (len(rows), report.broken_lines) == (10, 1)


def table(name: str, rows: int, broken: int = 0, columns: str = "user", **more: Any) -> InputTable:
    file = InputFile(given=name, path=Path(name), kind="csv")
    kept = {one: Column(one, "VARCHAR") for one in columns.split()}
    return InputTable(file, Path(name), kept, rows, Broken(broken, **more))


def said(checks: Any) -> list[tuple[Any, ...]]:
    return [(one.check, one.severity, one.count, one.share, one.message) for one in checks]


def test_one_line_of_a_hundred_may_be_broken() -> None:
    findings.refuse_broken([table("a", 60, 1), table("b", 39)], lenient=False)
    findings.refuse_broken([table("a", 0)], lenient=False)
    worst = [table("a", 50, 1), table("b", 40, 2, lines=(3, 9)), table("c", 8)]
    with pytest.raises(InputError) as caught:
        findings.refuse_broken(worst, lenient=False)
    assert str(caught.value) == (
        "b: 2 lines are broken (3.0% of all lines; see line 3, 9); correct the export, or go on"
        " without them: --lenient"
    )
    findings.refuse_broken(worst, lenient=True)
    with pytest.raises(InputError, match=r"a: 1 line is broken \(100.0% of all lines\); correct"):
        findings.refuse_broken([table("a", 0, 1)], lenient=True)
    with pytest.raises(InputError, match="--encoding latin-1"):
        findings.refuse_broken([table("a", 1, 1, encoding=True)], lenient=False)


def test_files_that_are_broken_empty_or_given_twice_are_counted() -> None:
    assert findings.about_files([table("a", 5)], ()) == ()
    tables = [table("a", 5, 2, lines=(7,)), table("b", 0), table("c", 12, 1), table("d", 0, 0)]
    assert said(findings.about_files(tables, ("e", "f", "g"))) == [
        (
            "broken_lines",
            "warn",
            3,
            3 / 20,
            "3 lines are no row that can be read (a; see line 7; c)",
        ),
        ("empty_input", "note", 2, None, "no rows in b, d"),
        ("repeated_input", "note", 3, None, "given more than once: e, f, g"),
    ]


def test_columns_are_named_with_the_files_that_lack_them() -> None:
    taken = {
        "user_id": Taken("user", "known name"),
        "event": Taken("event", "name"),
        "target": Taken("payload.id", "mapping"),
    }
    tables = [
        table("a", 5, columns="user event payload"),
        table("b", 5, columns="user payload.id event"),
        table("c", 5, columns="user event"),
        table("d", 0, columns="event"),
    ]
    left_out = [LeftOut("position", "index", "holds text")]
    names = ["user", "User", "event"]
    assert said(findings.about_columns(taken, names, tables, left_out)) == [
        (
            "columns_taken",
            "note",
            3,
            None,
            "columns: user_id from 'user', target from 'payload.id'; event by their own names",
        ),
        ("column_missing_in_file", "note", 1, 1 / 3, "'payload.id' (target) is not in c"),
        ("column_left_out", "note", 1, None, "'index' is called like the position but holds text"),
        (
            "column_names_alike",
            "warn",
            2,
            None,
            "columns differ only by case, space or dash: 'user', 'User'",
        ),
    ]
    (own,) = findings.about_columns({"event": taken["event"]}, ["event"], tables[:1], ())
    assert own.message == "columns: event by their own names"


@pytest.mark.parametrize(
    ("unit", "word"),
    [("s", "seconds"), ("ms", "milliseconds"), ("us", "microseconds"), ("ns", "nanoseconds")],
)
def test_units_of_numbers_are_named(unit: Any, word: str) -> None:
    held = {"timestamp": Held(given=9, number=7), "end": Held(number=5)}
    units: Any = {"timestamp": unit, "end": unit}
    mapped = {"timestamp": "ts"}
    assert said(findings.about_times(held, units, Settings(), mapped)) == [
        (
            "time_unit",
            "note",
            7,
            None,
            f"numbers in 'ts' (timestamp) are read as {word}, by their median",
        )
    ]
    (check,) = findings.about_times(held, units, Settings(time_unit=unit), mapped)
    assert check.message.endswith(f"{word}, as reported")


def test_times_without_a_zone_are_counted() -> None:
    def zone(**counts: Any) -> list[tuple[Any, ...]]:
        held, units = {"timestamp": Held(**counts)}, {"timestamp": "s"}
        settings = Settings(tz="Europe/Berlin")
        return said(findings.about_times(held, units, settings, {"timestamp": "ts"}))  # type: ignore[arg-type]

    text = "times in 'ts' (timestamp) without a zone are read in Europe/Berlin"
    assert zone(clock=5, naive=5) == [("time_zone", "note", 5, None, text)]
    beside = f"{text}; 2 values with a zone beside them"
    assert zone(clock=5, naive=3) == [("time_zone", "note", 3, None, beside)]
    assert zone(naive_type=True) == [("time_zone", "note", 0, None, text)]
    assert zone(clock=5) == []


def two_units(settings: Settings | None = None, **plausible: int) -> list[tuple[Any, ...]]:
    held = Held(number=9, plausible=Counter(plausible))
    chosen = settings or Settings()
    checks = findings.about_times(
        {"timestamp": held}, {"timestamp": "ms"}, chosen, {"timestamp": "ts"}
    )
    return said(one for one in checks if one.check != "time_unit")


def test_numbers_of_a_second_unit_are_few_or_refused() -> None:
    few = int(TWO_UNITS_ROWS.value)
    assert two_units(ms=500) == two_units(s=0, ms=500) == []
    shares = "numbers in 'ts' (timestamp) look like two units: 98.04% milliseconds, 1.96% seconds"
    assert two_units(s=few, ms=50 * few) == [
        ("two_time_units", "warn", few, few / (51 * few), shares)
    ]
    assert two_units(Settings(time_unit="s"), s=few, ms=50 * few) == []
    with pytest.raises(InputError, match=r"two units \(97.85% milliseconds, 2.15% seconds\)"):
        two_units(s=few + 1, ms=50 * few + 1)
    assert two_units(s=100, ms=9_900)[0][2] == 100  # one of a hundred
    with pytest.raises(InputError, match="split the log"):
        two_units(s=100, ms=9_899)
    assert two_units(s=5, us=5, ms=90)[0][2] == 10


def test_values_that_cannot_be_read_are_named() -> None:
    found = findings.about_unread([Unread("a", ("x", "y"), ()), Unread("b", (), ("z",))])
    assert said(found) == [
        ("invalid_values", "note", 2, None, "a: x, y holds values that are invalid in its type"),
        ("unreadable_column", "warn", 1, None, "b: z cannot be read"),
    ]
