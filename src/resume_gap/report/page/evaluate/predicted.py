"""What was predicted before a launch beside what was measured after it."""

from collections.abc import Iterable

from resume_gap.report.page.model import Block, Paragraph, Section, Table
from resume_gap.report.text import estimates
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import DASH, count, percent, share_interval
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Evaluated, PredictedRow

_NAME = {
    "reorientation_mean_seconds": "mean re-orientation time",
    "hit": "hit rate",
}
_CASE = {"low": "low", "middle": "middle", "high": "high"}


def predicted(found: Evaluated) -> tuple[Section, ...]:
    """Predicted and measured, side by side; nothing without a prediction."""
    rows = found.evaluation.predicted
    if not rows:
        return ()
    spared = tuple(row for row in rows if _spared(row))
    others = tuple(row for row in rows if not _spared(row))
    file = found.evaluation.prediction_file
    return (
        Section(
            name="predicted",
            title="Predicted and measured",
            blocks=(
                Paragraph(
                    text="Before the launch this was written down and sealed"
                    + (f" ({label(file[:12])})" if file else "")
                    + "."
                ),
                *((_looked_up(others, found),) if others else ()),
                *(_sparing(spared, found) if spared else ()),
            ),
        ),
    )


def _spared(row: PredictedRow) -> bool:
    """Whether the row says what a marker spares; the measured is the same for all of these."""
    return row.name == "saving_at_most_seconds" or row.name.startswith("scenario:")


def _looked_up(rows: tuple[PredictedRow, ...], found: Evaluated) -> Table:
    """What can be looked up again without a marker."""
    like = _longest(
        value for row in rows if row.name != "hit" for value in (row.predicted, row.measured)
    )
    return Table(
        caption="Predicted, and measured in control, where no marker was shown; with 95 % "
        "intervals over users",
        columns=("figure", "predicted", "from", "measured", "from"),
        rows=tuple(
            (
                _NAME.get(row.name) or label(row.name.replace("_", " ")),
                _figure(row.predicted, found, like=like, share=row.name == "hit"),
                _from(row.n_predicted),
                _figure(row.measured, found, like=like, share=row.name == "hit"),
                _from(row.n_measured),
            )
            for row in rows
        ),
        numeric=(1, 2, 3, 4),
    )


def _from(n: int | None) -> str:
    return DASH if n is None else count(n)


def _sparing(rows: tuple[PredictedRow, ...], found: Evaluated) -> tuple[Block, ...]:
    """The cases that were assumed, what was measured, and which case comes nearest to that."""
    measured = _measured(rows, found)
    cases = [
        (_CASE[case], row.predicted.estimate)
        for row in rows
        if (case := row.name.partition(":")[2]) in _CASE and row.predicted.estimate is not None
    ]
    like = _longest((*(row.predicted for row in rows), *(value for _, value, _ in measured)))
    lines = [
        (_spared_name(row), _figure(row.predicted, found, like=like), _from(row.n_predicted))
        for row in rows
    ]
    lines += [
        (f"measured: {name}", _figure(value, found, like=like), _from(n))
        for name, value, n in measured
    ]
    table = Table(
        caption="What a marker would spare per interruption, as predicted, and what it spared, "
        "with 95 % intervals over users; below 0 is longer",
        columns=("figure", "spared", "from"),
        rows=tuple(lines),
        numeric=(1, 2),
    )
    texts = ["The cases are assumptions, not forecasts, and are meant per interruption."]
    texts += [_nearest(name, value.estimate, cases) for name, value, _ in measured]
    return (table, Paragraph(text=" ".join(filter(None, texts))))


def _measured(
    rows: tuple[PredictedRow, ...], found: Evaluated
) -> tuple[tuple[str, Estimate, int | None], ...]:
    """What the marker spared at first returns, and where it is known at all interruptions."""
    trial = found.evaluation
    some = next((row for row in rows if row.measured.estimate is not None), None)
    reported = [] if some is None else [("first returns", some.measured, some.n_measured)]
    for effect in (*trial.secondary, *trial.exploratory):
        if effect.estimand != "all_returns" or effect.estimate is None:
            continue
        ends = (effect.rows_control, effect.rows_treatment)
        n = None if ends[0] is None or ends[1] is None else ends[0] + ends[1]
        explored = ", exploration only" if effect in trial.exploratory else ""
        reported.append((f"all interruptions{explored}", effect.saved, n))
    return tuple(reported)


def _nearest(name: str, value: float | None, cases: list[tuple[str, float]]) -> str:
    """Which case lies nearest to what was measured; nothing where there are none to choose from."""
    if value is None or len(cases) < 2:
        return ""
    apart = min(abs(value - assumed) for _, assumed in cases)
    nearest = [case for case, assumed in cases if abs(value - assumed) == apart]
    reported = " and ".join(nearest)
    lies = "case lies" if len(nearest) == 1 else "cases lie"
    return f"The {reported} {lies} nearest to what was measured at {name.partition(',')[0]}."


def _spared_name(row: PredictedRow) -> str:
    name, _, case = row.name.partition(":")
    return (
        f"predicted: {_CASE.get(case, 'other')} case"
        if name == "scenario"
        else ("predicted: at most")
    )


def _longest(values: Iterable[Estimate]) -> float:
    """The longest time of a table, which chooses its unit."""
    ends = (end for v in values for end in (v.estimate, v.ci_lower, v.ci_upper))
    return max((abs(end or 0.0) for end in ends), default=0.0)


def _figure(value: Estimate, found: Evaluated, *, like: float, share: bool = False) -> str:
    if value.estimate is None:
        return DASH
    if not share:
        return estimates.figures(value, "seconds", found, like=like)
    interval = share_interval(value)
    return f"{percent(value.estimate)} {interval}" if interval else percent(value.estimate)
