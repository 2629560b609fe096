"""SQL that reads a column of any type as an instant, and what unit and zone that takes.

An instant has up to three readings: a type or text that is a time (`clock`), a whole number
(`whole`) and a number with a fraction (`real`). The unit of numbers is one for all inputs: that of
the median, unless the person says it.

No reading fails, whatever the value: what lies far outside of the years that are accepted (the
year 0 or 10000, an infinite date, a number too large) becomes `FAR_US`, and `bounded` and
`inside` are the one place where instants are held to those years.
"""

from dataclasses import dataclass
from typing import Final, Literal

from resume_gap.results.common import US
from resume_gap.sources.languages import has_zone, moment
from resume_gap.sources.values import (
    NUMBER_TEXT,
    is_integer,
    is_number,
    is_text,
    no_nan,
    real_of,
    whole_of,
)
from resume_gap.sqltext import quote_text

TimeUnit = Literal["s", "ms", "us", "ns"]
UNITS: Final[tuple[TimeUnit, ...]] = ("s", "ms", "us", "ns")
EARLIEST_SECONDS: Final = 10**8
"""Smaller numbers (before 1973) say nothing about the unit: clocks that were never set."""
_LIMIT_US: Final = 9 * 10**18
CLOCK_FROM_US: Final = 631_152_000_000_000  # 1990-01-01
CLOCK_BEFORE_US: Final = 2_145_916_800_000_000  # 2038-01-01
FAR_US: Final = 1 << 62
"""Stands for every time that the engine cannot turn into microseconds without an error."""
DAY_NUMBERS: Final = "spreadsheet"
"""What `--time-format` calls the day numbers of a spreadsheet."""
_EPOCH_DAY: Final = 25_569
"""The day number of 1970-01-01."""
_LAST_DAY: Final = 2_958_465
"""That of 9999-12-31."""
_SAFE: Final = ("1900-01-01", "2100-01-01")
"""Between these every conversion of the engine works; wider than the years that are accepted."""
_FAR_TEXT: Final = (
    r"(?i)[+-]?inf(inity)?|[+-]?[0-9]{5,}[-/][0-9].*|-[0-9]{1,4}[-/][0-9].*|0000[-/][0-9].*"
    rf"|[0-9]+[-/][0-9].*\(?bce?\)?|{NUMBER_TEXT}"
)
"""Times in text that are out of range without a doubt, and numbers that no other reading took."""
_OFFSET_APART: Final = (
    r"^([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9:]+(?:\.[0-9]+)?) *"
    r"([+-][0-9]{2}(?::?[0-9]{2})?|Z)"
    r"(?:\[[^][]*\]| (?:\([^()]*\)|(?:[A-Z]{1,5}|[+-][0-9]{2,4})(?: m=[+-][0-9.]+)?))?$"
)
"""A time with blanks before its offset, or the name of the zone behind it, which says no more:
08:08:03.7110000 +01:00 (SQL Server), 08:08:03.711 +0100 CET (Go), 08:08:03+01:00[Europe/Rome]
(Java). It is written so that the engine needs one pass, which is twice as fast."""


@dataclass(frozen=True, slots=True)
class Readings:
    """SQL of the readings of one time column; None where the type has no such reading.

    Attributes:
        clock: BIGINT, microseconds UTC.
        whole: BIGINT, a number in a unit not known here.
        real: DOUBLE, the same with a fraction.
        naive: BOOLEAN, whether a time that `clock` reads carries no zone; None: all alike.
        far: BOOLEAN, whether a value that the others do not read is a time out of every range.
    """

    clock: str | None = None
    whole: str | None = None
    real: str | None = None
    naive: str | None = None
    far: str | None = None


