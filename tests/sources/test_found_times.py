"""Written times: one form for a column as a whole, or a refusal with both readings."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from factories.source_files import US, as_csv, checks, message, read

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources.assignments import open_assignments
from resume_gap.sources.found_times import found_format, with_date
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.layout import Probe
from resume_gap.sources.tables import Column, InputTable
from resume_gap.sources.walks import BESIDE
from resume_gap.sources.written_times import EXCEL_DAYS

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
        (["02.03.2026 08:00:00.0000009 +00:00"], "%d.%m.%Y %H:%M:%S.%f %z"),
        (["02.03.2026 08:00:00.000000999"], "%d.%m.%Y %H:%M:%S.%f"),
        (["02/Mar/2026:09:00:00 +0100"], "%d/%b/%Y:%H:%M:%S %z"),
        (["Mon, 02 Mar 2026 09:00:00 +0100"], "%a, %d %b %Y %H:%M:%S %z"),
        (["2 March 2026, 8:00 AM"], "%d %B %Y, %I:%M %p"),
        (["26/03/02 08:00:00", "26/03/31 08:00:00"], "%y/%m/%d %H:%M:%S"),
        (["26-03-02 08:00:00", "26-03-05 08:00:00"], "%y-%m-%d %H:%M:%S"),
        (["02/03/26 08:00:00", "31/03/26 08:00:00"], "%d/%m/%y %H:%M:%S"),
        (["02.03.26 08:00:00"], "%d.%m.%y %H:%M:%S"),
        (["02.03.26 08:00:00", "05.03.26 08:00:00"], "%d.%m.%y %H:%M:%S"),
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


def test_a_year_of_two_digits_that_nothing_tells_from_the_day_is_refused(tmp_path):
    line = message([written(tmp_path, ["26/03/02 08:00:00", "26/03/02 09:00:00"])])
    assert "26 March 2002" in line
    assert "2 March 2026" in line
    assert "--time-format '%y/%m/%d %H:%M:%S'" in line


def test_a_stated_form_decides_for_a_file_beside_the_log_where_several_read_it(tmp_path):
    settings = Settings(time_format="%m/%d/%Y %H:%M:%S")
    asked = {"user_id": "u1", "variant": "marker", "assigned_at": "03/02/2026 08:00:00"}
    for number, (time, at_us) in enumerate(
        [("03/02/2026 08:00:00", MARCH), ("02.03.2026 08:00", MARCH), (str(MARCH // US), MARCH)]
    ):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(as_csv([asked | {"assigned_at": time}]))
        for stated in (settings, replace(settings, time_format="spreadsheet")):
            if number == 0 and stated.time_format == "spreadsheet":
                continue
            source = open_assignments(str(path), stated)
            with source.con as con:
                source.create_rows(con)
                assert con.execute("select at_us from rows").fetchall() == [(at_us,)]


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


def table(label, columns):
    return InputTable(InputFile(given=label, path=Path(label), kind="csv"), Path(label), columns, 0)


def column_of(con, kind, values, name="t"):
    """A probe whose column `t` has these values."""
    con.execute(f"create or replace table rows (t {kind})")
    for value in values:
        con.execute("insert into rows values (?)", [value])
    return Probe(table("a.csv", {name: Column("t", kind)}), "rows")


def found(kind, values, *, column="t", day_first=False):
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        probe = column_of(con, kind, values)
        return found_format(con, [probe], column, "UTC", day_first=day_first)


def several(*columns):
    """A probe for each column: its type, and its values as SQL."""
    probes = []
    for number, (kind, *values) in enumerate(columns):
        rows = ", ".join(f"({value})" for value in values)
        sql = f"(select cast(t as {kind}) as t from (values {rows}) as v (t))"
        probes.append(Probe(table(f"{number}.csv", {"t": Column("t", kind)}), sql))
    return probes


@pytest.mark.parametrize("inputs", [3, 120])
def test_of_many_inputs_the_last_decides(inputs):
    """They are read some at a time; numbers lie among texts, and nothing among all of them."""
    between = [("VARCHAR", "null"), ("BIGINT", "46083"), ("BOOLEAN", "true")]
    given = [("VARCHAR", "'02/03/2026 08:00'", "'  '", "'04/03/2026 08:00'"), *between]
    last = ("VARCHAR", "'31/03/2026 08:00'")
    with duckdb.connect() as con:
        probes = several(*(given * inputs)[:inputs], last)
        known = found_format(con, probes, "t", "UTC", day_first=False)
        with pytest.raises(InputError, match=r"0\.csv: .*can be 2 March 2026"):
            found_format(con, probes[:-1], "t", "UTC", day_first=False)
    assert known is not None
    assert (known.form.pattern, known.example) == ("%d/%m/%Y %H:%M", "02/03/2026 08:00")


def test_an_input_that_cannot_be_read_is_named():
    with duckdb.connect() as con:
        probes = several(*[("VARCHAR", "'02/03/2026 08:00'")] * 3)
        probes[1] = Probe(probes[1].table, "(select error('it broke') as t)")
        with pytest.raises(InputError, match=r"1\.csv: .*it broke"):
            found_format(con, probes, "t", "UTC", day_first=False)


LOW, HIGH = EXCEL_DAYS


@pytest.mark.parametrize(
    ("values", "day_numbers"),
    [
        ([LOW + 0.5, HIGH], True),
        ([LOW, HIGH - 0.5], True),
        ([LOW - 0.5, HIGH], False),
        ([LOW, HIGH + 0.5], False),
        ([LOW + 0.5, LOW + 1, LOW + 2], False),
        ([LOW + 0.5] * 3 + [LOW] * 3, True),
        ([LOW + 0.5] * 200 + [LOW] * 201, False),
        ([LOW + 0.5] * 200 + [LOW] * 200, True),
        ([LOW + 0.5] * 210 + [HIGH + 1], False),
        ([], False),
        ([None], False),
    ],
)
@pytest.mark.parametrize("kind", ["DOUBLE", "VARCHAR"])
def test_numbers_of_days_are_known_by_their_size_and_their_parts(kind, values, day_numbers):
    known = found(kind, values)
    assert (known is not None) == day_numbers
    if known is not None:
        assert (known.form.pattern, known.form.what) == (
            "spreadsheet",
            "day numbers of a spreadsheet",
        )
        assert known.check().count == 1
        assert known.check().action == "--time-format states another one"


def test_types_that_are_no_text_have_no_form():
    assert found("BOOLEAN", [True]) is None
    assert found("TIMESTAMP", ["2026-03-02"]) is None
    assert found("BIGINT", [7]) is None
    assert found("VARCHAR", ["x"], column="other") is None


def test_a_form_reads_nearly_all_values():
    dates = ["13.02.2026 08:00:00"] * 99
    assert found("VARCHAR", [*dates, "?"]).form.pattern == "%d.%m.%Y %H:%M:%S"
    assert found("VARCHAR", [*dates[:-1], "?", "!"]) is None
    assert found("VARCHAR", ["?"] * 3) is None
    usual = ["2026-03-02 08:00:00"]
    assert found("VARCHAR", [*usual * 3, *dates[:3]]) is None
    assert found("VARCHAR", [*usual * 3, *dates[:4]]).example == dates[0]
    assert found("VARCHAR", [*usual * 3, *dates[:4], ""]) is not None


def test_a_tracker_that_writes_the_day_first_decides():
    both = ["03/02/2026 08:00:00", "04/02/2026 08:00:00"]
    with pytest.raises(InputError) as caught:
        found("VARCHAR", both)
    line = str(caught.value)
    assert line.startswith("a.csv: 't' (timestamp): '03/02/2026 08:00:00' can be ")
    assert line.count(" or ") == 1
    assert line.endswith(", and no value of the column decides it; state one")
    assert found("VARCHAR", both, day_first=True).form.pattern == "%d/%m/%Y %H:%M:%S"
    month_first = ["02/13/2026 08:00:00", "02/14/2026 08:00:00"]
    assert found("VARCHAR", month_first, day_first=True).form.pattern == "%m/%d/%Y %H:%M:%S"


def test_counts_of_several_inputs_are_added():
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        first = column_of(con, "VARCHAR", ["13/02/2026 08:00:00"] * 2)
        con.execute("alter table rows rename to first")
        first = Probe(first.table, "first")
        second = column_of(con, "VARCHAR", ["03/02/2026 08:00:00"] * 3)
        known = found_format(con, [second, first], "t", "UTC", day_first=False)
    assert known.form.pattern == "%d/%m/%Y %H:%M:%S"
    assert known.example == "03/02/2026 08:00:00"


def test_a_time_of_day_needs_one_date_beside_it():
    with duckdb.connect() as con:
        probe = column_of(con, "VARCHAR", ["08:00:00", "8:30 pm"])
        names = ["t", "Event Date", "x"]
        assert with_date(con, [probe], "t", names) == find_name("Event Date", "t")
        assert with_date(con, [probe], "t", ["t", "x"]) is None
        assert with_date(con, [probe], "t", [*names, "day"]) is None
        assert with_date(con, [probe], "gone", names) is None
        for kind, there in (("TIME", True), ("TIME_NS", True), ("TIMESTAMP", False)):
            probe = column_of(con, kind, [])
            expected = find_name("Event Date", "t") if there else None
            assert with_date(con, [probe], "t", names) == expected
        probe = column_of(con, "VARCHAR", ["08:00:00", "8"])
        assert with_date(con, [probe], "t", names) is None
        probe = column_of(con, "VARCHAR", [])
        assert with_date(con, [probe], "t", names) is None


def find_name(date, time):
    return f"{date}{BESIDE}{time}"


def test_day_numbers_are_in_the_zone_that_is_stated(tmp_path):
    path = written(tmp_path, ["46083.375", "46083.4"])
    _, _, rows = read(path, "at_us", order="order by at_us", tz="Europe/Berlin")
    assert rows[0]["at_us"] == MARCH


def test_few_unread_values_are_left_to_the_ledger(tmp_path):
    source, _, _ = read(written(tmp_path, ["2026-03-02 08:00:00"] * 9 + ["03/31/2026"]))
    assert "time_format_found" not in checks(source)
