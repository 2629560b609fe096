"""The day of an interrupted user: when work stops, for how long, and where."""

from resume_gap.constants import FOLLOW_UP, NAMED_USERS, USER_GAP_CAP
from resume_gap.report.charts.gaps import GapsChart, WeekChart
from resume_gap.report.page.analyze.example_day import one_day
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Paragraph, Part, Section, Table
from resume_gap.report.text import vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, duration, exact, many, part, percent
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import GAP_CLASSES, REASONS
from resume_gap.results.workday import GapShares

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Places are listed when the first of them holds so many of the interruptions."""


def interrupted_day(analysis: Analysis) -> Section:
    """When, how long, where."""
    found = analysis.counts
    blocks: list[Block] = [
        Facts(
            items=(
                Fact(
                    label="Returns after a gap",
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
        columns=("before the gap", "returns", "share"),
        rows=tuple(
            (vocabulary.REASON[reason], count(n), part(n, found.returns))
            for reason in REASONS
            if (n := found.reasons.get(reason, 0))
        ),
        numeric=(1, 2),
    )


def _return_rate(analysis: Analysis) -> str:
    found = analysis.counts
    unknown = analysis.reorientation.reason == "no_productive_events"
    where = "" if unknown else " in mid-task"
    week = exact(FOLLOW_UP.value)
    if found.return_rate_7d is None:
        return (
            f"How many stops{where} are taken up again within {week} is not known: none "
            f"of them has {week} of log after it."
        )
    share = percent(found.return_rate_7d)
    return (
        f"{share[0].upper()}{share[1:]} of the {many(found.followed_7d, 'stop')}{where} "
        f"with {week} of log after them were followed by a return within those {week}."
    )


def _gaps(analysis: Analysis) -> tuple[Block, ...]:
    found = analysis.workday.gaps
    if found is None:
        return (Paragraph(text="The log holds no two events of one user at different times."),)
    limit = exact(analysis.threshold.seconds)
    fine = analysis.resolution.finest_seconds
    caption = (
        "Gaps between one event and the next of the same user. The inactivity threshold of "
        f"{limit} leaves {percent(found.beyond_threshold)} of the gaps beyond it: those that end a "
        f"session. No user weighs more than {count(round(USER_GAP_CAP.value))} gaps."
    )
    if found.too_short > 0:
        caption += f" {percent(found.too_short)} are shorter than {exact(fine)} and are not drawn."
    return (
        _gap_figure(analysis, found, caption),
        *((_classes(analysis),) if analysis.counts.interruptions else ()),
    )


def _gap_figure(analysis: Analysis, found: GapShares, caption: str) -> Block:
    fine = analysis.resolution.finest_seconds
    drawn = tuple(one for one in found.bins if one[1] > fine)
    if not drawn:
        return Paragraph(text=caption)
    threshold = analysis.threshold.seconds
    return Figure(
        name="gaps",
        caption=caption,
        chart=GapsChart(
            bins=drawn, threshold_seconds=threshold, threshold_label=f"threshold {exact(threshold)}"
        ),
        table=Table(
            caption="Gaps by length",
            columns=("gap", "share"),
            rows=tuple(
                (
                    f"{duration(lower, fine)} to {duration(upper, fine)}"
                    if lower
                    else f"up to {duration(upper, fine)}",
                    percent(share),
                )
                for lower, upper, share in found.doublings
            ),
            numeric=(1,),
        ),
    )


def _classes(analysis: Analysis) -> Table:
    found = analysis.counts
    total = found.by_gap_class
    unknown = analysis.reorientation.reason == "no_productive_events"
    what = "returns" if unknown else "interruptions"
    return Table(
        caption=f"{what.capitalize()} by the length of the gap",
        columns=("gap", what, "share"),
        rows=tuple(
            (vocabulary.GAP_CLASS[name], count(n), part(n, total))
            for name in GAP_CLASSES
            for n in (found.gap_classes.get(name, 0),)
        ),
        numeric=(1, 2),
    )


def _week(analysis: Analysis) -> tuple[Block, ...]:
    total = analysis.workday.stops
    if total == 0:
        return (Paragraph(text="There is no interruption, so there is no hour to show."),)
    day, hour, most = analysis.workday.busiest
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
        total = analysis.counts.interruptions
        top = analysis.workday.places[0].interruptions
        if not analysis.place_stands_out:
            text = (
                "No place stands out: even the element last touched most often held "
                f"{part(top, total)} of the interruptions."
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
                        part(place.interruptions, total),
                    )
                    for place in analysis.workday.places
                ),
                numeric=(1, 2),
            ),
        )
    if analysis.columns.get("target") is None:
        text = "The log has no column for elements (--target), so places are not known."
    elif analysis.counts.interruptions == 0:
        text = "There is no interruption, so there is no place to show."
    else:
        text = (
            "No element stood before the interruptions of at least "
            f"{NAMED_USERS.value:.0f} users; rarer places are "
            "not shown, as they could point at a person."
        )
    return (Paragraph(text=text),)
