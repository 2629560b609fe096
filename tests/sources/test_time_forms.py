"""The forms in which times are written, and that the patterns proposed read them."""

import duckdb
import pytest

from resume_gap.sources.time_forms import forms
from resume_gap.sources.times import instant, readings

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
    ("20260302090803000", "%Y%m%d%H%M%S%f"),
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
