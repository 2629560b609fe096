"""How a column of written times is read where nobody states it: one way for the column as a whole.

Day before month and month before day are distinguished by all values of the column; where both read
them all, the log is refused with both readings. A year of two digits may stand first, too: read the
wrong way round, the days of a month become years, so the reading of far the shorter span is taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import trunc
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.results.common import Check
from resume_gap.sources.columns import plain_name, shown
from resume_gap.sources.first_values import Value, first_values, text_of
from resume_gap.sources.languages import moment
from resume_gap.sources.layout import Probe
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import Column
from resume_gap.sources.time_forms import Form, forms
from resume_gap.sources.times import DAY_NUMBERS, instant
from resume_gap.sources.values import is_text, real_of
from resume_gap.sources.walks import BESIDE, find
from resume_gap.sources.written_times import EXCEL_DAYS
from resume_gap.sqltext import quote_text
from resume_gap.units import DAY_US

_DATES: Final = frozenset(("date", "day", "eventdate", "logdate", "datum", "fecha"))
"""Plain names of a column that holds the day of a time."""
_TIME_OF_DAY: Final = re.compile(r"\d{1,2}:\d\d(:\d\d([.,]\d+)?)?(\s?[AaPp][Mm])?")
_TIMES_OF_DAY: Final = ("TIME", "TIME_NS")
"""Types."""
_MOST_FORMS: Final = 12
_NEARLY_ALL: Final = 0.99
"""Share of a column's values that must be read by the one form that is taken for it."""
_FAR_SHORTER: Final = 10
"""How many times as long the span of a reading is that is left out for another."""


def with_date(
    con: duckdb.DuckDBPyConnection, probes: Sequence[Probe], column: str, names: Sequence[str]
) -> str | None:
    """The name of date and time of day together, where a column holds only the latter."""
    dates = [name for name in names if plain_name(name) in _DATES and name != column]
    if len(dates) != 1:
        return None
    held = [(one, find(one.table, column, con)) for one in probes[:1]]
    if any(own is not None and own.kind in _TIMES_OF_DAY for _, own in held):
        return f"{dates[0]}{BESIDE}{column}"
    values = [
        value
        for one, own in held
        if own is not None
        for written in _written(con, [(one, own)], "UTC")
        for value in written.unread()
    ]
    if not values or not all(map(_TIME_OF_DAY.fullmatch, values)):
        return None
    return f"{dates[0]}{BESIDE}{column}"


@dataclass(frozen=True, slots=True)
class FoundFormat:
    """How the times of a column are written.

    Attributes:
        column: The column.
        form: The pattern and what it looks like.
        example: A value.
    """

    column: str
    form: Form
    example: str

    def check(self) -> Check:
        """The form as a check of the data's quality."""
        return Check(
            check="time_format_found",
            severity="note",
            count=1,
            share=None,
            action="--time-format states another one",
            message=(
                f"'{shown([self.column])}' is read as {self.form.what}: {self.form.pattern}, such"
                f" as {shown([self.example])!r}"
            ),
        )


def found_format(
    con: duckdb.DuckDBPyConnection,
    probes: Sequence[Probe],
    column: str,
    tz: str,
    *,
    day_first: bool,
    stated: str | None = None,
) -> FoundFormat | None:
    """The form of a column's times; None where they are read without one, or none reads them.

    Args:
        con: Reads the probes.
        probes: All inputs that have rows.
        column: The name of the column.
        tz: Zone of times that carry none.
        day_first: Whether a layout says that the day stands before the month.
        stated: A pattern that is taken where it is one of several that read the times.

    Raises:
        InputError: Day and month, or day and year, cannot be distinguished.
    """
    there = [(probe, find(probe.table, column, con)) for probe in probes]
    held = _written(con, [(probe, one) for probe, one in there if one is not None], tz)
    if held and all(one.is_day_number() for one in held):
        form = Form(DAY_NUMBERS, "day numbers of a spreadsheet")
        return FoundFormat(column, form, held[0].example())
    unread = sorted({value for one in held for value in one.unread()})
    if not unread:
        return None
    candidates: dict[str, Form] = {}
    for value in unread:
        for form in forms(value):
            if "abbreviation" not in form.what and len(candidates) < _MOST_FORMS:
                candidates.setdefault(form.pattern, form)
    counts = _sum(one.read(tz, [*candidates]) for one in held)
    if not candidates or not counts or not counts[0]:
        return None
    whole = [
        form
        for form, count in zip(candidates.values(), counts[1:], strict=True)
        if count >= _NEARLY_ALL * counts[0]
    ]
    if day_first:
        whole = [one for one in whole if one.pattern.find("%d") < one.pattern.find("%m")] or whole
    whole = [one for one in whole if one.pattern == stated] or whole
    if any(map(_begins_with_short_year, whole)):
        whole = _without_long_spans(held, tz, whole)
    if len(whole) > 1:
        raise InputError(_ambiguous(held[0], column, unread[0], whole))
    return FoundFormat(column, whole[0], unread[0]) if whole else None


