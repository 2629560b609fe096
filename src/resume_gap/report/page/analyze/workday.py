"""The day of an interrupted user: how long work stops; and the counts behind it."""

from typing import Final

from resume_gap.constants import FOLLOW_UP, USER_GAP_CAP
from resume_gap.report.charts.gaps import GapsChart
from resume_gap.report.page.analyze.places import week_figure
from resume_gap.report.page.model import (
    Block,
    Fact,
    Facts,
    Figure,
    Note,
    Paragraph,
    Part,
    Section,
    Table,
)
from resume_gap.report.text import counted, vocabulary
from resume_gap.report.text.numbers import DASH, count, duration, exact, many, part, percent
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import GAP_CLASSES, REASONS
from resume_gap.results.workday import GapShares

_IN_MID_TASK: Final = ("mid_task", "away_event")
"""The reasons of stops whose returns count as interruptions."""


def interrupted_day(analysis: Analysis) -> Section:
    """How long work stops, with the gaps between events as the chart."""
    return Section(
        name="day",
        topic="How long work stops",
        title=_finding(analysis),
        blocks=(*_gaps(analysis), Paragraph(text=_counted(analysis)), *_limits(analysis)),
    )


def _limits(analysis: Analysis) -> tuple[Block, ...]:
    """What the figures mean less than they seem; without any the first screen says why."""
    if analysis.reorientation.mean.estimate is None:
        return ()
    return tuple(Note(severity="note", text=t) for t in vocabulary.limits_of_the_figures(analysis))


def in_detail(analysis: Analysis) -> Section:
    """The counts, and the hours of the week; for the appendix."""
    found = analysis.counts
    blocks: list[Block] = [_facts(analysis)]
    if found.returns:
        blocks.append(_reasons(analysis))
    if found.by_gap_class:
        blocks.append(_classes(analysis))
    blocks.append(Paragraph(text=_return_rate(analysis)))
    if found.device_changed:
        many_changed = many(found.device_changed, "return was", "returns were")
        blocks.append(Paragraph(text=f"{many_changed} on a different device from the stop."))
    return Section(
        name="day-more",
        title=f"{counted.several(analysis).capitalize()} in detail",
        appendix=True,
        blocks=tuple(blocks),
        parts=(Part(title="Hours of the week", blocks=week_figure(analysis)),),
    )


def _finding(analysis: Analysis) -> str:
    """The most frequent length of what `gap_classes` divides."""
    found = analysis.counts
    if not found.returns:
        return "Nobody came back after a gap"
    if not found.by_gap_class and analysis.reorientation.reason == "no_productive_events":
        return f"{many(found.returns, 'return')} came after a gap"
    if not found.by_gap_class:
        return "No return followed a stop in mid-task"
    most = max(GAP_CLASSES, key=lambda name: found.gap_classes.get(name, 0))
    share = part(found.gap_classes.get(most, 0), found.by_gap_class)
    return f"{share} of the {_what(analysis)} last {vocabulary.GAP_CLASS[most]}"


def _what(analysis: Analysis) -> str:
    unknown = analysis.reorientation.reason == "no_productive_events"
    gaps = unknown or counted.every_return(analysis)
    return "gaps before a return" if gaps else "interruptions"


def _counted(analysis: Analysis) -> str:
    """What is counted: returns, and the interruptions among them."""
    found = analysis.counts
    text = (
        f"{many(found.returns, 'return')} came after a gap of more than "
        f"{exact(analysis.threshold.seconds)}, the inactivity threshold."
    )
    if analysis.reorientation.reason == "no_productive_events" or not found.returns:
        return text
    of_users = f"of {count(found.users_interrupted)} of {many(found.users, 'user')}"
    if counted.every_return(analysis):
        who, what = f"All {count(found.interruptions)}", "are counted"
        if found.returns == 1:
            who, what = "It", "is counted"
        return f"{text} {who}, {of_users}, {what} here, wherever work had stopped."
    return (
        f"{text} {count(found.interruptions)} of them "
        f"({part(found.interruptions, found.returns)}) followed a stop in mid-task and count as "
        f"interruptions, {of_users}."
    )


def _facts(analysis: Analysis) -> Facts:
    found = analysis.counts
    return Facts(
        items=(
            Fact(
                label="Returns after a gap",
                value=count(found.returns),
                detail=f"in {many(found.sessions, 'session')}",
            ),
            _interruptions(analysis),
            Fact(
                label="Stops without a return",
                value=count(found.not_returned),
                detail="silent until the log ends",
            ),
        )
    )


def _interruptions(analysis: Analysis) -> Fact:
    """How many returns are interruptions; unknown without an event that counts as work."""
    found, label = analysis.counts, "Interruptions"
    if analysis.reorientation.reason == "no_productive_events":
        return Fact(label=label, value=DASH, detail="not known: no event counts as work")
    users = f"{count(found.users_interrupted)} of {many(found.users, 'user')}"
    return Fact(label=label, value=count(found.interruptions), detail=users)


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
        if not (found.not_returned or unknown or any(map(found.reasons.get, _IN_MID_TASK))):
            return "No stop was in mid-task."
        return (
            f"How many stops{where} are taken up again within {week} is not known: no "
            f"stop{where} has {week} of log after it."
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
    fine = analysis.resolution.finest_seconds
    caption = (
        "All gaps between one event and the next of the same user. "
        f"{_opening(percent(found.beyond_threshold))} are longer than the inactivity threshold and "
        f"end a session. Each user counts with at most {count(round(USER_GAP_CAP.value))} gaps."
    )
    if found.too_short > 0:
        caption += f" {percent(found.too_short)} are shorter than {exact(fine)} and are not drawn."
    return (_gap_figure(analysis, found, caption),)


def _opening(share: str) -> str:
    """A share at the beginning of a sentence."""
    return share[0].upper() + share[1:]


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
            size="page",
            bins=drawn,
            threshold_seconds=threshold,
            threshold_label=f"threshold {exact(threshold)}",
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
    what = "returns" if unknown else counted.several(analysis)
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
