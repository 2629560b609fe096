"""Every mess, by kind of trouble."""

from collections.abc import Mapping
from typing import Final

from benchmarks.messes import (
    clocks,
    columns,
    exports,
    files,
    ids,
    little,
    machines,
    repeats,
    values,
)
from benchmarks.messes.mess import Mess

TABLE: Final[Mapping[str, tuple[Mess, ...]]] = {
    "Rows that come twice": repeats.REPEATS,
    "Rows out of order, or late": repeats.ORDER,
    "Clocks that are wrong": clocks.CLOCKS,
    "Seconds, milliseconds, microseconds, nanoseconds": clocks.UNITS,
    "Times without a zone": clocks.ZONES,
    "Missing ids, names and times": ids.NULLS,
    "Ids of nobody": ids.PLACEHOLDERS,
    "One id for everybody": ids.SHARED,
    "Robots": machines.ROBOTS,
    "Heartbeats": machines.BEATS,
    "Hidden tabs": machines.TABS,
    "Several devices, and ids that change": ids.DEVICES,
    "The log's own sessions": ids.SESSIONS,
    "Files with other columns": columns.DRIFT,
    "Names that hardly differ": columns.ALIKE,
    "What is inside objects": columns.NESTED,
    "Columns with difficult names": columns.QUOTED,
    "Ids that are numbers": ids.NUMBERS,
    "Times that are none": values.TIMES,
    "Broken lines and letters": values.LINES,
    "Spreadsheets, browsers and colleagues": exports.EXPORTS,
    "Files that are no logs": files.EMPTY,
    "Little to see": little.LITTLE,
    "Broken files": files.ROT,
    "Formats and names of files": files.FORMATS,
    "Dangerous files": files.HOSTILE,
}
