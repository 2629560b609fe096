"""What must not get worse: the guardrails as intervals beside their margins."""

from collections.abc import Sequence

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.evaluate.tables import effects
from resume_gap.report.page.model import Block, Figure, Paragraph, Section, Table
from resume_gap.report.text import estimates, guardrails, measures
from resume_gap.report.text.names import series
from resume_gap.report.text.numbers import DASH, count, exact_share, points
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated, Guardrail


def guarded(found: Evaluated) -> tuple[Section, ...]:
    """The guardrails; nothing where none may be shown."""
    shown = guardrails.shown(found)
    if not shown:
        return ()
    text = (
        "Kept: shown not to be worse by the margin or more. Harmed: shown to be worse, "
        "and not shown to stay within the margin. Not shown: neither; more users would "
        "settle it. A harmed guardrail is reported beside the verdict and does not "
        "change it."
    )
    return (
        Section(
            name="guardrails",
            topic="What must not get worse",
            title=_finding(shown),
            blocks=(*_drawn(shown, found), Paragraph(text=text)),
        ),
    )


def interruptions(found: Evaluated) -> tuple[Block, ...]:
    """How often users were interrupted; nothing is judged by it."""
    effect = found.evaluation.interruptions
    if effect.estimate is None:
        return ()
    return (
        effects(
            f"Interruptions per assigned user, with {LEVEL} intervals. More of them is no harm: "
            "who is back at work sooner can be interrupted again. Fewer may be visits that are "
            "missing.",
            "measure",
            ((measures.measure(effect.estimand), effect),),
            found,
        ),
    )


def _finding(shown: Sequence[Guardrail]) -> str:
    """How many are kept, and the names of the worst of the others."""
    if all(guard.status == "kept" for guard in shown):
        return "The guardrail is kept" if len(shown) == 1 else "All guardrails are kept"
    kept = sum(guard.status == "kept" for guard in shown)
    status = "harmed" if any(guard.status == "harmed" for guard in shown) else "not_shown"
    names = series([measures.measure(g.effect.estimand) for g in shown if g.status == status])
    others = "got worse" if status == "harmed" else "not yet known"
    return f"{count(kept)} of {count(len(shown))} guardrails are kept; {others}: {names}"


def _drawn(shown: Sequence[Guardrail], found: Evaluated) -> tuple[Block, ...]:
    """Changes as intervals beside what would be put up with; the table alone without a change."""
    table = _table(shown, found)
    rows = tuple(_row(guard, value) for guard in shown if (value := _changed(guard)) is not None)
    if not rows:
        return (table,)
    return (
        Figure(
            name="guardrails",
            caption="Change with the marker: of shares in percentage points, else in percent of "
            f"control, as beside each row; lines are {LEVEL} intervals, the upright stroke is the "
            "margin that must not be passed. "
            f"{guardrails.SIGNS}.",
            chart=RowsChart(
                size="page",
                unit="change",
                title="change with the marker, in points or in % of control",
                sides=("less", "more"),
                value_label="change",
                limit_label="margin",
                rows=rows,
            ),
            table=table,
        ),
    )


def _row(guard: Guardrail, change: float) -> Row:
    effect = guard.effect
    lower, upper = (
        (effect.ci_lower, effect.ci_upper)
        if effect.unit == "share"
        else (effect.relative_ci_lower, effect.relative_ci_upper)
    )
    return Row(
        name=measures.measure(effect.estimand),
        value=change,
        lower=lower,
        upper=upper,
        label=f"{guardrails.sign(guard)} {guardrails.worded(change, guard)}",
        second=guard.status != "kept",
        limit=-guard.margin if guard.higher_is_better else guard.margin,
    )


def _changed(guard: Guardrail) -> float | None:
    """The change in the measure of its margin."""
    effect = guard.effect
    return effect.estimate if effect.unit == "share" else effect.relative


def _table(shown: Sequence[Guardrail], found: Evaluated) -> Table:
    return Table(
        caption=f"Guardrails, judged one-sided at {LEVEL}. The worst case is the end of the "
        "one-sided interval on the bad side: in points for shares, else beside control.",
        columns=(
            "measure",
            "status",
            "control",
            "treatment",
            "change",
            "worst case",
            "margin",
            "users",
        ),
        rows=tuple(_cells(guard, found) for guard in shown),
        numeric=(2, 3, 4, 5, 6, 7),
    )


def _cells(guard: Guardrail, found: Evaluated) -> tuple[str, ...]:
    effect = guard.effect
    value = _changed(guard)
    change = DASH if value is None else guardrails.worded(value, guard)
    if value is None and effect.reason is not None:
        change = f"{DASH} ({measures.short(effect.reason)})"
    worst = guard.worst
    return (
        measures.measure(effect.estimand),
        guardrails.judged(guard),
        *estimates.levels(effect, found),
        change,
        DASH if worst is None else guardrails.worded(worst, guard),
        points(guard.margin) if effect.unit == "share" else exact_share(guard.margin),
        f"{count(effect.n_control)} / {count(effect.n_treatment)}",
    )
