"""Months of other languages in written times."""

import datetime as dt

import duckdb
import pytest
from factories.source_files import as_csv, checks, read

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.languages import in_english, language_of, moment
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
