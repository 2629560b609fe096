"""The ceiling: how much an arrow could spare at most, and what would have to be assumed."""

from resume_gap.report.page.model import (
    Block,
    BoundRow,
    BoundsChart,
    Fact,
    Facts,
    Figure,
    Note,
    Paragraph,
    Part,
    Section,
    SwingRow,
    SwingsChart,
    Table,
)
from resume_gap.report.text import reasons, target_rules, vocabulary
from resume_gap.report.text.numbers import (
    assumed,
    assumed_interval,
    count,
    duration,
    exact,
    minutes,
    multiplied,
    percent,
    signed_figure,
    signed_interval,
)
from resume_gap.results.analyze import Analysis, Bound, TornadoRow
from resume_gap.results.common import Estimate

_DASH = "\N{EN DASH}"
_BOUND = {
    0: "nothing assumed",
    1: "it never hurts",
    2: "not faster than uninterrupted",
    3: "only where it is right",
    4: "only the search goes",
}
_ASSUMED = {
    "noticed": "arrows noticed",
    "removed": "search removed",
    "wrong_cost_seconds": "cost of a wrong arrow",
}
_CASE = {"low": "low", "middle": "middle", "high": "high"}


def how_much(analysis: Analysis) -> tuple[Section, ...]:
    """The section; nothing where nobody returned."""
    if not analysis.counts.returns:
        return ()
    found = analysis.opportunity
    if found.reason is not None or not found.bounds:
        why = reasons.why(found.reason or analysis.marker.reason, analysis)
        text = reasons.sentence(f"how much could be saved at most is not known: {why}")
        blocks: tuple[Block, ...] = (Note(severity="note", text=text),)
        return (Section(name="ceiling", title="How much at most", blocks=blocks),)
    return (
        Section(
            name="ceiling",
            title="How much at most",
            blocks=(*_top(analysis), *_ladder(analysis), *_gave_up(analysis)),
            parts=(Part(title="Under assumptions", blocks=_assumed(analysis)),)
            if found.scenarios
            else (),
        ),
    )


