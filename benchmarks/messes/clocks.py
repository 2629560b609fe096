"""Clocks that are wrong, and times in several units and zones."""

from typing import Final

import pyarrow as pa

from benchmarks.messes.logs import (
    ALL,
    DAY,
    HOUR,
    SECOND,
    added,
    arrow_table,
    changed,
    csv_file,
    every,
    iso,
    json_file,
    lines,
    log,
    one,
    pattern,
    table,
    written,
)
from benchmarks.messes.mess import Made, Mess, Refused, Rows, Used

FEW: Final = 80
"""One row in so many is wrong: three in all."""


def _stamped(text: object) -> Made:
    """Three more rows with another time."""
    rows = log()
    more = [row | {"timestamp": text} for row in every(rows, FEW)]
    for row in more:
        del row["at_us"]
    return Made({"log.csv": csv_file([*rows, *more])}, rows)


def of_1970() -> Made:
    """Three rows were stamped before the clock was set."""
    return _stamped("1970-01-01T00:00:07Z")


def of_2099() -> Made:
    """Three rows are from 2099."""
    return _stamped("2099-12-31T23:59:59Z")


def of_the_year_0() -> Made:
    """Three rows are from the year 0."""
    return _stamped("0000-01-01T00:00:00Z")


def of_the_year_10000() -> Made:
    """Three rows are from the year 10000."""
    return _stamped("10000-01-01T00:00:00Z")


def infinite() -> Made:
    """Three rows are from the end of all time."""
    return _stamped("infinity")


def all_of_1970() -> Made:
    """No clock was ever set."""
    return one([row | {"at_us": row["at_us"] - 1_772_000_000 * SECOND} for row in log()], [])


def fourteen_days_ahead() -> Made:
    """One row is from 14 days after all others."""
    rows = log()
    return one([*rows, rows[-1] | {"at_us": rows[-1]["at_us"] + 14 * DAY}])


def far_from_the_rest() -> Made:
    """One row is from a hundred days before all others."""
    rows = log()
    return one([rows[0] | {"at_us": rows[0]["at_us"] - 100 * DAY}, *rows], rows)


def arrived_in_the_year_10000() -> Made:
    """Three rows arrived in the year 10000."""
    rows = added(log(), received_at=lambda row: iso(row["at_us"] + 2 * SECOND))
    return one(changed(rows, FEW, received_at="10000-01-01T00:00:00Z"))


def ended_in_2500() -> Made:
    """Three intervals end in the year 2500."""
    rows = added(log(), end=lambda row: iso(row["at_us"] + SECOND))
    kept = [row | {"end_us": row["at_us"] + SECOND} for row in log()]
    return one(changed(rows, FEW, end="2500-01-01T00:00:00Z"), changed(kept, FEW, end_us=None))


def outside_the_dates() -> Made:
    """Only a part of the days is asked for."""
    rows = log()
    early = [row | {"at_us": row["at_us"] - 3 * DAY} for row in rows]
    return one([*early, *rows], rows)


def _seconds(at_us: int) -> int:
    return at_us // SECOND


