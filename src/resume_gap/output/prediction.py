"""`prediction.json`: predicted before the launch, sealed, so that nobody edits it afterwards.

The seal is the SHA-256 of the canonical JSON (sorted keys, no spaces, ASCII) of everything else in
the file. It shows that a figure was changed; it does not show who wrote the file.
"""

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, get_args

from resume_gap.errors import DataError, UsageError
from resume_gap.options.values import shown
from resume_gap.output.schema import (
    JsonList,
    JsonNumber,
    JsonObject,
    JsonOpenObject,
    JsonText,
    JsonWhole,
    Malformed,
)
from resume_gap.replay.target_rules import POLICIES
from resume_gap.report.render.jsonfile import dump
from resume_gap.report.text.names import encodable, shareable
from resume_gap.results.analyze import Analysis, Policy
from resume_gap.results.common import (
    SCHEMA_VERSION,
    ExcessWord,
    ThresholdSource,
    Word,
    plain,
)
from resume_gap.results.primary_cap import CapReason

if TYPE_CHECKING:
    from resume_gap.results.compare import Compared
    from resume_gap.results.evaluate import Evaluated

_SEAL = "sha256"
_SEAL_LETTERS: Final = 64
_HEXADECIMAL: Final = frozenset("0123456789abcdef")
_AGAIN: Final = "make it again with resume-gap analyze, or take the file that analyze wrote"


_SHARE: Final = JsonNumber(0, 1, null=True)
_SECONDS: Final = JsonNumber(-1e9, 1e9, null=True)
_INSTANT_US: Final = JsonWhole(-(10**17), 10**17, null=True)
_COUNT: Final = JsonWhole(0, 10**15)
_USERS: Final = JsonWhole(1, 10**15, null=True)
_NAMES: Final = JsonList(JsonText())
_BOUND: Final = JsonObject({"estimate": _SECONDS, "ci_lower": _SECONDS, "ci_upper": _SECONDS})

SCHEMA: Final = JsonObject(
    {
        "schema_version": JsonWhole(SCHEMA_VERSION, SCHEMA_VERSION),
        "tool_version": JsonText(longest=100),
        "command": JsonText(("analyze",)),
        "generated_from": JsonObject(
            {
                "inputs": JsonList(
                    JsonObject(
                        {
                            "path": JsonText(),
                            "sha256": JsonText(shortest=64, longest=64, null=True),
                            "rows": _COUNT,
                        }
                    )
                ),
                "settings": JsonOpenObject({"since_us": _INSTANT_US, "until_us": _INSTANT_US}),
            }
        ),
        # As --gap: from a second to a year.
        "threshold": JsonObject(
            {"seconds": JsonNumber(1, 365 * 86_400), "source": JsonText(get_args(ThresholdSource))}
        ),
        "cap_seconds": JsonNumber(0.001, 365 * 86_400),
        "primary_cap": JsonObject(
            {
                "seconds": JsonNumber(0.001, 365 * 86_400),
                "reason": JsonText(get_args(CapReason)),
                "users_per_arm": _USERS,
                "caps": JsonList(
                    JsonObject(
                        {"seconds": JsonNumber(0.001, 365 * 86_400), "users_per_arm": _USERS}
                    ),
                    most=10,
                ),
            },
            later={
                "first_returns": _COUNT,
                "search": _BOUND,
                "with_give_ups": _BOUND,
            },
        ),
        "roles": JsonObject(
            {
                "source": JsonText(),
                "productive": _NAMES,
                "completing": _NAMES,
                "away": _NAMES,
                "ignored": _NAMES,
            }
        ),
        "reorientation_mean": JsonObject(
            {"estimate": _SECONDS, "ci_lower": _SECONDS, "ci_upper": _SECONDS, "n": _COUNT}
        ),
        "excess": JsonObject(
            {
                "word": JsonText(get_args(ExcessWord), null=True),
                "lower": _SECONDS,
                "upper": _SECONDS,
                "ci_lower": _SECONDS,
                "ci_upper": _SECONDS,
            }
        ),
        "policies": JsonList(
            JsonObject(
                {
                    "name": JsonText(POLICIES),
                    "hit": _SHARE,
                    "ci_lower": _SHARE,
                    "ci_upper": _SHARE,
                    "n": _COUNT,
                    "reason": JsonText(null=True),
                }
            ),
            most=len(POLICIES),
        ),
        "best": JsonText(POLICIES, null=True),
        "rung_4": JsonObject({"upper": _SECONDS, "ci_lower": _SECONDS, "ci_upper": _SECONDS}),
        "search_upper_seconds": _SECONDS,
        "with_give_ups": _BOUND,
        "scenarios": JsonList(
            JsonObject(
                {
                    "name": JsonText(("low", "middle", "high")),
                    "noticed": JsonNumber(0, 1),
                    "removed": JsonNumber(0, 1),
                    "wrong_cost_seconds": JsonNumber(0, 1e9),
                    "saving_seconds": JsonNumber(-1e9, 1e9),
                }
            ),
            most=3,
        ),
        "recommendation": JsonText(get_args(Word), null=True),
        "reason": JsonText(null=True),
        _SEAL: JsonText(shortest=64, longest=64),
    }
)
"""What a prediction file holds: `prediction` writes nothing else, `verify` reads nothing else."""