def readings(  # noqa: PLR0911 - one per kind
    sql: str, kind: str, tz: str, pattern: str | None = None
) -> Readings | None:
    """How a column of that type is read; None for types that are no time at all.

    Args:
        sql: The column.
        kind: Its type.
        tz: Zone of times that carry none.
        pattern: How text, or a whole number, is written (`--time-format`); what it does not
            read is read as without it.
    """
    there = f"{sql} is not null"
    safe = safe_time(sql, kind)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return Readings(clock=f"epoch_us({safe})", naive="false", far=there)
    if kind in ("TIMESTAMPTZ_NS", "TIMESTAMP_NS WITH TIME ZONE"):
        return Readings(clock=_floor_thousand(f"epoch_ns({safe})"), naive="false", far=there)
    if kind == "TIMESTAMP_NS":
        # epoch_us would round; a stamp belongs to the microsecond it lies in.
        micros = _floor_thousand(f"epoch_ns({safe})")
        clock = _in_zone(f"make_timestamp({micros})", tz, micros)
        return Readings(clock=clock, naive="true", far=there)
    if kind in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "DATE"):
        clock = _in_zone(f"cast({safe} as timestamp)", tz, f"epoch_us({safe})")
        return Readings(clock=clock, naive="true", far=there)
    if pattern == DAY_NUMBERS and (is_number(kind) or is_text(kind)):
        return _day_numbers(sql, kind, tz)
    if pattern is not None and (is_integer(kind) or is_text(kind)):
        return _by_pattern(sql, kind, tz, pattern)
    if is_integer(kind):
        return Readings(whole=whole_of(sql, kind), far=there)
    if is_number(kind):
        real = real_of(sql, kind)
        return Readings(real=real, far=real and no_nan(real))
    if is_text(kind):
        return _text_readings(f"trim(cast({sql} as varchar))", sql, kind, tz)
    return None


def _by_pattern(sql: str, kind: str, tz: str, pattern: str) -> Readings:
    text = f"trim(cast({sql} as varchar))"
    read = moment(text, pattern)
    zoned = has_zone(pattern)
    stamp = "TIMESTAMP WITH TIME ZONE" if zoned else "TIMESTAMP"
    safe = safe_time(read, stamp)
    clock = f"epoch_us({safe})" if zoned else _in_zone(safe, tz, f"epoch_us({safe})")
    other = readings(sql, kind, tz) or Readings()
    there = f"{read} is not null"
    return Readings(
        clock=clock if other.clock is None else f"coalesce({clock}, {other.clock})",
        whole=other.whole and f"case when not ({there}) then {other.whole} end",
        real=other.real and f"case when not ({there}) then {other.real} end",
        naive=f"not ({there}) and {other.naive or 'false'}"
        if zoned
        else f"{there} or {other.naive or 'false'}",
        far=other.far,
    )


def _day_numbers(sql: str, kind: str, tz: str) -> Readings:
    number = real_of(sql, kind) or "null"
    # A day number has some nine decimals, which are less than a tenth of a millisecond.
    micros = f"cast(round(({number} - {_EPOCH_DAY}) * 86400000) as bigint) * 1000"
    safe = f"case when {number} between 1 and {_LAST_DAY} then {micros} end"
    return Readings(
        clock=_in_zone(f"make_timestamp({safe})", tz, safe),
        whole="cast(null as bigint)",
        real="cast(null as double)",
        naive="true",
        far=f"{number} is not null and {no_nan(number)}",
    )


def safe_time(sql: str, kind: str) -> str:
    """A column of a time type without the values that a conversion could fail on (null there)."""
    low, high = (f"cast('{day}' as {kind})" for day in _SAFE)
    return f"case when {sql} between {low} and {high} then {sql} end"


def _text_readings(text: str, sql: str, kind: str, tz: str) -> Readings:
    """Readings of text, by plain comparisons where these can tell: patterns cost ten times more.

    A time begins with a year of four digits and a dash or slash: words such as 'epoch' are none.
    Behind its minutes stands a zone where there is a letter or a sign. Parts of a second may
    follow a comma, and all signs before the zone may be missing (ISO 8601, basic format). An
    abbreviation other than UTC and GMT is none: BST is the summer of London, and Bangladesh.
    What stands apart from its offset, or has more behind it, is put together where nothing else
    reads it.
    """
    dated = f"substr({text}, 5, 1) in ('-', '/') and {text} < ':'"
    tail = f"substr({text}, 14)"
    naive = (
        f"lower({tail}) = upper({tail}) and not contains({tail}, '+') and not contains({tail}, '-')"
    )

    last = f"right({text}, 1)"
    abbreviated = (
        f"({last} > '@' and {last} not in ('Z', 'z') and not contains({tail}, '/')"
        f" and upper(right({text}, 3)) not in ('UTC', 'GMT'))"
    )

    def clock(written: str) -> str:
        aware = f"epoch_us(try_cast({written} as timestamptz))"
        if tz == "UTC":
            return f"case when not {abbreviated} then {aware} end"
        local = _in_zone(f"try_cast({written} as timestamp)", tz, "")
        return f"case when {naive} then {local} when not {abbreviated} then {aware} end"

    dotted = f"replace({text}, ',', '.')"
    # The mark goes again; of a text that does not fit, the year does, and nothing reads the rest.
    joined = f"substr(regexp_replace({dotted}, '{_OFFSET_APART}', '####\\1\\2'), 5)"
    return Readings(
        clock=f"case when {dated} then coalesce(case when substr({text}, 20, 1) = ','"
        f" then {clock(dotted)} else {clock(text)} end,"
        f" epoch_us(try_cast({joined} as timestamptz)))"
        f" when substr({text}, 9, 1) = 'T' then {clock(_spread(text))} end",
        whole=f"case when not ({dated}) then {whole_of(sql, kind)} end",
        real=f"case when not ({dated}) then {real_of(sql, kind)} end",
        naive=naive,
        far=f"regexp_full_match({text}, '{_FAR_TEXT}')",
    )


