"""How the times of a column are written, where they are in none of the forms that are read.

A line that refuses a log shows one value of it, what it looks like, and what to do; where a
pattern of `--time-format` reads the values, that pattern.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from resume_gap.constants import MAX_BAD_TIMES
from resume_gap.errors import InputError
from resume_gap.sources.columns import shown
from resume_gap.sources.groups import Group, label_of
from resume_gap.sources.languages import in_english, moment, with_halves, without_comment
from resume_gap.sources.measure import Held
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.times import EARLIEST_SECONDS, TimeUnit, instant
from resume_gap.sources.values import given, is_text

READ: Final = (
    "forms that are read: 2026-03-02 08:08:03, 2026-03-02T08:08:03.711Z, 20260302T080803Z,"
    " numbers since 1970"
)
EXCEL_DAYS: Final = (32_874, 50_406)
"""Day numbers of a spreadsheet from 1990 to 2037."""
_LONGEST: Final = 40
_ANY_CASE: Final = re.IGNORECASE
_CLOCK: Final = re.compile(
    r"(?P<before>\b[ap]m\s?)?"
    r"(?<!\d)\d{1,2}:\d\d(?P<second>:\d\d(?P<part>[.,]\d{1,9})?)?(?P<half>\s?[ap]m\b)?",
    _ANY_CASE,
)
_DOTTED: Final = re.compile(
    r"(?<=\d[ ,T])(?P<before>)\d{1,2}\.\d\d(?P<second>\.\d\d(?P<part>[.,]\d{1,9})?)"
    r"(?P<half>\s?[ap]m\b)?(?!\d)",
    _ANY_CASE,
)
"""A time of day behind a date, as Oracle writes it, and some languages."""
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})(\. |[-/.])\d{1,2}\2\d{1,2}(?!\d)")
_YEAR_LAST: Final = re.compile(r"(?<!\d)\d{1,2}([-/.])\d{1,2}\1(?P<year>\d{4}|\d\d)(?!\d)")
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?P<rest>[a-z]*)"
_NAMED: Final = (
    (
        re.compile(
            rf"(?<!\d)\d{{1,2}}(?P<a>\. | de |[ /-]){_MONTH}(?P<b> de |[ /,-]+)"
            r"(?P<year>\d{4}|\d\d)(?!\d)",
            _ANY_CASE,
        ),
        "dmy",
    ),
    (re.compile(rf"{_MONTH}(?P<a> )\d{{1,2}}(?P<b>,? )(?P<year>\d{{4}})", _ANY_CASE), "mdy"),
)
_WEEKDAY: Final = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)(?P<rest>[a-z]*)", _ANY_CASE)
_OFFSET: Final = re.compile(r"[+-]\d\d:?\d\d$")
_BEHIND: Final = re.compile(r"%[MSf]\s?(?P<word>[^\W\d_]+\b\.?)")
_UNITS: Final = re.compile(r"(uhr|h|z|gmt|utc)\b", _ANY_CASE)
"""What may stand behind a time of day; other words may say that it is the afternoon."""
_DIRECTIVE: Final = re.compile(r"%.")
_UNIVERSAL: Final = re.compile(r"(?<= )(UTC|GMT)$")
_ZONE: Final = re.compile(r"(?<= )[A-Z]{2,5}$")
_TIME_ALONE: Final = re.compile(r"\d+:\d\d(:\d\d)?([.,]\d+)?")
_STAMP: Final = re.compile(r"(19|20)\d{12}$")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a written time.

    Attributes:
        pattern: For `--time-format`.
        what: What a value looks like.
    """

    pattern: str
    what: str


def forms(example: str) -> tuple[Form, ...]:
    """The ways to read a value; day before month and the other way round are two."""
    if _STAMP.match(example):
        return (Form("%Y%m%d%H%M%S", "year to second without signs between them"),)
    other = in_english(example)
    if other is not None:
        language, english = other
        return tuple(
            Form(f"{language}:{one.pattern}", f"{one.what} ({language})") for one in forms(english)
        )
    text = with_halves(without_comment(example)).replace("%", "%%")
    text = _UNIVERSAL.sub("%Z", text)
    zone = _ZONE.search(text)
    text, half = _clock(text)
    found: list[Form] = []
    for date, what in _dates(text):
        pattern = _WEEKDAY.sub(lambda day: "%A" if day["rest"] else "%a", date)
        pattern = _OFFSET.sub("%z", pattern)
        if any(map(str.isdigit, _DIRECTIVE.sub("", pattern))):
            continue  # a part of the time that no directive reads, such as an offset of `UTC+1`
        behind = _BEHIND.search(pattern)
        if behind is not None and not _UNITS.match(behind["word"]) and zone is None:
            continue
        words = [what, "with AM and PM" if half else ""]
        if zone is not None and not half:
            words.append(f"with a zone abbreviation ({zone[0]}), which more than one zone has")
        found.append(Form(pattern, " ".join(filter(None, words))))
    return tuple(found)


