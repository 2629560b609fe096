"""The day of an interrupted user: when work stops, for how long, and where."""

import math
from itertools import groupby

from resume_gap.constants import NAMED_USERS
from resume_gap.report.page.analyze.example_day import one_day
from resume_gap.report.page.model import (
    Block,
    Fact,
    Facts,
    Figure,
    GapsChart,
    Paragraph,
    Part,
    Section,
    Table,
    WeekChart,
)
from resume_gap.report.text import vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, duration, exact, many, percent
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import GAP_CLASSES, REASONS

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BINS = 10
"""Bins of the gap histogram in a doubling of the gap."""
_STANDS_OUT = 0.05
"""Places are listed when the first of them holds so many of the interruptions."""


def interrupted_day(analysis: Analysis) -> Section:
    """When, how long, where."""
    found = analysis.counts
    blocks: list[Block] = [
        Facts(
            items=(
                Fact(
                    label="Returns after a pause",
                    value=count(found.returns),
                    detail=f"in {many(found.sessions, 'session')}",
                ),
                Fact(
                    label="Interruptions",
                    value=count(found.interruptions),
                    detail=f"{count(found.users_interrupted)} of {many(found.users, 'user')}",
                ),
                Fact(
                    label="Stops without a return",
                    value=count(found.not_returned),
                    detail="silent until the log ends",
                ),
            )
        )
    ]
    if found.returns:
        blocks.append(_reasons(analysis))
    blocks.append(Paragraph(text=_return_rate(analysis)))
    if found.device_changed:
        many_changed = many(found.device_changed, "return was", "returns were")
        blocks.append(Paragraph(text=f"{many_changed} on another device than the stop."))
    return Section(
        name="day",
        title="When work stops",
        blocks=tuple(blocks),
        parts=(
            *one_day(analysis),
            Part(title="How long the gaps are", blocks=_gaps(analysis)),
            Part(title="Hours of the week", blocks=_week(analysis)),
            Part(title="Where work stops", blocks=_places(analysis)),
        ),
    )


def _reasons(analysis: Analysis) -> Table:
    found = analysis.counts
    return Table(
        caption="Returns by the state in which work had stopped",
        columns=("before the pause", "returns", "share"),
        rows=tuple(
            (vocabulary.REASON[reason], count(n), percent(n / found.returns))
            for reason in REASONS
            if (n := found.reasons.get(reason, 0))
        ),
        numeric=(1, 2),
    )


def _return_rate(analysis: Analysis) -> str:
    found = analysis.counts
    unknown = analysis.reorientation.reason == "no_productive_events"
    where = "" if unknown else " in mid-task"
    if found.return_rate_7d is None:
        return (
            f"How many stops{where} are taken up again within seven days cannot be told: none "
            "of them has seven days of log after it."
        )
    share = percent(found.return_rate_7d)
    return (
        f"{share[0].upper()}{share[1:]} of the {many(found.followed_7d, 'stop')}{where} "
        "with seven days of log after them were followed by a return within those seven days."
    )


def _gaps(analysis: Analysis) -> tuple[Block, ...]:
    total = math.fsum(weight for _, weight in analysis.gap_histogram)
    if total <= 0:
        return (Paragraph(text="The log holds no two events of one user at different times."),)
    shares = [(edge, weight / total) for edge, weight in analysis.gap_histogram]
    limit = analysis.threshold.seconds
    fine = vocabulary.step(analysis)
    bins = _without_holes(shares)
    longer = math.fsum(share * _part_beyond(lower, upper, limit) for lower, upper, share in bins)
    caption = (
        f"Gaps between one event and the next of the same user. The pause limit of {exact(limit)} "
        f"leaves {percent(longer)} of the gaps beyond it: the pauses. "
        "No user weighs more than 2,000 gaps."
    )
    drawn = tuple(b for b in bins if b[1] > fine)
    hidden = math.fsum(share for _, upper, share in bins if upper <= fine)
    if hidden > 0:
        caption += f" {percent(hidden)} are shorter than {exact(fine)} and are not drawn."
    blocks: list[Block] = []
    if drawn:
        blocks.append(
            Figure(
                name="gaps",
                caption=caption,
                chart=GapsChart(
                    bins=drawn, limit_seconds=limit, limit_label=f"pause limit {exact(limit)}"
                ),
                table=_gap_table(bins, fine),
            )
        )
    else:
        blocks.append(Paragraph(text=caption))
    if analysis.counts.interruptions:
        blocks.append(_classes(analysis))
    return tuple(blocks)


