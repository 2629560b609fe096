"""What was predicted before a launch beside what was measured after it."""

from resume_gap.report.page.model import Note, Paragraph, Section, Table
from resume_gap.report.page.shared import savings
from resume_gap.report.text.futility import futile
from resume_gap.report.text.names import label
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.predicted import PredictedRow

_NAME = {
    "reorientation_mean_seconds": "mean re-orientation time",
    "hit": "hit rate",
}


def predicted(found: Evaluated) -> tuple[Section, ...]:
    """Predicted and measured, side by side; nothing without a prediction."""
    rows = found.evaluation.predicted
    if not rows:
        return ()
    spared = tuple(row for row in rows if row.is_saving)
    others = tuple(row for row in rows if not row.is_saving)
    file = found.evaluation.prediction_file
    return (
        Section(
            name="predicted",
            topic="Predicted and measured",
            title=savings.finding(_savings(found), found),
            blocks=(
                Paragraph(
                    text="Before the launch this was written down and sealed"
                    + (f" ({label(file[:12])})" if file else "")
                    + "."
                ),
                *((_looked_up(others, found),) if others else ()),
                *(savings.sparing(_savings(found), found) if spared else ()),
                *_futile(found),
            ),
        ),
    )


def _looked_up(rows: tuple[PredictedRow, ...], found: Evaluated) -> Table:
    """What can be looked up again without a marker."""
    like = savings.longest(
        value for row in rows if row.name != "hit" for value in (row.predicted, row.measured)
    )
    return Table(
        caption=f"Predicted, and measured in control, where no marker was shown; with {LEVEL} "
        "intervals over users",
        columns=("figure", "predicted", "from", "measured", "from"),
        rows=tuple(
            (
                _NAME.get(row.name) or label(row.name.replace("_", " ")),
                savings.figure(row.predicted, found, like=like, share=row.name == "hit"),
                savings.counted_of(row.n_predicted),
                savings.figure(row.measured, found, like=like, share=row.name == "hit"),
                savings.counted_of(row.n_measured),
            )
            for row in rows
        ),
        numeric=(1, 2, 3, 4),
    )


def _savings(found: Evaluated) -> savings.Savings:
    trial = found.evaluation
    return savings.Savings(trial.predicted, trial.measured_savings, trial.primary.cap_seconds)


def _futile(found: Evaluated) -> tuple[Note, ...]:
    """That the effect that is worth it is out of reach."""
    out = futile(found)
    return () if out is None else (Note(severity="warn", text=out),)
