"""Files that are read whole: configurations and predictions."""

import os
import stat
from pathlib import Path
from typing import Final

_KINDS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Unreadable(Exception):  # noqa: N818 - the caller makes an error with its own words of it
    """A file cannot be read whole; `str()` is the reason, to stand after its name."""


def read_small(path: Path, most_bytes: int) -> bytes:
    """The bytes of a regular file that is not too large.

    Raises:
        Unreadable: It is missing, no regular file, larger, or may not be read.
    """
    try:
        # Not to wait for somebody who writes into a pipe.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as stream:  # noqa: PTH123 - a handle, which it closes
            _be_file(handle)
            data = stream.read(most_bytes + 1)
    except IsADirectoryError as error:
        raise Unreadable("is a folder, not a file") from error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Unreadable(f"cannot be read: {reason}") from error
    if len(data) > most_bytes:
        raise Unreadable(f"is larger than {most_bytes / 1_000_000:g} MB")
    return data


def _be_file(handle: int) -> None:
    mode = os.fstat(handle).st_mode
    for is_kind, what in _KINDS:
        if is_kind(mode):
            raise Unreadable(f"is {what}, not a file")
