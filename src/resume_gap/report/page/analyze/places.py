"""Where work stops: elements, pages where no element stands out; and the hours of the week."""

from collections.abc import Sequence

from resume_gap.constants import NAMED_USERS
from resume_gap.report.charts.gaps import WeekChart
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Figure, Paragraph, Section, Table
from resume_gap.report.text import counted
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, many, part
from resume_gap.results.analyze import Analysis
from resume_gap.results.workday import StoppingPlace

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_PLACES = 8
_NAME = 40
"""Characters of a name in the chart."""


def where(analysis: Analysis) -> tuple[Section, ...]:
    """The section; nothing where nothing was interrupted."""
    if not analysis.counts.interruptions:
        return ()
    day = analysis.workday
    if day.places and analysis.place_stands_out:
        return (_section(analysis, day.places, "element", "element last touched"),)
    if day.pages:
        return (_section(analysis, day.pages, "page", "page, screen or file"),)
    return (
        Section(
            name="places",
            topic="Where work stops",
            title="No single place stands out" if day.places else "Where work stops is not known",
            blocks=(Paragraph(text=_why_none(analysis)),),
        ),
    )


def _section(
    analysis: Analysis, places: Sequence[StoppingPlace], kind: str, column: str
) -> Section:
    total = analysis.counts.interruptions
    shown = places[:_MOST_PLACES]
    figure = Figure(
        name="places",
        caption=f"{counted.several(analysis).capitalize()} by the {column} before the stop; the "
        f"{count(len(shown))} with most "
        f"of them, each of {NAMED_USERS.value:.0f} users or more.",
        chart=RowsChart(
            size="page",
            unit="share",
            of=total,
            title=f"share of the {counted.several(analysis)}",
            bars=True,
            rows=tuple(
                Row(
                    name=label(place.target, limit=_NAME),
                    value=place.interruptions,
                    label=part(place.interruptions, total),
                )
                for place in shown
            ),
        ),
        table=Table(
            caption=f"{counted.several(analysis).capitalize()} by the {column}",
            columns=(kind, counted.several(analysis), "share"),
            rows=tuple(
                (label(p.target), count(p.interruptions), part(p.interruptions, total))
                for p in places
            ),
            numeric=(1, 2),
        ),
    )
    blocks: tuple[Block, ...] = (figure,)
    if kind == "page" and analysis.workday.places:
        blocks = (figure, Paragraph(text=_none_stands_out(analysis)))
    return Section(
        name="places",
        topic="Where work stops",
        title=_finding(analysis, places[0]),
        blocks=blocks,
    )


def _finding(analysis: Analysis, first: StoppingPlace) -> str:
    """The most frequent place, which need not hold many."""
    name = label(first.target, limit=_NAME)
    share = part(first.interruptions, analysis.counts.interruptions)
    if analysis.leads(first):
        return f"Work stops most often at {name}, in {share} of the {counted.several(analysis)}"
    return (
        f"Work stops at many places; {name} comes first, with {share} of the "
        f"{counted.several(analysis)}"
    )


def _none_stands_out(analysis: Analysis) -> str:
    top = analysis.workday.places[0].interruptions
    return (
        "No element stands out: even the element last touched most often held "
        f"{part(top, analysis.counts.interruptions)} of the {counted.several(analysis)}."
    )


def _why_none(analysis: Analysis) -> str:
    if analysis.workday.places:
        return _none_stands_out(analysis)
    if analysis.columns.get("target") is None:
        return (
            "The log has no column for elements and none for pages that "
            "could be shown, so places are not known."
        )
    return (
        f"No element stood before the {counted.several(analysis)} of at least "
        f"{NAMED_USERS.value:.0f} users; "
        "rarer places are not shown, as they could point at a person."
    )


def week_figure(analysis: Analysis) -> tuple[Block, ...]:
    """The hours in which work stops."""
    total = analysis.workday.stops
    if total == 0:
        known = analysis.reorientation.reason != "no_productive_events"
        none = "There is no interruption" if known else "No event counts as work"
        return (Paragraph(text=f"{none}, so there is no hour to show."),)
    day, hour, most = analysis.workday.busiest
    zone = label(str(analysis.generated_from.settings.get("tz", "UTC")))
    return (
        Figure(
            name="week",
            caption=f"When {'' if counted.every_return(analysis) else 'the interrupted '}work "
            "had stopped, by weekday and hour of the day "
            f"({zone}); {many(total, 'stop')}. The framed field is {DAYS[day]} from {hour:02}:00 "
            f"with {count(most)}, {part(most, total)} of all.",
            chart=WeekChart(size="page", counts=analysis.workday.week),
            table=Table(
                caption="Stops before "
                f"{'a return' if counted.every_return(analysis) else 'an interruption'}, by hour",
                columns=("hour", *(name[:3] for name in DAYS)),
                rows=tuple(
                    (f"{h:02}:00", *(count(row[h]) for row in analysis.workday.week))
                    for h in range(24)
                ),
                numeric=tuple(range(1, 8)),
            ),
        ),
    )
