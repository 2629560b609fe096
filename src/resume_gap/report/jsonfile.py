"""`summary.json` and `data_quality.json`: the frozen result in JSON types, bytes that repeat.

Everything outside `generated_from` is the result: no path, thread count or clock enters it.
"""

import json
from typing import Any

from resume_gap.model import SCHEMA_VERSION, Analysis, plain
from resume_gap.report.display import encodable, hidden, shareable

_RESULT = (
    "rows", "columns", "roles", "resolution", "threshold", "counts", "reorientation",
    "excess", "marker", "opportunity", "recovery", "segments", "gap_histogram", "data_quality",
)  # fmt: skip
"""The keys of the result, in the order of the file."""


def summary(analysis: Analysis) -> bytes:
    """The whole result as `summary.json`.

    Raises:
        ValueError: A result holds NaN or infinity, which is a fault of ours.
    """
    content = _head(analysis)
    content["generated_from"] = encodable(
        {"inputs": plain(analysis.inputs), "settings": plain(analysis.settings)}
    )
    for key in _RESULT:
        content[key] = shareable(plain(getattr(analysis, key)))
    content["rows"] = _rows(analysis)
    return dump(content)


def data_quality(analysis: Analysis) -> bytes:
    """The checks and the ledger of rows as `data_quality.json`."""
    content = _head(analysis)
    content["rows"] = _rows(analysis)
    content["checks"] = shareable(plain(analysis.data_quality))
    return dump(content)


def _head(analysis: Analysis) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool_version": analysis.tool_version,
        "command": analysis.command,
    }


def _rows(analysis: Analysis) -> dict[str, Any]:
    rows: dict[str, Any] = plain(analysis.rows)
    rows["dropped"] = dict(sorted(rows["dropped"].items()))
    return rows


def dump(content: dict[str, Any]) -> bytes:
    """The bytes of a JSON file of ours: readable, and nothing hidden in its texts."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)
    # Outside of texts JSON holds ASCII only, so this changes how a value is written, never it.
    text = "".join(c if c == "\n" or not hidden(c) else _escape(c) for c in text)
    return text.encode() + b"\n"


def _escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
