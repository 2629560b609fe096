"""The configuration file: the nearest `resume-gap.toml` or `[tool.resume-gap]`.

Its keys are those of the option table. A file that is not one, is too large or is malformed is
refused in one line that names it.
"""

import codecs
import tomllib
from pathlib import Path
from typing import Any, Final

from resume_gap.errors import UsageError
from resume_gap.system.filesystem import read_small

MOST_BYTES: Final = 2**20
"""A configuration is read whole; a larger file is none."""
_NAME: Final = "resume-gap.toml"
_PROJECT: Final = "pyproject.toml"
_INSTEAD: Final = "; mend it, or give --config FILE or --isolated"


def find_configuration(start: Path) -> Path | None:
    """The nearest configuration file at or above `start`.

    Raises:
        UsageError: One that lies on the way cannot be read.
    """
    for folder in (start, *start.parents):
        own, project = folder / _NAME, folder / _PROJECT
        try:
            if own.exists() or own.is_symlink():
                return own
            there = project.exists() or project.is_symlink()
        except OSError as error:
            raise UsageError(f"{folder}: cannot be searched: {error.strerror}{_INSTEAD}") from error
        if there and "resume-gap" in _tools(_read_toml(project)):
            return project
    return None


def read_configuration(path: Path) -> dict[str, Any]:
    """The table of a configuration file; its keys and values are checked by `settings.resolve`.

    Raises:
        UsageError: It cannot be read, or is no TOML.
    """
    table: Any = _read_toml(path)
    if path.name == _PROJECT:
        table = _tools(table).get("resume-gap", {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: tool.resume-gap is no table; write [tool.resume-gap]")
    return table


def _tools(project: dict[str, Any]) -> dict[str, Any]:
    tools = project.get("tool")
    return tools if isinstance(tools, dict) else {}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        data = read_small(path, most=MOST_BYTES)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}{_INSTEAD}") from error
    try:
        return tomllib.loads(data.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}: line {line} is not UTF-8; save the file as UTF-8") from error
    except RecursionError as error:
        raise UsageError(f"{path}: not valid TOML: nested too deeply") from error
    except (ValueError, OverflowError) as error:  # also a number of thousands of digits
        raise UsageError(f"{path}: not valid TOML: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].partition(";")[0][:200]
