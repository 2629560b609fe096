"""Coming back against uninterrupted work: how much longer, and how the pace recovers."""

from collections.abc import Callable

from resume_gap.constants import MOMENT_SLOTS
from resume_gap.report.charts.curve import PaceChart
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Note, Paragraph, Table
from resume_gap.report.text import counted, extra_time, reasons, vocabulary
from resume_gap.report.text.numbers import count, duration, many, percent, signed
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis, Excess, ExcessRow, Recovery
from resume_gap.results.common import Estimate

_DASH = "\N{EN DASH}"
_USUAL = f"{1:.1f}"
"""A pace as printed that is the steady one."""
_WITHHELD = (
    "The comparisons stand here for checking only: they are not a result, for the reason given "
    "under Getting back to work."
)


def finding(analysis: Analysis) -> str | None:
    """What three comparisons say together; None without a figure."""
    found = analysis.excess
    claim = extra_time.claim(analysis)
    if claim is None:
        return None
    reported = extra_time.span(found, analysis)
    if found.word == "depends_on_matching":
        return f"Whether getting back takes longer depends on what is compared: {reported}"
    if found.ci_upper is not None and found.ci_upper < 0:
        return f"Getting back took less time than uninterrupted work: {reported}"
    if "not take clearly" in claim:
        return f"No clear difference from uninterrupted work: {reported}"
    return f"All three comparisons find extra time: {reported} per {counted.one(analysis)}"


def compared(analysis: Analysis) -> tuple[Block, ...]:
    """The comparisons as intervals, and what they say; a note where there is no figure."""
    found = analysis.excess
    if found.from_event.estimate is None:
        text = reasons.sentence(f"the extra time is not known: {_why(analysis)}")
        return (Note(severity="note", text=text),)
    if found.reason is not None:
        text = reasons.sentence(f"the extra time is not shown: {_why(analysis)}")
        return (Note(severity="note", text=text),)
    text = (
        f"Getting back to work {extra_time.claim(analysis)}. {extra_time.why_a_range(analysis)} "
        "Interruptions are not randomized: this is an association, not an effect."
    )
    return (_figure(analysis), Paragraph(text=text))


def matched(analysis: Analysis) -> tuple[Block, ...]:
    """How the comparisons were made; for the appendix."""
    if analysis.excess.from_event.estimate is None:
        return (Paragraph(text="Nothing was compared."),)
    every = (
        " Every return counts here, and the controls need not be in mid-task."
        if analysis.generated_from.settings.get("all_returns")
        else ""
    )
    what = Paragraph(
        text=f"Each {counted.one(analysis)} is compared with {MOMENT_SLOTS.value:.0f} controls "
        "of the same "
        "person: later than the "
        "return, in the middle of work without a gap, after an event of the same name and in "
        "the same half of the day. From each the time to the next productive event is taken, as "
        f"from a return.{every} Interruptions are not randomized: the difference is "
        "associated with interruptions; a log cannot say that they bring it about."
    )
    if analysis.excess.reason is not None:
        return (what, Paragraph(text=_WITHHELD), _matchings(analysis))
    return (_facts(analysis), what, _matchings(analysis))


def _figure(analysis: Analysis) -> Figure:
    found = analysis.excess
    rows = [(name, getattr(found, field), False) for name, _, field, _ in extra_time.MANNERS]
    rows.append(("check: uninterrupted against itself", found.control, True))
    like = max(abs(value.estimate or 0.0) for _, value, _ in rows)
    return Figure(
        name="comparisons",
        caption=f"Extra time per {counted.one(analysis)} against uninterrupted work of the same "
        "people, with "
        f"{LEVEL} intervals over users. The diamond compares uninterrupted work with itself: "
        "0 is expected.",
        chart=RowsChart(
            size="page",
            unit="seconds",
            title=f"extra time per {counted.one(analysis)}",
            sides=("sooner", "later than uninterrupted work"),
            rows=tuple(
                Row(
                    name=name,
                    value=value.estimate,
                    lower=value.ci_lower,
                    upper=value.ci_upper,
                    label=_signed(value.estimate, analysis, like),
                    second=second,
                )
                for name, value, second in rows
                if value.estimate is not None
            ),
        ),
        table=_matchings(analysis),
    )


def _signed(seconds: float, analysis: Analysis, like: float) -> str:
    most = analysis.reorientation.cap_seconds
    return signed(seconds, vocabulary.step(analysis), like=like, most=most)


def _why(analysis: Analysis) -> str:
    return reasons.why(analysis.excess.reason, analysis)


def _facts(analysis: Analysis) -> Facts:
    found = analysis.excess
    items = [
        Fact(
            label=counted.after(analysis).capitalize(),
            value=vocabulary.mean(analysis) or _DASH,
            detail="mean time to productive work",
        )
    ]
    if found.controls_mean_seconds is not None:
        items.append(
            Fact(
                label="Matched controls",
                value=vocabulary.time(max(0.0, found.controls_mean_seconds), analysis),
                detail="the same, in uninterrupted work",
            )
        )
    if found.own_slots is not None:
        own = "" if found.own_returns is None else f"; at least one in {percent(found.own_returns)}"
        items.append(
            Fact(
                label="Controls from the same people",
                value=percent(found.own_slots),
                detail=f"the others are means of like controls{own}",
            )
        )
    return Facts(items=tuple(items))


