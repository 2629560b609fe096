"""The upper bound: the most a resume marker could save, and what would have to be assumed."""

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.analyze.assumptions import assumptions, control
from resume_gap.report.page.model import (
    Block,
    Fact,
    Facts,
    Figure,
    Note,
    Paragraph,
    Part,
    Section,
    Table,
)
from resume_gap.report.text import counted, reasons, scenarios, target_rules, vocabulary
from resume_gap.report.text.bounds import ASSUMPTION, NOTHING_LEFT, and_more, is_nothing_left
from resume_gap.report.text.numbers import (
    count,
    duration,
    many,
    minutes,
    multiplied,
    percent,
    signed_figure,
    signed_interval,
)
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import Estimate
from resume_gap.results.opportunity import Bound

_DASH = "\N{EN DASH}"
_TOPIC = "The most it could save"
_PACE = 2
"""The bound by the pace of uninterrupted work, which stands apart."""
_BOUND = {
    0: "nothing assumed",
    1: "it never hurts",
    2: "not faster than uninterrupted",
    3: "only where it is right",
    4: "only the search goes",
}


def upper_bound(analysis: Analysis) -> tuple[Section, ...]:
    """The bounds as a chart; nothing where there are none."""
    found = analysis.opportunity
    if not analysis.counts.returns or found.reason is not None or not found.bounds:
        return ()
    # Without an interval the least bound may be drawn as 0, which nobody knows.
    chart = () if found.search_upper_seconds is None else _chart(analysis)
    blocks = (*chart, *_what(analysis), *control(analysis))
    return (Section(name="upper-bound", topic=_TOPIC, title=_finding(analysis), blocks=blocks),)


def missing(analysis: Analysis) -> str | None:
    """Why there are no bounds, a sentence; None where there are some, or nobody returned."""
    found = analysis.opportunity
    if not analysis.counts.returns or (found.reason is None and found.bounds):
        return None
    why = reasons.why(found.reason or analysis.marker.reason, analysis)
    return reasons.sentence(f"how much could be saved at most is not known: {why}")


def _finding(analysis: Analysis) -> str:
    """The upper bound, or that there is none."""
    found = analysis.opportunity
    if found.search_upper_seconds is None:
        return "The most a marker could save is not known"
    if is_nothing_left(found):
        return f"Nothing is left for a marker to save: {NOTHING_LEFT}"
    each = duration(found.search_upper_seconds, vocabulary.step(analysis))
    most = f"A marker could save at most {each} of searching per {counted.one(analysis)}"
    if found.minutes_per_user_week is None:
        return most
    return f"{most}, {minutes(found.minutes_per_user_week)} per person and week"


def in_detail(analysis: Analysis) -> tuple[Section, ...]:
    """The bounds with their assumptions, the give-ups and the scenarios; for the appendix."""
    found = analysis.opportunity
    if found.reason is not None or not found.bounds:
        return ()
    scenarios = (
        (Part(title="Scenarios, under assumptions that no log can show", blocks=scenario),)
        if found.scenarios and (scenario := assumptions(analysis))
        else ()
    )
    return (
        Section(
            name="bounds-more",
            title="The upper bound in detail",
            blocks=(*_facts(analysis), _table(analysis), *_gave_up(analysis)),
            parts=scenarios,
            appendix=True,
        ),
    )


