"""How many users the effect takes, and what changes that."""

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Figure, Paragraph, Section, Table
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import count
from resume_gap.results.plan import Needed, Planned


def needed(found: Planned) -> Section:
    """Users in each arm, by spread, by adjusting and by looks."""
    rows = _rows(found)
    return Section(
        name="needed",
        topic="Users that it takes",
        title=_finding(found),
        blocks=_drawn(rows, found),
    )


def _rows(found: Planned) -> tuple[tuple[str, Needed], ...]:
    plan = found.plan
    adjusted = plan.needed_cuped if planphrases.adjusts(found) else None
    return tuple(
        (name, one)
        for name, one in (
            ("one look at the end", plan.needed),
            ("the same, spread at its lower end", plan.needed_lower),
            ("the same, spread at its upper end", plan.needed_upper),
            ("adjusted for what is known before", adjusted),
            (planphrases.looks(found), plan.needed_looks),
        )
        if one is not None
    )


def _finding(found: Planned) -> str:
    """The effect and the users that it takes: with one look, its range, and with several."""
    plan = found.plan
    if plan.needed is None:
        return "How many users it takes is not known"
    once, span = count(plan.needed.triggered_per_arm), planphrases.users_by_spread(found)
    range_of = f" ({span})" if span and span != once else ""
    takes = f"An effect of {planphrases.effect(found)} takes"
    arms = "interrupted users in each arm"
    if plan.needed_looks is None:
        return f"{takes} {once} {arms}{range_of}"
    several = count(plan.needed_looks.triggered_per_arm)
    if plan.looks > 1:
        return f"{takes} {several} {arms} {planphrases.looks(found)}; {once}{range_of} with one"
    return f"{takes} {once} {arms}{range_of}; {several} if {planphrases.looks(found)}"


def _drawn(rows: tuple[tuple[str, Needed], ...], found: Planned) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph(text="How many users it takes is unknown."),)
    asked = planphrases.asked(found)
    table = Table(
        caption=f"What an effect of {planphrases.effect(found)} takes; weeks are those of "
        f"{planphrases.whose(found)}",
        columns=("how", "interrupted users an arm", "assigned users an arm", "weeks"),
        rows=tuple(
            (
                name,
                count(one.triggered_per_arm),
                count(one.assigned_per_arm),
                planphrases.number_of_weeks(one),
            )
            for name, one in rows
        ),
        numeric=(1, 2, 3),
    )
    figure = Figure(
        name="needed",
        caption="Interrupted users in each arm. The spread between users is known from this log "
        "alone, with an interval; looking at a trial before its end with the right to stop takes "
        "more users, and adjusting for each user's past takes fewer.",
        chart=RowsChart(
            size="page",
            unit="count",
            title="interrupted users in each arm",
            bars=True,
            rows=tuple(
                Row(
                    name=name,
                    value=one.triggered_per_arm,
                    label=count(one.triggered_per_arm),
                    second=one is asked,
                    strong=one is asked,
                )
                for name, one in rows
            ),
        ),
        table=table,
    )
    return (figure,)
