"""Which arrow: where each would have pointed, beside chance and habit."""

from resume_gap.constants import LIFT_MIN_HITS, RECENT_ELEMENTS
from resume_gap.report.page.model import (
    ArrowRow,
    ArrowsChart,
    Block,
    Figure,
    Note,
    Paragraph,
    Part,
    Section,
    Table,
)
from resume_gap.report.text import reasons, target_rules, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import (
    count,
    percent,
    points,
    points_interval,
    share_interval_of,
)
from resume_gap.results.analyze import Analysis, HitRow, Policy

_DASH = "\N{EN DASH}"


def which_arrow(analysis: Analysis) -> tuple[Section, ...]:
    """The policies side by side; nothing where nobody returned."""
    if not analysis.counts.returns:
        return ()
    found = analysis.marker
    if found.reason is not None or not found.policies:
        why = reasons.why(found.reason, analysis)
        blocks: tuple[Block, ...] = (
            Note(severity="note", text=reasons.sentence(f"no arrow can be judged: {why}")),
        )
        return (Section(name="arrow", title="Which arrow", blocks=blocks),)
    parts = [
        Part(title=title, blocks=(table,))
        for title, table in (
            ("After short and long pauses", _by_gap(analysis)),
            ("In different contexts", _by_context(analysis)),
        )
        if table is not None
    ]
    return (
        Section(
            name="arrow",
            title="Which arrow",
            blocks=(_what(analysis), *_chart(analysis), _table(analysis), *_notes(analysis)),
            parts=tuple(parts),
        ),
    )


def _what(analysis: Analysis) -> Paragraph:
    near = analysis.marker.near
    same = "" if near is None else f" Places within {near:g} positions count as the same."
    return Paragraph(
        text="An arrow would greet the person at the return and point at one place, chosen from "
        "what came before the pause only. Played over the log, it is right when work goes on at "
        "that very place within the cap. Chance is an arrow at one of the person's last "
        f"{RECENT_ELEMENTS.value:.0f} places, drawn blindly; habit is the place used most in the "
        f"day before the stop.{same}"
    )


def _known(analysis: Analysis) -> tuple[Policy, ...]:
    return tuple(p for p in analysis.marker.policies if p.hit is not None)


def _chart(analysis: Analysis) -> tuple[Block, ...]:
    rows = tuple(
        ArrowRow(
            name=target_rules.arrow(p.name),
            hit=p.hit,
            lower=p.ci_lower,
            upper=p.ci_upper,
            chance=p.chance,
            habit=p.habit,
        )
        for p in _known(analysis)
        if p.hit is not None
    )
    if not rows:
        return ()
    pointed = target_rules.pointed(analysis)
    caption = (
        "How often each arrow would have been right: a circle with its 95 % interval; an upright "
        "stroke is chance, a diamond is habit."
    )
    return (
        Figure(
            name="arrows",
            caption=f"{caption} {pointed}." if pointed else caption,
            chart=ArrowsChart(rows=rows),
            table=Table(
                caption="Shares of the interruptions",
                columns=("arrow at the", "right", "95 % interval", "chance", "habit"),
                rows=tuple(
                    (
                        row.name,
                        percent(row.hit),
                        share_interval_of(row.lower, row.upper) or _DASH,
                        _percent(row.chance),
                        _percent(row.habit),
                    )
                    for row in rows
                ),
                numeric=(1, 2, 3, 4),
            ),
        ),
    )


def _table(analysis: Analysis) -> Table:
    policies = analysis.marker.policies
    best = [i for i, p in enumerate(policies) if p.name == analysis.marker.best]
    return Table(
        caption="The arrows side by side, in shares of the interruptions that could be followed "
        "up, brackets are 95 % intervals; the best one is marked",
        columns=("arrow at the", "already there", "right place",
                 "among the first three", "same context", "chance", "better than chance by",
                 "habit", "better than habit by", "word"),
        rows=tuple(map(_row, policies)),
        numeric=tuple(range(1, 9)),
        marked=best[0] if best else None,
    )  # fmt: skip


