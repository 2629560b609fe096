"""What was predicted before a launch beside what the days after it show."""

from resume_gap.report.page.model import Paragraph, Section
from resume_gap.report.page.shared import savings
from resume_gap.report.text import comparison
from resume_gap.report.text.names import label
from resume_gap.results.compare import Compared


def predicted(found: Compared) -> tuple[Section, ...]:
    """Predicted and measured, side by side; nothing without a prediction."""
    compared = found.comparison
    if not compared.predicted:
        return ()
    both = savings.Savings(compared.predicted, compared.measured_savings, compared.cap_seconds)
    file = compared.prediction_file
    sealed = f" ({label(file[:12])})" if file else ""
    return (
        Section(
            name="predicted",
            topic="Predicted and measured",
            title=savings.finding(both, found),
            blocks=(
                Paragraph(
                    text=f"Before the launch this was written down and sealed{sealed}. What was "
                    f"measured is {comparison.NOT_CAUSAL}."
                ),
                *savings.sparing(both, found),
            ),
        ),
    )
