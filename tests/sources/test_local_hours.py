"""Local times that a zone lacks or has twice, counted in files of every format."""

import datetime as dt
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.source_files import US, as_csv, write

from resume_gap.report.text.findings.table import worded
from resume_gap.settings import Settings
from resume_gap.sources import local_hours, open_source, second_look
from resume_gap.sources.local_hours import ClockChange, clock_changes

BERLIN = "Europe/Berlin"
HOUR = 3_600 * US
SPRING, AUTUMN = "2026-03-29", "2026-10-25"


def day(text):
    return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days


def us(text):
    return round(dt.datetime.fromisoformat(f"{text}+00:00").timestamp()) * US


def rows_at(*times):
    return [{"user_id": "u", "ts": time, "event": f"e{i}"} for i, time in enumerate(times)]


def found(path, days=(SPRING, AUTUMN), tz=BERLIN, **options):
    """Severity, count and sentence of each check."""
    with open_source([path], Settings(tz=tz, **options)) as source:
        checks = source.look.local_hours([*map(day, days)])
    return {one.check: (one.severity, one.count, one.message) for one in map(worded, checks)}


SKIPPED = (f"{SPRING} 02:00:00", f"{SPRING} 02:59:59.999999")
DOUBLED = (f"{AUTUMN} 02:00:00", f"{AUTUMN} 02:30:00.5", f"{AUTUMN} 02:59:59.999999")
NEITHER = (
    *(f"{SPRING} 01:59:59.999999", f"{SPRING} 03:00:00", f"{SPRING} 03:59:59"),
    *(f"{AUTUMN} 01:59:59.999999", f"{AUTUMN} 03:00:00", "2026-06-01 02:30:00"),
    *(f"{SPRING}T02:30:00Z", f"{SPRING} 02:30:00+02:00", f"{AUTUMN}T02:30:00 +0100"),
    *(f"{SPRING} 02:30:00 America/New_York", "soon", ""),
)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "duckdb"])
def test_rows_are_counted_in_text(tmp_path, form):
    path = write(tmp_path, rows_at(*SKIPPED, *DOUBLED, *NEITHER), form)
    lacking = (
        f"2 rows are at local times that {BERLIN} does not have (from {SPRING} 02:00 to 03:00):"
        " the zone is probably wrong"
    )
    assert found(path) == {
        "local_times_skipped": (
            "warn",
            2,
            lacking,
        ),
        "local_times_doubled": (
            "note",
            3,
            f"3 rows are at local times that {BERLIN} has twice (from {AUTUMN} 02:00 to 03:00)",
        ),
    }


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_rows_are_counted_in_typed_times(tmp_path, unit):
    times = [us(one[:19]) for one in (*SKIPPED[:1], *DOUBLED[:2], *NEITHER[1:3])]
    array = pa.array(times, pa.timestamp("us")).cast(pa.timestamp(unit))
    for zone, expected in ((None, {"skipped": 1, "doubled": 2}), ("UTC", {})):
        kind = pa.timestamp(unit, zone)
        table = pa.table({"user_id": ["u"] * 5, "ts": array.cast(kind), "event": ["e"] * 5})
        pq.write_table(table, tmp_path / "log.parquet", version="2.6")
        counts = {
            name.removeprefix("local_times_"): n
            for name, (_, n, _) in found(str(tmp_path / "log.parquet")).items()
        }
        assert counts == expected


def test_rows_of_all_inputs_count_together(tmp_path):
    csv = write(tmp_path, rows_at(SKIPPED[0]), "csv", "a")
    parquet = write(tmp_path, rows_at(SKIPPED[1]), "parquet", "b")
    other = write(tmp_path, [{"user_id": "u", "ts": 1_772_442_000, "event": "e"}], "csv", "c")
    with open_source([csv, parquet, other], Settings(tz=BERLIN)) as source:
        (check,) = source.look.local_hours([day(SPRING)])
    assert check.count == 2
    assert worded(check).action == "give another --tz"