def _top(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    arrow = "" if found.policy is None else f" at the {target_rules.arrow(found.policy)}"
    text = (
        f"For an arrow{arrow}. No log shows what an arrow does that was never there; it shows how "
        "much time there is to spare. Each line assumes more than the one before, and allows less. "
        "The ceiling is the upper end of the interval of the last one."
    )
    blocks: list[Block] = [Paragraph(text=text)]
    if found.search_upper_seconds is None:
        missing = reasons.sentence(f"there is no ceiling: {target_rules.no_ceiling(analysis)}")
        return (*blocks, Note(severity="note", text=missing))
    items = [
        Fact(
            label="Ceiling per interruption",
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


def _ladder(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    fine = vocabulary.step(analysis)
    cap = analysis.reorientation.cap_seconds
    drawn = tuple(
        BoundRow(
            name=_name(rung),
            upper=rung.upper,
            ci_lower=rung.ci_lower,
            ci_upper=rung.ci_upper,
            may_hurt=rung.lower is None,
            last=rung is found.bounds[-1],
        )
        for rung in found.bounds
        if rung.upper is not None
    )
    table = Table(
        caption="The bounds, in time per interruption, with their assumptions",
        columns=("bound", "assuming that", "at most", "95 % interval"),
        rows=tuple(
            (
                _name(rung),
                rung.assumption,
                signed_figure(_rung(rung), fine, most=cap) or _DASH,
                signed_interval(_rung(rung), fine, most=cap) or _DASH,
            )
            for rung in found.bounds
        ),
        numeric=(2, 3),
        marked=len(found.bounds) - 1,
    )
    if not drawn:
        return (table,)
    ceiling = found.search_upper_seconds
    apart = any(rung.rung == 2 for rung in found.bounds)
    return (
        Figure(
            name="bounds",
            caption="Time per interruption that an arrow could spare at most, under more and more "
            "assumptions; strokes are 95 % intervals over users."
            + (
                " The bound by the pace of uninterrupted work stands apart and limits no other."
                if apart
                else ""
            ),
            chart=BoundsChart(
                rows=drawn,
                search_upper_seconds=ceiling,
                ceiling_label="" if ceiling is None else f"ceiling {duration(ceiling, fine)}",
            ),
            table=table,
            table_open=True,
        ),
    )


def _rung(rung: Bound) -> Estimate:
    """A bound with its interval."""
    return Estimate(estimate=rung.upper, ci_lower=rung.ci_lower, ci_upper=rung.ci_upper)


def _name(rung: Bound) -> str:
    return _BOUND.get(rung.rung, str(rung.rung))


def _gave_up(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    if found.gave_up_right is None:
        return ()
    left = analysis.reorientation.ends.abandoned
    of = "some" if left is None else count(left)
    among = "none" if found.gave_up_right == 0 else count(found.gave_up_right)
    text = f"{of} left again; in {among} of them the next work began where the arrow would have "
    text += "pointed"
    if found.gave_up_right == 0:
        return (Paragraph(lead="Left again.", text=f"{text}."),)
    most = (
        ""
        if found.gave_up_right_seconds is None
        else f" (at most {duration(found.gave_up_right_seconds, vocabulary.step(analysis))} per "
        "interruption)"
    )
    return (
        Paragraph(
            lead="Left again.",
            text=f"{text[0].upper()}{text[1:]}{most}. An arrow might have kept some of these; that "
            "stands outside the ceiling and is never added to it.",
        ),
    )


def _assumed(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    middle = found.middle
    interval = assumed_interval(middle)
    blocks: list[Block] = [
        Paragraph(
            text="How many arrows are noticed, how much of the search a right one removes and what "
            "a wrong one costs stands in no log. These numbers are assumptions, not findings."
        ),
        Table(
            caption="Three cases; below 0 the arrow costs time",
            columns=("case", "arrows noticed", "search removed", "cost of a wrong arrow",
                     "per interruption"),
            rows=tuple(
                (
                    _CASE.get(case.name, case.name),
                    percent(case.noticed),
                    percent(case.removed),
                    exact(case.wrong_cost_seconds),
                    assumed(case.saving_seconds)
                    + (f" {interval}" if case.name == "middle" and interval else ""),
                )
                for case in found.scenarios
            ),
            numeric=(1, 2, 3, 4),
        ),
    ]  # fmt: skip
    blocks.extend(_tornado(analysis))
    if found.joint_lower_seconds is not None and found.joint_upper_seconds is not None:
        blocks.append(
            Paragraph(
                lead="All at once.",
                text=f"Over all combinations of the low and high values it runs from "
                f"{assumed(found.joint_lower_seconds)} to "
                f"{assumed(found.joint_upper_seconds)} per interruption.",
            )
        )
    of = target_rules.best(analysis)
    if found.break_even_hit is not None and of is not None and of.hit is not None:
        text = (
            f"In the middle case an arrow has to be right in {percent(found.break_even_hit)} of "
            f"the interruptions before it spares more than it costs; this one would have been "
            f"right in {percent(of.hit)}."
        )
        blocks.append(Paragraph(lead="Break-even.", text=text))
    return tuple(blocks)


def _tornado(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.opportunity
    if not found.tornado or found.middle.estimate is None:
        return ()
    rows = sorted(
        found.tornado,
        key=lambda row: -abs(row.saving_at_high_seconds - row.saving_at_low_seconds),
    )
    return (
        Figure(
            name="swings",
            caption="How far each assumption alone moves the middle case "
            f"({assumed(found.middle.estimate)} per interruption): broken outlines at its low "
            "value, full outlines at its high value.",
            chart=SwingsChart(
                rows=tuple(
                    SwingRow(name=_ASSUMED.get(row.name, row.name), low=row.saving_at_low_seconds,
                             high=row.saving_at_high_seconds, low_label=_value(row, row.low),
                             high_label=_value(row, row.high))
                    for row in rows
                ),
                middle=found.middle.estimate,
            ),
            table=Table(
                caption="The middle case with one assumption moved",
                columns=("assumption", "low", "per interruption", "high", "per interruption"),
                rows=tuple(
                    (_ASSUMED.get(row.name, row.name), _value(row, row.low),
                     assumed(row.saving_at_low_seconds), _value(row, row.high),
                     assumed(row.saving_at_high_seconds))
                    for row in rows
                ),
                numeric=(1, 2, 3, 4),
            ),
        ),
    )  # fmt: skip


def _value(row: TornadoRow, value: float) -> str:
    return exact(value) if row.name == "wrong_cost_seconds" else percent(value)
