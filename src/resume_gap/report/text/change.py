"""What would have to be otherwise for another recommendation."""

from collections.abc import Mapping

from resume_gap.report.text import counted, scenarios
from resume_gap.report.text.numbers import assumed, beside, exact
from resume_gap.report.text.recommendation import WORD
from resume_gap.results.analyze import Analysis


def change(analysis: Analysis) -> str | None:
    """What would have to be otherwise for another word, a sentence; None where nothing simple."""
    found = analysis.marker.recommendation
    if found is None or "middle_case_lower_seconds" not in found.figures:
        return None
    figures = found.figures
    worth, middle = (
        float(figures[name]) for name in ("worth_seconds", "middle_case_lower_seconds")
    )
    if found.word == "build":
        limit, _ = beside(middle, worth, digits=2, up=True)
        return (
            f'Had you asked for more than {limit} s, the recommendation would be "{WORD["test"]}".'
        )
    if found.word == "test" and middle < worth:
        limit, asked = assumed(middle), exact(worth)
        if limit == assumed(worth):
            limit, asked = (f"{n} s" for n in beside(middle, worth, digits=2, up=False))
        # Other reasons need the words of a first screen for themselves.
        short = found.reason != "worth_a_test"
        saving = assumed(float(figures["middle_case_seconds"]))
        reached = scenarios.expected(
            analysis.opportunity, saving, limit, each=counted.one(analysis), short=short
        )
        return f"{reached} (goal: {asked})."
    return _more(figures) if found.reason == "below_the_marks" else None


def _more(figures: Mapping[str, float | int | str]) -> str | None:
    """What falls short of the marks, where everything does."""
    least, worth, lift, search = (
        float(figures[name])
        for name in ("min_lift", "worth_seconds", "lift_upper", "search_upper_seconds")
    )
    short = []
    if lift < least:
        limit, asked = beside(100 * lift, 100 * least, digits=1, up=True)
        short.append(f"{asked} percentage points more hits than by chance (at most {limit} here)")
    if search < worth:
        limit, asked = beside(search, worth, digits=2, up=True)
        short.append(f"{asked} s of search per interruption (at most {limit} s here)")
    return f"Another recommendation would take {' and '.join(short)}." if short else None
