"""`summary.json` and `data_quality.json`: the frozen result in JSON types, bytes that repeat.

Everything outside `generated_from` is the result: no path, thread count or clock enters it.
"""

import json
import re
from typing import Any

from resume_gap.report.text import trust
from resume_gap.report.text.names import encodable, hidden, shareable
from resume_gap.results.common import SCHEMA_VERSION, plain
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.plan import Planned
from resume_gap.results.run import Run

_RUN = ("rows", "columns", "roles", "resolution", "threshold", "counts", "reorientation")
"""The keys that every command's result begins with, in the order of the file."""
_BEFORE = ("excess", "marker", "opportunity", "recovery", "segments", "gap_histogram")


_SEAL = re.compile(r"[0-9a-f]{64}")
"""A SHA-256 as we write it; text from data looks like one by intent only, and then says nothing."""


def summary(result: Run) -> bytes:
    """The whole result as `summary.json`.

    Raises:
        ValueError: A result holds NaN or infinity, which is a fault of ours.
    """
    content = _head(result)
    content["generated_from"] = encodable(
        {
            "inputs": plain((*result.generated_from.inputs, *result.generated_from.beside)),
            "settings": plain(result.generated_from.settings),
        }
    )
    for key in (*_RUN, *_own(result), "data_quality"):
        content[key] = shareable(plain(getattr(result, key)))
    content["rows"] = _rows(result)
    if isinstance(result, Evaluated):
        checks = result.evaluation.trust.checks
        told = [shareable(trust.found(check)) for check in checks]
        for check, message in zip(content["evaluation"]["trust"]["checks"], told, strict=True):
            check["message"] = message
    if isinstance(result, Evaluated) and _SEAL.fullmatch(result.evaluation.prediction_file or ""):
        # Ours, not a token of somebody's: it is there to be compared.
        content["evaluation"]["prediction_file"] = result.evaluation.prediction_file
    return dump(content)


def _own(result: Run) -> tuple[str, ...]:
    """The keys of one command."""
    if isinstance(result, Evaluated):
        return ("evaluation",)
    return ("plan",) if isinstance(result, Planned) else _BEFORE


def data_quality(run: Run) -> bytes:
    """The checks and the ledger of rows as `data_quality.json`."""
    content = _head(run)
    content["rows"] = _rows(run)
    content["checks"] = shareable(plain(run.data_quality))
    return dump(content)


def _head(run: Run) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool_version": run.tool_version,
        "command": run.command,
    }


def _rows(run: Run) -> dict[str, Any]:
    rows: dict[str, Any] = plain(run.rows)
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
