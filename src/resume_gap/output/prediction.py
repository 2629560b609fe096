"""`prediction.json`: what was said before the launch, sealed, so that nobody edits it afterwards.

The seal is the SHA-256 of the canonical JSON (sorted keys, no spaces, ASCII) of everything else in
the file. It shows that a figure was changed; it does not show who wrote the file.
"""

import hashlib
import json
import math
from typing import Any, NoReturn

from resume_gap.errors import DataError
from resume_gap.report.render.jsonfile import dump
from resume_gap.report.text.names import encodable, shareable
from resume_gap.results.analyze import Analysis, Policy
from resume_gap.results.common import SCHEMA_VERSION, plain

_SEAL = "sha256"
_AGAIN = "make it again with resume-gap analyze, or take the file that analyze wrote"


def prediction(analysis: Analysis) -> bytes:
    """The sealed prediction of an analysis.

    Raises:
        ValueError: A result holds NaN or infinity, which is a fault of ours.
    """
    found = analysis.marker
    back = analysis.reorientation
    sized = analysis.opportunity
    last = [rung for rung in sized.bounds if rung.rung == 4]
    word = found.recommendation
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool_version": analysis.tool_version,
        "command": analysis.command,
        "generated_from": encodable(
            {
                "inputs": [
                    {"path": item.path, "sha256": item.sha256, "rows": item.rows}
                    for item in analysis.generated_from.inputs
                ],
                "settings": plain(analysis.generated_from.settings),
            }
        ),
    }
    content |= shareable(
        {
            "threshold": {
                "seconds": analysis.threshold.seconds,
                "source": analysis.threshold.source,
            },
            "cap_seconds": back.cap_seconds,
            "roles": {
                "source": analysis.roles.source,
                "productive": plain(analysis.roles.productive),
                "completing": plain(analysis.roles.completing),
                "away": plain(analysis.roles.away),
                "ignored": plain(analysis.roles.ignored),
            },
            "reorientation_mean": plain(back.mean) | {"n": back.eligible},
            "policies": [_policy(one, back.eligible) for one in found.policies],
            "best": found.best,
            "rung_4": {
                "upper": last[0].upper if last else None,
                "ci_lower": last[0].ci_lower if last else None,
                "ci_upper": last[0].ci_upper if last else None,
            },
            "search_upper_seconds": sized.search_upper_seconds,
            "scenarios": plain(sized.scenarios),
            "recommendation": None if word is None else word.word,
            "reason": found.reason,
        }
    )
    content[_SEAL] = _seal(content)
    return dump(content)


def _policy(one: Policy, n: int) -> dict[str, Any]:
    return {
        "name": one.name,
        "hit": one.hit,
        "ci_lower": one.ci_lower,
        "ci_upper": one.ci_upper,
        "n": n if one.hit is not None else 0,
        "reason": one.reason,
    }


def verify(data: bytes) -> dict[str, Any]:
    """The content of a prediction file whose seal fits.

    Raises:
        DataError: It is no prediction file, or it was changed after it was written.
    """
    try:
        content = json.loads(
            data.decode(),
            object_pairs_hook=_no_key_twice,
            parse_constant=_refuse,
            parse_float=_finite,
        )
    except (ValueError, RecursionError) as error:
        raise DataError(f"the prediction file is not valid JSON; {_AGAIN}") from error
    if not isinstance(content, dict) or not isinstance(content.get(_SEAL), str):
        raise DataError(f"the prediction file holds no {_SEAL} of its content; {_AGAIN}")
    if content[_SEAL] != _seal(content):
        raise DataError(
            "the prediction file was changed after it was written: its content does not fit its "
            f"{_SEAL}; {_AGAIN}"
        )
    if content.get("schema_version") != SCHEMA_VERSION:
        raise DataError(
            f"the prediction file has schema {content.get('schema_version')!r}, this version of "
            f"resume-gap reads {SCHEMA_VERSION}; {_AGAIN}"
        )
    return content


def _seal(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of all but the seal itself."""
    rest = {key: value for key, value in content.items() if key != _SEAL}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """One value a key; with two, a reader and the seal could mean different ones."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key stands twice")
    return content


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
