"""How written times are recognised, and that the patterns proposed read them."""

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
from resume_gap.sources.times import instant, readings
from resume_gap.sources.written_times import EXCEL_DAYS, Times, forms

NINE = 1_772_442_483_000_000
"""2026-03-02 09:08:03 UTC."""
HOUR = 3_600_000_000
PATTERNS = [
    ("03/02/2026 09:08:03 AM", "%m/%d/%Y %I:%M:%S %p"),
    ("02.03.2026 09:08:03", "%d.%m.%Y %H:%M:%S"),
    ("02-03-2026 09:08:03.000", "%d-%m-%Y %H:%M:%S.%f"),
    ("2/3/26, 9:08:03", "%d/%m/%y, %H:%M:%S"),
    ("2 March 2026 09:08:03", "%d %B %Y %H:%M:%S"),
    ("Mar 2, 2026 9:08:03 am", "%b %d, %Y %I:%M:%S %p"),
    ("Monday, 02 Mar 2026 09:08:03", "%A, %d %b %Y %H:%M:%S"),
    ("02/Mar/2026:10:08:03 +0100", "%d/%b/%Y:%H:%M:%S %z"),
    ("2026.03.02 09:08:03", "%Y.%m.%d %H:%M:%S"),
    ("Mon Mar 02 2026 10:08:03 GMT+0100", "%a %b %d %Y %H:%M:%S GMT%z"),
    (
        "Mon Mar 02 2026 04:08:03 GMT-0500 (Eastern Standard Time)",
        "%a %b %d %Y %H:%M:%S GMT%z",
    ),
    ("20260302090803", "%Y%m%d%H%M%S"),
    ("02-MAR-26 09.08.03.000000000 AM", "%d-%b-%y %I.%M.%S.%f %p"),
    ("02/03/2026 09:08:03 a. m.", "%d/%m/%Y %I:%M:%S %p"),
    ("02/03/2026 09:08:03\u202fa.\u00a0m.", "%d/%m/%Y %I:%M:%S\u202f%p"),
    ("2026/3/2 \u4e0a\u5348 9:08:03", "%Y/%m/%d %p %I:%M:%S"),
    ("2026/3/2 \u5348\u524d9:08:03", "%Y/%m/%d %p%I:%M:%S"),
    ("2026. 3. 2. \uc624\uc804 9:08:03", "%Y. %m. %d. %p %I:%M:%S"),
    ("02/03/2026 09:08:03 \u03c0\u03bc", "%d/%m/%Y %I:%M:%S %p"),
    ("02/03/2026 09:08:03 \u0635", "%d/%m/%Y %I:%M:%S %p"),
    ("02-Mar-26 09:08:03", "%d-%b-%y %H:%M:%S"),
    ("2.3.2026 9.08.03", "%d.%m.%Y %H.%M.%S"),
]


def read(text: str, *, tz: str = "UTC", pattern: str | None = None) -> int | None:
    found = readings("x", "VARCHAR", tz, pattern)
    assert found is not None
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        row = con.execute(f"select {instant(found, 's')} from (select $1 as x)", [text]).fetchone()
    assert row is not None
    value: int | None = row[0]
    return value


@pytest.mark.parametrize(("text", "pattern"), PATTERNS)
def test_the_pattern_proposed_reads_the_value(text: str, pattern: str) -> None:
    assert pattern in [form.pattern for form in forms(text)]
    assert read(text, pattern=pattern) == NINE


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 09:08:03,000",
        "2026-03-02T10:08:03,000+01:00",
        "20260302T090803Z",
        "20260302T100803+0100",
        "20260302T090803.000Z",
        "20260302T090803,000",
    ],
)
def test_written_forms_that_need_no_pattern(text: str) -> None:
    assert read(text) == NINE
    assert read(text, pattern="%d.%m.%Y") == NINE


def test_a_part_that_no_directive_reads_is_never_passed_over() -> None:
    assert forms("2026-03-02 09:08:03 UTC+1") == ()
    assert forms("2026-03-02 09:08:03 build 7") == ()


