"""What so many weeks can show."""

from resume_gap.report.charts.smallest import SmallestChart
from resume_gap.report.page.model import Block, Figure, Note, Paragraph, Section, Table
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import DASH, count, exact_share, or_dash, percent
from resume_gap.results.plan import Planned, PlanRow

Curve = tuple[tuple[float, float], ...]


def weeks(found: Planned) -> Section:
    """The smallest effect found, week by week."""
    plan = found.plan
    blocks: list[Block] = [*_curve(found)]
    if not blocks and plan.rows:
        blocks.append(_table("What so many weeks can show", plan.rows, found))
    change = planphrases.change(found)
    if change is not None:
        blocks.append(Note(severity="warn", text=change))
    if (large := planphrases.too_large(found)) is not None:
        blocks.append(Note(severity="warn", text=large))
    if any(row.extrapolated for row in (*plan.rows, *plan.curve)):
        blocks.append(
            Note(
                severity="note",
                text=f"{_beyond(found)} longer than this log can follow users after a launch that "
                "is supposed within it. The share interrupted by then is midway between two "
                "extremes: no further users are interrupted, and users are interrupted at the "
                "same rate as before.",
            )
        )
    if not blocks:
        blocks.append(Paragraph(text="No number of weeks can be judged from this log."))
    title = _finding(found)
    return Section(name="weeks", topic="Week by week", title=title, blocks=tuple(blocks))


def _beyond(found: Planned) -> str:
    """Which rows are longer than the log."""
    every = all(row.extrapolated for row in (*found.plan.rows, *found.plan.curve))
    return "All rows, marked with *, are" if every else "Rows marked with * are"


def _finding(found: Planned) -> str:
    """The smallest effect after the longest time that is reckoned with."""
    row = planphrases.soonest(found)
    if row is None:
        return "Too few users for an answer in any number of weeks"
    shown, within = planphrases.found_by(row, found), planphrases.weeks(row.weeks)
    more = "; longer adds nothing" if row.weeks < found.plan.rows[-1].weeks else ""
    return f"Within {within} the users at hand can show an effect of {shown}{more}"


def _table(caption: str, rows: tuple[PlanRow, ...], found: Planned) -> Table:
    plan = found.plan
    every = (*plan.rows, *plan.curve)
    looks = any(row.mde_looks_seconds is not None for row in every)
    adjusted = planphrases.adjusts(found) and any(
        row.mde_cuped_seconds is not None for row in every
    )
    like = planphrases.longest(rows)

    def size(value: float | None) -> str:
        return or_dash(value, lambda s: planphrases.seconds(s, found, like=like))

    lines = []
    for row in rows:
        span = DASH
        if row.mde_lower_seconds is not None and row.mde_upper_seconds is not None:
            span = f"{size(row.mde_lower_seconds)} to {size(row.mde_upper_seconds)}"
        line = [
            f"{row.weeks:g}{' *' if row.extrapolated else ''}",
            percent(row.trigger_rate),
            f"{percent(row.trigger_rate_lower)} to {percent(row.trigger_rate_upper)}",
            count(row.users),
            size(row.mde_seconds),
            span,
        ]
        line += [size(row.mde_cuped_seconds)] if adjusted else []
        line += [size(row.mde_looks_seconds)] if looks else []
        lines.append(tuple(line))
    columns: tuple[str, ...] = (
        "weeks",
        "interrupted by then",
        "range",
        "users, both arms",
        "smallest effect found",
        "its range",
    )
    columns += ("adjusted",) if adjusted else ()
    columns += (planphrases.looks(found),) if looks else ()
    return Table(
        caption=f"{caption}, with {exact_share(plan.power)} power; a dash: too few users",
        columns=columns,
        rows=tuple(lines),
        numeric=tuple(range(1, len(columns))),
    )


def _curve(found: Planned) -> tuple[Block, ...]:
    plan = found.plan
    once: Curve = tuple((r.weeks, r.mde_seconds) for r in plan.curve if r.mde_seconds is not None)
    looks: Curve = tuple(
        (r.weeks, r.mde_looks_seconds) for r in plan.curve if r.mde_looks_seconds is not None
    )
    if len(once) < 2:
        return ()
    band = tuple(
        (r.weeks, r.mde_lower_seconds, r.mde_upper_seconds)
        for r in plan.curve
        if r.mde_lower_seconds is not None and r.mde_upper_seconds is not None
    )
    words = [
        "Smallest effect found by the number of weeks: the line is one look at the end",
        ", the band around it what the log's own uncertainty about the spread and about who is "
        "interrupted makes of it"
        if band
        else "",
        f"; the broken line is one {planphrases.looks(found)}" if looks else "",
        f". Dotted: the effect of {planphrases.effect(found)} that is asked for.",
    ]
    return (
        Figure(
            name="smallest",
            caption="".join(words),
            chart=SmallestChart(
                size="page",
                against="weeks",
                once=once,
                band=band,
                looks=looks,
                looks_label=planphrases.looks_in_short(found),
                wanted=plan.effect_seconds,
                wanted_label=f"{planphrases.effect(found)} asked for",
                mark=plan.pilot.weeks,
                mark_label="beyond the log \N{RIGHTWARDS ARROW}",
            ),
            at=tuple(row.weeks for row in plan.curve),
            table=_table("Week by week", plan.curve, found),
        ),
    )
