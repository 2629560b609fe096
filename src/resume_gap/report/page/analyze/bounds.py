"""The upper bound: the most a resume marker could save, and what would have to be assumed."""

from resume_gap.report.charts.bounds import BoundRow, BoundsChart
from resume_gap.report.page.analyze.assumptions import assumptions
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
from resume_gap.report.text import reasons, target_rules, vocabulary
from resume_gap.report.text.bounds import ASSUMPTION
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
from resume_gap.results.analyze import Analysis, Bound
from resume_gap.results.common import Estimate

_DASH = "\N{EN DASH}"
_BOUND = {
    0: "nothing assumed",
    1: "it never hurts",
    2: "not faster than uninterrupted",
    3: "only where it is right",
    4: "only the search goes",
}


def upper_bound(analysis: Analysis) -> tuple[Section, ...]:
    """The section; nothing where nobody returned."""
    if not analysis.counts.returns:
        return ()
    found = analysis.opportunity
    if found.reason is not None or not found.bounds:
        why = reasons.why(found.reason or analysis.marker.reason, analysis)
        text = reasons.sentence(f"how much could be saved at most is not known: {why}")
        blocks: tuple[Block, ...] = (Note(severity="note", text=text),)
        return (
            Section(name="upper-bound", title="Upper bound: the most it could save", blocks=blocks),
        )
    return (
        Section(
            name="upper-bound",
            title="Upper bound: the most it could save",
            blocks=(*_top(analysis), *_table_of_bounds(analysis), *_gave_up(analysis)),
            parts=(Part(title="Under assumptions", blocks=assumptions(analysis)),)
            if found.scenarios
            else (),
        ),
    )


def _top(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    marker = "" if found.policy is None else f" at the {target_rules.rule(found.policy)}"
    text = (
        f"For a resume marker{marker}. No log shows what a marker does that was never shown; it "
        "shows how "
        "much time there is to spare. Each line assumes more than the one before, and allows less. "
        "The upper bound is the upper end of the interval of the last one."
    )
    blocks: list[Block] = [Paragraph(text=text)]
    if found.search_upper_seconds is None:
        missing = reasons.sentence(
            f"there is no upper bound: {target_rules.no_upper_bound(analysis)}"
        )
        return (*blocks, Note(severity="note", text=missing))
    items = [
        Fact(
            label="Upper bound per interruption",
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
    return (*blocks, Facts(items=tuple(items)))


def _table_of_bounds(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    fine = vocabulary.step(analysis)
    cap = analysis.reorientation.cap_seconds
    drawn = tuple(
        BoundRow(
            name=_name(bound),
            upper=bound.upper,
            ci_lower=bound.ci_lower,
            ci_upper=bound.ci_upper,
            may_hurt=bound.lower is None,
            last=bound is found.bounds[-1],
        )
        for bound in found.bounds
        if bound.upper is not None
    )
    table = Table(
        caption="The bounds, in time per interruption, with their assumptions",
        columns=("bound", "assuming that", "at most", "95 % interval"),
        rows=tuple(
            (
                _name(bound),
                ASSUMPTION[bound.assumption],
                signed_figure(_interval(bound), fine, most=cap) or _DASH,
                signed_interval(_interval(bound), fine, most=cap) or _DASH,
            )
            for bound in found.bounds
        ),
        numeric=(2, 3),
        marked=len(found.bounds) - 1,
    )
    if not drawn:
        return (table,)
    upper = found.search_upper_seconds
    apart = any(bound.rung == 2 for bound in found.bounds)
    return (
        Figure(
            name="bounds",
            caption="The most time per interruption that a resume marker could save, under more "
            "and more "
            "assumptions; strokes are 95 % intervals over users."
            + (
                " The bound by the pace of uninterrupted work stands apart and limits no other."
                if apart
                else ""
            ),
            chart=BoundsChart(
                rows=drawn,
                upper_bound_seconds=upper,
                upper_bound_label="" if upper is None else f"upper bound {duration(upper, fine)}",
            ),
            table=table,
            table_open=True,
        ),
    )


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
        f"{many(found.abandoned, 'interruption')} ended with leaving again before any work; a "
        "resume marker might have kept some, which none of the bounds above counts. If it kept "
        f"everybody of the {percent(found.give_ups_share)} for whom it points right, it could "
        f"save {figure}{' ' + interval if interval else ''} per interruption, search included. The "
        "share is the greater of two: how often the next work of those who left was where the "
        f"marker points ({count(found.gave_up_right or 0)} times here), and how often that of "
        "those who stayed was."
    )
    return (Paragraph(lead=lead, text=text),)