def _matchings(analysis: Analysis) -> Table:
    found = analysis.excess

    def row(what: str, value: Estimate, why: str) -> tuple[str, str, str]:
        return what, reasons.estimate(value, analysis), why

    reached = (
        ""
        if found.reached.estimate is None
        else "the third one without the returns that ended before any work, "
    )
    return Table(
        caption=f"The three comparisons, {reached}the first one matched in another way, and a "
        f"comparison in which no difference is due{_brackets(found)}",
        columns=("compared with", "extra time", "what could mislead"),
        rows=(
            *(row(what, getattr(found, field), why) for _, what, field, why in extra_time.MANNERS),
            *_at_work(found, row),
            row(
                "controls after an event like the first one back",
                found.first_back,
                "returns may land elsewhere, on a home page say",
            ),
            row(
                "check: uninterrupted work against itself, early controls with later ones",
                found.control,
                "0 is expected",
            ),
        ),
        numeric=(1,),
    )


def _brackets(found: Excess) -> str:
    """What brackets are; nothing where there are none."""
    known = found.from_event.ci_lower is not None
    return f"; brackets are {LEVEL} intervals over users" if known else ""


def _at_work(
    found: Excess, row: Callable[[str, Estimate, str], tuple[str, str, str]]
) -> tuple[tuple[str, str, str], ...]:
    """The returns that reached work, where that was looked at."""
    if found.reached.estimate is None:
        return ()
    why = "those who are called away again before the step is done are missing"
    return (row("restarting the same step, returns that reached work only", found.reached, why),)


def pace(analysis: Analysis) -> str:
    """How the first productive step compares with the last one that is known."""
    steps = analysis.recovery.steps
    if analysis.recovery.reason is not None or len(steps) < 2:
        return "Getting up to speed"
    first, last = (f"{steps[place][1]:.1f}" for place in (0, -1))
    if first == last == _USUAL:
        return "Once back, people work at their usual pace"
    return (
        f"The first productive step takes {first} times the steady pace, "
        f"step {steps[-1][0]} takes {last} times"
    )


def _longer(analysis: Analysis, found: ExcessRow | None) -> str:
    return _DASH if found is None else extra_time.figures(found, analysis) or _DASH


def by_class(analysis: Analysis) -> Table:
    """Re-orientation and the extra time by the length of the gap."""
    longer = {row.gap_class: row for row in analysis.excess.by_gap_class}
    columns: tuple[str, ...] = (
        "gap",
        "followed up",
        "mean re-orientation time",
        "productive share",
    )
    if longer:
        columns = (*columns, "extra time vs. uninterrupted work")
    return Table(
        caption="Re-orientation by the length of the gap; people who are away for long may "
        "differ in other ways, too",
        columns=columns,
        rows=tuple(
            (
                vocabulary.GAP_CLASS.get(row.gap_class, row.gap_class),
                count(row.eligible),
                _DASH if row.mean_seconds is None else vocabulary.time(row.mean_seconds, analysis),
                _DASH if row.productive_share is None else percent(row.productive_share),
                *((_longer(analysis, longer.get(row.gap_class)),) if longer else ()),
            )
            for row in analysis.reorientation.by_gap_class
        ),
        numeric=tuple(range(1, len(columns))),
    )


def recovery(analysis: Analysis) -> tuple[Block, ...]:
    """The pace of the first productive steps."""
    found = analysis.recovery
    if found.reason is not None or len(found.steps) < 2:
        why = reasons.why(found.reason or "too_few_steps", analysis)
        return (Paragraph(text=reasons.sentence(f"how the pace recovers is not known: {why}")),)
    first, last = found.steps[0], found.steps[-1]
    steady = (
        ""
        if found.steady_seconds is None
        else f" (in the median {duration(found.steady_seconds, vocabulary.step(analysis))} from"
        " one productive event to the next)"
    )
    return (
        Figure(
            name="pace",
            caption="Time of each productive step after coming back, counted from the first "
            "productive event on, so without re-orientation, as a multiple of "
            f"the person's own steady pace{steady}. Step {first[0]} takes {first[1]:.1f} times as "
            f"long in the median, step {last[0]} {last[1]:.1f} times. From "
            f"{many(found.interruptions, counted.one(analysis))}."
            + (" The band holds the middle half of them." if found.quartiles else ""),
            chart=PaceChart(
                size="page",
                steps=tuple((step, pace) for step, pace, _ in found.steps),
                band=found.quartiles,
            ),
            at=tuple(float(step) for step, *_ in found.steps),
            table=_paces(found),
        ),
    )


def _paces(found: Recovery) -> Table:
    ends = {step: (lower, upper) for step, lower, upper in found.quartiles}
    return Table(
        caption="Pace by step, as a multiple of the steady pace",
        columns=("step", "median", "middle half", "interruptions that got so far"),
        rows=tuple(
            (
                str(step),
                f"{pace:.2f}",
                f"{ends[step][0]:.2f} to {ends[step][1]:.2f}" if step in ends else _DASH,
                count(n),
            )
            for step, pace, n in found.steps
        ),
        numeric=(1, 2, 3),
    )
