"""`resume-gap sql`: the event query as text, for an engine where a log lies already.

One query for all engines, in queries/81 to 83; what differs between them stands here. A dialect is
in the table only after the query ran there, with the figures of `analyze`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from resume_gap.commands.registry import Printed
from resume_gap.constants import MID_TASK_WINDOW
from resume_gap.errors import UsageError
from resume_gap.options.sql_options import SqlOptions
from resume_gap.options.values import shown
from resume_gap.sqltext import quote_ident, quote_text
from resume_gap.units import US

TABLE: Final = "events"
"""The table where none is named."""
_NO_PLAIN_NAME: Final = re.compile(r"[=*?\[]")
_IGNORED: Final = "\n    and not list_contains(getvariable('ignored'), own_event)"
_OPTIONS: Final = {"ignored": "ignore"}


class SqlDialect(NamedTuple):
    """What an engine writes in its own way.

    Attributes:
        label: What it is called.
        ident: A name as an identifier.
        text: A value as a literal.
        microseconds: A time as microseconds since 1970 UTC, `{}` for its column.
        instant: Such microseconds as a time, for the comment; `{}` for them.
        note: A line of the comment on its times; empty for none.
    """

    label: str
    ident: Callable[[str], str]
    text: Callable[[str], str]
    microseconds: str
    instant: str
    note: str = ""


def _escaped(mark: str) -> Callable[[str], str]:
    """Quotes a text where a backslash takes away the meaning of what follows."""

    def quoted(text: str) -> str:
        inner = text.replace("\\", "\\\\").replace(mark, f"\\{mark}")
        return f"{mark}{inner}{mark}"

    return quoted


def _backticks(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


DIALECTS: Final[Mapping[str, SqlDialect]] = {
    "duckdb": SqlDialect("DuckDB", quote_ident, quote_text, "epoch_us({})", "make_timestamp({})"),
    "spark": SqlDialect(
        "Spark SQL",
        _backticks,
        _escaped("'"),
        "unix_micros(cast({} as timestamp))",
        "timestamp_micros({})",
        "Times without a zone are read in spark.sql.session.timeZone: set it to UTC.",
    ),
    "clickhouse": SqlDialect(
        "ClickHouse",
        _escaped('"'),
        _escaped("'"),
        # Empty windows and groups give null only where a type may be null.
        "cast(toUnixTimestamp64Micro(toDateTime64({}, 6)) as Nullable(Int64))",
        "fromUnixTimestamp64Micro({}, 'UTC')",
    ),
}
"""The engines on which the query was executed."""


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Print the query.

    Raises:
        UsageError: An option cannot be meant.
    """
    asked = SqlOptions(**given)
    announce("writing the query")
    text = event_query(arguments[0] if arguments else TABLE, asked)
    return Printed(text.encode(), "nothing was written")


def event_query(table: str, asked: SqlOptions) -> str:
    """`resume_gap.sql` with checked options; see there.

    Raises:
        UsageError: An option cannot be meant.
    """
    from resume_gap.pipeline.queries import text  # noqa: PLC0415 - refusals load no engine
    from resume_gap.replay.returns import cap_us  # noqa: PLC0415

    if asked.dialect is None:
        raise UsageError(f"--dialect is missing; there are {', '.join(DIALECTS)}")
    if asked.gap_us is None:
        raise UsageError(
            "--gap: auto needs the log; give a duration such as 30m, or what analyze learned"
        )
    if not asked.productive:
        raise UsageError("--productive is missing; name the events that are work")
    if not table.strip() or "\x00" in table:
        raise UsageError(f"{shown(table)} cannot be the name of a table")
    dialect = DIALECTS[asked.dialect]
    events, sessions, returns = (
        _filled(_body(text(name)), dialect, table, asked, cap_us(asked.gap_us))
        for name in ("81_work_events", "82_work_sessions", "83_work_returns")
    )
    parts = [
        f"work_events as (\n{_indented(events)}\n)",
        f"work_sessions as (\n{_indented(sessions)}\n)",
        returns.removeprefix("with "),
    ]
    return _comment(dialect, asked.gap_us) + "with " + ",\n\n".join(parts) + "\n"


def _comment(dialect: SqlDialect, gap_us: int) -> str:
    about = (
        f"One row per return after a gap longer than {gap_us / US:g} s, for {dialect.label};"
        " made by resume-gap."
    )
    times = f"Instants and durations are microseconds: {dialect.instant.format('stop_us')}."
    return "".join(f"-- {line}\n" for line in (about, times, dialect.note) if line)


def _body(text: str) -> str:
    """A query file without the comments that it begins with."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return "\n".join(lines[first:])


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def _filled(template: str, dialect: SqlDialect, table: str, asked: SqlOptions, cap_us: int) -> str:
    """A query with the names, values and functions of one log and engine.

    Everything is put in at once: a name of the log may look like one of the template.
    """
    event = dialect.ident(asked.event)
    names = {"productive": asked.productive, "complete": asked.complete, "ignored": asked.ignore}
    known = {
        "own_user": dialect.ident(asked.user),
        "own_time": dialect.ident(asked.time),
        "own_event": event,
        "own_log": ".".join(map(dialect.ident, table.split("."))),
        "epoch_us(own_time)": dialect.microseconds.format(dialect.ident(asked.time)),
        "getvariable('threshold_us')": str(asked.gap_us),
        "getvariable('mid_task_window_us')": str(MID_TASK_WINDOW.us),
        "getvariable('cap_us')": str(cap_us),
    }
    known |= {
        f"list_contains(getvariable('{key}'), own_event)": _is_one_of(event, key, named, dialect)
        for key, named in names.items()
    }
    if not asked.ignore:
        template = template.replace(_IGNORED, "")
    longest_first = sorted(known, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda one: known[one[0]], template)


def _is_one_of(column: str, key: str, names: Sequence[str], dialect: SqlDialect) -> str:
    """Whether an event has one of some names.

    Raises:
        UsageError: A name is a pattern.
    """
    for name in names:
        if _NO_PLAIN_NAME.search(name):
            raise UsageError(
                f"--{_OPTIONS.get(key, key)}: {shown(name)} is a pattern; give the whole names"
            )
    return f"{column} in ({', '.join(map(dialect.text, names))})" if names else "false"
