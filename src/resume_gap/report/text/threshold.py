"""The pause limit in words: where it comes from, and what hangs on it."""

import math
import re

from resume_gap.report.text import vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import exact, percent, signed, spaced
from resume_gap.results.run import Run

_RESULT = {
    "reorientation": "the mean re-orientation time",
    "reorientation_mean_seconds": "the mean re-orientation time",
    "productive_share": "the productive share",
    "excess": "how much longer than uninterrupted work it took",
    "excess_seconds": "how much longer than uninterrupted work it took",
    "hit": "how often the best arrow would have been right",
}
_VALLEY = re.compile(
    r"^(?:a valley (\d+)% deep parts .*|.* with a valley between, (\d+)% deep)$", re.IGNORECASE
)


def limit_source(run: Run) -> str:
    """Where the pause limit comes from."""
    return {
        "given": "given",
        "learned": "learned from this log",
        "fallback": "default, as these data have no natural boundary",
    }[run.threshold.source]


def limit_interval(run: Run) -> str | None:
    """The interval of a learned limit."""
    limit = run.threshold
    if limit.ci_lower is None or limit.ci_upper is None:
        return None
    return f"[{exact(math.floor(limit.ci_lower))}, {exact(math.ceil(limit.ci_upper))}]"


def limit_reason(run: Run) -> str:
    """Why this limit, in one clause of this page."""
    text = run.threshold.reason
    if (found := _VALLEY.search(text)) is not None:
        return (
            "between the gaps of steady work and the pauses lies a clear valley "
            f"({found[1] or found[2]} % deep)"
        )
    return spaced(text)


def sensitive(run: Run) -> str | None:
    """What hangs on the pause limit, said before the headline."""
    limit = run.threshold
    if not limit.sensitive:
        return None
    ranges = _ranges(run)
    tried = [row.seconds for row in limit.sensitivity]
    if not ranges or not tried:
        moving = " and ".join(_RESULT.get(s) or label(s.replace("_", " ")) for s in limit.sensitive)
        return f"The result hangs on the pause limit: look at {moving} under other limits."
    return (
        f"The result hangs on the pause limit. Between limits of {exact(min(tried))} and "
        f"{exact(max(tried))} {' and '.join(ranges)}: more than a quarter apart, or of another "
        "sign, from the figure below."
    )


def _ranges(run: Run) -> list[str]:
    """How far each result that moves does move."""
    fine = vocabulary.step(run)
    told: list[str] = []
    for name, values, form in (
        (
            "reorientation",
            [r.reorientation_mean_seconds for r in run.threshold.sensitivity],
            lambda s: vocabulary.time(s, run),
        ),
        (
            "excess",
            [r.excess_seconds for r in run.threshold.sensitivity],
            lambda s: signed(s, fine),
        ),
        ("hit", [r.hit for r in run.threshold.sensitivity], percent),
    ):
        known = [value for value in values if value is not None]
        if known and any(name in s for s in run.threshold.sensitive):
            told.append(f"{_RESULT[name]} runs from {form(min(known))} to {form(max(known))}")
    return told
