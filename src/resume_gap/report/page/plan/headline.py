"""The first screen of a plan: whether the users are enough, what it takes, and the ways out."""

from resume_gap.report.charts.smallest import SmallestChart
from resume_gap.report.page.model import (
    DecisionBox,
    Fact,
    Facts,
    Figure,
    Headline,
    Paragraph,
    Section,
    Table,
)
from resume_gap.report.page.shared.first_screen import MARKER
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text import vocabulary
from resume_gap.report.text.numbers import DASH, count, exact_share, or_dash
from resume_gap.results.plan import Needed, Planned, SizeRow

_EFFECT = (
    "The effect is on the re-orientation time of each user's first return at which the marker would"
    " be shown, a user's first return from an interruption after the assignment."
)


def headline(found: Planned) -> Headline:
    """Users, weeks and the effect; or why there is no result."""
    needed = planphrases.asked(found)
    if needed is None:
        return Headline(
            sentence=planphrases.sentence(found),
            details=vocabulary.limits_of_the_figures(found),
            decision=DecisionBox(word="No plan", proviso="", reason="", tone="open"),
        )
    enough = found.plan.ways_out is None
    return Headline(
        sentence=planphrases.short(found, needed),
        decision=DecisionBox(
            word="Enough users" if enough else "Too few users",
            proviso=f"for an effect of {planphrases.effect(found)}",
            reason="",
            tone="go" if enough else "stop",
            change=planphrases.instead(found),
        ),
        figures=_figures(found, needed),
        picture=_sizes(found),
        details=(),
    )


def measured(found: Planned) -> tuple[Section, ...]:
    """What the figures of the first screen mean."""
    texts: tuple[str, ...] = (vocabulary.interrupted(found),)
    if planphrases.asked(found) is not None:
        texts = _planned(found)
    blocks = tuple(Paragraph(text=text) for text in texts)
    return (Section(name="measured", title="What is planned", blocks=blocks, appendix=True),)


def _planned(found: Planned) -> tuple[str, ...]:
    return (
        MARKER,
        f"To find an effect means: {planphrases.terms(found)}. {_EFFECT}",
        f"The users at hand are {planphrases.whose(found)}.",
        vocabulary.interrupted(found),
    )


def _figures(found: Planned, needed: Needed) -> Facts:
    plan = found.plan
    items = [
        Fact(
            label="Interrupted users in each arm",
            value=count(needed.triggered_per_arm),
            detail=_range(found),
        ),
        Fact(
            label="Users to assign to each arm",
            value=count(needed.assigned_per_arm),
            detail=f"as not all are interrupted; you have {count(plan.users)} for both arms",
        ),
    ]
    if needed.weeks_earliest is not None:
        weeks = planphrases.number_of_weeks(needed)
        items.append(Fact(label="Weeks", value=weeks, detail="with the users you have"))
    out = plan.ways_out
    if out is not None and out.effect_seconds is not None:
        items.append(
            Fact(
                label="Smallest effect your users can show",
                value=planphrases.seconds(out.effect_seconds, found),
                detail=f"within {planphrases.weeks(out.weeks)}",
            )
        )
    return Facts(items=tuple(items))


def _range(found: Planned) -> str:
    """What the spread at the ends of its interval makes of it."""
    reported = planphrases.users_by_spread(found)
    if reported is None:
        return ""
    if found.plan.looks > 1 and found.plan.needed is not None:
        reported = f"with one look {count(found.plan.needed.triggered_per_arm)} ({reported})"
    return f"{reported}: one log tells the spread only roughly"


def _sizes(found: Planned) -> Figure | None:
    """Users against the smallest effect that they find; None with too few points."""
    plan = found.plan
    if len(plan.sizes) < 2:
        return None
    last = max(plan.rows, key=lambda row: row.weeks, default=None)
    here = last.users if last is not None and last.users else None
    within = "" if last is None else f" within {planphrases.weeks(last.weeks)}"
    several = plan.looks > 1
    return Figure(
        name="sizes",
        caption="The more users are interrupted, the smaller the effect that a trial can find.",
        chart=SmallestChart(
            size="page",
            against="users",
            once=tuple((row.users, row.mde_seconds) for row in plan.sizes),
            band=tuple(
                (row.users, row.mde_lower_seconds, row.mde_upper_seconds)
                for row in plan.sizes
                if row.mde_lower_seconds is not None and row.mde_upper_seconds is not None
            ),
            looks=tuple(
                (row.users, row.mde_looks_seconds)
                for row in plan.sizes
                if row.mde_looks_seconds is not None
            )
            if several
            else (),
            looks_label=planphrases.looks_in_short(found),
            wanted=plan.effect_seconds,
            wanted_label=f"{planphrases.effect(found)} asked for",
            mark=here,
            mark_label="" if here is None else f"yours: {count(here)}{within}",
        ),
        at=tuple(float(row.users) for row in plan.sizes),
        table=_table(found),
    )


def _table(found: Planned) -> Table:
    plan = found.plan
    like = planphrases.longest(plan.sizes)
    adjusted = planphrases.adjusts(found)

    def size(value: float | None) -> str:
        return or_dash(value, lambda s: planphrases.seconds(s, found, like=like))

    def span(row: SizeRow) -> str:
        if row.mde_lower_seconds is None or row.mde_upper_seconds is None:
            return DASH
        return f"{size(row.mde_lower_seconds)} to {size(row.mde_upper_seconds)}"

    columns: tuple[str, ...] = ("users, both arms", "smallest effect found", "range")
    columns += ("adjusted",) if adjusted else ()
    columns += (planphrases.looks(found),)
    rows = tuple(
        (
            count(row.users),
            size(row.mde_seconds),
            span(row),
            *((size(row.mde_cuped_seconds),) if adjusted else ()),
            size(row.mde_looks_seconds),
        )
        for row in plan.sizes
    )
    return Table(
        caption="What so many interrupted users can show, with "
        f"{exact_share(plan.power)} power; the range is that of the spread",
        columns=columns,
        rows=rows,
        numeric=tuple(range(len(columns))),
    )
