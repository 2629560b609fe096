"""`summary.json` and `data_quality.json`: the frozen result in JSON types, bytes that repeat.

Everything outside `generated_from` is the result: no path, thread count or clock enters it.
"""

import json
from dataclasses import fields
from typing import Any, Final

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.report.page import build
from resume_gap.report.page.model import Page
from resume_gap.report.render.shown import first_screen
from resume_gap.report.text import remedies, threshold, vocabulary
from resume_gap.report.text.names import encodable, hidden, shareable
from resume_gap.results.common import SCHEMA_VERSION, plain
from resume_gap.results.run import Run

_RUN: Final = (
    "rows",
    "columns",
    "roles",
    "resolution",
    "threshold",
    "counts",
    "reorientation",
    "measurability",
)
"""The keys that every command's result begins with, in the order of the file."""


def summary(result: Run, page: Page | None = None) -> bytes:
    """The whole result as `summary.json`.

    Args:
        result: What was found.
        page: The page of it, where that is built already.

    Raises:
        ValueError: A result holds NaN or infinity, which is a fault of ours.
    """
    page = page or build.page(result)
    content = _head(result)
    content["headline"] = shareable(page.headline.sentence)
    content["generated_from"] = encodable(
        {
            "subject": list(page.subject),
            "inputs": plain((*result.generated_from.inputs, *result.generated_from.beside)),
            "settings": plain(result.generated_from.settings),
        }
    )
    content |= _shared(result, _RUN) | {"rows": _rows(result)}
    content["measurability"]["message"] = remedies.message(result.measurability)
    content["threshold"]["message"] = vocabulary.whole(threshold.why(result))
    content |= shareable(own_part(result))
    load(COMMANDS[result.command].complete)(content, result)
    content["first_screen"] = shareable(first_screen(result, page))
    content |= _shared(result, ("data_quality",))
    return dump(content)


def own_part(result: Run) -> dict[str, Any]:
    """What a command's result has besides what every `Run` has: its fields and its figures."""
    every = {field.name for field in fields(Run)}
    return {key: value for key, value in plain(result).items() if key not in every}


def _shared(result: Run, keys: tuple[str, ...]) -> dict[str, Any]:
    """Parts of the result by their names."""
    return {key: shareable(plain(getattr(result, key))) for key in keys}


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
    escapes = {ord(c): _escape(c) for c in set(text) if c != "\n" and hidden(c)}
    return text.translate(escapes).encode() + b"\n"


def _escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
