"""What people do first after coming back, up to the first productive event."""

from resume_gap.constants import NAMED_USERS
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Figure, Paragraph, Section, Table
from resume_gap.report.text import counted, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, exact, many, part
from resume_gap.results.analyze import Analysis
from resume_gap.results.workday import FirstPath

_MOST = 8
_NAME = 24
"""Characters of a name in the chart; a path holds two."""
_ARROW = "\N{RIGHTWARDS ARROW}"


def first_paths(analysis: Analysis) -> tuple[Section, ...]:
    """The section; nothing where no path may be named, or none can be seen."""
    paths = analysis.workday.paths
    eligible = analysis.reorientation.eligible
    if not paths or not eligible or vocabulary.at_once(analysis):
        return ()
    shown = paths[:_MOST]
    listed = sum(path.interruptions for path in shown)
    figure = Figure(
        name="first-paths",
        caption="The first event back and the first productive event, by how many of the "
        f"{counted.several(analysis)} began like that; between the two there may be others. "
        f"{_most(len(shown))} "
        f"of {NAMED_USERS.value:.0f} users or more.",
        chart=RowsChart(
            size="page",
            unit="share",
            of=eligible,
            title=f"share of the {counted.several(analysis)}",
            bars=True,
            rows=tuple(
                Row(
                    name=_path(path, limit=_NAME),
                    value=path.interruptions,
                    label=part(path.interruptions, eligible),
                    second=path.work is None,
                )
                for path in shown
            ),
        ),
        table=Table(
            caption=f"{counted.several(analysis).capitalize()} by the first event back and the "
            "first productive event",
            columns=(
                "first event back",
                "first productive event",
                counted.several(analysis),
                "share",
            ),
            rows=tuple(
                (
                    label(path.first),
                    "the same" if path.at_once else _work(path, analysis),
                    count(path.interruptions),
                    part(path.interruptions, eligible),
                )
                for path in paths
            ),
            numeric=(2, 3),
        ),
    )
    text = f"These paths cover {part(listed, eligible)} of {many(eligible, counted.one(analysis))}"
    missed = any(path.work is None for path in shown)
    none = f"; broken off: no productive work within {exact(analysis.reorientation.cap_seconds)}"
    return (
        Section(
            name="first-paths",
            topic="First steps back",
            title=_finding(shown[0], eligible),
            blocks=(figure, Paragraph(text=f"{text}{none if missed else ''}.")),
        ),
    )


def _most(shown: int) -> str:
    return "The most frequent path" if shown == 1 else f"The {shown} most frequent paths"


def _finding(path: FirstPath, eligible: int) -> str:
    share = part(path.interruptions, eligible)
    first = label(path.first, limit=_NAME)
    if path.at_once:
        return f"The most frequent first step back is work itself: {first} ({share})"
    if path.work is None:
        return f"The most frequent path back breaks off after {first} ({share})"
    work = label(path.work, limit=_NAME)
    return f"The most frequent path back leads from {first} to {work} ({share})"


def _path(path: FirstPath, *, limit: int) -> str:
    first = label(path.first, limit=limit)
    if path.at_once:
        return f"{first} (at once)"
    work = "broken off" if path.work is None else label(path.work, limit=limit)
    return f"{first} {_ARROW} {work}"


def _work(path: FirstPath, analysis: Analysis) -> str:
    if path.work is None:
        return f"none within {exact(analysis.reorientation.cap_seconds)}"
    return label(path.work)
