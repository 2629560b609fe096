"""Months of other languages in written times."""

import datetime as dt

import duckdb
import pytest
from factories.source_files import as_csv, checks, read

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.languages import has_zone, in_english, language_of, moment, specifiers
from resume_gap.sqltext import quote_text


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("2. M\u00e4rz 2026, 10:08", "de:%d. %B %Y, %H:%M"),
        ("2 marzo 2026, 10:08", "es:%d %B %Y, %H:%M"),
        ("2 de MARZO de 2026, 10:08", "es:%d de %B de %Y, %H:%M"),
        ("2 March 2026, 10:08", "%d %B %Y, %H:%M"),
    ],
)
def test_a_month_is_read_in_its_language(text: str, pattern: str) -> None:
    with duckdb.connect() as con:
        rows = con.execute(f"select {moment(quote_text(text), pattern)}").fetchall()
    assert rows == [(dt.datetime(2026, 3, 2, 10, 8),)]  # noqa: DTZ001 - as the engine gives it


def test_a_pattern_without_a_language_is_itself() -> None:
    assert language_of("%H:%M") == (None, "%H:%M")
    assert language_of("de:%H:%M") == ("de", "%H:%M")
    assert language_of("fr:%B") == (None, "fr:%B")


def test_english_is_no_other_language() -> None:
    assert in_english("2 April 2026") is None
    assert in_english("2026-03-02") is None
    assert in_english("2. J\u00e4nner 2026") == ("de", "2. January 2026")
    assert in_english("2 de septiembre de 2026") == ("es", "2 de September de 2026")


def _log(tmp_path, times):
    rows = [{"user_id": "u", "timestamp": one, "event": "e"} for one in times]
    (tmp_path / "log.csv").write_bytes(as_csv(rows))
    return str(tmp_path / "log.csv")


@pytest.mark.parametrize(
    "times",
    [
        ("2. M\u00e4rz 2026, 10:08", "3. April 2026, 10:08"),
        ("2 de marzo de 2026, 10:08", "3 de abril de 2026, 10:08"),
        ("Mon, 02 Mar 2026 10:08:00 GMT", "Fri, 03 Apr 2026 10:08:00 GMT"),
        ("2026-03-02 10:08:00 UTC", "2026-04-03 10:08:00 GMT"),
    ],
)
def test_a_log_is_read_without_an_option(tmp_path, times):
    source, _, rows = read(_log(tmp_path, times), "at_us", tz="UTC")
    day = 86_400_000_000
    first = 20_514 * day + (10 * 60 + 8) * 60_000_000
    assert [row["at_us"] for row in rows] == [first, first + 32 * day]
    assert ("time_format_found" in checks(source)) == (not times[0].startswith("2026"))


def test_universal_time_stays_so_with_a_zone(tmp_path):
    log = _log(tmp_path, ["Mon, 02 Mar 2026 10:08:00 GMT"] * 2)
    noon = 20_514 * 86_400_000_000 + (10 * 60 + 8) * 60_000_000
    assert {row["at_us"] for row in read(log, "at_us", tz="Asia/Tokyo")[2]} == {noon}


@pytest.mark.parametrize("zone", ["BST", "CEST"])
def test_an_abbreviation_is_refused_and_not_guessed(tmp_path, zone):
    log = _log(tmp_path, [f"2026-07-02 10:08:00 {zone}"] * 2)
    with open_source([log], Settings()) as source, pytest.raises(InputError) as caught:
        source.look.refuse_unread_times()
    line = str(caught.value)
    assert f"with a zone abbreviation ({zone}), which more than one zone has" in line
    assert "--tz" in line


@pytest.mark.parametrize("zone", ["", " %z"])
@pytest.mark.parametrize("part", ["%f", "%n"])
@pytest.mark.parametrize(
    ("digits", "micros"),
    [
        ("1", 100_000),
        ("198", 198_000),
        ("198578", 198_578),
        ("1985789", 198_578),
        ("198578999", 198_578),
        ("000000999", 0),
    ],
)
def test_parts_of_a_second_have_up_to_nine_digits(digits, micros, part, zone):
    text = f"02.03.2026 10:08:03,{digits}{zone.replace('%z', '+00:00')}"
    sql = moment(quote_text(text), f"%d.%m.%Y %H:%M:%S,{part}{zone}")
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        kind, us = con.execute(f"select typeof({sql}), epoch_us({sql})").fetchone()
    assert kind == ("TIMESTAMP WITH TIME ZONE" if zone else "TIMESTAMP")
    assert us == 1_772_446_083_000_000 + micros


def test_digits_without_a_separator_are_parts_of_a_second():
    sql = moment("'20260302100803198578999'", "%Y%m%d%H%M%S%f")
    with duckdb.connect() as con:
        assert con.execute(f"select epoch_us({sql})").fetchone() == (1_772_446_083_198_578,)


@pytest.mark.parametrize("text", ["01.01.1600 00:00:00.5", "31.12.9999 00:00:00.5", "x", ""])
def test_what_nanoseconds_cannot_hold_is_no_error(text):
    with duckdb.connect() as con:
        sql = moment(quote_text(text), "%d.%m.%Y %H:%M:%S.%f")
        assert con.execute(f"select {sql}").fetchone() == (None,)


def test_the_specifiers_of_a_pattern():
    assert specifiers("de:%-d. %B %Y%%") == ("%-d", "%B", "%Y", "%%")
    assert specifiers("100%%z %H") == ("%%", "%H")
    assert specifiers("yyyy %") == ()


@pytest.mark.parametrize(
    ("pattern", "zoned"), [("%H %z", True), ("%H %Z", True), ("%H %%z", False), ("%H", False)]
)
def test_a_zone_is_a_specifier(pattern, zoned):
    assert has_zone(pattern) is zoned
