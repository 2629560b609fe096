"""The words and the methods of the page after a launch that was not randomized."""

from typing import Final

from resume_gap.constants import (
    ALPHA,
    CHANGED_PLACEBOS,
    COMPARED_DAYS,
    CONTROL_WARNED,
    CONTROL_WITHHELD,
    PLACEBOS_LEAST,
    ROLLOUT_PERIODS,
    ROLLOUT_UNITS,
    SERIES_DAYS,
    SERIES_WINDOW,
)
from resume_gap.report.page.model import Block, Paragraph, Part, Section
from resume_gap.report.page.shared.definitions import Items, re_orientation, words
from resume_gap.report.page.shared.methods import blind_spots, made
from resume_gap.report.text import comparison, rollout
from resume_gap.report.text.numbers import count, exact_share, many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.compare import Compared

_COMPUTED: Final = (
    "Sessions, stops and re-orientation times are made in Python (module "
    "resume_gap.replay.return_rows), as are, from sums by user and day, series and "
    "inference (modules resume_gap.comparison and resume_gap.stats.interrupted_series); nothing "
    "statistical happens in SQL."
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
        f"{LEVEL} interval",
        (
            "The changes that would not stand out among the earlier dates, and at least Student's "
            "interval: dates that share days tell less than as many apart."
        ),
    ),
    (
        "No difference detected",
        (
            "The change does not stand out from what chance does. It does not show that there "
            "is none: whatever lies inside the interval fits the data."
        ),
    ),
)


_ROLLOUT_WORDS: Final[Items] = (
    ("Unit", "What got the marker as a whole: a user, or a team or company."),
    (
        "Expected without the launch",
        (
            "What a unit's weeks without the marker lead one to expect: its level, its own line, "
            "and what all units have in common in a week."
        ),
    ),
    (
        f"{LEVEL} interval",
        "The changes that would not stand out among other orders of the launches.",
    ),
    (
        "Other orders",
        (
            "The same launches, dealt to the units at random. How large a change is by chance is "
            "seen there; p is the rank of the order that was."
        ),
    ),
)


def compared_words(found: Compared) -> Section:
    """The terms of the page."""
    own = dict(_ROLLOUT_WORDS) if rollout.is_staggered(found) else {}
    usual = [(name, text) for name, text in _WORDS if name not in own and not _is_other(name, own)]
    return words(*usual, *own.items(), *re_orientation(found))


def _is_other(name: str, own: dict[str, str]) -> bool:
    """Whether a term is only of one date, on the page of a roll-out."""
    return bool(own) and name in _OF_DATES


_OF_DATES: Final = ("Earlier dates (placebos)", "Least p", f"{LEVEL} interval")


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
    own = _rollout(found) if rollout.is_staggered(found) else _one_date()
    texts = (
        (
            "Order: what else changed, then the change. The inactivity threshold is learned from "
            "gaps that end before the (first) launch, unless it was given; a return is counted up "
            f"to {comparison.cap(found)}: {comparison.cap_source(found)}."
        ),
        *own,
        (
            f"Verdict: p at most {exact_share(ALPHA.value)} and an interval that does not include "
            "0. The rank of the control withholds the result up to "
            f"{exact_share(CONTROL_WITHHELD.value)} and warns up to "
            f"{exact_share(CONTROL_WARNED.value)}. An event name that appears, vanishes, or at "
            f"least doubles or halves by {count(int(CHANGED_PLACEBOS.value))} times the furthest "
            "of any earlier date withholds it, if it counts as work or is no rare one."
        ),
    )
    return tuple(Paragraph(text=text) for text in texts)


def _one_date() -> tuple[str, ...]:
    return (
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
            f"{count(int(PLACEBOS_LEAST.value))} such dates or without a control. The interval "
            "holds the effects that this rank does not reject, and reaches at least as far as "
            "Student's, with as many degrees of freedom as such effects fit side by side into the "
            "days of the earlier dates, which share most of them."
        ),
    )


def _rollout(found: Compared) -> tuple[str, ...]:
    return (
        (
            "Imputation (Borusyak, Jaravel and Spiess) with a line of each unit. Measure: mean "
            "re-orientation time of the eligible returns from an interruption, by unit and week; "
            "weeks are counted from the first launch, and one that a unit's launch cuts is "
            f"missing. A unit takes part with {many(int(ROLLOUT_PERIODS.value), 'week')} before "
            "its launch. Weeks without the marker tell what was expected: levels, lines, and what "
            "all units share."
        ),
        (
            f"p: rank among {count(found.comparison.primary.placebos)} orders in which the same "
            "launches are dealt to the units, as if the order were chance; none is given under "
            f"{many(int(ROLLOUT_UNITS.value), 'unit')} or where every unit was launched. The "
            "interval holds the constant effects that these orders do not reject. Beside it "
            "Callaway and Sant'Anna (not yet launched units, outcome regression) and HonestDiD "
            "(relative magnitudes) by the library diff-diff; no verdict where the two estimates "
            "lie further apart than the half-width of either interval."
        ),
    )
