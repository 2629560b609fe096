"""Coming back: how long until productive work, and what lies on the way."""

from resume_gap.report.charts.curve import CurveChart
from resume_gap.report.page.analyze.excess import (
    by_class,
    compared,
    finding,
    matched,
    pace,
    recovery,
)
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Paragraph, Part, Section, Table
from resume_gap.report.text import counted, vocabulary
from resume_gap.report.text.numbers import count, duration, exact, many, part, percent
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis

_DASH = "\N{EN DASH}"
_TABLE_POINTS = 20
_TOPIC = "Getting back to work"
_LOWER_BOUND = Paragraph(
    text="Looking around before the first logged event leaves no trace, so every time here is a "
    "lower bound."
)


def re_orientation(analysis: Analysis) -> tuple[Section, ...]:
    """The finding, or nothing where the headline says that there is nothing to show."""
    if analysis.counts.interruptions == 0 or analysis.reorientation.mean.estimate is None:
        return ()
    return (
        Section(
            name="back",
            topic=_TOPIC,
            title=finding(analysis) or _whole(analysis),
            blocks=(*_curve(analysis), *compared(analysis), _LOWER_BOUND),
        ),
    )


def missing(analysis: Analysis) -> tuple[Block, ...]:
    """Without a figure: why there is none, and what is known all the same; for the appendix."""
    if analysis.counts.interruptions == 0 or analysis.reorientation.mean.estimate is not None:
        return ()
    text = " ".join(vocabulary.limits_of_the_figures(analysis)) or (
        "No figure can be had for what came after the interruptions."
    )
    return (Paragraph(text=text), *_element(analysis))


def _whole(analysis: Analysis) -> str:
    """The mean, or the share where the cap sets the mean."""
    back = analysis.reorientation
    if vocabulary.at_once(analysis) and back.zero_share is not None:
        return (
            f"In {percent(back.zero_share)} of the {counted.several(analysis)} the first "
            "event is work already"
        )
    if back.set_by_cap:
        cap = exact(back.cap_seconds)
        return f"{vocabulary.productive(analysis)} were back at work within {cap}"
    return f"Getting back to work took {vocabulary.mean(analysis)} on average"


def in_detail(analysis: Analysis) -> tuple[Section, ...]:
    """The comparisons, the pace, the classes and the ends; for the appendix."""
    back = analysis.reorientation
    if analysis.counts.interruptions == 0 or back.mean.estimate is None:
        return ()
    parts = (
        Part(title="How the comparison was made", blocks=matched(analysis)),
        Part(title=pace(analysis), blocks=recovery(analysis)),
        *(
            (Part(title="After short and long gaps", blocks=(by_class(analysis),)),)
            if back.by_gap_class
            else ()
        ),
        Part(title="What lies on the way", blocks=_way(analysis)),
        Part(title="Those that did not get there", blocks=_ends(analysis)),
    )
    return (
        Section(
            name="back-more",
            title="Getting back to work in detail",
            blocks=(_facts(analysis), *_parts(analysis)),
            parts=parts,
            appendix=True,
        ),
    )


def _facts(analysis: Analysis) -> Facts:
    back = analysis.reorientation
    cap = exact(back.cap_seconds)
    mean = Fact(
        label="Mean re-orientation time" + (", set by the cap" if back.set_by_cap else ""),
        value=vocabulary.mean(analysis) or _DASH,
        detail=_interval(vocabulary.mean_interval(analysis)),
    )
    share = Fact(
        label=f"Productive within {cap}",
        value=vocabulary.productive(analysis) or _DASH,
        detail=_interval(vocabulary.productive_interval(analysis)),
    )
    items = [share, mean] if back.set_by_cap else [mean, share]
    if back.zero_share is not None:
        items.append(
            Fact(
                label="Productive at once",
                value=percent(back.zero_share),
                detail="the first event back is productive already",
            )
        )
    return Facts(items=tuple(items))


def _interval(interval: str | None) -> str:
    return f"{LEVEL} interval {interval}" if interval else "no interval: too few users"


def _parts(analysis: Analysis) -> tuple[Block, ...]:
    back = analysis.reorientation
    cap = exact(back.cap_seconds)
    fine = vocabulary.step(analysis)
    parts = vocabulary.parts_of_mean(analysis)
    share, missed = back.productive_share, back.not_reached_share
    if parts is None or share is None or missed is None or vocabulary.at_once(analysis):
        return ()
    charged, measured = parts
    mean = vocabulary.mean(analysis)
    if back.reached_mean_seconds is None:
        reached = "Nobody reached productive work within the cap."
    else:
        reached = (
            f"{measured} come from the {percent(share)} that reached productive "
            f"work in time, on average after"
            f" {vocabulary.time(back.reached_mean_seconds, analysis)}."
        )
    blocks: list[Block] = []
    if missed:
        text = (
            f"The mean of {mean} is made of two: {charged} come from the {percent(missed)} "
            f"that did not reach productive work within the cap and are charged with all of it "
            f"({cap} each); {reached}"
        )
        blocks.append(Paragraph(lead="Two parts.", text=text))
    if back.set_by_cap:
        blocks.append(
            Paragraph(
                text="More than half of the mean is the cap, so the mean says little about pace: "
                "read the productive share."
            )
        )
    if back.observed_median_seconds is not None and back.ends.observed is not None:
        there = part(back.ends.observed, back.ends.waits)
        median = _within(back.observed_median_seconds, fine)
        text = (
            f"Half of those who got back to productive work at all ({there} of the "
            f"{counted.several(analysis)}) were there {median}."
        )
        blocks.append(Paragraph(text=text))
    return tuple(blocks)


