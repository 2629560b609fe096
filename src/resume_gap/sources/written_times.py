"""How the times of a column are written, where they are in none of the forms that are read.

A line that refuses a log shows one value of it, what it looks like, and what to do; where a
pattern of `--time-format` reads the values, that pattern.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from resume_gap.constants import MAX_BAD_TIMES
from resume_gap.errors import InputError
from resume_gap.sources.columns import flag, masked_value, shown
from resume_gap.sources.groups import Group, label_of
from resume_gap.sources.languages import moment
from resume_gap.sources.measure import Held
from resume_gap.sources.nested import leaves
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.time_forms import STAMP, Form, forms
from resume_gap.sources.times import EARLIEST_SECONDS, TimeUnit, instant
from resume_gap.sources.values import given, is_text

READ: Final = (
    "forms that are read: 2026-03-02 08:08:03, 2026-03-02T08:08:03.711Z, 20260302T080803Z,"
    " numbers since 1970"
)
EXCEL_DAYS: Final = (32_874, 50_406)
"""Day numbers of a spreadsheet from 1990 to 2037."""
_LONGEST: Final = 40
_COMMA: Final = re.compile(r"\d+,\d+")
_TIME_ALONE: Final = re.compile(r"\d+:\d\d(:\d\d)?([.,]\d+)?")


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
        if STAMP.match(f"{low:.0f}") and STAMP.match(f"{high:.0f}"):
            raise InputError(
                f"{seen} are dates; give --time-format {forms(f'{high:.0f}')[0].pattern}"
            )
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
        like = masked_value(example)
        seen = f"{self._name}: {unread:,} of {of:,} values are in no form that is read"
        found = [form for form in forms(example) if self._reads_most(form, unread)]
        if not found and _COMMA.fullmatch(example):
            raise InputError(
                f"{seen}, such as {like!r}: numbers with a decimal comma; export them"
                " with a decimal point"
            )
        if not found and example.startswith("{"):
            raise InputError(f"{seen}: they are JSON objects; {_inside(self.column, example)}")
        if not found and _TIME_ALONE.fullmatch(example):
            raise InputError(
                f"{seen}, such as {like!r}, which has no date; write the date before it"
                " or, where it counts from a start (of a session, of a recording), the instant that"
                " it means"
            )
        if not found:
            raise InputError(
                f"{seen}, such as {like!r}; {READ}; another one: --time-format, such"
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


def _inside(column: str, example: str) -> str:
    """Which option names the time inside of an object."""
    try:
        document = json.loads(example)
    except (ValueError, RecursionError):
        document = {}
    names = [path for path, _ in leaves(document, (column,))]
    options = " or ".join(flag("timestamp", name) for name in names[:2])
    return f"name the time inside: {options or flag('timestamp', column + '.KEY')}"
