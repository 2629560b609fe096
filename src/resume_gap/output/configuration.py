"""What was found in a log, as the text of a commented `resume-gap.toml`.

What was found is a setting. What is only a default, a guess from names or advice is a comment, so
that a run with the file has the figures of a run without it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resume_gap.options.log_options import ReadingOptions
from resume_gap.options.names import Columns, pattern
from resume_gap.options.option import Option, options_of
from resume_gap.options.run_options import RunOptions
from resume_gap.options.values import Unfit
from resume_gap.report.text.names import cut, hidden, visible
from resume_gap.report.text.numbers import many
from resume_gap.results.common import Check
from resume_gap.results.run import Resolution
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import AWAY, COMPLETING, PRODUCTIVE
from resume_gap.sources.role_names import suggest_all
from resume_gap.sources.roles import RoleChoice

_READING: Final = tuple(
    one for one in options_of((ReadingOptions,)) if one.field not in ("mapping", "source")
)
_RUN: Final = tuple(one for one in options_of((RunOptions,)) if "init" in one.commands)
_ROLES: Final = (("productive", PRODUCTIVE), ("complete", COMPLETING), ("away", AWAY))
_TIMES: Final = (
    *("time_unit", "time_zone", "time_format_found", "two_time_units"),
    *("local_times_skipped", "local_times_doubled", "half_day_times"),
)
_COLUMNS: Final = ("columns_taken", "column_left_out", "column_by_content", "event_filled")
_SHOWN: Final = 20
"""Names that are listed one a line."""
_LONGEST: Final = 1_000
"""Characters of a comment."""
_PLAIN: Final = "plain"
_ESCAPED: Final = re.compile(r'["\\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvidence:
    """What a first look at a log found.

    Attributes:
        inputs: The files as they were given.
        rows: Rows that were read.
        first_at: ISO text of the first instant; None: there is none.
        last_at: That of the last.
        settings: What was asked.
        layout: The tracker whose layout was used; `plain` for none.
        columns: Event column to the files' column; None: not there.
        time_format: How the times are written, where that was found.
        time_unit: The unit of the times, where they are numbers in one unit.
        resolution: How fine the stamps of the sampled users are; None: nothing shows it.
        roles: The roles that the names suggest.
        counts: Event name to its rows.
        shown: The names that enough users have.
        heartbeats: Names of events that repeat like a clock.
        idle: Names of likely idle events.
        agents: Entries for `agent`: names, and values of columns.
        checks: What was found on the way, in words.
    """

    inputs: tuple[str, ...]
    rows: int
    first_at: str | None
    last_at: str | None
    settings: Settings
    layout: str
    columns: Mapping[str, str | None]
    time_format: str | None
    time_unit: str | None
    resolution: Resolution | None
    roles: RoleChoice
    counts: Mapping[str, int]
    shown: frozenset[str]
    heartbeats: tuple[str, ...]
    idle: tuple[str, ...]
    agents: tuple[str, ...]
    checks: tuple[Check, ...]


def configuration_text(found: LogEvidence) -> str:
    """The text of the file; `tomllib` reads it, and so does the reader of configurations."""
    parts = (
        _head(found),
        _source(found),
        _columns(found),
        _times(found),
        _run(found),
        _roles(found),
        _left_out(found),
        _proposed(found),
        _checks(found),
    )
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


def quoted(text: str) -> str:
    """Text as a basic string of TOML; what a reader cannot see is escaped."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if _ESCAPED.match(char):
        return f"\\{char}"
    if not hidden(char):
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _comment(text: str) -> str:
    return f"# {cut(visible(text), _LONGEST)}"


def _head(found: LogEvidence) -> Iterator[str]:
    yield "# Written by `resume-gap init`, to be edited. A line without # is a setting: it was"
    yield "# found in the log, or given. The others are comments: defaults, guesses and advice."
    yield _comment(f"Log: {', '.join(found.inputs[:5])}, {many(found.rows, 'row')}")
    if found.first_at is not None:
        yield _comment(f"From {found.first_at} to {found.last_at}")


def _source(found: LogEvidence) -> Iterator[str]:
    yield "# Source"
    yield from _messages(found, ("source_recognized",))
    if found.layout == _PLAIN:
        yield "# No tracker is recognized; the columns are read by their names."
    yield f"source = {quoted(found.layout)}"


def _columns(found: LogEvidence) -> Iterator[str]:
    """The columns: settings where they were recognized by name or given, one by one."""
    yield "# Columns"
    yield from _messages(found, _COLUMNS)
    given = found.settings.mapping
    filled = any(check.check == "event_filled" for check in found.checks)
    for name, column in found.columns.items():
        if column is None:
            continue
        line = f"map.{name} = {quoted(column)}"
        by_name = found.layout == _PLAIN and _is_mappable(name, column)
        decided = by_name and not (name == "event" and filled)
        decided &= name != "duration" or not found.columns["end"]  # map takes one of the two
        yield line if name in given or decided else f"# {line}"
    lacking = [name for name, column in found.columns.items() if column is None]
    if lacking:
        yield _comment(f"Not in the log: {', '.join(lacking)}")


