"""Logs whose times are in no form that is read, and what a refusal says."""

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from factories.groups import group_of

from resume_gap.constants import MAX_BAD_TIMES
from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.measure import Held
from resume_gap.sources.written_times import EXCEL_DAYS, Times


def log(folder: Path, times: list[str]) -> str:
    path = folder / "events.csv"
    rows = "".join(f'u,"{time}",edit\n' for time in times)
    path.write_text(f"user_id,timestamp,event\n{rows}")
    return str(path)


def refused(folder: Path, times: list[str]) -> str:
    with (
        open_source([log(folder, times)], Settings()) as source,
        pytest.raises(InputError) as caught,
    ):
        source.look.refuse_unread_times()
    return str(caught.value)


def test_the_files_whose_times_are_unread_are_named(tmp_path: Path) -> None:
    days = {"a": "2026-03-02 08:00:00", "b": "2.3.2026 ~ 8", "c": "2026-03-02", "d": "3/2/26 ~ 8"}
    for name, time in days.items():
        folder = tmp_path / name
        folder.mkdir()
        log(folder, [time, time])
    with (
        open_source([str(tmp_path / "*" / "events.csv")], Settings()) as source,
        pytest.raises(InputError) as caught,
    ):
        source.look.refuse_unread_times()
    said = str(caught.value)
    assert said.startswith(f"{tmp_path}/b/events.csv (and 1 more): 'timestamp' (timestamp): 4 of 8")


def test_a_value_that_is_no_time_is_masked(tmp_path: Path) -> None:
    line = refused(tmp_path, ["Anna Berg 12"])
    assert "'xxxx xxxx 99'" in line
    assert "Anna" not in line


def test_digits_that_are_dates_are_known(tmp_path: Path) -> None:
    assert "--time-format %Y%m%d%H%M%S" in refused(tmp_path, ["20260302080803"])


def test_numbers_that_count_from_no_year_1970_say_what_they_are(tmp_path: Path) -> None:
    def said(*numbers: float) -> str:
        return refused(tmp_path, [str(one) for one in numbers])

    first, last = EXCEL_DAYS
    assert "day numbers of a spreadsheet" in said(first, last, 46_000.5)
    microseconds = (0, 10**9, 2 * 10**9, 3 * 10**9, 4 * 10**9, 5 * 10**9, 6 * 10**9)
    for numbers in ((first - 1, last), (first, last + 1), (0, 12.5), microseconds):
        assert f"numbers from {min(numbers):g} to {max(numbers):.10g} count from a start" in said(
            *numbers
        )


def test_clocks_that_were_never_set_are_left_to_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    numbers = [0, 1, 2, 3, 1772442483, 1772442484]
    path.write_text("user_id,time,event\n" + "".join(f"u,{one},e\n" for one in numbers))
    with open_source([str(path)], Settings()) as source:
        source.look.refuse_unread_times()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1772435911,271", "such as '9999999999,999': numbers with a decimal comma; export them"),
        (
            '{""$date"": ""2 March""}',
            "JSON objects; name the time inside: --time 'timestamp.$date'",
        ),
        ('{""$date"": {}}', "JSON objects; name the time inside: --time timestamp.KEY"),
        ("{broken", "JSON objects; name the time inside: --time timestamp.KEY"),
    ],
)
def test_what_a_time_is_wrapped_in_is_said(tmp_path: Path, value: str, said: str) -> None:
    assert said in refused(tmp_path, [value] * 3)


def test_digits_with_milliseconds_are_dates(tmp_path: Path) -> None:
    assert "are dates; give --time-format %Y%m%d%H%M%S%f" in refused(
        tmp_path, ["20260302090803123"] * 3
    )


@pytest.mark.parametrize("value", ["00:12:35", "12:35.5", "125:00"])
def test_a_time_without_a_date_says_so(tmp_path: Path, value: str) -> None:
    line = refused(tmp_path, [value, value])
    assert "which has no date; write the date before it or, where it counts from a start" in line
    assert "12" not in line.partition("such as")[2]