def _without_holes(shares: list[tuple[float, float]]) -> tuple[tuple[float, float, float], ...]:
    """Bins with both edges, empty ones included."""
    by_number = {round(math.log2(edge) * _BINS): share for edge, share in shares}
    return tuple(
        (2 ** (i / _BINS), 2 ** ((i + 1) / _BINS), by_number.get(i, 0.0))
        for i in range(min(by_number), max(by_number) + 1)
    )


def _part_beyond(lower: float, upper: float, limit: float) -> float:
    """Share of a bin beyond the limit, spread evenly over the logarithm."""
    if limit <= lower:
        return 1.0
    return 0.0 if limit >= upper else math.log2(upper / limit) / math.log2(upper / lower)


def _gap_table(bins: tuple[tuple[float, float, float], ...], fine: float) -> Table:
    """Shares by doublings of the length."""
    rows = []
    floor = max(fine, 1.0)
    for octave, group in groupby(bins, lambda b: _octave(b[0], floor)):
        share = math.fsum(b[2] for b in group)
        upper = 2.0 ** (octave + 1)
        if upper <= floor or octave < 0:
            name = f"up to {duration(max(upper, floor), fine)}"
        else:
            name = f"{duration(2.0**octave, fine)} to {duration(upper, fine)}"
        rows.append((name, percent(share)))
    return Table(caption="Gaps by length", columns=("gap", "share"), rows=tuple(rows), numeric=(1,))


def _octave(edge: float, floor: float) -> int:
    """The doubling a bin belongs to; all below the floor are one."""
    octave = math.floor(math.log2(edge) + 1e-9)
    return max(octave, math.ceil(math.log2(floor)) - 1)


def _classes(analysis: Analysis) -> Table:
    found = analysis.counts
    total = sum(found.gap_classes.values())
    unknown = analysis.reorientation.reason == "no_productive_events"
    what = "returns" if unknown else "interruptions"
    return Table(
        caption=f"{what.capitalize()} by the length of the pause",
        columns=("pause", what, "share"),
        rows=tuple(
            (vocabulary.GAP_CLASS[name], count(n), percent(n / total))
            for name in GAP_CLASSES
            for n in (found.gap_classes.get(name, 0),)
        ),
        numeric=(1, 2),
    )


def _week(analysis: Analysis) -> tuple[Block, ...]:
    stops = [
        (n, day, hour)
        for day, row in enumerate(analysis.workday.week)
        for hour, n in enumerate(row)
    ]
    total = sum(n for n, _, _ in stops)
    if total == 0:
        return (Paragraph(text="There is no interruption, so there is no hour to show."),)
    most, day, hour = max(stops, key=lambda stop: (stop[0], -stop[1], -stop[2]))
    zone = label(str(analysis.generated_from.settings.get("tz", "UTC")))
    return (
        Figure(
            name="week",
            caption=(
                f"When the interrupted work had stopped, by weekday and hour of the day ({zone}); "
                f"{count(total)} stops. The framed field is {DAYS[day]} from {hour:02}:00 with "
                f"{count(most)}."
            ),
            chart=WeekChart(counts=analysis.workday.week),
            table=Table(
                caption="Stops before an interruption, by hour",
                columns=("hour", *(name[:3] for name in DAYS)),
                rows=tuple(
                    (f"{h:02}:00", *(count(row[h]) for row in analysis.workday.week))
                    for h in range(24)
                ),
                numeric=tuple(range(1, 8)),
            ),
        ),
    )


def _places(analysis: Analysis) -> tuple[Block, ...]:
    if analysis.workday.places:
        top = analysis.workday.places[0].interruptions / max(analysis.counts.interruptions, 1)
        if top < _STANDS_OUT:
            text = (
                "No place stands out: even the element last touched most often held "
                f"{percent(top)} of the interruptions."
            )
            return (Paragraph(text=text),)
        return (
            Table(
                caption="The elements last touched before an interruption, with "
                f"{NAMED_USERS.value:.0f} users or more",
                columns=("element", "interruptions", "share"),
                rows=tuple(
                    (
                        label(place.target),
                        count(place.interruptions),
                        percent(place.interruptions / max(analysis.counts.interruptions, 1)),
                    )
                    for place in analysis.workday.places
                ),
                numeric=(1, 2),
            ),
        )
    if analysis.columns.get("target") is None:
        text = "The log has no column for elements (--target), so places cannot be told."
    elif analysis.counts.interruptions == 0:
        text = "There is no interruption, so there is no place to show."
    else:
        text = (
            "No element stood before the interruptions of at least "
            f"{NAMED_USERS.value:.0f} users; rarer places are "
            "not shown, as they could point at a person."
        )
    return (Paragraph(text=text),)