def _is_mappable(name: str, column: str) -> bool:
    """Whether `map` can name the column as it is; a date beside a time of day is two."""
    try:
        Columns().take({name: column})
    except Unfit:
        return False
    return " + " not in column


def _times(found: LogEvidence) -> Iterator[str]:
    yield "# Times, formats and clock"
    yield from _messages(found, _TIMES)
    if found.resolution is not None:
        seconds = found.resolution.seconds
        fine = f"whole steps of {seconds:g} s" if seconds else "finer than a second"
        yield _comment(f"Resolution of the stamps: {fine}")
    by_log = {"time_format": found.time_format, "time_unit": found.time_unit}
    for one in _READING:
        value = getattr(found.settings, one.field)
        value = by_log.get(one.field) if value == one.default else value
        yield _option(one, value)


def _run(found: LogEvidence) -> Iterator[str]:
    """What the machine may spend, where it was given."""
    yield "# What a run may read and spend"
    for one in _RUN:
        value = getattr(found.settings, one.field)
        yield _option(one, None if value == one.default else value)


def _option(one: Option, value: str | bool | None) -> str:
    """A setting, or a comment with what holds without it."""
    if value is not None:
        return f"{one.key} = {_value(value)}"
    if one.default is not None:
        return _comment(f"{one.key} = {_value(one.default)}")
    return _comment(f"{one.key}: {one.unless_given} ({one.kind.wanted})")


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else quoted(str(value))


def _roles(found: LogEvidence) -> Iterator[str]:
    yield "# Roles, suggested by the names alone. They are comments: as settings they would be"
    yield "# yours, and no longer doubted. Check them, then take the # away; list all of them:"
    yield "# nothing is suggested once productive or complete is set."
    for option, bit in _ROLES:
        names = [name for name, bits in found.roles.bits.items() if bits & bit]
        yield from _names(option, names, found)
    if found.roles.undecided:
        yield "# Whether these are work, the names do not say:"
        yield from _reasons(found.roles.undecided, found)


def _names(option: str, names: Sequence[str], found: LogEvidence) -> Iterator[str]:
    """One role: its share, why each name has it, and the setting to be taken."""
    if not names:
        yield f"# {option}: no name suggests it"
        return
    yield f"# {option}: {_share(sum(found.counts.get(name, 0) for name in names), found)}"
    yield from _reasons(names, found)
    yield f"# {option} = {_list(map(pattern, names))}"


def _reasons(names: Iterable[str], found: LogEvidence) -> Iterator[str]:
    ranked = sorted(names, key=lambda name: (-found.counts.get(name, 0), name))
    listed = [name for name in ranked if name in found.shown][:_SHOWN]
    suggestions = suggest_all(found.counts, sum(found.counts.values()))
    for name in listed:
        suggestion = suggestions[name]
        why = suggestion.reason.replace("_", " ")
        word = f" ({suggestion.word})" if suggestion.word else ""
        share = _share(found.counts[name], found)
        given = name in found.roles.bits or suggestion.role in {"none", "undecided"}
        rare = "" if given else ", but too rare to be taken"
        yield _comment(f"  {quoted(name)}, {share}: {why}{word}{rare}")
    if more := len(ranked) - len(listed):
        yield f"#   and {more:,} more"


def _left_out(found: LogEvidence) -> Iterator[str]:
    taken = {*found.roles.bits, *found.roles.undecided}
    rest = [name for name in found.counts if name not in taken]
    yield "# Names without a role"
    yield from _reasons(rest, found)


def _proposed(found: LogEvidence) -> Iterator[str]:
    """Advice from behavior and names, which no run takes by itself."""
    yield "# Worth a look, from a sample of whole users; none of it is taken without you."
    for title, option, entries in (
        ("Events that repeat like a clock", "ignore", tuple(map(pattern, found.heartbeats))),
        ("Likely idle events, at the edges of long gaps", "away", _away(found)),
        ("Events that an assistant or automation may have caused", "agent", found.agents),
    ):
        yield f"# {title}{':' if entries else ': none found'}"
        if entries:
            yield f"# {option} = {_list(entries)}"


def _away(found: LogEvidence) -> tuple[str, ...]:
    """Likely idle events with those taken by name, which `away` would replace."""
    if not found.idle:
        return ()
    taken = [name for name, bits in found.roles.bits.items() if bits & AWAY]
    return tuple(map(pattern, (*taken, *found.idle)))


def _checks(found: LogEvidence) -> Iterator[str]:
    yield "# Checks worth reading; analyze makes more of them"
    shown = ("source_recognized", *_COLUMNS, *_TIMES)
    rest = [check for check in found.checks if check.check not in shown]
    for check in rest:
        action = f" ({check.action})" if check.action else ""
        yield _comment(f"{check.severity}: {check.message}{action}")
    if not rest:
        yield "# none"


def _messages(found: LogEvidence, names: Sequence[str]) -> Iterator[str]:
    for check in found.checks:
        if check.check in names:
            yield _comment(check.message)


def _share(rows: int, found: LogEvidence) -> str:
    return f"{rows / max(1, found.rows):.1%} of the rows"


def _list(entries: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, entries))}]"
