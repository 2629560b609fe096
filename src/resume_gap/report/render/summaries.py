"""What analyze's part of `summary.json` says besides its result: a sentence beside the code."""

from typing import Any

from resume_gap.report.text import recommendation
from resume_gap.results.analyze import Analysis


def analyze(content: dict[str, Any], result: Analysis) -> None:
    """Why the recommendation is what it is."""
    if result.marker.recommendation is not None:
        content["marker"]["recommendation"]["message"] = recommendation.because(result)
