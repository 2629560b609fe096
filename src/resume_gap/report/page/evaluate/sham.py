"""The marker against a sham, and the sham against control."""

from resume_gap.report.page.evaluate.tables import differences_chart
from resume_gap.report.page.model import Block, Figure, Paragraph, Section, Table
from resume_gap.report.text import estimates, evaluation, sham
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import DASH, count
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated, ShamComparison


def against_sham(found: Evaluated) -> tuple[Section, ...]:
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
    return (
        Section(
            name="sham",
            topic="Against a sham marker",
            title=_finding(arm.comparisons),
            blocks=(*_drawn(arm.comparisons, found), *sentences, Paragraph(text=text)),
        ),
    )


def _finding(rows: tuple[ShamComparison, ...]) -> str:
    """The verdicts of the comparisons."""
    if not rows:
        return "The sham arm is not compared"
    return "; ".join(f"{sham.pair(one)}: {_word(one)}" for one in rows)


def _word(one: ShamComparison) -> str:
    word = evaluation.WORD[one.verdict.word]
    return word[0].lower() + word[1:]


def _drawn(rows: tuple[ShamComparison, ...], found: Evaluated) -> tuple[Block, ...]:
    """The differences as intervals; the table alone without one."""
    if not rows:
        return ()
    table = Table(
        caption=f"Re-orientation time at the first return, with {LEVEL} intervals. First is the arm"
        " named first, and the difference is first less second; so are the users.",
        columns=("comparison", "verdict", "first", "second", "difference", "users"),
        rows=tuple(_row(one, found) for one in rows),
        numeric=(2, 3, 4, 5),
    )
    known = [one for one in rows if one.primary.estimate is not None]
    if not known:
        return (table,)
    return (
        Figure(
            name="sham",
            caption="Difference at the first return, the arm named first less the other, with "
            f"{LEVEL} intervals.",
            chart=differences_chart(((sham.pair(one), one.primary, False) for one in known), found),
            table=table,
        ),
    )


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
