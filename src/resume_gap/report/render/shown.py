"""The first screen of a page as part of `summary.json`, for whoever shows it elsewhere."""

from typing import Any

from resume_gap.report.page.model import Page
from resume_gap.report.text import vocabulary
from resume_gap.results.run import Run


def first_screen(result: Run, page: Page) -> dict[str, Any]:
    """How sure the headline is, the badge, the figures, the picture's caption, the cautions."""
    first, badge = page.headline, page.headline.decision
    found = vocabulary.warnings(result)
    return {
        "sure": first.sure,
        "badge": None
        if badge is None
        else {
            "word": badge.word,
            "proviso": badge.proviso,
            "tone": badge.tone,
            "why": badge.reason,
            "reason": badge.whole_reason or badge.reason,
            "next_step": badge.next_step,
            "change": badge.led_change,
        },
        "figures": [
            {"label": one.label, "value": one.value, "detail": one.detail}
            for one in (first.figures.items if first.figures else ())
        ],
        "caption": first.picture.caption if first.picture else None,
        "cautions": [
            *(note.text for note in page.first),
            *(vocabulary.whole(check.message) for check in found),
        ],
    }
