"""Exploration after a trial, and what was predicted beside what was measured."""

from itertools import groupby

from resume_gap.launch import Evaluated, PredictedRow
from resume_gap.model import Estimate
from resume_gap.report import differences, trialphrases
from resume_gap.report.blocks import Block, Note, Paragraph, Part, Section, Table
from resume_gap.report.display import label
from resume_gap.report.numbers import DASH, count, percent, share_interval
from resume_gap.report.trialtables import effects

_CASE = {"low": "low", "middle": "middle", "high": "high"}
_QUANTILE = {0.5: "median", 0.25: "first quarter", 0.75: "third quarter"}


def exploration(found: Evaluated) -> tuple[Section, ...]:
    """All interruptions, quantiles, groups; nothing where there is nothing."""
    parts = [
        Part(title=title, blocks=blocks)
        for title, blocks in (
            ("All interruptions", _all(found)),
            ("Slow and quick returns", _quantiles(found)),
        )
        if blocks
    ]
    parts.extend(_segments(found))
    if not parts:
        return ()
    only = Note(
        severity="note",
        text="Exploration only. Nothing here decides the trial, and with many figures some differ "
        "by chance alone: take a difference as a question for the next trial.",
    )
    return (Section(name="more", title="Exploration", blocks=(only,), parts=tuple(parts)),)


def _all(found: Evaluated) -> tuple[Block, ...]:
    if trialphrases.few(found):
        return ()
    some = [e for e in found.evaluation.exploratory if e.control is not None]
    if not some:
        return _bounds(found)
    blocks: list[Block] = [
        effects("Every followed-up interruption after the assignment, intervals over users.",
                "measure", ((trialphrases.measure(e.estimand), e) for e in some), found),
    ]  # fmt: skip
    if any(e.flag == "returns_may_differ" for e in some):
        blocks.append(
            Note(severity="warn", text="Who comes back may differ between the arms: it is not "
                 "shown that equally many do. A marker that brings slow users back would look slow "
                 "here, and one that loses them would look fast.")
        )  # fmt: skip
    blocks.extend(_bounds(found))
    return tuple(blocks)


def _bounds(found: Evaluated) -> tuple[Block, ...]:
    bounds = found.evaluation.bounds
    if bounds.lower is None or bounds.upper is None:
        return ()
    ends = Estimate(ci_lower=bounds.lower, ci_upper=bounds.upper)
    wrong = (
        "Some people may come back only where there is a marker, or only where there is none. "
        "Their returns stand in one arm and have no counterpart in the other, which can look like "
        "an effect on speed."
    )
    if bounds.trimmed_share and bounds.trimmed_arm:
        wrong += (
            f" Here {bounds.trimmed_arm} has more returns per user. The bounds assume that the "
            "marker only adds returns or only takes some away, not both; then "
            f"{percent(bounds.trimmed_share)} of those of {bounds.trimmed_arm} have no counterpart."
            " Nobody knows which, so they are left out twice: once as the slowest, once as the "
            "quickest."
        )
    else:
        wrong += " Here both arms have as many returns per user, so none is left out."
    says = (
        "For returns that happen with and without the marker alike, the difference lies between "
        f"{differences.between(ends, 'seconds', found)}."
    )
    sure = Estimate(ci_lower=bounds.ci_lower, ci_upper=bounds.ci_upper)
    if (told := differences.between(sure, "seconds", found)) is not None:
        says += f" With the uncertainty of the data: between {told} (95 % interval)."
    return (
        Paragraph(lead="What could be wrong.", text=wrong),
        Paragraph(lead="What the bounds say.", text=says),
    )


def _quantiles(found: Evaluated) -> tuple[Block, ...]:
    rows = [(_QUANTILE.get(row.quantile) or percent(row.quantile), row.effect)
            for row in found.evaluation.quantiles if row.effect.control is not None]  # fmt: skip
    if not rows or trialphrases.few(found):
        return ()
    shared = any(effect.reason == "atom" for _, effect in rows)
    table = effects(
        "Re-orientation time at the first return: half, or so many, of the users took no longer.",
        "part of the users", rows, found,
    )  # fmt: skip
    if not shared:
        return (table,)
    why = (
        "Many alike: many users took exactly this long (such as the cap, which stands for all "
        "who was not back at work by then). How sure such a time is cannot be told, so nothing is "
        "compared there."
    )
    return (table, Paragraph(text=why))


def _segments(found: Evaluated) -> list[Part]:
    parts = []
    for column, group in groupby(found.evaluation.segments, lambda row: row.group):
        rows = [(label(row.value), row.effect) for row in group if row.effect.control is not None]
        if not rows or trialphrases.few(found):
            continue
        table = effects(
            f"Re-orientation time at the first return by {label(column)}; p corrected for how many "
            "groups there are.", label(column), rows, found, p="p, corrected", adjusted=True,
        )  # fmt: skip
        parts.append(Part(title=f"By {label(column)}", blocks=(table,)))
    return parts


def predicted(found: Evaluated) -> tuple[Section, ...]:
    """What was said before the launch beside what was measured; nothing where nothing was said."""
    rows = found.evaluation.predicted
    if not rows:
        return ()
    file = found.evaluation.prediction_file
    return (
        Section(
            name="predicted",
            title="Said before, measured after",
            blocks=(
                Paragraph(
                    text="Before the launch this was written down and sealed"
                    + (f" ({label(file[:12])})" if file else "")
                    + ". Measured are the mean and the right places in control, where no marker "
                    "was shown; spared is the difference at the first return. Assumed cases are "
                    "assumptions, not forecasts."
                ),
                Table(
                    caption="Predicted and measured, with 95 % intervals over users",
                    columns=("figure", "predicted", "from", "measured", "from"),
                    rows=tuple(_row(row, found) for row in rows),
                    numeric=(1, 2, 3, 4),
                ),
            ),
        ),
    )


def _row(row: PredictedRow, found: Evaluated) -> tuple[str, ...]:
    name, _, case = row.name.partition(":")
    shown = {
        "reorientation_mean_seconds": "mean re-orientation time",
        "hit": "marker at the right place",
        "saving_at_most_seconds": "spared per interruption, at most",
        "scenario": f"spared per interruption, {_CASE.get(case, 'other')} case",
    }.get(name) or label(row.name.replace("_", " "))
    share = name == "hit"
    return (
        shown,
        _figure(row.predicted, found, share=share),
        DASH if row.n_predicted is None else count(row.n_predicted),
        _figure(row.measured, found, share=share),
        DASH if row.n_measured is None else count(row.n_measured),
    )


def _figure(value: Estimate, found: Evaluated, *, share: bool) -> str:
    if value.estimate is None:
        return DASH
    if not share:
        return differences.figures(value, "seconds", found)
    interval = share_interval(value)
    return f"{percent(value.estimate)} {interval}" if interval else percent(value.estimate)
