"""Written times: one form for a column as a whole, or a refusal with both readings."""

import pytest
from factories.source_files import US, as_csv, checks, message, read

MARCH = 1_772_438_400 * US
"""2026-03-02 08:00 UTC."""
HOUR = 3_600 * US


def written(folder, times, **more):
    rows = [{"user_id": "u", "timestamp": time, "event": "e"} | more for time in times]
    path = folder / "log.csv"
    path.write_bytes(as_csv(rows))
    return str(path)


@pytest.mark.parametrize(
    ("times", "pattern"),
    [
        (["03/02/2026 08:00:00 AM", "03/31/2026 01:00:00 PM"], "%m/%d/%Y %I:%M:%S %p"),
        (["02/03/2026 08:00:00", "31/03/2026 08:00:00"], "%d/%m/%Y %H:%M:%S"),
        (["02.03.2026 08:00:00,000"], "%d.%m.%Y %H:%M:%S,%f"),
        (["02/Mar/2026:09:00:00 +0100"], "%d/%b/%Y:%H:%M:%S %z"),
        (["Mon, 02 Mar 2026 09:00:00 +0100"], "%a, %d %b %Y %H:%M:%S %z"),
        (["2 March 2026, 8:00 AM"], "%d %B %Y, %I:%M %p"),
        (["46083.333333333", "46083.34375"], "spreadsheet"),
        (["46083.333333333", "46084"], "spreadsheet"),
    ],
)
def test_the_column_as_a_whole_decides(tmp_path, times, pattern):
    source, _, rows = read(written(tmp_path, times), "at_us", order="order by at_us")
    assert rows[0]["at_us"] == MARCH
    assert f": {pattern}, such as" in checks(source)["time_format_found"].message


def test_day_and_month_that_nothing_tells_apart_are_refused_with_both_readings(tmp_path):
    line = message([written(tmp_path, ["03/02/2026 08:00:00", "04/02/2026 08:00:00"])])
    assert "3 February 2026" in line
    assert "2 March 2026" in line
    assert "--time-format '%m/%d/%Y %H:%M:%S'" in line


def test_a_stated_form_wins(tmp_path):
    path = written(tmp_path, ["03/02/2026 08:00:00"])
    source, _, rows = read(path, "at_us", time_format="%m/%d/%Y %H:%M:%S")
    assert rows == [{"at_us": MARCH}]
    assert "time_format_found" not in checks(source)


def test_a_date_beside_a_time_of_day(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(
        as_csv([{"user": "u", "date": "2026-03-02", "time": "08:00:00", "event": "e"}])
    )
    source, _, rows = read(str(path), "at_us")
    assert rows == [{"at_us": MARCH}]
    assert source.columns["timestamp"] == "date + time"


def test_day_numbers_are_in_the_zone_that_is_stated(tmp_path):
    path = written(tmp_path, ["46083.375", "46083.4"])
    _, _, rows = read(path, "at_us", order="order by at_us", tz="Europe/Berlin")
    assert rows[0]["at_us"] == MARCH


def test_few_unread_values_are_left_to_the_ledger(tmp_path):
    source, _, _ = read(written(tmp_path, ["2026-03-02 08:00:00"] * 9 + ["03/31/2026"]))
    assert "time_format_found" not in checks(source)