def _row(p: Policy) -> tuple[str, ...]:
    over = (
        _DASH
        if p.lift_over_habit is None
        else _both(
            points(p.lift_over_habit),
            points_interval(p.lift_over_habit_ci_lower, p.lift_over_habit_ci_upper),
        )
    )
    return (
        target_rules.arrow(p.name),
        _percent(p.already_there),
        _DASH if p.hit is None else _both(percent(p.hit), target_rules.hit_interval(p)),
        _percent(p.hit_in_3),
        _percent(p.context_hit),
        _percent(p.chance),
        target_rules.above_chance(p) or _DASH,
        _percent(p.habit),
        over,
        _DASH if p.word is None else target_rules.WORD[p.word],
    )


def _both(value: str, interval: str | None) -> str:
    return f"{value} {interval}" if interval else value


def _percent(value: float | None) -> str:
    return _DASH if value is None else percent(value)


def _notes(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.marker
    texts = []
    for reason in dict.fromkeys(p.reason for p in found.policies if p.reason is not None):
        named = [target_rules.arrow(p.name) for p in found.policies if p.reason == reason]
        texts.append(
            f"No figures for the arrow at the {', '.join(named)}: {reasons.why(reason, analysis)}."
        )
    known = _known(analysis)
    n = analysis.reorientation.eligible
    if any(p.lift_ci_lower is None for p in known):
        few = [p for p in known if (p.hit or 0) * n < LIFT_MIN_HITS.value]
        texts.append(
            f"Where an arrow was right fewer than {LIFT_MIN_HITS.value:.0f} times, the difference "
            "stands without an interval."
            if few
            else "Too few users carry these figures for an interval of the differences."
        )
    blank = [p for p in known if p.name == found.best and p.pointed is not None and p.pointed < 1]
    if blank and blank[0].pointed is not None:
        texts.append(
            f"In {percent(1 - blank[0].pointed)} of the interruptions the best arrow had nothing "
            "to point at; they count as wrong."
        )
    if found.place_without_element:
        texts.append(
            f"In {percent(found.place_without_element)} work went on at an event without an "
            "element; they count as wrong, too."
        )
    return (Paragraph(text=" ".join(texts)),) if texts else ()


def _by_gap(analysis: Analysis) -> Table | None:
    """All arrows, over all returns and by the length of the pause."""
    groups: list[tuple[str, str, str | None]] = [
        ("all_returns", "all returns, interrupted or not", None)
    ]
    groups += [("gap_class", vocabulary.GAP_CLASS[name], name) for name in vocabulary.GAP_CLASS]
    names = [p.name for p in analysis.marker.policies]
    rows = []
    for group, shown, value in groups:
        mine: dict[str, HitRow] = {
            row.policy: row
            for row in analysis.marker.hits
            if row.group == group and value in (None, row.value)
        }
        if mine:
            size = next(iter(mine.values()))
            hits = (percent(mine[name].hit) if name in mine else _DASH for name in names)
            rows.append((shown, count(size.eligible), count(size.users), *hits))
    if not rows:
        return None
    return Table(
        caption="How often each arrow would have been right, by the length of the pause",
        columns=("pause", "followed up", "users", *map(target_rules.arrow, names)),
        rows=tuple(rows),
        numeric=tuple(range(1, 3 + len(names))),
    )


def _by_context(analysis: Analysis) -> Table | None:
    rows = [row for row in analysis.marker.hits if row.group == "context"]
    if not rows:
        return None
    return Table(
        caption=f"The arrow at the {target_rules.arrow(rows[0].policy)} by the context (page,"
        " screen or file) in which work had stopped; exploration only",
        columns=("context", "followed up", "users", "right place", "95 % interval", "chance",
                 "habit"),
        rows=tuple(
            (label(row.value), count(row.eligible), count(row.users), percent(row.hit),
             share_interval_of(row.ci_lower, row.ci_upper) or _DASH, percent(row.chance),
             percent(row.habit))
            for row in rows
        ),
        numeric=(1, 2, 3, 4, 5, 6),
    )  # fmt: skip