def prediction(analysis: Analysis) -> bytes:
    """The sealed prediction of an analysis.

    Raises:
        ValueError: A result does not fit the schema, or is NaN; that is a fault of ours.
    """
    found = analysis.marker
    back, longer = analysis.reorientation, analysis.excess
    sized = analysis.opportunity
    last = [bound for bound in sized.bounds if bound.rung == 4]
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
            "primary_cap": plain(analysis.primary_cap),
            "roles": {
                "source": analysis.roles.source,
                "productive": plain(analysis.roles.productive),
                "completing": plain(analysis.roles.completing),
                "away": plain(analysis.roles.away),
                "ignored": plain(analysis.roles.ignored),
            },
            "reorientation_mean": plain(back.mean) | {"n": back.eligible},
            "excess": {
                "word": longer.word,
                "lower": longer.lower,
                "upper": longer.upper,
                "ci_lower": longer.ci_lower,
                "ci_upper": longer.ci_upper,
            },
            "policies": [_policy(one, back.eligible) for one in found.policies],
            "best": found.best,
            "rung_4": {
                "upper": last[0].upper if last else None,
                "ci_lower": last[0].ci_lower if last else None,
                "ci_upper": last[0].ci_upper if last else None,
            },
            "search_upper_seconds": sized.search_upper_seconds,
            "with_give_ups": plain(sized.with_give_ups),
            "scenarios": plain(sized.scenarios),
            "recommendation": None if word is None else word.word,
            "reason": found.reason,
        }
    )
    content[_SEAL] = _seal(content)
    SCHEMA.check(content, "")
    return dump(content)


def copied(found: "Evaluated | Compared") -> bytes | None:
    """The prediction that an evaluation or a comparison used, byte for byte."""
    return found.prediction


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
        UsageError: It is no prediction file, or holds what no analysis writes.
        DataError: It was changed after it was written.
    """
    try:
        content = json.loads(data.decode(), object_pairs_hook=_no_key_twice)
        seal = _seal(content) if isinstance(content, dict) else ""
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the prediction file is not valid JSON; {_AGAIN}") from error
    if not isinstance(content, dict) or not isinstance(content.get(_SEAL), str):
        raise UsageError(f"the prediction file holds no {_SEAL} of its content; {_AGAIN}")
    if content[_SEAL] != seal:
        raise DataError(
            "the prediction file was changed after it was written: its content does not fit its "
            f"{_SEAL}; {_AGAIN}"
        )
    if content.get("schema_version") != SCHEMA_VERSION:
        raise UsageError(
            f"the prediction file has schema {shown(content.get('schema_version'))}, this version"
            f" of resume-gap reads {SCHEMA_VERSION}; {_AGAIN}"
        )
    try:
        SCHEMA.check(content, "")
    except Malformed as error:
        raise UsageError(f"the prediction file is malformed: {error}; {_AGAIN}") from error
    return content


def is_seal(text: str) -> bool:
    """Whether a text is a SHA-256 as we write it."""
    return len(text) == _SEAL_LETTERS and not set(text) - _HEXADECIMAL


def _seal(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of all but the seal itself.

    Raises:
        ValueError: A value is no finite number.
    """
    rest = {key: value for key, value in content.items() if key != _SEAL}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """One value a key; with two, a reader and the seal could mean different ones."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key stands twice")
    return content