def _clock(text: str) -> tuple[str, bool]:
    clock = _CLOCK.search(text) or _DOTTED.search(text)
    if clock is None:
        return text, False
    half = clock["half"] is not None or bool(clock["before"])
    sign = "." if clock.re is _DOTTED else ":"
    pattern = ("%I" if half else "%H") + f"{sign}%M"
    if clock["second"]:
        pattern += f"{sign}%S" + (f"{clock['part'][0]}%f" if clock["part"] else "")
    if clock["before"]:
        pattern = f"%p{clock['before'][2:]}{pattern}"
    elif half:
        pattern += f"{clock['half'][:-2]}%p"
    return text[: clock.start()] + pattern + text[clock.end() :], half


def _dates(text: str) -> Iterator[tuple[str, str]]:
    """The text with its date as a pattern, and the order of its parts."""
    first = _YEAR_FIRST.search(text)
    if first is not None:
        cut = first[2]
        yield _instead(text, first, f"%Y{cut}%m{cut}%d"), "a year, month and day"
        return
    last = _YEAR_LAST.search(text)
    if last is not None:
        cut, year = last[1], _year(last)
        yield _instead(text, last, f"%d{cut}%m{cut}{year}"), "day, month, year"
        if year == "%y":
            yield _instead(text, last, f"%y{cut}%m{cut}%d"), "year, month, day"
        if cut == ".":
            return
        yield _instead(text, last, f"%m{cut}%d{cut}{year}"), "month, day, year"
        return
    for named, order in _NAMED:
        found = named.search(text)
        if found is None:
            continue
        month = "%B" if found["rest"] else "%b"
        parts = ("%d", month) if order == "dmy" else (month, "%d")
        whole = f"{parts[0]}{found['a']}{parts[1]}{found['b']}{_year(found)}"
        yield _instead(text, found, whole), "a date with the name of a month"
        return


def _year(found: re.Match[str]) -> str:
    return "%Y" if len(found["year"]) == 4 else "%y"


def _instead(text: str, found: re.Match[str], pattern: str) -> str:
    return text[: found.start()] + pattern + text[found.end() :]


