"""How much longer than uninterrupted work, in words that page and terminal share.

It is a range over three comparisons, each with its interval: claimed is what all three say.
"""

from resume_gap.report.text import vocabulary
from resume_gap.report.text.numbers import MINUS, outwards, signed
from resume_gap.results.analyze import Analysis, Excess, ExcessRow

MANNERS = (
    (
        "same event before",
        "controls after an event like the last one before the stop",
        "from_event",
        "people may stop before hard steps; a return may begin with an event that nobody chose",
    ),
    (
        "clock started one event earlier",
        "the same, the clock starts at the end of the event before",
        "from_end",
        "a control begins with a gap that the return does not have",
    ),
    (
        "restarting the same step",
        "restarting the same step: controls count in proportion to the gap before them",
        "step_anew",
        "interruptions hit long steps more often; here they count as often as they are hit",
    ),
)
"""The three comparisons: in short, in words, the field of `Excess`, what could mislead."""


def span(found: Excess | ExcessRow, analysis: Analysis) -> str | None:
    """`40 s to 61 s`, one figure where both are printed alike; None without a range."""
    if found.lower is None or found.upper is None:
        return None
    ends = (_signed(found.lower, found, analysis), _signed(found.upper, found, analysis))
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def interval(found: Excess | ExcessRow, analysis: Analysis) -> str | None:
    """`[33 s, 70 s]`: the least of the three lower limits and the greatest of the upper ones."""
    if found.ci_lower is None or found.ci_upper is None:
        return None
    fine = vocabulary.step(analysis)
    lower = outwards(found.ci_lower, fine, up=False)
    upper = outwards(found.ci_upper, fine, up=True)
    return f"[{', '.join(_signed(end, found, analysis) for end in (lower, upper))}]"


def limits(found: Excess | ExcessRow, analysis: Analysis) -> str:
    """The same as `33 s to 70 s`; empty without an interval."""
    known = interval(found, analysis)
    return known.strip("[]").replace(", ", " to ") if known else ""


def figures(found: Excess | ExcessRow, analysis: Analysis) -> str | None:
    """`40 s to 61 s [33 s, 70 s]`, or None."""
    reported = span(found, analysis)
    return reported and " ".join(filter(None, (reported, interval(found, analysis))))


def claim(analysis: Analysis) -> str | None:
    """What follows "Getting back to work": `took 40 s to 61 s longer than ... [33 s, 70 s]`.

    None without a figure. Where an interval includes 0 the sentence says so: nobody reads
    brackets.
    """
    found = analysis.excess
    limits = interval(found, analysis)
    return _claim(analysis, span(found, analysis), f" {limits}" if limits else "")


def headline(analysis: Analysis) -> str | None:
    """The same with one range: the interval, or the comparisons' own range without one."""
    ends = limits(analysis.excess, analysis)
    return _claim(analysis, ends or span(analysis.excess, analysis), "")


def _claim(analysis: Analysis, size: str | None, beside: str) -> str | None:
    found = analysis.excess
    if size is None or found.lower is None:
        return None
    reported = f"{size}{beside}"
    if found.word == "depends_on_matching":
        return f"may have taken longer than uninterrupted work; comparisons disagree: {reported}"
    if found.ci_upper is not None and found.ci_upper < 0:
        return f"took less time than the same work uninterrupted: the difference is {reported}"
    if found.word == "includes_zero" or found.lower <= 0 or reported.startswith(MINUS):
        return f"did not take clearly longer than uninterrupted work: {reported}"
    return f"took {size} longer than the same work uninterrupted{beside}"


def why_a_range(analysis: Analysis) -> str:
    """What the three comparisons are for, a sentence or two."""
    found = analysis.excess
    text = (
        "No comparison is right alone, so the figure is a range: from the least to the greatest of "
        "three, in brackets from the least lower limit to the greatest upper one."
    )
    if found.word == "depends_on_matching":
        if found.reached.estimate is not None:
            return (
                f"{text} All three say that it took longer, but of the returns that reached work "
                "this is not clear, so their comparison is part of the range."
            )
        return f"{text} They do not agree that there is a difference at all."
    if found.word == "longer":
        return f"{text} All three say that it took longer."
    return text


def _signed(seconds: float, found: Excess | ExcessRow, analysis: Analysis) -> str:
    ends = (found.lower, found.upper, found.ci_lower, found.ci_upper)
    like = max((abs(end) for end in ends if end is not None), default=0.0)
    return signed(
        seconds, vocabulary.step(analysis), like=like, most=analysis.reorientation.cap_seconds
    )