@pytest.mark.parametrize(
    ("held", "doubtful"),
    [
        (Held(given=100, clock=80), False),
        (Held(given=100, clock=79), True),
        (Held(given=100, clock=50, number=30), False),
        (Held(given=100, typed=True), False),
        (Held(given=0), False),
        (Held(given=2, number=2), True),
        (Held(given=2, number=2, plausible=Counter(s=2)), False),
        (Held(given=4, number=4, plausible=Counter(s=1), magnitudes=Counter(small=1)), True),
        (Held(given=4, number=4, plausible=Counter(s=2), magnitudes=Counter(small=1)), False),
        (Held(given=4, number=4, plausible=Counter(s=1), magnitudes=Counter(small=2)), False),
        (Held(given=4, number=3, clock=1), False),
    ],
)
def test_values_are_doubtful_where_more_than_a_fifth_is_unread(
    held: Held, *, doubtful: bool
) -> None:
    assert MAX_BAD_TIMES.value == 0.2
    assert Times.doubtful(held) is doubtful


def times_of(con: duckdb.DuckDBPyConnection, *inputs: list[Any], kind: str = "varchar") -> Times:
    con.execute("set timezone = 'UTC'")
    for n, values in enumerate(inputs):
        con.execute(f"create or replace table t{n} (t {kind})")
        for value in values:
            con.execute(f"insert into t{n} values (?)", [value])
    con.execute("create or replace table other (x integer)")
    groups = [group_of(con, f"t{n}", number=n) for n in range(len(inputs))]
    groups.append(group_of(con, "other", number=len(inputs)))
    return Times(groups, con, "t", "UTC", None, "s")


def line_of(held: Held, *inputs: list[Any], kind: str = "varchar") -> str | None:
    """The refusal of the times of some inputs; None where they are taken."""
    with duckdb.connect() as con:
        try:
            times_of(con, *inputs, kind=kind).refuse_unread(held)
        except InputError as error:
            return str(error)
    return None


UNREAD = Held(given=4)


def test_texts_that_are_unread_are_counted_over_all_inputs() -> None:
    assert line_of(Held(given=10, clock=10), ["?"]) is None
    assert line_of(Held(given=10), ["?"], ["?"]) is None
    assert line_of(Held(given=9), ["?"], ["!", None, ""]) == (
        "t0 (and 1 more): 't' (timestamp): 2 of 9 values are in no form that is read, such as"
        " '!'; forms that are read: 2026-03-02 08:08:03, 2026-03-02T08:08:03.711Z,"
        " 20260302T080803Z, numbers since 1970; another one: --time-format, such as"
        " '%d.%m.%Y %H:%M:%S', another column: --time COL"
    )
    assert line_of(UNREAD, [True], kind="boolean") is None


def test_a_pattern_that_reads_most_of_them_is_proposed() -> None:
    slashes = ["03/02/2026 08:00", "04/02/2026 08:00"]
    line = line_of(UNREAD, slashes[:1], slashes[1:]) or ""
    assert "2 of 4 values are in no form that is read, such as '03/02/2026 08:00'; give " in line
    assert "--time-format '%d/%m/%Y %H:%M' (day, month, year) or --time-format '%m/%d/%Y" in line
    assert "--tz" not in line
    days = [f"{day}/02/2026" for day in (11, 12, 13, 14)]
    assert "(month" not in (line_of(UNREAD, days) or "")
    assert "and its zone with --tz" in (line_of(UNREAD, ["2026-03-02 09:08 CEST"]) or "")
    assert "give --time-format" not in (line_of(UNREAD, ["13/02/2026", "?"]) or "")


def test_a_time_alone_lacks_its_date() -> None:
    assert "which has no date; write the date before it" in (line_of(UNREAD, ["08:00"]) or "")


def numbers(*values: float) -> str | None:
    held = Held(given=len(values), number=len(values))
    return line_of(held, list(values), [values[0]], kind="double")


def test_numbers_from_elsewhere_say_what_they_look_like() -> None:
    assert numbers(20260302080000, 20260303080000) == (
        "t0: 't' (timestamp): numbers from 2.0260302e+13 to 2.0260303e+13 are dates; give"
        " --time-format %Y%m%d%H%M%S"
    ).replace("2.0260302e+13", "2.026030208e+13").replace("2.0260303e+13", "2.026030308e+13")
    low, high = EXCEL_DAYS
    assert "day numbers of a spreadsheet" in (numbers(low, high) or "")
    assert "count from a start" in (numbers(low - 0.5, high) or "")
    assert "count from a start" in (numbers(low, high + 0.5) or "")
    assert "count from a start" in (numbers(0, 20260303080000) or "")
    assert "count from a start" in (numbers(10**8 - 1, 10**25) or "")
    assert numbers(10**8, 10**25) is None
