"""What `summary.json` says of a launch besides its result: sentences beside the codes."""

import re
from typing import Any

from resume_gap.report.text import check_remedies, launch_remedies
from resume_gap.report.text.names import shareable
from resume_gap.results.compare import Compared
from resume_gap.results.evaluate import Evaluated

_SEAL = re.compile(r"[0-9a-f]{64}")
"""A SHA-256 as we write it; text from data looks like one by intent only, and then says nothing."""


def evaluate(content: dict[str, Any], result: Evaluated) -> None:
    """What each check found; and the seal of the prediction, which is no token of somebody's."""
    checks = result.evaluation.trust.checks
    for check, found in zip(content["evaluation"]["trust"]["checks"], checks, strict=True):
        check["message"] = shareable(check_remedies.found(found))
    _seal(content["evaluation"], result.evaluation.prediction_file)


def compare(content: dict[str, Any], result: Compared) -> None:
    """The same of a launch without random assignment."""
    checks = result.comparison.trust.checks
    for check, found in zip(content["comparison"]["trust"]["checks"], checks, strict=True):
        check["message"] = shareable(launch_remedies.whole(found))
    _seal(content["comparison"], result.comparison.prediction_file)


def _seal(content: dict[str, Any], seal: str | None) -> None:
    """A seal of ours stands as it is."""
    if _SEAL.fullmatch(seal or ""):
        content["prediction_file"] = seal
