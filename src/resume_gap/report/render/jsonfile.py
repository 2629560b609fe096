"""`summary.json` and `data_quality.json`: the frozen result in JSON types, bytes that repeat.

Everything outside `generated_from` is the result: no path, thread count or clock enters it.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from resume_gap.report.text import recommendation, threshold, trust, vocabulary
from resume_gap.report.text.names import encodable, hidden, shareable
from resume_gap.results.analyze import Analysis
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
    content |= _shared(result, _RUN) | {"rows": _rows(result)}
    content["threshold"]["message"] = vocabulary.whole(threshold.why(result))
    content |= _OWN[type(result)](result) | _shared(result, ("data_quality",))
    return dump(content)


def _shared(result: Run, keys: tuple[str, ...]) -> dict[str, Any]:
    """Parts of the result by their names."""
    return {key: shareable(plain(getattr(result, key))) for key in keys}


def _analysis(result: Analysis) -> dict[str, Any]:
    content = _shared(result, _BEFORE)
    if result.marker.recommendation is not None:
        content["marker"]["recommendation"]["message"] = recommendation.because(result)
    return content


def _evaluation(result: Evaluated) -> dict[str, Any]:
    content = _shared(result, ("evaluation",))
    checks = result.evaluation.trust.checks
    for check, found in zip(content["evaluation"]["trust"]["checks"], checks, strict=True):
        check["message"] = shareable(trust.found(found))
    if _SEAL.fullmatch(result.evaluation.prediction_file or ""):
        # Ours, not a token of somebody's: it is there to be compared.
        content["evaluation"]["prediction_file"] = result.evaluation.prediction_file
    return content


_OWN: Final[Mapping[type[Run], Callable[[Any], dict[str, Any]]]] = {
    Analysis: _analysis,
    Evaluated: _evaluation,
    Planned: lambda result: _shared(result, ("plan",)),
}
"""What each command has of its own."""


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
