"""The index of a state folder: one file of JSON, with a checksum of its entries.

A checksum tells damage, not who wrote it, so what it holds is looked at all the same.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final

from resume_gap.system.filesystem import read_small

_FORMAT: Final = 1
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MOST: Final = 256 * 2**20
"""Bytes of the largest index: over 60,000 files with a few hundred columns each."""

KeptEntries = Mapping[str, Mapping[str, Any]]
"""By key `facts`, `about` and `sha256`, as `state.Entry` explains them."""


class Fault(Enum):
    """Why entries of a folder are not used."""

    VERSION = "another version made them"
    DAMAGE = "the index or a file is cut, edited or unreadable"


def load(path: Path, version: str) -> tuple[KeptEntries, Fault | None]:
    """The entries; none, with the reason, where they cannot be used. No file is no fault.

    Args:
        path: The file.
        version: The one whose entries are wanted.
    """
    try:
        whole = json.loads(read_small(path, follow=False, most=_MOST))
        entries, made_by = whole["entries"], whole["made_by"]
        if (
            whole["format"] != _FORMAT
            or whole["sha256"] != _checksum(entries)
            or not all(is_digest(key) and _is_entry(one) for key, one in entries.items())
        ):
            return {}, Fault.DAMAGE
    except FileNotFoundError:
        return {}, None
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}, Fault.DAMAGE
    return (entries, None) if made_by == version else ({}, Fault.VERSION)


def save(path: Path, entries: KeptEntries, version: str) -> None:
    """Write a new file that only its owner may read; it is on the disk when this returns.

    Raises:
        OSError: It cannot be written.
    """
    whole = {
        "format": _FORMAT,
        "made_by": version,
        "sha256": _checksum(entries),
        "entries": entries,
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(_dumped(whole))
        stream.flush()
        os.fsync(stream.fileno())


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 as keys and checksums are written."""
    return _DIGEST.fullmatch(text) is not None


def _is_entry(one: Mapping[str, Any]) -> bool:
    about, facts, sha256 = one["about"], one["facts"], one["sha256"]
    there = sha256 is None or (isinstance(sha256, str) and is_digest(sha256))
    return isinstance(about, str) and isinstance(facts, dict) and there


def _dumped(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _checksum(entries: KeptEntries) -> str:
    """What tells an index that was cut or edited from one of ours."""
    return hashlib.sha256(_dumped(entries).encode()).hexdigest()
