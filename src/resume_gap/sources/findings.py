"""What opening the inputs brought to light, as checks of the data's quality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resume_gap import constants
from resume_gap.errors import InputError
from resume_gap.results.common import Check, Severity
from resume_gap.settings import Settings
from resume_gap.sources.beginnings import NOT_UTF_8
from resume_gap.sources.columns import Taken, alike, flag, shown
from resume_gap.sources.measure import Held
from resume_gap.sources.pandas_frames import about_left_out
from resume_gap.sources.tables import InputTable
from resume_gap.sources.times import UNITS, TimeUnit

UNIT_WORDS: Final = {
    "s": "seconds",
    "ms": "milliseconds",
    "us": "microseconds",
    "ns": "nanoseconds",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that was recognized by its name and not by its content."""

    event_column: str
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Columns of a file with values that the engine cannot read.

    Attributes:
        label: The file.
        columns: Columns read under another type.
        left_out: Columns that are not read at all.
    """

    label: str
    columns: tuple[str, ...]
    left_out: tuple[str, ...]


def about_unread(unread: Sequence[Unread]) -> tuple[Check, ...]:
    """Columns with values that are invalid in their type."""
    checks = []
    for one in unread:
        if one.columns:
            message = f"{one.label}: {shown(one.columns)} holds values that are invalid in its type"
            action = "read as plain bytes or numbers"
            checks.append(_check("invalid_values", "note", len(one.columns), None, action, message))
        if one.left_out:
            message = f"{one.label}: {shown(one.left_out)} cannot be read"
            action = "left out; rows are compared without it"
            checks.append(
                _check("unreadable_column", "warn", len(one.left_out), None, action, message)
            )
    return tuple(checks)


def refuse_broken(tables: Sequence[InputTable], *, lenient: bool) -> None:
    """Stop where too many lines could not become a row.

    Raises:
        InputError: More than the permitted share is broken and `lenient` is off, or all of it.
    """
    broken = sum(table.broken.count for table in tables)
    rows = sum(table.rows for table in tables)
    if not broken:
        return
    worst = max(tables, key=lambda table: table.broken.count)
    share = broken / (broken + rows)
    if rows and (lenient or share <= constants.MAX_BROKEN_LINES.value):
        return
    advice = _remedy(worst) + (
        ", or go on without them: --lenient" if rows and not worst.broken.encoding else ""
    )
    raise InputError(
        f"{worst.file.label}: {_lines(worst.broken.count)} broken"
        f" ({share:.1%} of all lines{_where(worst)}); {advice}"
    )


def _remedy(table: InputTable) -> str:
    """What to do about broken lines."""
    if table.broken.encoding:
        return NOT_UTF_8
    if not table.broken.halves:
        return "correct the export"
    return (
        "each holds half of a character, as where a text was cut in an emoji: write \\ufffd for it"
    )


def _lines(count: int) -> str:
    return "1 line is" if count == 1 else f"{count:,} lines are"


def _where(table: InputTable) -> str:
    lines = table.broken.lines
    return f"; see line {', '.join(map(str, lines))}" if lines else ""


def about_files(tables: Sequence[InputTable], twice: Sequence[str]) -> tuple[Check, ...]:
    """Broken lines, empty files, files given twice, columns of frames that cannot be read."""
    checks = list(about_left_out([table.file for table in tables]))
    broken = [table for table in tables if table.broken.count]
    if broken:
        count = sum(table.broken.count for table in broken)
        rows = sum(table.rows for table in tables)
        where = "; ".join(f"{table.file.label}{_where(table)}" for table in broken[:3])
        if all(table.broken.halves for table in broken):
            where += "; each holds half of a character, as where a text was cut in an emoji"
        checks.append(
            _check(
                "broken_lines",
                "warn",
                count,
                count / (count + rows),
                "left out",
                f"{_lines(count)} no row that can be read ({where})",
            )
        )
    empty = [table.file.label for table in tables if not table.rows and not table.broken.count]
    if empty:
        checks.append(
            _check(
                "empty_input", "note", len(empty), None, "left out", f"no rows in {shown(empty)}"
            )
        )
    if twice:
        checks.append(
            _check(
                "repeated_input",
                "note",
                len(twice),
                None,
                "read once",
                f"given more than once: {shown(twice)}",
            )
        )
    return tuple(checks)


def about_columns(
    taken: Mapping[str, Taken],
    names: Sequence[str],
    tables: Sequence[InputTable],
    left_out: Sequence[LeftOut],
) -> tuple[Check, ...]:
    """How columns were taken, which are missing where, and which look alike."""
    reading = [
        f"{name} from {_quoted(one.column)}" for name, one in taken.items() if one.column != name
    ]
    same = [name for name, one in taken.items() if one.column == name]
    words = [", ".join(reading)] if reading else []
    if same:
        words.append(f"{', '.join(same)} by their own names")
    message = f"columns: {'; '.join(words)}"
    checks = [_check("columns_taken", "note", len(taken), None, "read so", message)]
    filled = [table for table in tables if table.rows]
    for name, used in taken.items():
        either = {used.column, used.column.split(".")[0]}
        lacking = [t.file.label for t in filled if either.isdisjoint(t.columns)]
        if lacking:
            checks.append(
                _check(
                    "column_missing_in_file",
                    "note",
                    len(lacking),
                    len(lacking) / len(filled),
                    "null there",
                    f"{_quoted(used.column)} ({name}) is not in {shown(lacking)}",
                )
            )
    checks += [
        _check(
            "column_left_out",
            "note",
            1,
            None,
            f"map it: {flag(one.event_column, 'COL')}",
            f"{_quoted(one.column)} is called like the {one.event_column} but {one.why}",
        )
        for one in left_out
    ]
    checks += [
        _check(
            "column_names_alike",
            "warn",
            len(group),
            None,
            "kept apart",
            f"columns differ only by case, space or dash: {', '.join(map(_quoted, group))}",
        )
        for group in alike(names)
    ]
    return tuple(checks)


def about_times(
    held: Mapping[str, Held],
    units: Mapping[str, TimeUnit],
    settings: Settings,
    mapped: Mapping[str, str],
    zoned: str | None = None,
) -> tuple[Check, ...]:
    """Units and zones that were taken; `zoned` is the tracker that documents its zone, if any.

    Raises:
        InputError: Over one percent of the numbers are in another unit than the rest.
    """
    checks: list[Check] = []
    for name, unit in units.items():
        if name not in mapped:
            continue
        counts, column = held[name], _quoted(mapped[name])
        if counts.number:
            reading = "as reported" if settings.time_unit else "by their median"
            checks.append(
                _check(
                    "time_unit",
                    "note",
                    counts.number,
                    None,
                    "--time-unit says otherwise",
                    f"numbers in {column} ({name}) are read as {UNIT_WORDS[unit]}, {reading}",
                )
            )
            checks += _two_units(name, column, counts, settings)
        if counts.naive or counts.naive_type:
            mixed = counts.clock - counts.naive
            beside = f"; {mixed:,} values with a zone beside them" if mixed else ""
            checks.append(
                _check(
                    "time_zone",
                    "note",
                    counts.naive,
                    None,
                    "--source plain takes --tz" if zoned else "--tz says otherwise",
                    f"times in {column} ({name}) without a zone are read in {settings.tz}"
                    f"{f', as {zoned} documents' if zoned else ''}{beside}",
                )
            )
    return tuple(checks)


def _two_units(name: str, column: str, counts: Held, settings: Settings) -> list[Check]:
    # A number that is a time of these years in no unit says nothing about the unit.
    found = {unit: counts.plausible[unit] for unit in UNITS if counts.plausible[unit]}
    if settings.time_unit is not None or len(found) < 2:
        return []
    total = sum(found.values())
    ranked = sorted(found.items(), key=lambda item: -item[1])
    others = total - ranked[0][1]
    shares = ", ".join(f"{count / total:.2%} {UNIT_WORDS[u]}" for u, count in ranked)
    most = max(constants.TWO_UNITS_SHARE.value * total, constants.TWO_UNITS_ROWS.value)
    if ranked[1][1] > most:
        raise InputError(
            f"{column} ({name}) holds times in two units ({shares}); split the log, or say one:"
            " --time-unit s|ms|us|ns"
        )
    return [
        _check(
            "two_time_units",
            "warn",
            others,
            others / total,
            "read in the unit of most",
            f"numbers in {column} ({name}) look like two units: {shares}",
        )
    ]


def _quoted(name: str) -> str:
    return "'" + shown([name]) + "'"


def _check(  # noqa: PLR0917 - the fields in their order
    check: str, severity: Severity, count: int, share: float | None, action: str, message: str
) -> Check:
    return Check(
        check=check, severity=severity, count=count, share=share, action=action, message=message
    )
