"""What the folder of a report is called when nobody says so. Imports nothing heavy."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_NAME_MOST: Final = 100
_NO_NAME: Final = re.compile(r"[^\w.,+@ ()=-]+")


def stem(events: Sequence[str]) -> str:
    """What the report's folder is called: the first input's stem.

    A glob's folder, a folder's own name, a database table's name; always the visible name of one
    folder, whatever stands in the input.
    """
    name = _NO_NAME.sub("_", _stem(events).encode("utf-8", "replace").decode())
    name = name.strip("._- ").encode()[:_NAME_MOST].decode(errors="ignore").strip("._- ")
    return name or "events"


def _stem(events: Sequence[str]) -> str:
    first = events[0]
    if first == "-":
        return "stdin"
    path, mark, table = first.partition("::")
    if mark and table:
        return table.strip('"').rpartition(".")[2].strip('"') or "table"
    whole = Path(path)
    # A name that no file can have is no error here: the input is refused in words of its own.
    if not os.path.exists(whole) and any(c in whole.name for c in "*?["):  # noqa: PTH110
        return whole.parent.name or "events"
    if os.path.isdir(whole):  # noqa: PTH112
        return whole.resolve().name or "events"
    name = whole.name
    for ending in (".gz", ".zst", ".bz2", ".xz"):
        name = name.removesuffix(ending)
    return Path(name).stem or "events"