def test_a_form_that_is_found_or_given(tmp_path):
    path = write(tmp_path, rows_at("29.03.2026 02:30", "29.03.2026 03:30"), "csv")
    for pattern in (None, "%d.%m.%Y %H:%M"):
        assert found(path, time_format=pattern)["local_times_skipped"][1] == 1


def test_day_numbers(tmp_path):
    number = day(SPRING) + 25_569
    path = write(tmp_path, rows_at(number + 2.5 / 24, number + 0.5), "csv")
    assert found(path)["local_times_skipped"][1] == 1


def test_one_row_and_several_changes(tmp_path):
    path = write(tmp_path, rows_at(SKIPPED[0]), "csv")
    assert found(path)["local_times_skipped"][2].startswith("1 row is at a local time that ")
    path = write(tmp_path, rows_at("2027-03-28 02:30:00", SKIPPED[0], "2025-03-30 02:30:00"), "csv")
    days = ("2025-03-30", SPRING, "2027-03-28")
    _, count, line = found(path, days=days)["local_times_skipped"]
    assert count == 3
    assert "(from 2025-03-30 02:00 to 03:00, and at 2 more changes of the clock)" in line
    path = write(tmp_path, rows_at(SKIPPED[0], "2025-03-30 02:30:00"), "csv")
    assert "at 1 more change of" in found(path, days=days)["local_times_skipped"][2]


def test_a_day_that_a_zone_skipped(tmp_path):
    path = write(tmp_path, rows_at("2011-12-30 12:00:00"), "csv")
    line = found(path, days=["2011-12-30"], tz="Pacific/Apia")["local_times_skipped"][2]
    assert "(from 2011-12-30 00:00 to 2011-12-31 00:00)" in line


def half_day(folder, hours, *, rows=600, form="csv", tz="UTC", zone=""):
    """Whether a log with times at these hours, a minute apart, is warned of."""
    times = [f"2026-03-02 {hours[i % len(hours)]:02}:{i % 60:02}:00{zone}" for i in range(rows)]
    path = write(folder, rows_at(*times), form)
    return "half_day_times" in found(path, days=("2026-03-02",), tz=tz)


def test_a_clock_of_twelve_hours_without_its_halves_is_warned_of(tmp_path):
    assert half_day(tmp_path, (8, 10, 12, 1, 3))
    assert half_day(tmp_path, (8, 12, 1), form="jsonl", tz="Asia/Tokyo")
    assert not half_day(tmp_path, (8, 12, 1), rows=499)


@pytest.mark.parametrize(
    ("hours", "tz", "zone"),
    [
        ((8, 10, 12, 1, 3, 13), "UTC", ""),
        ((8, 10, 12, 1, 3, 0), "UTC", ""),
        ((7, 8, 9, 10, 11, 12), "UTC", ""),  # mornings alone
        ((1, 2, 3, 4, 5, 6), "UTC", ""),
        ((8, 12, 1), "UTC", "Z"),
    ],
)
def test_other_hours_are_not(tmp_path, hours, tz, zone):
    assert not half_day(tmp_path, hours, tz=tz, zone=zone)


def test_a_type_of_times_knows_the_afternoon(tmp_path):
    array = pa.array([us(f"2026-03-02 {hour:02}:00:00") for hour in (8, 12, 1)] * 300)
    table = pa.table(
        {"user_id": ["u"] * 900, "ts": array.cast("timestamp[us]"), "event": ["e"] * 900}
    )
    pq.write_table(table, tmp_path / "log.parquet")
    assert found(str(tmp_path / "log.parquet")) == {}


