"""The difference that the verdict is about, what must not get worse, and the secondary measures."""

from typing import TYPE_CHECKING

from resume_gap.report.page.evaluate.caps import counted_up_to
from resume_gap.report.page.evaluate.sham import against_sham
from resume_gap.report.page.evaluate.tables import differences_chart, effects
from resume_gap.report.page.model import Block, Fact, Facts, Figure, Paragraph, Part, Section, Table
from resume_gap.report.text import estimates, evaluation, guardrails, measures
from resume_gap.report.text.numbers import DASH, count, exact_share, many, points
from resume_gap.results.evaluate import Evaluated, Guardrail

if TYPE_CHECKING:
    from resume_gap.results.effect import Effect


def difference(found: Evaluated) -> Section:
    """The primary interval, or why there is none."""
    return Section(
        name="difference",
        title="The two arms" if found.evaluation.primary.estimate is None else "The difference",
        blocks=_primary(found),
        parts=_beside(found),
    )


def _primary(found: Evaluated) -> tuple[Block, ...]:
    primary = found.evaluation.primary
    if primary.estimate is None:
        return _means(found)
    looked = evaluation.looked(found)
    return (
        Paragraph(
            text=(
                "Measured at each user's first return at which the marker would be shown, from the "
                "first event back to productive work. Each user counts once. The difference is "
                "treatment less control; below 0 is faster."
            )
        ),
        _facts(found),
        *(
            (
                Paragraph(
                    lead="Several interim looks.",
                    text=(
                        f"{looked[0].upper()}{looked[1:]}, whenever the trial is stopped. "
                        "For that it is wider "
                        "than the interval of a single look would be, and there is no p."
                    ),
                ),
            )
            if looked
            else ()
        ),
        _figure(found),
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
        Fact(label="Treatment", value=treatment, detail=f"control: {control}; means over {users}"),
    ]
    relative, ends = estimates.relative_size(primary), estimates.relative_between(primary)
    if relative is not None:
        detail = f"95 % interval: between {ends}" if ends else "without an interval"
        items.append(Fact(label="Relative to control", value=relative, detail=detail))
    if adjusted.estimate is not None:
        items.append(
            Fact(
                label="Adjusted, see below",
                value=estimates.size_in_words(adjusted, found) or DASH,
                detail=estimates.interval_in_words(adjusted, found),
            )
        )
    return Facts(items=tuple(items))


def _figure(found: Evaluated) -> Figure:
    primary, adjusted = found.evaluation.primary, found.evaluation.adjusted
    rows: list[tuple[str, Effect, bool]] = [("as measured", primary, False)]
    text = "The difference with its 95 % interval; the line at 0 is no difference."
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


def _beside(found: Evaluated) -> tuple[Part, ...]:
    parts = [*counted_up_to(found), *against_sham(found)]
    if guardrails.shown(found):
        parts.append(Part(title="Guardrails: what must not get worse", blocks=_guarded(found)))
    if any(e.control is not None for e in found.evaluation.secondary):
        parts.append(
            Part(
                title="Secondary measures",
                blocks=(
                    Paragraph(
                        text="They decide nothing. Their p is corrected for how many there "
                        "are, so that looking at several finds no more by chance."
                    ),
                    effects(
                        "Measures beside the verdict, with 95 % intervals.",
                        "measure",
                        ((measures.measure(e.estimand), e) for e in found.evaluation.secondary),
                        found,
                        p="p, corrected",
                        adjusted=True,
                    ),
                ),
            )
        )
    return tuple(parts)


def _guarded(found: Evaluated) -> tuple[Block, ...]:
    return (
        Paragraph(
            text="Kept: shown not to be worse by the margin or more. Harmed: shown to be worse, "
            "and not shown to stay within the margin. Not shown: neither; more users would "
            "settle it. A harmed guardrail is reported beside the verdict and does not "
            "change it."
        ),
        Table(
            caption="Guardrails, judged one-sided at 95 %. The worst case is the end of the "
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
            rows=tuple(_guard(guard, found) for guard in guardrails.shown(found)),
            numeric=(2, 3, 4, 5, 6, 7),
        ),
        *_interruptions(found),
    )


def _interruptions(found: Evaluated) -> tuple[Block, ...]:
    """How often users were interrupted; nothing is judged by it."""
    effect = found.evaluation.interruptions
    if effect.estimate is None:
        return ()
    return (
        effects(
            "Interruptions per assigned user, with 95 % intervals. More of them is no harm: who is "
            "back at work sooner can be interrupted again.",
            "measure",
            ((measures.measure(effect.estimand), effect),),
            found,
        ),
    )


def _guard(guard: Guardrail, found: Evaluated) -> tuple[str, ...]:
    effect = guard.effect
    value = effect.estimate if effect.unit == "share" else effect.relative
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