def _what(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    marker = "" if found.policy is None else f" at the {target_rules.rule(found.policy)}"
    text = (
        f"For a resume marker{marker}. No log shows what a marker does that was never shown; it "
        "shows how much time there is to spare. Each row assumes more than the one before, and "
        "allows less; the upper bound is the upper end of the interval of the last one"
        f"{and_more(found)}. Only an A/B test can show how much of it a marker would save."
    )
    blocks: tuple[Block, ...] = (Paragraph(text=text),)
    if found.search_upper_seconds is None:
        missing = reasons.sentence(
            f"there is no upper bound: {target_rules.no_upper_bound(analysis)}"
        )
        return (*blocks, Note(severity="note", text=missing))
    assumed_too = scenarios.middle_and_low(found)
    return (*blocks, Paragraph(text=assumed_too)) if assumed_too else blocks


def _facts(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    if found.search_upper_seconds is None or is_nothing_left(found):
        return ()
    items = [
        Fact(
            label=f"Upper bound per {counted.one(analysis)}",
            value=multiplied(found.search_upper_seconds),
            detail="at most",
        )
    ]
    if found.minutes_per_user_week is not None:
        often = target_rules.times_a_week(analysis, one_decimal=True)
        items.append(
            Fact(
                label="Per person and week",
                value=minutes(found.minutes_per_user_week),
                detail="at most" + (f"; interrupted {often}" if often else ""),
            )
        )
    if found.minutes_per_100_users_week is not None:
        items.append(
            Fact(
                label="Per 100 people and week",
                value=minutes(found.minutes_per_100_users_week),
                detail="at most",
            )
        )
    return (Facts(items=tuple(items)),)


def _table(analysis: Analysis) -> Table:
    found = analysis.opportunity
    return Table(
        caption=f"The bounds, in time per {counted.one(analysis)}, with their assumptions",
        columns=("bound", "assuming that", "at most", f"{LEVEL} interval"),
        rows=tuple(
            (
                _name(bound),
                ASSUMPTION[bound.assumption],
                _figure(bound, analysis) or _DASH,
                _between(bound, analysis) or _DASH,
            )
            for bound in found.bounds
        ),
        numeric=(2, 3),
        marked=len(found.bounds) - 1,
    )


def _chart(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    drawn = [bound for bound in found.bounds if bound.upper is not None]
    if not drawn:
        return (_table(analysis),)
    caption = (
        f"The most time per {counted.one(analysis)} that a resume marker could save, under more "
        "and more "
        f"assumptions; lines are {LEVEL} intervals over users."
    )
    if any(bound.rung == _PACE for bound in drawn):
        caption += " The bounds below the one by the pace of uninterrupted work do not build on it."
    if any(bound.lower is None for bound in drawn):
        caption += " Where nothing is assumed, a marker may also hurt."
    return (
        Figure(
            name="bounds",
            caption=caption,
            chart=RowsChart(
                size="page",
                unit="seconds",
                title=f"time per {counted.one(analysis)}, at most",
                bars=True,
                rows=tuple(
                    Row(
                        name=_name(bound),
                        value=bound.upper,
                        lower=bound.ci_lower,
                        upper=bound.ci_upper,
                        label=_label(bound, analysis),
                        second=bound is found.bounds[-1],
                        strong=bound is found.bounds[-1],
                    )
                    for bound in drawn
                    if bound.upper is not None
                ),
            ),
            table=_table(analysis),
        ),
    )


def _label(bound: Bound, analysis: Analysis) -> str:
    """The figure; of the last bound with its upper end, which is the upper bound."""
    text = _figure(bound, analysis) or ""
    found = analysis.opportunity
    if bound is not found.bounds[-1] or found.search_upper_seconds is None:
        return text
    return f"{text}, up to {duration(found.search_upper_seconds, vocabulary.step(analysis))}"


def _figure(bound: Bound, analysis: Analysis) -> str | None:
    most = analysis.reorientation.cap_seconds
    return signed_figure(_interval(bound), vocabulary.step(analysis), most=most)


def _between(bound: Bound, analysis: Analysis) -> str | None:
    most = analysis.reorientation.cap_seconds
    return signed_interval(_interval(bound), vocabulary.step(analysis), most=most)


def _interval(bound: Bound) -> Estimate:
    """A bound with its interval."""
    return Estimate(estimate=bound.upper, ci_lower=bound.ci_lower, ci_upper=bound.ci_upper)


def _name(bound: Bound) -> str:
    return _BOUND.get(bound.rung, str(bound.rung))


def _gave_up(analysis: Analysis) -> tuple[Block, ...]:
    """Bound 4 with the returns that were given up."""
    found = analysis.opportunity
    if found.abandoned is None or found.give_ups_share is None:
        return ()
    lead = "With give-ups."
    if found.abandoned == 0:
        text = "Nobody left again before any work, so there is nothing to add to the upper bound."
        return (Paragraph(lead=lead, text=text),)
    fine, most = vocabulary.step(analysis), analysis.reorientation.cap_seconds
    figure = signed_figure(found.with_give_ups, fine, most=most) or _DASH
    interval = signed_interval(found.with_give_ups, fine, most=most)
    text = (
        f"{many(found.abandoned, counted.one(analysis))} ended with leaving again before any "
        "work; a "
        "resume marker might have kept some, which none of the bounds above counts. If it kept "
        f"everybody of the {percent(found.give_ups_share)} for whom it points right, it could "
        f"save {figure}{' ' + interval if interval else ''} per {counted.one(analysis)}, search "
        "included. The "
        "share is the greater of two: how often the next work of those who left was where the "
        f"marker points ({count(found.gave_up_right or 0)} times here), and how often that of "
        "those who stayed was."
    )
    return (Paragraph(lead=lead, text=text),)
