"""The first screen after a launch: the verdict, the next step, and the figures behind them."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.page.compare.study import event_study
from resume_gap.report.page.compare.weeks import by_week
from resume_gap.report.page.model import (
    DecisionBox,
    Fact,
    Facts,
    Headline,
    Paragraph,
    Section,
    Tone,
)
from resume_gap.report.page.shared.first_screen import MARKER
from resume_gap.report.text import comparison, estimates, launch_checks, rollout, vocabulary
from resume_gap.report.text.clauses import clipped
from resume_gap.report.text.numbers import count, many
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.compare import Compared, HorizonEffect
from resume_gap.results.evaluate import VerdictWord

_REASON_WORDS: Final = 36
"""Of a reason on the first screen; it stands in full below."""
_TONE: Final[Mapping[VerdictWord, Tone]] = {
    "better": "try",
    "worse": "stop",
    "no_difference_seen": "same",
    "withheld": "caution",
}
_WHAT: Final = (
    "Measured is the mean time from the first event back to productive work, day by day, over all "
    "returns at which the marker is due: returns from an interruption. What was expected without "
    "the launch is a mean for each day of the week and a line, fitted to the days before it, and "
    "moved with the returns at which the marker is never shown (work had not stopped in mid-task)."
)

_UNITS: Final = (
    "Measured is the mean time from the first event back to productive work, for each unit and "
    "week, over all returns at which the marker is due: returns from an interruption. What was "
    "expected without the launch is a level and a line of each unit and what all units have in "
    "common in a week, fitted to weeks without the marker."
)


def headline(found: Compared) -> Headline:
    """The verdict, the size and whether to believe it."""
    whole = comparison.because(found)
    reason = clipped(comparison.because_in_short(found), _REASON_WORDS)
    badge, beside = comparison.badge(found)
    fragile = rollout.fragile(found)
    return Headline(
        sentence=comparison.headline(found),
        sure=comparison.sure(found),
        decision=DecisionBox(
            word=badge,
            proviso=beside,
            tone=_TONE.get(found.comparison.verdict.word, "open"),
            reason=reason,
            whole_reason="" if whole == reason else whole,
            next_step=comparison.next_step(found),
            change=fragile,
            change_lead="Fragile" if fragile else "",
        ),
        figures=_figures(found),
        picture=event_study(found, size="page") or by_week(found, size="page"),
        details=(),
    )


def measured(found: Compared) -> tuple[Section, ...]:
    """What the figures of the first screen are."""
    what = _UNITS if rollout.is_staggered(found) else _WHAT
    texts = (MARKER, vocabulary.interrupted(found), what)
    blocks = tuple(Paragraph(text=text) for text in texts)
    return (Section(name="measured", title="What was measured", blocks=blocks, appendix=True),)


def _figures(found: Compared) -> Facts:
    """The level after the launch, its rank, another horizon, and the checks."""
    third = _units(found) if rollout.is_staggered(found) else _later(found)
    tiles = (_level(found), _rank(found), third, _checked(found))
    return Facts(items=tuple(tile for tile in tiles if tile is not None))


def _level(found: Compared) -> Fact | None:
    primary = found.comparison.primary
    if primary.estimate is None:
        return None
    measured_, expected = comparison.levels(primary, found)
    first = "with the marker" if primary.horizon_days is None else f"first {_days(primary)}"
    return Fact(
        label=f"Until work goes on, {first}",
        value=measured_,
        detail=f"{expected} expected without the launch",
    )


def _rank(found: Compared) -> Fact | None:
    primary = found.comparison.primary
    if primary.p is None or primary.as_large is None:
        return None
    staggered = rollout.is_staggered(found)
    return Fact(
        label=f"{'Other orders' if staggered else 'Earlier dates'} with as large a change",
        value=f"{count(primary.as_large)} of {count(primary.placebos)}",
        detail=f"p = {estimates.chance(primary.p)}",
    )


def _later(found: Compared) -> Fact | None:
    """The longest horizon, which has no word of its own."""
    others = [one for one in found.comparison.horizons if one.estimate is not None]
    if not others or found.comparison.primary.estimate is None:
        return None
    last = others[-1]
    ends = comparison.between(last, found)
    return Fact(
        label=f"Over {_days(last)}",
        value=comparison.size(last, found) or "",
        detail=f"{LEVEL} interval: {ends}" if ends else "without an interval",
    )


def _units(found: Compared) -> Fact | None:
    """How many units got the marker."""
    trust = found.comparison.trust
    if found.comparison.primary.estimate is None:
        return None
    return Fact(
        label="Units with the marker",
        value=f"{count(trust.launched_units or 0)} of {count(trust.units or 0)}",
        detail=f"by {rollout.unit(found)}",
    )


def _days(effect: HorizonEffect) -> str:
    return many(effect.horizon_days or 0, "day")


def _checked(found: Compared) -> Fact:
    made = len(comparison.checks(found, "passed", "warned", "failed"))
    return Fact(
        label="Checks of what else changed passed",
        value=f"{count(len(comparison.checks(found, 'passed')))} of {count(made)}",
        detail=launch_checks.status_counts(found.comparison.trust.checks),
    )