def _begins_with_short_year(form: Form) -> bool:
    return -1 < form.pattern.find("%y") < form.pattern.find("%d")


def _without_long_spans(held: Sequence["_Written"], tz: str, whole: Sequence[Form]) -> list[Form]:
    """The readings by which a log is not many times as long as by another.

    Hardly anybody writes points between year, month and day: where such a log is as long by both
    readings, the day comes first.
    """
    days = {form: max(_days(held, tz, form.pattern), 1) for form in whole}
    kept = [one for one in whole if days[one] < _FAR_SHORTER * min(days.values())]
    pointed = any("%d.%m.%y" in one.pattern for one in kept)
    return [one for one in kept if not (pointed and _begins_with_short_year(one))]


def _days(held: Sequence["_Written"], tz: str, pattern: str) -> float:
    """How long the log is by a pattern."""
    ends = [one.ends(tz, pattern) for one in held]
    known = [end for pair in ends for end in pair if end is not None]
    return (max(known) - min(known)) / DAY_US if known else 0.0


def _ambiguous(one: "_Written", column: str, example: str, whole: Sequence[Form]) -> str:
    readings = " or ".join(
        f"{one.reading(example, form.pattern)} ({form.what}: --time-format '{form.pattern}')"
        for form in whole[:2]
    )
    return (
        f"{one.probe.table.file.label}: '{shown([column])}' (timestamp): {shown([example])!r} can"
        f" be {readings}, and no value of the column decides it; state one"
    )


def _sum(counts: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)]


def _written(
    con: duckdb.DuckDBPyConnection, held: Sequence[tuple[Probe, Column]], tz: str
) -> list["_Written"]:
    """A column of times in some inputs, of which the first values are read once."""
    first = first_values(con, held, tz)
    return [
        _Written(con, probe, column, first.get(number, ()))
        for number, (probe, column) in enumerate(held)
    ]


@dataclass(frozen=True, slots=True)
class _Written:
    """One input's column of times."""

    con: duckdb.DuckDBPyConnection
    probe: Probe
    column: Column
    first: tuple[Value, ...]

    def is_day_number(self) -> bool:
        """Whether all values are numbers as a spreadsheet counts days from 1990 to 2037."""
        number = real_of(self.column.sql, self.column.kind)
        if number is None:
            return False
        low, high = EXCEL_DAYS
        known = [value.number for value in self.first if value.number is not None]
        parts = sum(low <= one <= high and one != trunc(one) for one in known)
        if not known or 2 * parts < len(known) or any(not low <= one <= high for one in known):
            return False
        given, inside, outside = self._row(
            "select count(x),"
            f" count(*) filter (where x between {low} and {high} and x <> trunc(x)),"
            f" count(*) filter (where x not between {low} and {high})"
            f" from (select {number} as x from {{}})"
        )
        return bool(given) and not outside and 2 * inside >= given

    def example(self) -> str:
        """A value."""
        (row,) = self._row(f"select min({text_of(self.column)}) from (select * from {{}} limit 1)")
        return str(row)

    def unread(self) -> list[str]:
        """Of the first values those that no usual form reads; none where they are few."""
        if not is_text(self.column.kind):
            return []
        bad = [value.text for value in self.first if value.us is None]
        return bad if 2 * len(bad) > len(self.first) else []

    def read(self, tz: str, patterns: Sequence[str]) -> list[int]:
        """How many values no usual form reads, and how many of those each pattern does."""
        read = self.column.readings(tz)
        if read is None or not is_text(self.column.kind):
            return [0] * (len(patterns) + 1)
        tests = "".join(
            f", count(*) filter (where {moment('x', one)} is not null)" for one in patterns
        )
        return [
            int(count)
            for count in self._row(
                f"select count(*){tests} from (select {text_of(self.column)} as x,"
                f" {instant(read, 's')} as us from {{}}) where x <> '' and us is null"
            )
        ]

    def ends(self, tz: str, pattern: str) -> tuple[int | None, ...]:
        """The first and the last instant of the values that no usual form reads, by a pattern."""
        read = self.column.readings(tz)
        if read is None or not is_text(self.column.kind):
            return ()
        return self._row(
            f"select epoch_us(min({moment('x', pattern)})), epoch_us(max({moment('x', pattern)}))"
            f" from (select {text_of(self.column)} as x, {instant(read, 's')} as us from {{}})"
            " where x <> '' and us is null"
        )

    def reading(self, value: str, pattern: str) -> str:
        """A value as a pattern reads it, in words."""
        (text,) = self._row(f"select strftime({moment(quote_text(value), pattern)}, '%-d %B %Y')")
        return str(text)

    def _row(self, sql: str) -> tuple[int, ...]:
        with one_line_errors(self.probe.table.file.label):
            row = self.con.execute(sql.replace("{}", self.probe.relation)).fetchone()
        return row or ()