@pytest.mark.parametrize(
    "half",
    ["p. m.", "P.M.", "\u4e0b\u5348", "\u5348\u5f8c", "\uc624\ud6c4", "\u03bc.\u03bc.", "\u0645"],
)
def test_the_afternoon_is_read_in_some_languages(half: str) -> None:
    assert read(f"02/03/2026 09:08:03 {half}", pattern="%d/%m/%Y %I:%M:%S %p") == NINE + 12 * HOUR


def test_letters_at_a_time_of_day_that_nobody_knows_are_never_passed_over() -> None:
    assert forms("02/03/2026 9:08:03 de.") == ()
    found = [form.pattern for form in forms("02/03/2026 9:08:03 Uhr")]
    assert found == ["%d/%m/%Y %H:%M:%S Uhr", "%m/%d/%Y %H:%M:%S Uhr"]


def test_a_date_with_points_is_no_time_of_day() -> None:
    patterns = [form.pattern for form in forms("Mon 02.03.26")]
    assert patterns == ["%a %d.%m.%y", "%a %y.%m.%d"]


def test_times_without_a_zone_are_read_in_the_one_given() -> None:
    assert read("20260302T090803", tz="Europe/Berlin") == NINE - HOUR
    assert read("2026-03-02 09:08:03,000", tz="Europe/Berlin") == NINE - HOUR
    assert read("20260302T0908Z", tz="Europe/Berlin") == NINE - 3_000_000
    pattern = "%d.%m.%Y %H:%M:%S"
    assert read("02.03.2026 09:08:03", tz="Europe/Berlin", pattern=pattern) == NINE - HOUR


@pytest.mark.parametrize("text", ["202603020T90803Z", "20261302T080803Z", "Anna Berg", ""])
def test_what_is_no_time_stays_unread(text: str) -> None:
    assert read(text) is None
    assert not forms(text)


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


@pytest.mark.parametrize("value", ["00:12:35", "12:35.5", "125:00"])
def test_a_time_without_a_date_says_so(tmp_path: Path, value: str) -> None:
    line = refused(tmp_path, [value, value])
    assert "which has no date; write the date before it or, where it counts from a start" in line
    assert "12" not in line.partition("such as")[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20260302090803", [("%Y%m%d%H%M%S", "year to second without signs between them")]),
        ("2. M\u00e4rz 2026", [("de:%d. %B %Y", "a date with the name of a month (de)")]),
        ("2026-03-02 9:08 pm", [("%Y-%m-%d %I:%M %p", "a year, month and day with AM and PM")]),
        ("2026-03-02 09:08", [("%Y-%m-%d %H:%M", "a year, month and day")]),
        ("2026/03/02", [("%Y/%m/%d", "a year, month and day")]),
        (
            "2026-03-02 09:08 CET",
            [
                (
                    "%Y-%m-%d %H:%M CET",
                    (
                        "a year, month and day with a zone abbreviation (CET), which more than one"
                        " zone has"
                    ),
                )
            ],
        ),
        ("2026-03-02 09:08 UTC", [("%Y-%m-%d %H:%M %Z", "a year, month and day")]),
        ("02.03.26", [("%d.%m.%y", "day, month, year"), ("%y.%m.%d", "year, month, day")]),
        (
            "02/03/2026 1:02:03,5",
            [
                ("%d/%m/%Y %H:%M:%S,%f", "day, month, year"),
                ("%m/%d/%Y %H:%M:%S,%f", "month, day, year"),
            ],
        ),
        ("Mon 2 Mar 2026", [("%a %d %b %Y", "a date with the name of a month")]),
        ("Monday, March 2, 2026", [("%A, %B %d, %Y", "a date with the name of a month")]),
        ("100% 2026-03-02", []),
        ("% 2026-03-02", [("%% %Y-%m-%d", "a year, month and day")]),
        ("09:08", []),
    ],
)
def test_each_form_has_its_pattern_and_its_words(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(form.pattern, form.what) for form in forms(text)] == expected


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
