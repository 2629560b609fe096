"""Whether a file in a report folder is one that a command wrote, by what stands in it.

The name alone does not tell: people keep tables of their own as `users.parquet`. What is looked at
is the same in every version; a file that was edited afterwards still counts as written by us.
"""

import json
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from resume_gap.marks import MADE_BY, PNG, SOURCE
from resume_gap.results.common import SUSPECTS, SUSPECTS_HEAD
from resume_gap.system.filesystem import SMALL

SUMMARY: Final = "summary.json"
PREDICTION: Final = "prediction.json"
HISTORY_PAGE: Final = "history.html"
HISTORY_JSON: Final = "history.json"
_HEAD: Final = {"schema_version": int, "tool_version": str, "command": str}
_PAGE: Final = b'Content-Security-Policy" content="default-src &#39;none&#39;; style-src'
_LOOK: Final = 4_096
"""Bytes that are looked at; the head of a page and the names of the columns fit in."""


def content_of(data: bytes) -> dict[str, Any] | None:
    """A JSON file of ours; None: it is none. It is never trusted."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(content, dict) and all(isinstance(content.get(k), t) for k, t in _HEAD.items()):
        return content
    return None


def _is_json(stream: BinaryIO) -> bool:
    return content_of(stream.read(SMALL)) is not None


def _is_page(stream: BinaryIO) -> bool:
    return _PAGE in stream.read(_LOOK)


def _is_table(*columns: bytes) -> Callable[[BinaryIO], bool]:
    def found(stream: BinaryIO) -> bool:
        stream.seek(-8, os.SEEK_END)
        size, mark = int.from_bytes(stream.read(4), "little"), stream.read(4)
        stream.seek(-8 - size, os.SEEK_END)
        schema = stream.read(_LOOK)
        return mark == b"PAR1" and all(column in schema for column in columns)

    return found


def _is_picture(stream: BinaryIO) -> bool:
    return f"<desc>{MADE_BY}</desc>".encode() in stream.read(_LOOK)


def _is_png(stream: BinaryIO) -> bool:
    return PNG in stream.read(_LOOK)


def _is_message(stream: BinaryIO) -> bool:
    return f"\n{SOURCE}".encode() in stream.read(_LOOK)


def _is_list(stream: BinaryIO) -> bool:
    return stream.readline(_LOOK) == f"{SUSPECTS_HEAD}\n".encode()


_OURS: Final[Mapping[str, Callable[[BinaryIO], bool]]] = {
    "report.html": _is_page,
    SUMMARY: _is_json,
    "data_quality.json": _is_json,
    PREDICTION: _is_json,
    HISTORY_PAGE: _is_page,
    HISTORY_JSON: _is_json,
    "interruptions.parquet": _is_table(b"user_id", b"stop_at", b"return_at", b"gap_seconds"),
    SUSPECTS: _is_list,
    "share.png": _is_png,
    "share.svg": _is_picture,
    "share.txt": _is_message,
    "users.parquet": _is_table(b"user_id", b"active_weeks", b"sessions", b"stops"),
}
"""The files that a command may write into a report folder, and how each is known."""
OURS: Final = frozenset(_OURS)


def is_ours(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a report folder is one of the files that a command wrote."""
    if entry.name not in OURS:
        return False
    try:
        if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            return False
        with Path(entry.path).open("rb") as stream:
            return _OURS[entry.name](stream)
    except (OSError, ValueError):
        return False
