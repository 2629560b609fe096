"""Which target rule: where each would have pointed, beside the chance and habit baselines."""

from resume_gap.constants import LIFT_MIN_HITS, RECENT_ELEMENTS
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.analyze.example_day import two_days
from resume_gap.report.page.model import Block, Figure, Paragraph, Part, Section, Table
from resume_gap.report.text import counted, reasons, recommendation, target_rules, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import (
    count,
    percent,
    points,
    points_interval,
    share_interval_of,
)
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis, HitRow, Policy

_DASH = "\N{EN DASH}"
_TOPIC = "Where a marker would point"
_INTERVAL = f"{LEVEL} interval"


def which_rule(analysis: Analysis) -> tuple[Section, ...]:
    """The target rules side by side; nothing where none can be judged."""
    found = analysis.marker
    if not analysis.counts.returns or found.reason is not None or not found.policies:
        return ()
    return (
        Section(
            name="target-rule",
            topic=_TOPIC,
            title=_finding(analysis),
            blocks=(*_chart(analysis), _what(analysis)),
            parts=two_days(analysis),
        ),
    )


def missing(analysis: Analysis) -> str | None:
    """Why no target rule can be judged, a sentence; None where one can, or nobody returned."""
    found = analysis.marker
    if not analysis.counts.returns or (found.reason is None and found.policies):
        return None
    why = reasons.why(found.reason, analysis)
    return reasons.sentence(f"no target rule can be judged: {why}")


def _finding(analysis: Analysis) -> str:
    """The hit rate of the best rule beside its chance."""
    of = target_rules.best(analysis)
    if of is None or of.hit is None:
        return "No target rule has a hit rate"
    shown = target_rules.printed(of)
    beside = "" if shown.chance is None else f", {shown.chance} by chance"
    return f"A marker at the {target_rules.rule(of.name)} hits in {shown.hit}{beside}"


def in_detail(analysis: Analysis) -> tuple[Section, ...]:
    """All figures of all rules, by the length of the gap and by context; for the appendix."""
    if analysis.marker.reason is not None or not analysis.marker.policies:
        return ()
    parts = tuple(
        Part(title=title, blocks=(table,))
        for title, table in (
            ("After short and long gaps", _by_gap(analysis)),
            ("In different contexts", _by_context(analysis)),
        )
        if table is not None
    )
    return (
        Section(
            name="rules-more",
            title="Target rules in detail",
            blocks=(_table(analysis), *_notes(analysis)),
            parts=parts,
            appendix=True,
        ),
    )


def _what(analysis: Analysis) -> Paragraph:
    near = analysis.marker.near
    same = "" if near is None else f" Places within {near:g} positions count as the same."
    return Paragraph(
        text="A resume marker would greet the person at the return and point at one place; a "
        "target rule chooses it from what came before the gap only. Replayed over the log, "
        "it is a hit when work goes on at that very place within the cap. The chance "
        "baseline points at one of the person's last "
        f"{RECENT_ELEMENTS.value:.0f} places, drawn blindly; the habit baseline at the place used "
        f"most in the day before the stop.{same}"
    )


def _intervals(rows: tuple[Row, ...]) -> str:
    """Whether there are any."""
    some = any(row.lower is not None for row in rows)
    return f"with {LEVEL} intervals" if some else "without intervals: too few users"


def _known(analysis: Analysis) -> tuple[Policy, ...]:
    return tuple(p for p in analysis.marker.policies if p.hit is not None)


def _chart(analysis: Analysis) -> tuple[Block, ...]:
    rows = tuple(
        Row(
            name=target_rules.rule(p.name),
            value=p.hit,
            lower=p.ci_lower,
            upper=p.ci_upper,
            label=target_rules.printed(p).hit,
            strong=p.name == analysis.marker.best,
            limit=p.chance,
            other=p.habit,
        )
        for p in _known(analysis)
        if p.hit is not None
    )
    if not rows:
        return ()
    what = f"the {counted.several(analysis)} that could be followed up"
    return (
        Figure(
            name="target-rules",
            caption=f"Hit rate of each target rule, in shares of {what}, {_intervals(rows)}.",
            chart=RowsChart(
                size="page",
                unit="share",
                title=f"share of the {counted.several(analysis)}",
                value_label="this rule",
                limit_label="chance",
                other_label="habit",
                rows=rows,
            ),
            table=Table(
                caption=f"Shares of the {counted.several(analysis)}",
                columns=("target rule", "hit rate", _INTERVAL, "chance baseline", "habit baseline"),
                rows=tuple(
                    (
                        row.name,
                        shown.hit,
                        share_interval_of(row.lower, row.upper) or _DASH,
                        shown.chance or _DASH,
                        shown.habit or _DASH,
                    )
                    for row, shown in zip(
                        rows, map(target_rules.printed, _known(analysis)), strict=True
                    )
                ),
                numeric=(1, 2, 3, 4),
            ),
        ),
    )