def _spread(text: str) -> str:
    """A time of ISO 8601's basic format in its extended one: 20260302T080803Z."""
    parts = [f"substr({text}, {at}, {n})" for at, n in ((1, 4), (5, 2), (7, 2), (10, 2), (12, 2))]
    date, clock = " || '-' || ".join(parts[:3]), " || ':' || ".join(parts[3:])
    rest = f"replace(substr({text}, 14), ',', '.')"
    second = f"case when substr({rest}, 1, 1) between '0' and '9' then ':' else ':00' end"
    return f"({date} || 'T' || {clock} || {second} || {rest})"


def instant(read: Readings, unit: TimeUnit) -> str:
    """BIGINT microseconds UTC, null where no reading fits."""
    parts = [
        part
        for part in (
            read.clock,
            None if read.whole is None else _whole_us(read.whole, unit),
            None if read.real is None else _real_us(read.real, unit),
            None if read.far is None else f"case when {read.far} then {FAR_US} end",
        )
        if part is not None
    ]
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


def bounded(instant_us: str) -> str:
    """The instant where it lies in the accepted years, else the nearest one just outside."""
    return (
        f"case when {instant_us} < {CLOCK_FROM_US} then {CLOCK_FROM_US - 1}"
        f" when {instant_us} >= {CLOCK_BEFORE_US} then {CLOCK_BEFORE_US} else {instant_us} end"
    )


def inside(instant_us: str) -> str:
    """Whether an instant lies in the accepted years; null where there is none."""
    return f"({instant_us} >= {CLOCK_FROM_US} and {instant_us} < {CLOCK_BEFORE_US})"


def length_us(sql: str, kind: str, unit: TimeUnit = "s") -> str | None:
    """A length of time in a unit, or an interval, as BIGINT microseconds.

    What is too long for that is `FAR_US`, what cannot be read is null.
    """
    if kind == "INTERVAL":
        return f"coalesce(try(epoch_us({sql})), case when {sql} is not null then {FAR_US} end)"
    number = real_of(sql, kind)
    if number is None:
        return None
    return f"coalesce({_real_us(number, unit)}, case when {no_nan(number)} then {FAR_US} end)"


def _in_zone(timestamp: str, tz: str, in_utc: str) -> str:
    if tz == "UTC":
        return in_utc
    return f"epoch_us(timezone({quote_text(tz)}, {timestamp}))"


def _floor_thousand(sql: str) -> str:
    # Integer division cuts towards zero; instants before 1970 would move forward. Nothing is
    # subtracted from the value itself, which may be the smallest there is.
    return f"(({sql}) // 1000 - cast(({sql}) % 1000 < 0 as bigint))"


def _whole_us(sql: str, unit: TimeUnit) -> str:
    if unit == "us":
        return sql
    if unit == "ns":
        return _floor_thousand(sql)
    factor = US if unit == "s" else 1000
    bound = _LIMIT_US // factor
    # Out of range is unreadable, not an error of the engine.
    return f"case when {sql} between {-bound} and {bound} then {sql} * {factor} end"


def _real_us(sql: str, unit: TimeUnit) -> str:
    micros = {
        "s": f"round({sql} * {US})",
        "ms": f"round({sql} * 1000)",
        "us": f"floor({sql})",
        "ns": f"floor({sql} / 1000)",
    }[unit]
    # NaN is greater than every number and fails the test, as do the infinities; the cast may be
    # tried on them all the same.
    return f"case when abs({micros}) < {_LIMIT_US} then try_cast({micros} as bigint) end"
