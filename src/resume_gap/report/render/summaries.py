"""What a command's part of `summary.json` says besides its result: sentences beside the codes."""

import re
from typing import Any

from resume_gap.report.text import check_remedies, recommendation
from resume_gap.report.text.names import shareable
from resume_gap.results.analyze import Analysis
from resume_gap.results.evaluate import Evaluated

_SEAL = re.compile(r"[0-9a-f]{64}")
"""A SHA-256 as we write it; text from data looks like one by intent only, and then says nothing."""


def analyze(content: dict[str, Any], result: Analysis) -> None:
    """Why the recommendation is what it is."""
    if result.marker.recommendation is not None:
        content["marker"]["recommendation"]["message"] = recommendation.because(result)


def evaluate(content: dict[str, Any], result: Evaluated) -> None:
    """What each check found; and the seal of the prediction, which is no token of somebody's."""
    checks = result.evaluation.trust.checks
    for check, found in zip(content["evaluation"]["trust"]["checks"], checks, strict=True):
        check["message"] = shareable(check_remedies.found(found))
    if _SEAL.fullmatch(result.evaluation.prediction_file or ""):
        content["evaluation"]["prediction_file"] = result.evaluation.prediction_file
