"""A `summary.json` that somebody edited."""

import copy
import json
from typing import Any

EDITED: dict[str, tuple[tuple[str, ...], object]] = {
    "a list": (("generated_from",), [1]),
    "settings": (("generated_from", "settings"), [1]),
    "an endless number": (("counts", "users"), 10**400),
    "no number": (("counts", "users"), float("nan")),
    "another command": (("command",), "zzz"),
    "half a letter": (("tool_version",), "\ud800"),
    "depth": (("counts",), json.loads("[" * 900 + "]" * 900)),
}
"""What stands where in its place."""


def edited(summary: dict[str, Any], name: str) -> str:
    """The file with one of these edits."""
    path, value = EDITED[name]
    whole = copy.deepcopy(summary)
    part = whole
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return json.dumps(whole)