def _table(analysis: Analysis) -> Table:
    policies = analysis.marker.policies
    best = [i for i, p in enumerate(policies) if p.name == analysis.marker.best]
    return Table(
        caption=f"The target rules side by side, in shares of the {counted.several(analysis)} that "
        f"could be followed up, brackets are {LEVEL} intervals; the best one is marked",
        columns=(
            "target rule",
            "already there",
            "hit rate",
            "among the first three",
            "same context",
            "chance baseline",
            "lift over chance",
            "habit baseline",
            "lift over habit",
            "recommendation",
        ),
        rows=tuple(map(_row, policies)),
        numeric=tuple(range(1, 9)),
        marked=best[0] if best else None,
    )


def _row(p: Policy) -> tuple[str, ...]:
    over = (
        _DASH
        if p.lift_over_habit is None
        else _both(
            target_rules.printed(p).over_habit or points(p.lift_over_habit),
            points_interval(p.lift_over_habit_ci_lower, p.lift_over_habit_ci_upper),
        )
    )
    shown = target_rules.printed(p)
    return (
        target_rules.rule(p.name),
        _percent(p.already_there),
        _DASH if p.hit is None else _both(shown.hit, target_rules.hit_interval(p)),
        _percent(p.hit_in_3),
        _percent(p.context_hit),
        shown.chance or _DASH,
        target_rules.above_chance(p) or _DASH,
        shown.habit or _DASH,
        over,
        _DASH if p.word is None else recommendation.WORD[p.word],
    )


def _both(value: str, interval: str | None) -> str:
    return f"{value} {interval}" if interval else value


def _percent(value: float | None) -> str:
    return _DASH if value is None else percent(value)


def _notes(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.marker
    texts = []
    for reason in dict.fromkeys(p.reason for p in found.policies if p.reason is not None):
        named = [target_rules.rule(p.name) for p in found.policies if p.reason == reason]
        lead = (
            "The recommendation leaves out the"
            if reason == "few_elements"
            else "No figures for the marker at the"
        )
        texts.append(f"{lead} {', '.join(named)}: {reasons.why(reason, analysis)}.")
    known = _known(analysis)
    if any(p.lift_ci_lower is None for p in known):
        few = [p for p in known if (p.hits or 0) < LIFT_MIN_HITS.value]
        texts.append(
            f"Where a rule had fewer than {LIFT_MIN_HITS.value:.0f} hits, the lift "
            "stands without an interval."
            if few
            else "Too few users carry these figures for an interval of the differences."
        )
    blank = next((p.nothing_to_point_at for p in known if p.name == found.best), None)
    if blank:
        texts.append(
            f"In {percent(blank)} of the {counted.several(analysis)} the best rule had nothing to "
            "point at; they count as misses."
        )
    if found.place_without_element:
        texts.append(
            f"In {percent(found.place_without_element)} work went on at an event without an "
            "element; they count as misses, too."
        )
    return (Paragraph(text=" ".join(texts)),) if texts else ()


def _by_gap(analysis: Analysis) -> Table | None:
    """All target rules, over all returns and by the length of the gap."""
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
        caption="The hit rate of each target rule, by the length of the gap",
        columns=("gap", "followed up", "users", *map(target_rules.rule, names)),
        rows=tuple(rows),
        numeric=tuple(range(1, 3 + len(names))),
    )


def _by_context(analysis: Analysis) -> Table | None:
    rows = [row for row in analysis.marker.hits if row.group == "context"]
    if not rows:
        return None
    return Table(
        caption=f"The marker at the {target_rules.rule(rows[0].policy)} by the context (page,"
        " screen or file) in which work had stopped; exploration only",
        columns=("context", "followed up", "users", "hit rate", _INTERVAL, "chance", "habit"),
        rows=tuple(
            (
                label(row.value),
                count(row.eligible),
                count(row.users),
                percent(row.hit),
                share_interval_of(row.ci_lower, row.ci_upper) or _DASH,
                percent(row.chance),
                percent(row.habit),
            )
            for row in rows
        ),
        numeric=(1, 2, 3, 4, 5, 6),
    )