def _within(seconds: float, fine: float) -> str:
    return f"within {duration(seconds, fine)}" if seconds else "at once"


def back_at_work(analysis: Analysis) -> Figure | None:
    """The curve of resuming work, for the first screen; None with too few points for one."""
    back = analysis.reorientation
    fine = vocabulary.step(analysis)
    both = {t: moments for t, _, moments in analysis.excess.curve}
    points = tuple((t, share) for t, share in back.curve if t == 0 or t >= fine)
    if len(points) < 2:
        return None
    other = tuple((t, both[t]) for t, _ in points if t in both)
    if len(other) != len(points) or analysis.excess.reason is not None:
        other = ()
    first, last = points[0][1], points[-1][1]
    caption = f"Back at work: {percent(first)} at once, {percent(last)} by {exact(points[-1][0])}."
    columns: tuple[str, ...] = ("time after the return", "share")
    if other:
        caption += f" Uninterrupted: {percent(other[0][1])} and {percent(other[-1][1])}."
        columns = ("time", counted.after(analysis), "matched controls")
    return Figure(
        name="curve",
        caption=caption,
        chart=CurveChart(
            size="page",
            points=points,
            end_label=f"{counted.after(analysis)} {percent(last)}" if other else percent(last),
            other=other,
            other_label=f"uninterrupted {percent(other[-1][1])}" if other else "",
        ),
        at=tuple(t for t, _ in _thinned(points)),
        table=Table(
            caption="Share that was productive by a time after the start",
            columns=columns,
            rows=tuple(
                (exact(t), percent(share), *((percent(both[t]),) if other else ()))
                for t, share in _thinned(points)
            ),
            numeric=tuple(range(1, len(columns))),
        ),
    )


def _curve(analysis: Analysis) -> tuple[Block, ...]:
    """The curve, unless it is on the first screen."""
    if not vocabulary.at_once(analysis):
        return ()
    found = back_at_work(analysis)
    return (found or Paragraph(text="There are too few points in time for a curve."),)


def _thinned(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """At most some twenty points, the last one among them."""
    stride = -(-len(points) // _TABLE_POINTS)
    kept = points[::stride]
    return kept if kept[-1] == points[-1] else (*kept, points[-1])


def _way(analysis: Analysis) -> tuple[Block, ...]:
    back = analysis.reorientation
    blocks: list[Block] = []
    if back.detours_none_share is not None:
        blocks.append(
            Paragraph(
                lead="Detours.",
                text=f"In {percent(back.detours_none_share)} of the {counted.several(analysis)} "
                "no other element "
                "was touched before the first productive event, apart from the one last touched "
                "and the one worked on.",
            )
        )
    blocks.extend(_element(analysis))
    return tuple(blocks) or (
        Paragraph(text="The log names no elements, so re-orientation cannot be traced."),
    )


def _element(analysis: Analysis) -> tuple[Block, ...]:
    back = analysis.reorientation
    if back.target_returned_share is None or analysis.columns.get("target") is None:
        return ()
    what = "returns" if back.reason == "no_productive_events" else counted.several(analysis)
    text = (
        f"After {percent(back.target_returned_share)} of the {what} people came back to the "
        "element they had touched last"
    )
    if back.target_return_median_seconds is not None:
        fine = vocabulary.step(analysis)
        text += f", half of these {_within(back.target_return_median_seconds, fine)}"
    return (Paragraph(lead="Back to the same element.", text=f"{text}."),)


def _ends(analysis: Analysis) -> tuple[Block, ...]:
    ends = analysis.reorientation.ends
    if ends.observed is None or ends.censored is None:
        return (Paragraph(text="Nothing productive can be seen, so nothing can be missed."),)
    if ends.censored == 0:
        return (
            Paragraph(text=f"After every {counted.one(analysis)} productive work was reached."),
        )
    rows = [
        ("reached productive work", count(ends.observed)),
        ("left again before it", count(ends.abandoned or 0)),
        (
            "\N{EN DASH} of these by completing or closing",
            count(ends.abandoned_by_leaving or 0),
        ),
        ("still under way when the log ends", count(ends.log_end or 0)),
    ]
    return (
        Table(
            caption=f"How the {many(ends.waits, counted.one(analysis))} went on; "
            f"{count(ends.censored)} not finished",
            columns=("after the return", counted.several(analysis)),
            rows=tuple(rows),
            numeric=(1,),
        ),
    )