def _whole() -> Rows:
    return [row | {"at_us": row["at_us"] // SECOND * SECOND} for row in log()]


def in_seconds() -> Made:
    """Times count seconds since 1970."""
    return one(_whole(), time=_seconds)


def in_seconds_with_a_fraction() -> Made:
    """Times count seconds since 1970, with three decimals."""
    return table(log(), time=lambda at_us: at_us / SECOND)


def in_milliseconds() -> Made:
    """Times count milliseconds since 1970."""
    return one(log(), time=lambda at_us: at_us // 1_000)


def in_microseconds() -> Made:
    """Times count microseconds since 1970."""
    return table(log(), time=lambda at_us: at_us)


def in_nanoseconds_as_text() -> Made:
    """Times count nanoseconds since 1970, and JSON has them as text."""
    return lines(log(), time=lambda at_us: str(at_us * 1_000))


def _mixed(n: int) -> Made:
    rows = _whole()
    few = {id(row) for row in every(rows, n)}
    times = {row["at_us"]: row["at_us"] // (1_000 if id(row) in few else SECOND) for row in rows}
    kept = [row for row in rows if id(row) not in few]
    return one(rows, kept, time=lambda at_us: times[at_us])


def in_two_units() -> Made:
    """Every third time counts milliseconds, the others seconds."""
    return _mixed(3)


def three_in_another_unit() -> Made:
    """Three times count milliseconds, the others seconds."""
    rows = _whole() * 2
    rows = [row | {"user_id": f"{row['user_id']}{n // ALL}"} for n, row in enumerate(rows)]
    wrong = every(rows, 160)
    logged = [row | {"at_us": None} if row in wrong else row for row in rows]
    more = [row | {"timestamp": row["at_us"] // 1_000} for row in wrong]
    for row in more:
        del row["at_us"]
    kept = [row for row in rows if row not in wrong]
    data = csv_file([row for row in logged if row["at_us"] is not None] + more, _seconds)
    return Made({"log.csv": data}, kept)


def without_a_zone() -> Made:
    """Times have no zone."""
    return one(log(), time=written)


def without_a_zone_in_new_york() -> Made:
    """Times have no zone; they are those of New York, five hours behind UTC."""
    return one(log(), time=lambda at_us: written(at_us - 5 * HOUR))


def some_without_a_zone() -> Made:
    """Every second time has an offset, the others have none."""
    rows = log()
    odd = {row["at_us"] for row in every(rows, 2)}
    return one(
        rows,
        time=lambda at_us: written(at_us + 2 * HOUR) + "+02:00" if at_us in odd else written(at_us),
    )


def with_offsets_of_half_an_hour() -> Made:
    """Times are those of India."""
    return one(log(), time=lambda at_us: written(at_us + 11 * HOUR // 2) + "+05:30")


def an_hour_that_comes_twice() -> Made:
    """Times have no zone; they are those of Berlin, through the night in which an hour repeats."""
    shift = 1_792_965_600 * SECOND - log()[0]["at_us"]  # 2026-10-25 23:20 UTC less an hour
    rows = [row | {"at_us": row["at_us"] + shift} for row in log()]
    return one(rows, [], time=lambda at_us: written(at_us + HOUR))


def types_of_both_kinds() -> Made:
    """One Parquet file has times with a zone, the other without."""
    rows = log()
    files = {}
    for name, part, zone in (("a", rows[:120], "UTC"), ("b", rows[120:], None)):
        columns = {key: [row[key] for row in part] for key in ("user_id", "event", "target")}
        at = pa.array([row["at_us"] for row in part], pa.timestamp("us", tz=zone))
        files[f"{name}.parquet"] = arrow_table({**columns, "timestamp": at})
    return Made(files, rows)


def with_the_letters_utc() -> Made:
    """Times end in UTC."""
    return one(log(), time=lambda at_us: written(at_us) + " UTC")


def with_an_abbreviation() -> Made:
    """Times end in CEST."""
    return one(log(), time=lambda at_us: written(at_us + 2 * HOUR) + " CEST")


def day_or_month_first() -> Made:
    """Times are written as 02/03/2026 10:00:00, the 2nd of March or the 3rd of February."""
    return one(log(), [], time=pattern("%d/%m/%Y %H:%M:%S"))


def in_json_as_numbers_and_texts() -> Made:
    """Every second time is a number, the others are texts."""
    rows = _whole()
    odd = {row["at_us"] for row in every(rows, 2)}
    data = json_file(rows, lambda at_us: _seconds(at_us) if at_us in odd else iso(at_us))
    return Made({"log.jsonl": data}, rows)


_FAR: Final = Used({"clock_out_of_range": 3}, finds=("clock_out_of_range",))
CLOCKS: Final = (
    Mess(all_of_1970, Refused(("all 240 times", "1990"))),
    Mess(of_1970, _FAR),
    Mess(of_2099, _FAR),
    Mess(of_the_year_0, _FAR),
    Mess(of_the_year_10000, _FAR),
    Mess(infinite, _FAR),
    Mess(fourteen_days_ahead, Used()),
    Mess(far_from_the_rest, Used({"clock_outlier": 1}, finds=("clock_outliers",))),
    Mess(arrived_in_the_year_10000, Used(finds=("received_at_out_of_range",))),
    Mess(ended_in_2500, Used(finds=("end_out_of_range",))),
    Mess(outside_the_dates, Used({"before_since": ALL}), {"since": "2026-03-02"}),
)
UNITS: Final = (
    Mess(in_two_units, Refused(("two units", "--time-unit"))),
    Mess(in_seconds, Used(finds=("time_unit",), says=("seconds",))),
    Mess(in_seconds_with_a_fraction, Used(finds=("time_unit",))),
    Mess(in_milliseconds, Used(finds=("time_unit",), says=("milliseconds",))),
    Mess(in_microseconds, Used(finds=("time_unit",), says=("microseconds",))),
    Mess(in_nanoseconds_as_text, Used(finds=("time_unit",), says=("nanoseconds",))),
    Mess(three_in_another_unit, Used({"clock_out_of_range": 3}, finds=("two_time_units",))),
    Mess(in_seconds, Refused(("--time-unit",)), {"time_unit": "ns"}),
)
ZONES: Final = (
    Mess(day_or_month_first, Refused(("2 March 2026", "3 February 2026"))),
    Mess(without_a_zone, Used(finds=("time_zone",), says=("UTC",))),
    Mess(
        without_a_zone_in_new_york,
        Used(finds=("time_zone",), says=("New_York",)),
        {"tz": "America/New_York"},
    ),
    Mess(some_without_a_zone, Used(finds=("time_zone",))),
    Mess(with_offsets_of_half_an_hour, Used()),
    Mess(an_hour_that_comes_twice, Used(finds=("time_zone",)), {"tz": "Europe/Berlin"}),
    Mess(types_of_both_kinds, Used(finds=("time_zone",))),
    Mess(with_the_letters_utc, Used()),
    Mess(with_an_abbreviation, Refused(("CEST", "--tz"))),
    Mess(in_json_as_numbers_and_texts, Used(finds=("time_unit",))),
)
