"""Exploration after a trial, and what was predicted beside what was measured."""

from collections.abc import Iterable
from itertools import groupby

from resume_gap.report.page.evaluate.tables import effects
from resume_gap.report.page.model import Block, Note, Paragraph, Part, Section, Table
from resume_gap.report.text import estimates, evaluation
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import DASH, count, percent, share_interval
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Effect, Evaluated, PredictedRow

_NAME = {
    "reorientation_mean_seconds": "mean re-orientation time",
    "hit": "marker at the right place",
}
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
    if evaluation.few(found):
        return ()
    some = [e for e in found.evaluation.exploratory if e.control is not None]
    if not some:
        return _bounds(found)
    blocks: list[Block] = [
        effects(
            "Every followed-up interruption after the assignment, intervals over users.",
            "measure",
            ((evaluation.measure(e.estimand), e) for e in some),
            found,
        )
    ]
    if any(e.flag == "returns_may_differ" for e in some):
        blocks.append(
            Note(
                severity="warn",
                text="Who comes back may differ between the arms: it is not "
                "shown that equally many do. A marker that brings slow users back would look slow "
                "here, and one that loses them would look fast.",
            )
        )
    blocks.extend(_bounds(found))
    return tuple(blocks)


def _bounds(found: Evaluated) -> tuple[Block, ...]:
    bounds = found.evaluation.lee_bounds
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
        f"{estimates.between(ends, 'seconds', found)}."
    )
    sure = Estimate(ci_lower=bounds.ci_lower, ci_upper=bounds.ci_upper)
    if (told := estimates.between(sure, "seconds", found)) is not None:
        says += f" With the uncertainty of the data: between {told} (95 % interval)."
    return (
        Paragraph(lead="What could be wrong.", text=wrong),
        Paragraph(lead="What the bounds say.", text=says),
    )


def _quantiles(found: Evaluated) -> tuple[Block, ...]:
    rows = [
        (_QUANTILE.get(row.quantile) or percent(row.quantile), row.effect)
        for row in found.evaluation.quantiles
        if row.effect.control is not None
    ]
    if not rows or evaluation.few(found):
        return ()
    shared = any(effect.reason == "atom" for _, effect in rows)
    table = effects(
        "Re-orientation time at the first return: half, or so many, of the users took no longer.",
        "part of the users",
        rows,
        found,
    )
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
        if not rows or evaluation.few(found):
            continue
        table = effects(
            f"Re-orientation time at the first return by {label(column)}; p corrected for how many "
            "groups there are.",
            label(column),
            rows,
            found,
            p="p, corrected",
            adjusted=True,
        )
        parts.append(Part(title=f"By {label(column)}", blocks=(table,)))
    return parts


def predicted(found: Evaluated) -> tuple[Section, ...]:
    """What was said before the launch beside what was measured; nothing where nothing was said."""
    rows = found.evaluation.predicted
    if not rows:
        return ()
    spared = tuple(row for row in rows if _spared(row))
    others = tuple(row for row in rows if not _spared(row))
    file = found.evaluation.prediction_file
    return (
        Section(
            name="predicted",
            title="Said before, measured after",
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
    told = [] if some is None else [("first returns", some.measured, some.n_measured)]
    for effect in (*trial.secondary, *trial.exploratory):
        if effect.estimand != "all_returns" or effect.estimate is None:
            continue
        ends = (effect.rows_control, effect.rows_treatment)
        n = None if ends[0] is None or ends[1] is None else ends[0] + ends[1]
        explored = ", exploration only" if effect in trial.exploratory else ""
        told.append((f"all interruptions{explored}", _turned(effect), n))
    return tuple(told)


def _turned(effect: Effect) -> Estimate:
    """A difference as what is spared."""
    at, low, high = (
        None if value is None else -value
        for value in (effect.estimate, effect.ci_upper, effect.ci_lower)
    )
    return Estimate(estimate=at, ci_lower=low, ci_upper=high)


def _nearest(name: str, value: float | None, cases: list[tuple[str, float]]) -> str:
    """Which case lies nearest to what was measured; nothing where there are none to choose from."""
    if value is None or len(cases) < 2:
        return ""
    apart = min(abs(value - assumed) for _, assumed in cases)
    nearest = [case for case, assumed in cases if abs(value - assumed) == apart]
    told = " and ".join(nearest)
    lies = "case lies" if len(nearest) == 1 else "cases lie"
    return f"The {told} {lies} nearest to what was measured at {name.partition(',')[0]}."


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