@pytest.mark.parametrize(
    ("times", "tz", "days"),
    [
        (SKIPPED, "Asia/Tokyo", (SPRING,)),
        (SKIPPED, BERLIN, ("2026-06-01", "2026-08-01")),
        ([f"{SPRING}T02:30:00Z"], BERLIN, (SPRING,)),
        ([us(SKIPPED[0]) // US], BERLIN, (SPRING,)),
    ],
)
def test_nothing_is_read_where_nothing_can_be_odd(tmp_path, monkeypatch, times, tz, days):
    path = write(tmp_path, rows_at(*times), "csv")
    with open_source([path], Settings(tz=tz)) as source:
        monkeypatch.setattr(second_look, "open_sandbox", None)
        assert source.look.local_hours([*map(day, days)]) == ()


def test_text_that_lies_elsewhere_is_not_read_again(tmp_path, monkeypatch):
    """What a text file holds was turned into instants when it was opened."""
    path = tmp_path / "log.csv"
    path.write_bytes(as_csv(rows_at(*SKIPPED, *NEITHER)))
    taken = []
    query = local_hours.LocalTimes._query

    def noted(self, group, column, changes):
        taken.append((column.times, query(self, group, column, changes)))
        return taken[-1][1]

    monkeypatch.setattr(local_hours.LocalTimes, "_query", noted)
    assert found(str(path))["local_times_skipped"][1] == 2
    ((times, sql),) = taken
    assert f"{times.naive} as is_naive" in sql
    assert f" where {times.clock} >= " in sql


# Changes of a zone ------------------------------------------------------------------------------


def test_the_changes_of_a_zone():
    spring, autumn = clock_changes(BERLIN, range(day("2026-01-01"), day("2027-01-01")))
    assert spring == ClockChange(us(f"{SPRING} 01:00:00"), HOUR, 2 * HOUR)
    assert spring.is_skip
    assert spring.local_us == (us(f"{SPRING} 02:00:00"), us(f"{SPRING} 03:00:00"))
    assert autumn == ClockChange(us(f"{AUTUMN} 01:00:00"), 2 * HOUR, HOUR)
    assert not autumn.is_skip
    assert autumn.local_us == (us(f"{AUTUMN} 02:00:00"), us(f"{AUTUMN} 03:00:00"))
    assert autumn.instants_us == (us(f"{AUTUMN} 00:00:00"), us(f"{AUTUMN} 02:00:00"))


def test_changes_of_half_an_hour_and_south_of_the_equator():
    autumn, spring = clock_changes(
        "Australia/Lord_Howe", range(day("2026-01-01"), day("2027-01-01"))
    )
    assert not autumn.is_skip
    assert spring.is_skip
    assert spring.local_us == (us("2026-10-04 02:00:00"), us("2026-10-04 02:30:00"))


@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_days_beside_those_with_rows_are_looked_at(beside):
    assert len(clock_changes(BERLIN, [day(SPRING) + beside])) == 1
    assert clock_changes(BERLIN, [day(SPRING) + 2 * beside]) == clock_changes(
        BERLIN, [day(SPRING)] if beside == 0 else []
    )


def test_a_change_at_midnight_is_found_once():
    days = range(day("2016-01-01"), day("2017-01-01"))
    changes = clock_changes("Asia/Tehran", days)  # at 20:30 UTC
    assert [one.is_skip for one in changes] == [True, False]
    assert len(clock_changes("Atlantic/Azores", days)) == 2  # at 01:00 UTC, which is midnight there
    assert len(clock_changes("Pacific/Apia", range(day("2011-12-25"), day("2012-01-02")))) == 1


@pytest.mark.parametrize(
    "tz", [BERLIN, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza"]
)
def test_the_changes_say_what_the_zone_says_of_every_quarter_of_an_hour(tz):
    zone = ZoneInfo(tz)
    first = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    changes = clock_changes(tz, range(day("2024-01-01"), day("2025-01-01")))
    for quarter in range(366 * 96):
        at = first + dt.timedelta(minutes=15 * quarter)
        either = [at.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
        here = us(at.isoformat(sep=" ")[:19])
        (is_skip,) = {
            one.is_skip for one in changes if one.local_us[0] <= here < one.local_us[1]
        } or {None}
        assert is_skip == (None if either[0] == either[1] else either[0] < either[1]), at


def test_the_second_of_two_is_read(tmp_path):
    """What the note says."""
    path = write(tmp_path, rows_at(DOUBLED[0]), "csv")
    with open_source([path], Settings(tz=BERLIN)) as source:
        source.create_rows(source.con)
        assert source.con.execute("select at_us from rows").fetchone() == (
            us(f"{AUTUMN} 01:00:00"),
        )
        (check,) = source.look.local_hours([day(AUTUMN)])
    assert worded(check).action.startswith("read as the second")
