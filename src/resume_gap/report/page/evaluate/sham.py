"""The marker against a sham, and the sham against control."""

from resume_gap.report.page.model import Paragraph, Part, Table
from resume_gap.report.text import estimates, evaluation, sham
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import DASH, count
from resume_gap.results.evaluate import Evaluated, ShamComparison


def against_sham(found: Evaluated) -> tuple[Part, ...]:
    """A row a comparison; nothing without a sham arm."""
    arm = found.evaluation.sham
    if arm is None:
        return ()
    text = (
        f"The sham arm ({label(arm.name)}) shows a marker that points at a random element, or at"
        " none. The marker against it says whether it matters where the marker points; the sham"
        " against control says what any marker does. Each is a trial of its own with all checks,"
        " its first returns counted as those of the trial are. They decide nothing in the verdict."
    )
    sentences = tuple(Paragraph(text=one) for one in sham.sentences(found))
    if not arm.comparisons:
        return (Part(title="Against a sham marker", blocks=(Paragraph(text=text), *sentences)),)
    table = Table(
        caption="Re-orientation time at the first return, with 95 % intervals. First is the arm"
        " named first, and the difference is first less second; so are the users.",
        columns=("comparison", "verdict", "first", "second", "difference", "users"),
        rows=tuple(_row(one, found) for one in arm.comparisons),
        numeric=(2, 3, 4, 5),
    )
    return (Part(title="Against a sham marker", blocks=(Paragraph(text=text), table, *sentences)),)


def _row(one: ShamComparison, found: Evaluated) -> tuple[str, ...]:
    primary = one.primary
    second, first = estimates.levels(primary, found)
    return (
        sham.pair(one),
        evaluation.WORD[one.verdict.word],
        first,
        second,
        DASH if primary.estimate is None else estimates.in_figures(primary, found),
        f"{count(primary.n_treatment)} / {count(primary.n_control)}",
    )
