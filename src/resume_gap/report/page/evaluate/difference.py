"""The difference that the verdict is about."""

from typing import TYPE_CHECKING

from resume_gap.report.page.evaluate.tables import differences_chart, effects
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Paragraph, Section, Table
from resume_gap.report.text import caps, estimates, evaluation, measures
from resume_gap.report.text.numbers import DASH, count, many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated

if TYPE_CHECKING:
    from resume_gap.results.effect import Effect


def difference(found: Evaluated) -> Section:
    """The primary interval, or why there is none."""
    return Section(
        name="difference",
        topic="The difference",
        title=_finding(found),
        blocks=_primary(found),
    )


def _finding(found: Evaluated) -> str:
    """The size where the interval is on one side of 0, else its ends."""
    primary = found.evaluation.primary
    size = estimates.size_in_words(primary, found)
    if size is None:
        return "No difference between the arms is computed"
    ends = estimates.between(estimates.estimate(primary), primary.unit, found)
    if ends is None:
        return f"The first return is {size} with the marker, without an interval"
    if estimates.includes_zero(estimates.estimate(primary)):
        return f"No difference detected at the first return: between {ends}"
    return f"At the first return people are back at work {size} with the marker"


def _primary(found: Evaluated) -> tuple[Block, ...]:
    primary = found.evaluation.primary
    if primary.estimate is None:
        return _means(found)
    what = (
        "Measured at each user's first return at which the marker would be shown, from the "
        "first event back to productive work. Each user counts once. The difference is "
        "with the marker less without it (treatment less control); below 0 is faster."
    )
    looked = evaluation.looked(found)
    several = (
        f"{looked[0].upper()}{looked[1:]}, whenever the trial is stopped. For that it is wider "
        "than the interval of a single look would be, and there is no p."
        if looked
        else ""
    )
    return (
        _figure(found),
        _facts(found),
        Paragraph(text=what),
        *((Paragraph(lead="Several interim looks.", text=several),) if several else ()),
    )


def _means(found: Evaluated) -> tuple[Block, ...]:
    """Without a difference: what each arm's users took, and nothing made of it."""
    primary = found.evaluation.primary
    if primary.control is None and primary.treatment is None:
        return (Paragraph(text=f"Not shown: {measures.why(primary.reason)}."),)
    n = primary.users
    control, treatment = estimates.levels(primary, found)
    return (
        Paragraph(
            text=f"No difference is computed: {measures.why(primary.reason)}. The means below "
            f"describe {many(n, 'person', 'people')} and nobody else."
        ),
        Table(
            caption="Re-orientation time at the first return at which the marker would be shown",
            columns=("arm", "users", "mean"),
            rows=tuple(
                (name, count(users), mean)
                for name, users, mean in (
                    (evaluation.arm("control", found), primary.n_control, control),
                    (evaluation.arm("treatment", found), primary.n_treatment, treatment),
                )
            ),
            numeric=(1, 2),
        ),
    )


def _facts(found: Evaluated) -> Facts:
    primary, adjusted = found.evaluation.primary, found.evaluation.adjusted
    control, treatment = estimates.levels(primary, found)
    users = f"{count(primary.n_treatment)} and {count(primary.n_control)} users"
    items = [
        Fact(
            label="Difference",
            value=estimates.size_in_words(primary, found) or DASH,
            detail=estimates.interval_in_words(primary, found),
        ),
        Fact(
            label="With the marker",
            value=treatment,
            detail=f"without it: {control}; means over {users}",
        ),
    ]
    relative, ends = estimates.relative_size(primary), estimates.relative_between(primary)
    if relative is not None:
        detail = f"{LEVEL} interval: between {ends}" if ends else "without an interval"
        items.append(Fact(label="Relative to work without it", value=relative, detail=detail))
    if adjusted.estimate is not None:
        items.append(
            Fact(
                label="Adjusted",
                value=estimates.size_in_words(adjusted, found) or DASH,
                detail=estimates.interval_in_words(adjusted, found),
            )
        )
    return Facts(items=tuple(items))


def _figure(found: Evaluated) -> Figure:
    primary, adjusted = found.evaluation.primary, found.evaluation.adjusted
    rows: list[tuple[str, Effect, bool]] = [("as measured", primary, False)]
    text = (
        f"The difference with its {LEVEL} interval{caps.counted(found)}; the line at 0 is no"
        " difference."
    )
    if adjusted.estimate is not None:
        rows.append(("adjusted", adjusted, True))
        text += (
            " Below it the same, adjusted for what was known of each user before the assignment: "
            "another view of one difference, as a rule with a narrower interval. The verdict "
            "rests on the difference as measured."
        )
    else:
        text += f" It could not be adjusted: {measures.why(adjusted.reason)}."
    return Figure(
        name="difference",
        caption=text,
        chart=differences_chart(rows, found),
        table=effects(
            "Re-orientation time at the first return at which the marker would be shown.",
            "figure",
            ((name, effect) for name, effect, _ in rows),
            found,
            p="p",
        ),
    )
