"""The people whose rows are to be left out: a text file with one id a line."""

from pathlib import Path
from typing import Final

from resume_gap.errors import InputError
from resume_gap.sources.inputs import regular_file, unreadable
from resume_gap.sources.values import is_blank

_QUOTE: Final = '"'


def read_excluded(path: Path, user_column: str) -> tuple[str, ...]:
    """Ids in the order of the file, each once; a first line that names the column is a header.

    Raises:
        InputError: The file cannot be read or is no UTF-8 text.
    """
    regular_file(str(path))
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text; write one user id a line") from error
    except OSError as error:
        raise unreadable(str(path), error) from error
    ids = [_of_line(line.strip()) for line in lines]
    if ids and ids[0] in ("user_id", user_column):
        del ids[0]
    return tuple(dict.fromkeys(name for name in ids if not is_blank(name)))


def as_line(user: str) -> str | None:
    """The line that is read as an id, in quotes where it would lose something; None: none is."""
    if is_blank(user) or user.splitlines() != [user]:
        return None
    if user == user.strip().strip(_QUOTE):
        return user
    return f"{_QUOTE}{user.replace(_QUOTE, 2 * _QUOTE)}{_QUOTE}"


def _of_line(line: str) -> str:
    """The id on a line; in quotes as in CSV, a quote in it is written twice."""
    if len(line) > 1 and line[0] == line[-1] == _QUOTE:
        return line[1:-1].replace(2 * _QUOTE, _QUOTE)
    return line.strip(_QUOTE)
