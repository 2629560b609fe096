"""Coming back against uninterrupted work: how much longer, and how the pace recovers."""

from resume_gap.constants import MOMENT_SLOTS
from resume_gap.report.charts.curve import PaceChart
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Note, Paragraph, Table
from resume_gap.report.text import extra_time, reasons, vocabulary
from resume_gap.report.text.numbers import count, duration, many, percent
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import Estimate

_DASH = "\N{EN DASH}"


def against_uninterrupted(analysis: Analysis) -> tuple[Block, ...]:
    """How much longer than the same work uninterrupted, or why that is not known."""
    found = analysis.excess
    every = (
        " Every return counts here (--all-returns), and the controls need not be in mid-task."
        if analysis.generated_from.settings.get("all_returns")
        else ""
    )
    what = Paragraph(
        text=f"Each interruption is compared with {MOMENT_SLOTS.value:.0f} controls of the same "
        "person: later than the "
        "return, in the middle of work without a gap, after an event of the same name and in "
        "the same half of the day. From each the time to the next productive event is taken, as "
        f"from a return.{every} Who is interrupted when is not left to chance: the difference is "
        "associated with interruptions; a log cannot say that they bring it about."
    )
    if found.from_event.estimate is None:
        text = reasons.sentence(f"the extra time is not known: {_why(analysis)}")
        return (Note(severity="note", text=text),)
    blocks: list[Block] = []
    if found.reason is not None:
        text = reasons.sentence(f"the extra time is not shown: {_why(analysis)}")
        blocks.append(Note(severity="note", text=text))
    else:
        claim = extra_time.claim(analysis)
        text = f"Getting back to work {claim}. {extra_time.why_a_range(analysis)}"
        blocks.append(Paragraph(text=text))
    return (*blocks, _facts(analysis), what, _matchings(analysis))


def _why(analysis: Analysis) -> str:
    return reasons.why(analysis.excess.reason, analysis)


def _facts(analysis: Analysis) -> Facts:
    found = analysis.excess
    items = [
        Fact(
            label="After an interruption",
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

    return Table(
        caption="The three comparisons, the first one matched in another way, and a comparison in "
        "which no difference is due; brackets are 95 % intervals over users",
        columns=("compared with", "extra time", "what could mislead"),
        rows=(
            *(row(what, getattr(found, field), why) for what, field, why in extra_time.MANNERS),
            row(
                "controls after an event like the first one back",
                found.first_back,
                "returns may land elsewhere, on a home page say",
            ),
            row(
                "early controls with later ones, nobody interrupted", found.control, "0 is expected"
            ),
        ),
        numeric=(1,),
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
            f"{many(found.interruptions, 'interruption')}.",
            chart=PaceChart(steps=tuple((step, pace) for step, pace, _ in found.steps)),
            table=Table(
                caption="Median pace by step, as a multiple of the steady pace",
                columns=("step", "times the steady pace", "interruptions that got so far"),
                rows=tuple((str(s), f"{pace:.2f}", count(n)) for s, pace, n in found.steps),
                numeric=(1, 2),
            ),
        ),
    )
