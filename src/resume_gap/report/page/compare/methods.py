"""The words and the methods of the page after a launch that was not randomized."""

from typing import Final

from resume_gap.constants import (
    ALPHA,
    CHANGED_PLACEBOS,
    COMPARED_DAYS,
    CONTROL_WARNED,
    CONTROL_WITHHELD,
    PLACEBOS_LEAST,
    SERIES_DAYS,
    SERIES_WINDOW,
)
from resume_gap.report.page.model import Block, Paragraph, Part, Section
from resume_gap.report.page.shared.definitions import Items, re_orientation, words
from resume_gap.report.page.shared.methods import blind_spots, made
from resume_gap.report.text import comparison
from resume_gap.report.text.numbers import count, exact_share, many
from resume_gap.results.compare import Compared

_COMPUTED: Final = (
    "Series and inference are computed in Python from sums by user and day (modules "
    "resume_gap.comparison and resume_gap.stats.interrupted_series); nothing statistical happens "
    "in SQL."
)
_WORDS: Final[Items] = (
    ("Marker", "The sign that greets a user at a return and points at a place."),
    (
        "Before/after, not causal",
        (
            "Users were not assigned at random. The figures say what changed with the launch; "
            "something else that changed on the same day can be in them."
        ),
    ),
    (
        "Expected without the launch",
        (
            "What the days before the launch lead one to expect of the days after it: a mean for "
            "each day of the week and a line, moved with the control."
        ),
    ),
    (
        "Control",
        (
            "Returns at which the marker is never shown, as work had not stopped in mid-task. What "
            "moves them, moves all returns: a season, a release, other people."
        ),
    ),
    (
        "Earlier dates (placebos)",
        (
            "Every earlier date with enough days before and after it is treated as if it were a "
            "launch. How large a change is without one is seen there; p is the launch's rank."
        ),
    ),
    (
        "Least p",
        "The smallest p that so many earlier dates allow for, however large the change.",
    ),
    (
        "95 % interval",
        "The changes that would not stand out among the earlier dates.",
    ),
    (
        "No difference detected",
        (
            "The change does not stand out among the earlier dates. It does not show that there "
            "is none: whatever lies inside the interval fits the data."
        ),
    ),
)


def compared_words(found: Compared) -> Section:
    """The terms of the page."""
    return words(*_WORDS, *re_orientation(found))


def compared_methods(found: Compared) -> Section:
    """How the launch was judged."""
    return made(
        found,
        first=(
            Part(title="What a log cannot show", blocks=blind_spots(found)),
            Part(title="How the launch was judged", blocks=_judged(found)),
        ),
        after_queries=_COMPUTED,
    )


def _judged(found: Compared) -> tuple[Block, ...]:
    texts = (
        (
            "Order: what else changed, then the change. The inactivity threshold is learned from "
            "gaps that end before the launch, unless it was given; a return is counted up to "
            f"{comparison.cap(found)}: {comparison.cap_source(found)}."
        ),
        (
            "Controlled interrupted time series. Measure: mean re-orientation time of the eligible "
            "returns from an interruption, by days counted from the hour of the launch; "
            "control: the same of returns whose stop was completed or idle. The measure less its "
            "loading times the control is fitted by a mean for each weekday and a line over the "
            f"last {many(int(SERIES_WINDOW.value), 'day')} before a date; the loading is fitted "
            "to means of a week before the launch. Days without returns are missing."
        ),
        (
            f"The effect is the mean difference over {many(int(COMPARED_DAYS.value), 'day')}. Its "
            "p is its rank among the same effects of every earlier date that has "
            f"{many(int(SERIES_DAYS.value), 'day')} before it; none is given under "
            f"{count(int(PLACEBOS_LEAST.value))} such dates or without a control. Verdict: p at "
            f"most {exact_share(ALPHA.value)} and an interval that does not include 0."
        ),
        (
            "The control's own rank at the launch withholds the result up to "
            f"{exact_share(CONTROL_WITHHELD.value)} and warns up to "
            f"{exact_share(CONTROL_WARNED.value)}. An event name that appears, vanishes, or at "
            f"least doubles or halves by {count(int(CHANGED_PLACEBOS.value))} times the furthest "
            "of any earlier date withholds it, if it counts as work or is no rare one."
        ),
    )
    return tuple(Paragraph(text=text) for text in texts)
