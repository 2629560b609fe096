"""What an arrow could do, in sentences that page and terminal share."""

import re

from resume_gap.report.text import reasons, vocabulary
from resume_gap.report.text.numbers import (
    MINUS,
    beside,
    count,
    duration,
    minutes,
    percent,
    points,
    points_interval,
    round_to,
    share_interval_of,
    signed_figure,
    signed_interval,
    spaced,
)
from resume_gap.results.analyze import Analysis, Policy
from resume_gap.results.common import Estimate, Word

ARROW = {
    "last_touched": "last element touched",
    "last_productive": "last element worked on",
    "longest_dwell": "element of the longest stay",
    "most_used": "most used element",
    "recent_three": "last three elements",
}
"""Where an arrow points, in words; the last one is a list of three."""
WORD: dict[Word, str] = {
    "build": "Build",
    "test": "Test",
    "do_not_build": "Do not build",
    "not_enough_data": "Not enough data",
}
NO_WORD = "No decision yet"
_ONE = re.compile(r"(?<![\d.,])1 (equally active )?(user|interruption)s\b")


def arrow(name: str) -> str:
    """Where the arrow of a policy points."""
    return ARROW.get(name, name.replace("_", " "))


def best(analysis: Analysis) -> Policy | None:
    """The policy that the word and the ceiling are for."""
    found = analysis.marker
    return next((p for p in found.policies if p.name == found.best and p.hit is not None), None)


def times_a_week(analysis: Analysis, *, one_decimal: bool = False) -> str | None:
    """`3.2 times a week per active person`, or None; from ten on whole unless told otherwise."""
    often = analysis.opportunity.interruptions_per_user_week
    if often is None:
        return None
    if often < 0.1:
        return "less than once in ten weeks per active person"
    told = f"{often:.1f}" if one_decimal or often < 9.95 else count(round(often))
    return f"{told} times a week per active person"


def told(analysis: Analysis) -> Estimate:
    """How much longer than uninterrupted, as an estimate."""
    found = analysis.excess
    return Estimate(estimate=found.estimate, ci_lower=found.ci_lower, ci_upper=found.ci_upper)


def longer(analysis: Analysis) -> str | None:
    """`took 41 s longer than the same work uninterrupted [33 s, 49 s]`, or None without a figure.

    An interval around 0 is said to hold it: nobody reads brackets.
    """
    found = analysis.excess
    if found.estimate is None:
        return None
    fine = vocabulary.step(analysis)
    if round_to(found.estimate, fine) == 0 or holds_zero(told(analysis)):
        return (
            "did not take clearly longer than the same work uninterrupted: the difference of "
            f"{reasons.estimate(told(analysis), analysis)} may be none"
        )
    cap = analysis.reorientation.cap_seconds
    interval = signed_interval(told(analysis), fine, most=cap)
    way = "longer" if found.estimate >= 0 else "less"
    figure = (signed_figure(told(analysis), fine, most=cap) or "").removeprefix(MINUS)
    return (
        f"took {figure} {way} than the same work uninterrupted{' ' + interval if interval else ''}"
    )


def holds_zero(estimate: Estimate) -> bool:
    """Whether an interval holds 0."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return False
    return estimate.ci_lower <= 0 <= estimate.ci_upper


def pointed(analysis: Analysis) -> str | None:
    """How often the best arrow would have been right, a sentence; None without a figure."""
    of = best(analysis)
    if of is None or of.hit is None:
        return None
    name = arrow(of.name)
    kind = "Arrows at the" if of.name == "recent_three" else "An arrow at the"
    text = f"{kind} {name} would have pointed right in {percent(of.hit)} of the interruptions"
    return text if of.chance is None else f"{text}, {percent(of.chance)} by chance"


def above_chance(of: Policy) -> str | None:
    """`39 points [34, 44]`, or None."""
    if of.lift is None:
        return None
    interval = points_interval(of.lift_ci_lower, of.lift_ci_upper)
    return points(of.lift) + (f" {interval}" if interval else "")


def hit_interval(of: Policy) -> str | None:
    """Interval of the hits as printed."""
    return share_interval_of(of.ci_lower, of.ci_upper)


def ceiling(analysis: Analysis) -> str | None:
    """`At most 2.6 minutes per person and week (7.3 s per interruption)`; None without one."""
    found = analysis.opportunity
    if found.search_upper_seconds is None:
        return None
    each = f"{duration(found.search_upper_seconds, vocabulary.step(analysis))} per interruption"
    if found.minutes_per_user_week is None:
        return f"At most {each}"
    return f"At most {minutes(found.minutes_per_user_week)} per person and week ({each})"


def no_ceiling(analysis: Analysis) -> str:
    """Why there is no ceiling, a clause."""
    found = analysis.opportunity
    if found.reason is None and found.bounds:
        return "too few users for an interval, and without one there is no upper end"
    return reasons.short(found.reason or analysis.marker.reason, analysis)


def word(analysis: Analysis) -> str:
    """The decision word as printed."""
    found = analysis.marker.recommendation
    return NO_WORD if found is None else WORD[found.word]


def because(analysis: Analysis) -> str:
    """The sentence behind the word, in the names of this page."""
    found = analysis.marker.recommendation
    if found is None:
        why = reasons.why(analysis.marker.reason, analysis)
        return reasons.sentence(f"no arrow can be judged: {why}")
    return told_reason(found.reason)


def told_reason(text: str) -> str:
    """A reason of the decision with the arrows by their names on the page."""
    for name, shown in ARROW.items():
        text = text.replace(f'"{name.replace("_", " ")}"', f"at the {shown}")
    return _ONE.sub(r"1 \1\2", spaced(text))


def turn(analysis: Analysis) -> str | None:
    """What would have to be otherwise for another word, a sentence; None where nothing simple."""
    found = analysis.marker.recommendation
    if found is None or "middle_case_lower_seconds" not in found.numbers:
        return None

    def number(name: str) -> float:
        return float(found.numbers[name])

    worth, least = number("worth_seconds"), number("min_lift")
    middle = number("middle_case_lower_seconds")
    if found.word == "build":
        limit, asked = beside(middle, worth, digits=2, up=True)
        return (
            f"It would be Test with more than {limit} s per interruption asked for ({asked} s is)."
        )
    if found.word == "test" and middle < worth:
        limit, asked = beside(middle, worth, digits=2, up=False)
        return (
            f"It would be Build if the lower limit of the middle case, {limit} s,"
            f" reached the {asked} s per interruption that are asked for."
        )
    if found.word == "do_not_build" and found.numbers.get("rule") == "a":
        lift, search = number("lift_upper"), number("search_upper_seconds")
        short = []
        if lift < least:
            limit, asked = beside(100 * lift, 100 * least, digits=1, up=True)
            short.append(f"{asked} points above chance (at most {limit} here)")
        if search < worth:
            limit, asked = beside(search, worth, digits=2, up=True)
            short.append(f"{asked} s of search per interruption (at most {limit} s here)")
        return f"Another word would take {' and '.join(short)}." if short else None
    return None
