"""The change that the verdict is about, and what other horizons show."""

from resume_gap.report.charts.rows import Row, RowsChart
from resume_gap.report.page.compare.study import methods
from resume_gap.report.page.model import Block, Figure, Paragraph, Section, Table
from resume_gap.report.text import comparison, estimates, rollout
from resume_gap.report.text.numbers import DASH, count, many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.compare import Compared, HorizonEffect


def change(found: Compared) -> Section:
    """The change at every horizon, or why there is none."""
    return Section(
        name="change",
        topic="What changed",
        title=_finding(found),
        blocks=(*_drawn(found), *_texts(found)),
    )


def _finding(found: Compared) -> str:
    primary = found.comparison.primary
    words = comparison.size(primary, found)
    if words is None:
        return "No change is computed"
    ends = comparison.between(primary, found)
    if ends is None:
        return f"After the launch people were back at work {words} than expected, without a p"
    if found.comparison.verdict.word == "no_difference_seen":
        return f"No change detected: {ends}"
    return f"After the launch people were back at work {words} than expected ({ends})"


def _texts(found: Compared) -> tuple[Block, ...]:
    primary = found.comparison.primary
    texts = [comparison.rank(found) or comparison.missing(found)]
    if rollout.is_staggered(found):
        texts += [rollout.chosen(found), rollout.second(found)]
    elif primary.estimate is not None:
        texts.append(
            f"The {many(primary.horizon_days or 0, 'day')} from the launch on decide; the others "
            "are shown for comparison and have no verdict. Below 0 is faster."
        )
    texts.append(
        "Users were not assigned at random, so this is what changed with the launch "
        f"({comparison.NOT_CAUSAL}): anything else that changed at the launch, but did not affect "
        "returns without a marker, is included."
    )
    return tuple(Paragraph(text=text) for text in texts if text)


def _drawn(found: Compared) -> tuple[Block, ...]:
    if rollout.is_staggered(found):
        return methods(found)
    effects = _effects(found)
    known = [one for one in effects if one.estimate is not None]
    if not known:
        return ()
    primary = found.comparison.primary
    return (
        Figure(
            name="horizons",
            caption=f"Measured less expected over so many days from the launch on, with {LEVEL} "
            "intervals. The longer ones hold the days of the shorter ones.",
            chart=RowsChart(
                size="page",
                unit="seconds",
                title="time to productive work, measured less expected",
                sides=("faster", "slower"),
                rows=tuple(
                    Row(
                        name=_name(one, found),
                        value=one.estimate or 0.0,
                        lower=one.ci_lower,
                        upper=one.ci_upper,
                        label=comparison.size(one, found) or "",
                        second=one is not primary,
                        strong=one is primary,
                    )
                    for one in known
                ),
            ),
            table=_table(effects, found),
        ),
    )


def _effects(found: Compared) -> tuple[HorizonEffect, ...]:
    every = (found.comparison.primary, *found.comparison.horizons)
    return tuple(sorted(every, key=lambda one: one.horizon_days or 0))


def _name(effect: HorizonEffect, found: Compared) -> str:
    days = many(effect.horizon_days or 0, "day")
    return f"{days} (decides)" if effect is found.comparison.primary else days


def _table(effects: tuple[HorizonEffect, ...], found: Compared) -> Table:
    return Table(
        caption=f"Mean time to productive work after the launch, with {LEVEL} intervals; p by rank "
        "among earlier dates, and the least p that so many dates allow for",
        columns=("over", "measured", "expected", "difference", "p", "earlier dates", "least p"),
        rows=tuple(
            (
                _name(one, found),
                *comparison.levels(one, found),
                estimates.figures(one.interval, "seconds", found),
                estimates.chance(one.p),
                count(one.placebos) if one.placebos else DASH,
                estimates.chance(one.least_p),
            )
            for one in effects
        ),
        numeric=(1, 2, 3, 4, 5, 6),
    )
