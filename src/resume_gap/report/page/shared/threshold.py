"""The inactivity threshold: where it comes from, and how much depends on it."""

from resume_gap.constants import TAU_CAP
from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Note, Paragraph, Table
from resume_gap.report.text import recommendation, target_rules, threshold, vocabulary
from resume_gap.report.text.numbers import (
    DASH,
    count,
    duration,
    exact,
    minutes,
    or_dash,
    percent,
    signed,
)
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.run import Run, SensitivityRow

"""Half and double, with room for rounding."""


def inactivity_threshold(run: Run, best: str | None) -> tuple[Block, ...]:
    """The threshold and the cap, why, and the figures under other thresholds."""
    chosen = run.threshold
    interval = threshold.interval(run)
    blocks: list[Block] = [
        Facts(
            items=(
                Fact(
                    label="Inactivity threshold",
                    value=exact(chosen.seconds),
                    detail=threshold.source(run) + (f", {interval}" if interval else ""),
                ),
                Fact(
                    label="Cap",
                    value=exact(run.reorientation.cap_seconds),
                    detail="longest time charged to one return",
                ),
            )
        ),
        Paragraph(
            lead="Why this threshold.",
            text=f"{vocabulary.whole(threshold.why(run))} {_what_it_is(run)}",
        ),
    ]
    if (moving := threshold.sensitive(run)) is not None:
        blocks.append(Note(severity="warn", text=moving))
    if len(chosen.sensitivity) == 1:
        # Figures under one threshold do not show how much depends on it.
        blocks.append(
            Paragraph(
                text=(
                    "The threshold, and the cap that follows from it, decide how much slow "
                    "returns weigh: with other thresholds the figures may be others. Run "
                    "again with another "
                    "--gap to see."
                )
            )
        )
    elif chosen.sensitivity:
        blocks.append(_drawn(run, _sensitivity(run, best)))
        if steady := _steady(run):
            blocks.append(Paragraph(text=steady))
    return tuple(blocks)


def _drawn(run: Run, table: Table) -> Block:
    """The means under the thresholds, the one in use apart; the table where there are none."""
    chosen = run.threshold
    known = [row for row in chosen.sensitivity if row.reorientation_mean_seconds is not None]
    if len(known) < 2:
        return table
    return Figure(
        name="sensitivity",
        caption="Mean re-orientation time under other inactivity thresholds; the diamond is the "
        "threshold in use.",
        chart=RowsChart(
            size="page",
            unit="seconds",
            title="mean re-orientation time",
            rows=tuple(
                Row(
                    name=f"threshold {exact(row.seconds)}",
                    value=row.reorientation_mean_seconds or 0.0,
                    label=vocabulary.time(row.reorientation_mean_seconds or 0.0, run),
                    second=row.seconds == chosen.seconds,
                    strong=row.seconds == chosen.seconds,
                )
                for row in known
            ),
        ),
        table=table,
    )


def _steady(run: Run) -> str:
    """What stays within a quarter at half and double the threshold; nothing where words differ."""
    chosen = run.threshold
    rows = chosen.sensitivity
    words = {row.word for row in chosen.half_to_double if row.word is not None}
    if chosen.sensitive or len(words) > 1 or run.reorientation.mean.estimate is None:
        return ""
    stays = [
        name
        for name, values in (
            ("mean re-orientation time", [r.reorientation_mean_seconds for r in rows]),
            ("the difference to uninterrupted work", [r.excess_lower_seconds for r in rows]),
            ("the hit rate", [r.hit for r in rows]),
        )
        if None not in values
    ]
    if not stays:
        return ""
    listed = " and ".join([", ".join(stays[:-1]), stays[-1]] if len(stays) > 1 else stays)
    move = "moves" if len(stays) == 1 else "move"
    return (
        f"{listed[0].upper()}{listed[1:]} {move} by less than a quarter over these "
        f"thresholds{_moving(rows)}."
    )


def _moving(rows: tuple[SensitivityRow, ...]) -> str:
    """Which of the counts and the minutes a week are others under other thresholds, a clause."""
    counts = {(row.returns, row.interruptions, row.users_interrupted) for row in rows}
    weekly = {row.minutes_per_user_week for row in rows} - {None}
    found = [
        name
        for name, values in (("the counts", counts), ("the minutes a week", weekly))
        if len(values) > 1
    ]
    return f"; {' and '.join(found)} do not stay" if found else ""


def _what_it_is(run: Run) -> str:
    chosen = run.threshold
    text = "A longer gap between two events of one user ends a session."
    if chosen.source == "learned" and chosen.ci_lower is not None:
        text += f" The bracket is a {LEVEL} interval over users."
    if chosen.night_seconds is not None:
        text += (
            f" A deeper valley lies at {duration(chosen.night_seconds, vocabulary.step(run))}: "
            "that is the night, and it is not used."
        )
    return text


def _sensitivity(run: Run, best: str | None) -> Table:
    chosen = run.threshold
    fine = vocabulary.step(run)
    columns = (
        "inactivity threshold",
        "returns",
        "interruptions",
        "users",
        "mean re-orientation time",
        "productive share",
        "extra time vs. uninterrupted work",
        "hit rate of the best rule",
        "minutes a week, at most",
        "recommendation",
    )
    # Which returns are interruptions is unknown where no event counts as work.
    known = run.reorientation.reason != "no_productive_events"
    # Comparison and target rules are judged before a launch only.
    width = len(columns) if any(row.word is not None for row in chosen.sensitivity) else 6
    rows = tuple(
        (
            exact(row.seconds),
            count(row.returns),
            count(row.interruptions) if known else DASH,
            count(row.users_interrupted) if known else DASH,
            or_dash(row.reorientation_mean_seconds, lambda s: vocabulary.time(s, run)),
            or_dash(row.productive_share, percent),
            _extra(row, fine),
            or_dash(row.hit, percent),
            or_dash(row.minutes_per_user_week, _week),
            recommendation.WORD[row.word] if known and row.word is not None else DASH,
        )[:width]
        for row in chosen.sensitivity
    )
    used = [i for i, row in enumerate(chosen.sensitivity) if row.seconds == chosen.seconds]
    return Table(
        caption="What a run with another inactivity threshold (--gap) shows, each with a cap "
        f"of its own; the threshold in use is marked. Users are those interrupted.{_named(best)}",
        columns=columns[:width],
        rows=rows,
        numeric=tuple(range(1, min(width, 9))),
        marked=used[0] if used else None,
    )


def _named(best: str | None) -> str:
    if best is None:
        return ""
    return (
        f" The best target rule points at the {target_rules.rule(best)} under the threshold in use;"
        " minutes are per person."
    )


def _extra(row: SensitivityRow, fine: float) -> str:
    """The range at one threshold."""
    low, high = row.excess_lower_seconds, row.excess_upper_seconds
    if low is None or high is None:
        return DASH
    like, most = max(abs(low), abs(high)), min(TAU_CAP.value, row.seconds)
    ends = tuple(signed(end, fine, like=like, most=most) for end in (low, high))
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _week(value: float) -> str:
    return minutes(value).removesuffix(" minutes")
