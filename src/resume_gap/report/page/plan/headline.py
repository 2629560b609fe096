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
from resume_gap.report.text import certainty, vocabulary, ways_out
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import DASH, count, exact_share, or_dash
from resume_gap.results.plan import Needed, Planned, PlanRow, SizeRow, WaysOut

_EFFECT = (
    "The effect is on the re-orientation time of each user's first return at which the marker would"
    " be shown, a user's first return from an interruption after the assignment."
)


def headline(found: Planned) -> Headline:
    """Users, weeks and the effect; or why there is no result."""
    needed = planphrases.asked(found)
    if needed is None:
        few = found.plan.reason == "few_users"
        details = vocabulary.stops(found) if few else vocabulary.limits_of_the_figures(found)
        return Headline(
            sentence=planphrases.NO_PLAN if details and not few else planphrases.sentence(found),
            details=tuple(details),
            decision=DecisionBox(word="No plan", proviso="", reason="", tone="open"),
        )
    return Headline(
        sentence=planphrases.out_of_reach(found) or planphrases.short(found, needed),
        sure="" if planphrases.out_of_reach(found) else certainty.of_plan(found),
        decision=_decision(found, needed),
        figures=_figures(found, needed),
        picture=_sizes(found),
        details=(),
    )


def _decision(found: Planned, needed: Needed) -> DecisionBox:
    """Whether the users are enough; that no users are, where no marker could save so much."""
    if planphrases.out_of_reach(found):
        return DecisionBox(
            word="Effect out of reach",
            proviso="",
            reason=planphrases.finds_nothing(found, needed),
            tone="stop",
            next_step=ways_out.SMALLER,
        )
    enough = found.plan.ways_out is None
    return DecisionBox(
        word="Enough users" if enough else "Too few users",
        proviso=f"for an effect of {planphrases.effect(found)}",
        reason="",
        tone="go" if enough else "stop",
        next_step=ways_out.next_step(found, needed),
        change=ways_out.otherwise(found, needed),
        change_lead="Or",
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
            label="Interrupted users needed",
            value=count(needed.triggered),
            detail=_each(found, needed),
        ),
        _to_assign(found, needed),
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
                detail=_within(found, out),
            )
        )
    return Facts(items=tuple(items))


def _within(found: Planned, out: WaysOut) -> str:
    """`within 2 weeks; more than the marker could save here (at most 21 s)`."""
    row = planphrases.soonest(found)
    within = f"within {planphrases.weeks(out.weeks if row is None else row.weeks)}"
    over = planphrases.too_much(found, out.effect_seconds)
    return f"{within}; {over}" if over else within


def _to_assign(found: Planned, needed: Needed) -> Fact:
    """Users to assign: both arms as the ways out say it, else each arm."""
    have = f"you have {count(found.plan.users)}"
    out = found.plan.ways_out
    if out is None or out.assigned is None:
        return Fact(
            label="Users to assign to each group",
            value=count(needed.assigned_per_arm),
            detail=f"as not all are interrupted; {have} for both groups",
        )
    return Fact(
        label="Users to assign in all",
        value=count(out.assigned),
        detail=f"not all are interrupted; {have}",
    )


def _each(found: Planned, needed: Needed) -> str:
    """Each group's users, and how often that many find the effect."""
    each = f"{count(needed.triggered_per_arm)} in each group"
    if found.plan.looks > 1 and found.plan.needed is not None:
        each = f"{each} ({count(found.plan.needed.triggered_per_arm)} with one look)"
    return f"{each}, to find it in {exact_share(found.plan.power)} of trials"


def _sizes(found: Planned) -> Figure | None:
    """Users against the smallest effect that they find; None with too few points."""
    plan = found.plan
    if len(plan.sizes) < 2:
        return None
    several = plan.looks > 1
    here = _here(found)
    needed = _enough(found)
    ahead = here is None or needed is None or here[0] < needed[0]
    marked = tuple(one for one in (here, needed if ahead else None) if one is not None)
    known = tuple((users, seconds) for users, seconds, _ in marked)
    once = tuple((row.users, row.mde_seconds) for row in plan.sizes)
    looks = tuple(
        (row.users, row.mde_looks_seconds)
        for row in plan.sizes
        if row.mde_looks_seconds is not None
    )
    return Figure(
        name="sizes",
        caption=_caption(found),
        chart=SmallestChart(
            size="page",
            against="users",
            once=once if several else tuple(sorted({*once, *known})),
            band=tuple(
                (row.users, row.mde_lower_seconds, row.mde_upper_seconds)
                for row in _rows(found)
                if row.mde_lower_seconds is not None and row.mde_upper_seconds is not None
            ),
            looks=tuple(sorted({*looks, *known})) if several else (),
            looks_label=planphrases.looks_in_short(found),
            wanted=plan.effect_seconds,
            wanted_label=f"{planphrases.effect(found)} asked for",
            places=marked,
        ),
        at=tuple(float(row.users) for row in plan.sizes),
        table=_table(found),
    )


def _rows(found: Planned) -> list[SizeRow | PlanRow]:
    """All numbers of users that are reckoned with, and those at hand."""
    rows: list[SizeRow | PlanRow] = [*found.plan.sizes, *_latest(found)]
    return sorted(rows, key=lambda row: row.users)


def _here(found: Planned) -> tuple[float, float, str] | None:
    """The users at hand, what they find in the longest time reckoned with, and their name."""
    for last in _latest(found):
        finds = last.mde_looks_seconds if found.plan.looks > 1 else last.mde_seconds
        if last.users and finds is not None:
            size = planphrases.seconds(finds, found)
            return (
                float(last.users),
                finds,
                f"you are here: {count(last.users)} interrupted, {size}",
            )
    return None


def _latest(found: Planned) -> tuple[PlanRow, ...]:
    """The row of the longest time that is reckoned with, where there is one."""
    rows = sorted(found.plan.rows, key=lambda row: row.weeks)
    return tuple(rows[-1:])


def _enough(found: Planned) -> tuple[float, float, str] | None:
    """The users that it takes, the effect that is asked for, and their name."""
    needed = planphrases.asked(found)
    if needed is None:
        return None
    name = f"needed: {count(needed.triggered)} users"
    return float(needed.triggered), found.plan.effect_seconds, name


def _caption(found: Planned) -> str:
    """What the line says, and by when the users at hand are reckoned with."""
    rule = "More interrupted users show smaller effects."
    here = [f"You are here after {planphrases.weeks(row.weeks)}." for row in _latest(found)]
    return " ".join((rule, *here))


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

    columns: tuple[str, ...] = ("users, both groups", "smallest effect found", "range")
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