@dataclass(frozen=True, slots=True)
class Times:
    """The time column of a log.

    Attributes:
        groups: All inputs.
        con: Reads them.
        column: The name of the column.
        tz: Zone of times that carry none.
        pattern: That of `--time-format`.
        unit: Of numbers.
    """

    groups: Sequence[Group]
    con: duckdb.DuckDBPyConnection
    column: str
    tz: str
    pattern: str | None
    unit: TimeUnit

    @staticmethod
    def doubtful(held: Held) -> bool:
        """Whether the counts leave room for values that are in no form that is read."""
        if held.typed:
            return False
        unread = held.given - held.clock - held.number
        return _counts_from_elsewhere(held) or unread > MAX_BAD_TIMES.value * held.given

    def refuse_unread(self, held: Held) -> None:
        """Refuse a log most of whose times are in no form that is read.

        Raises:
            InputError: They are not; the message shows one of them and what to do.
        """
        if not self.doubtful(held):
            return
        if _counts_from_elsewhere(held):
            self._refuse_numbers()
        most = MAX_BAD_TIMES.value * held.given
        counted = [self._unread(group, "count(*)") for group in self.groups]
        unread = sum(n for n in counted if n is not None)
        if unread > most:
            self._refuse_texts(unread, held.given)

    def _refuse_numbers(self) -> None:
        number = [self._number(group) for group in self.groups]
        relations = " union all ".join(
            f"select cast({sql} as double) as x from {group.relation}"
            for group, sql in zip(self.groups, number, strict=True)
            if sql is not None
        )
        with one_line_errors(self.groups[0].label):
            (row,) = self.con.execute(f"select min(x), max(x) from ({relations})").fetchall()
        low, high = float(row[0]), float(row[1])
        seen = f"{self._name}: numbers from {low:.10g} to {high:.10g}"
        if _STAMP.match(f"{low:.0f}") and _STAMP.match(f"{high:.0f}"):
            raise InputError(f"{seen} are dates; give --time-format %Y%m%d%H%M%S")
        if EXCEL_DAYS[0] <= low and high <= EXCEL_DAYS[1]:
            raise InputError(
                f"{seen} look like the day numbers of a spreadsheet; give the column the format"
                " yyyy-mm-dd hh:mm:ss there and export it again"
            )
        if low < EARLIEST_SECONDS:
            raise InputError(
                f"{seen} count from a start (of a session, of a recording), not from 1970; add"
                " the time of that start to each, and write instants"
            )

    def _refuse_texts(self, unread: int, of: int) -> None:
        examples = [value for g in self.groups if (value := self._unread(g, "min(x)")) is not None]
        example = min(map(str, examples))
        seen = f"{self._name}: {unread:,} of {of:,} values are in no form that is read"
        found = [form for form in forms(example) if self._reads_most(form, unread)]
        if not found and _TIME_ALONE.fullmatch(example):
            raise InputError(
                f"{seen}, such as {_masked(example)!r}, which has no date; write the date before it"
                " or, where it counts from a start (of a session, of a recording), the instant that"
                " it means"
            )
        if not found:
            raise InputError(
                f"{seen}, such as {_masked(example)!r}; {READ}; another one: --time-format, such"
                " as '%d.%m.%Y %H:%M:%S', another column: --time COL"
            )
        options = " or ".join(f"--time-format '{one.pattern}' ({one.what})" for one in found)
        zone = " and its zone with --tz" if "zone" in found[0].what else ""
        raise InputError(
            f"{seen}, such as {shown([example[:_LONGEST]])!r}; give {options}{zone}; {READ}"
        )

    @property
    def _name(self) -> str:
        """The files with values in no form that is read, else all; and the column."""
        found = [self._unread(group, "list(distinct i)") or () for group in self.groups]
        label = label_of(self.groups, {number for numbers in found for number in numbers})
        return f"{label}: '{shown([self.column])}' (timestamp)"

    def _unread(self, group: Group, what: str) -> Any:  # noqa: ANN401 - what is asked for
        """Something of the values of a group that no reading takes; None where there are none."""
        column = group.column(self.column, self.con)
        read = None if column is None else column.readings(self.tz, self.pattern)
        if column is None or read is None or not is_text(column.kind):
            return None
        text = f"trim(cast({column.sql} as varchar))"
        bad = f"{given(column.sql, column.kind)} and {instant(read, self.unit)} is null"
        with one_line_errors(group.label):
            row = self.con.execute(
                f"select {what} from (select {text} as x, {group.input_no} as i"
                f" from {group.relation} where {bad})"
            ).fetchone()
        return None if row is None else row[0]

    def _reads_most(self, form: Form, unread: int) -> bool:
        test = f"count(*) filter (where {moment('x', form.pattern)} is not null)"
        try:
            counts = [self._unread(group, test) for group in self.groups]
        except InputError:
            return False
        read = sum(count for count in counts if count is not None)
        return read > (1 - MAX_BAD_TIMES.value) * unread

    def _number(self, group: Group) -> str | None:
        column = group.column(self.column, self.con)
        read = None if column is None else column.readings(self.tz, self.pattern)
        parts = [] if read is None else [part for part in (read.whole, read.real) if part]
        return f"coalesce({', '.join(parts)})" if parts else None


def _counts_from_elsewhere(held: Held) -> bool:
    """Whether the numbers lie outside of the accepted years, whatever their unit.

    Some that count from 0 pass through these years. Many that are hardly more than 0 are of clocks
    that were never set, among others that were.
    """
    if not held.number or held.clock:
        return False
    most = max(held.plausible.values(), default=0)
    half = held.number / 2
    return most == 0 or (most < half and held.magnitudes["small"] < half)


def _masked(example: str) -> str:
    """A value that is no time as far as one can see: its shape without its content."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", shown([example[:_LONGEST]])))
