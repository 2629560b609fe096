"""`resume_gap.init` as a function."""

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from resume_gap.api.call import paths
from resume_gap.commands.init import write_found
from resume_gap.options.run_options import InitOptions
from resume_gap.settings import resolve


def init(
    events: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    out: str | PathLike[str] = "resume-gap.toml",
    force: bool = False,
    source: str | None = None,
    map: Mapping[str, str] | None = None,
    format: str | None = None,
    encoding: str | None = None,
    time_unit: Literal["s", "ms", "us", "ns"] | None = None,
    time_format: str | None = None,
    duration_unit: Literal["s", "ms", "us", "ns"] | None = None,
    time_is: Literal["start", "end"] | None = None,
    clock: Literal["as-logged", "corrected"] | None = None,
    tz: str | None = None,
) -> Path:
    """Look at a log and write a commented configuration file to edit.

    Args:
        events: The log: files, globs, folders or tables.
        out: The file to write.
        force: Replace a file that is there.
        source: Which tracker wrote the log. Default: recognized.
        map: Event column to the files' column. Default: recognized by name.
        format: Format of the files. Default: by ending and content.
        encoding: Encoding of text files. Default: UTF-8, or what a byte order mark says.
        time_unit: Unit of numeric times. Default: by the size of the median.
        time_format: How times are written. Default: as the column as a whole tells.
        duration_unit: Unit of durations. Default: by overlaps with the next event.
        time_is: What the time beside a duration is. Default: by overlaps with the next event.
        clock: Whether stamps far from the user's usual delay are moved. Default: as-logged.
        tz: Zone of times that carry none. Default: UTC.

    Returns:
        The file that was written.

    Raises:
        UsageError: An option cannot be meant.
        DataError: The log cannot be read; nothing was written.
        OutputError: The file cannot be written, or is there already.
    """
    given = {
        "source": source,
        "map": map,
        "format": format,
        "encoding": encoding,
        "time_unit": time_unit,
        "time_format": time_format,
        "duration_unit": duration_unit,
        "time_is": time_is,
        "clock": clock,
        "tz": tz,
    }
    return write_found(paths(events), resolve(given, {}), InitOptions(out=Path(out), force=force))
