"""Differences between the arms in words and figures; always treatment less control."""

from collections.abc import Iterable, Sequence

from resume_gap.report.text import vocabulary
from resume_gap.report.text.adding_up import tenths, to_a_tenth
from resume_gap.report.text.numbers import (
    DASH,
    MINUS,
    duration,
    outwards,
    percent,
    points,
    round_to,
    signed,
)
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect, Unit
from resume_gap.results.run import Run

_WAYS: dict[Unit, tuple[str, str]] = {
    "seconds": ("faster", "slower"),
    "share": ("lower", "higher"),
    "minutes": ("less", "more"),
    "count": ("fewer", "more"),
}
"""What a difference below 0 is called, and one above."""


def estimate(effect: Effect) -> Estimate:
    """The difference with its interval."""
    return Estimate(estimate=effect.estimate, ci_lower=effect.ci_lower, ci_upper=effect.ci_upper)


def longest(effects: Iterable[Effect]) -> tuple[float, float]:
    """The longest time of an arm, and of a difference or an end of one, where they are times."""
    times = [effect for effect in effects if effect.unit == "seconds"]
    return (
        max((max(e.control or 0.0, e.treatment or 0.0) for e in times), default=0.0),
        max((_like(estimate(e)) for e in times), default=0.0),
    )


def levels(effect: Effect, run: Run, *, like: float = 0.0) -> tuple[str, str]:
    """The measure in control and in treatment, in one unit; a dash where there is none.

    Where both are rounded to seconds and their difference is not what is printed for it, they are
    printed to a tenth, unless other times beside them choose the unit.

    Args:
        effect: The measure.
        run: The log it is from.
        like: The longest time beside it, which chooses the unit with it.
    """
    most = max(effect.control or 0.0, effect.treatment or 0.0, like)
    if not like and (finer := _tenths(effect, run)) is not None:
        return finer
    control, treatment = (
        _level(value, effect.unit, run, most) for value in (effect.control, effect.treatment)
    )
    return control, treatment


def levels_together(effects: Sequence[Effect], run: Run) -> list[tuple[str, str]]:
    """The levels of all rows of a table: to a tenth where one of them needs that, and all can."""
    if any(_tenths(effect, run) for effect in effects):
        finer = [
            to_a_tenth(effect.control or 0.0, effect.treatment or 0.0, vocabulary.step(run))
            if effect.unit == "seconds"
            else None
            for effect in effects
        ]
        if None not in finer:
            return [one for one in finer if one is not None]
    like, _ = longest(effects)
    return [levels(effect, run, like=like) for effect in effects]


def _tenths(effect: Effect, run: Run) -> tuple[str, str] | None:
    """Two times to a tenth, where to the second they would not differ by what is printed."""
    if effect.unit != "seconds" or None in (effect.control, effect.treatment, effect.estimate):
        return None
    return tenths(
        effect.control or 0.0,
        effect.treatment or 0.0,
        vocabulary.step(run),
        difference=effect.estimate or 0.0,
    )


def _level(value: float | None, unit: Unit, run: Run, like: float) -> str:
    if value is None:
        return DASH
    if unit == "seconds":
        cap = run.reorientation.cap_seconds
        return duration(value, vocabulary.step(run), like=like, most=cap)
    if unit == "share":
        return percent(value)
    return _minutes(value) if unit == "minutes" else _number(value)


def in_words(effect: Effect, run: Run) -> str | None:
    """`8.1 s faster [4.2 s, 12 s]`, ends on both sides of 0 in words; None without a figure."""
    return worded(estimate(effect), effect.unit, run)


def size_in_words(effect: Effect, run: Run) -> str | None:
    """`8.1 s faster`, in the unit that it shares with its interval; or None."""
    return size_worded(estimate(effect), effect.unit, run)


def size_worded(found: Estimate, unit: Unit, run: Run) -> str | None:
    """The same of an estimate."""
    return None if found.estimate is None else _way(found.estimate, unit, run, found)


def between(found: Estimate, unit: Unit, run: Run, *, joined: str = " and ") -> str | None:
    """The ends of the interval: `4.2 s and 12 s faster`, `3.0 s faster and 1.8 s slower`."""
    if found.ci_lower is None or found.ci_upper is None:
        return None
    lower, upper = _ends(found, unit, run)
    if lower * upper > 0:
        near, far = sorted((lower, upper), key=abs)
        nearer = _size(abs(near), unit, run, _like(found))
        return f"{nearer}{joined}{_way(far, unit, run, found)}"
    return f"{_way(lower, unit, run, found)}{joined}{_way(upper, unit, run, found)}"


def interval_in_words(effect: Effect, run: Run) -> str:
    """`95 % interval: between 4.2 s and 12 s faster`, or that there is none."""
    ends = between(estimate(effect), effect.unit, run)
    return "without an interval" if ends is None else f"{LEVEL} interval: between {ends}"


def span(found: Estimate, unit: Unit, run: Run) -> str | None:
    """From end to end, also where the interval includes 0: `3.0 s faster to 1.8 s slower`."""
    if found.ci_lower is None or found.ci_upper is None:
        return None
    return " to ".join(_way(end, unit, run, found) for end in _ends(found, unit, run))


def in_figures(effect: Effect, run: Run, *, like: float = 0.0) -> str:
    """`-8.1 s [-12 s, -4.2 s]` for a table, or a dash; `like` as in `levels`."""
    return figures(estimate(effect), effect.unit, run, like=like)


def figures(found: Estimate, unit: Unit, run: Run, *, like: float = 0.0) -> str:
    """The same of an estimate."""
    if found.estimate is None:
        return DASH
    like = max(like, _like(found))
    reported = _signed(found.estimate, unit, run, like)
    if found.ci_lower is None or found.ci_upper is None:
        return reported
    ends = (_signed(end, unit, run, like) for end in _ends(found, unit, run))
    # The unit stands once, but for lengths of time, which may come in several.
    shown = (end if unit == "seconds" else end.split(" ")[0] for end in ends)
    return f"{reported} [{', '.join(shown)}]"


def relative_size(effect: Effect) -> str | None:
    """`14 % less`, without the interval; or None."""
    return None if effect.relative is None else _less(effect.relative)


def relative_between(effect: Effect) -> str | None:
    """`7.5 % and 21 % less`, `5.3 % less and 3.2 % more`; or None."""
    lower, upper = effect.relative_ci_lower, effect.relative_ci_upper
    if lower is None or upper is None:
        return None
    if lower * upper <= 0:
        return f"{_less(lower)} and {_less(upper)}"
    near, far = sorted((lower, upper), key=abs)
    return f"{_share(near)} and {_less(far)}"


def _less(value: float) -> str:
    return f"{_share(value)} {'less' if value < 0 else 'more'}"


def share(value: float) -> str:
    """A relative change: `14 %`, below 0 with a minus."""
    return (MINUS if value < 0 and _share(value) != _share(0.0) else "") + _share(value)


def relative_in_figures(effect: Effect) -> str:
    """A relative change with its interval for a table, or a dash."""
    if effect.relative is None:
        return DASH
    if effect.relative_ci_lower is None or effect.relative_ci_upper is None:
        return share(effect.relative)
    ends = f"{share(effect.relative_ci_lower)}, {share(effect.relative_ci_upper)}"
    return f"{share(effect.relative)} [{ends}]"


def chance(p: float | None) -> str:
    """A p value, or a dash."""
    if p is None:
        return DASH
    if p < 0.001:
        return "under 0.001"
    return f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def includes_zero(found: Estimate) -> bool | None:
    """Whether the interval includes 0; None without an interval."""
    if found.ci_lower is None or found.ci_upper is None:
        return None
    return found.ci_lower <= 0 <= found.ci_upper


def worded(found: Estimate, unit: Unit, run: Run) -> str | None:
    """The same of an estimate."""
    if found.estimate is None:
        return None
    reported = _way(found.estimate, unit, run, found)
    if found.ci_lower is None or found.ci_upper is None:
        return reported
    lower, upper = _ends(found, unit, run)
    if includes_zero(found):
        return f"{reported}, between {between(found, unit, run)}"
    near, far = sorted((abs(lower), abs(upper)))
    ends = (_size(end, unit, run, _like(found)) for end in (near, far))
    return f"{reported} [{', '.join(ends)}]"


def _way(value: float, unit: Unit, run: Run, like: Estimate) -> str:
    size = _size(abs(value), unit, run, _like(like))
    if value == 0:
        return f"{size} of difference"
    return f"{size} {_WAYS[unit][value > 0]}"


def _ends(found: Estimate, unit: Unit, run: Run) -> tuple[float, float]:
    """The ends of an interval; where stamps are coarse, moved away from the figure."""
    lower, upper = found.ci_lower or 0.0, found.ci_upper or 0.0
    if unit != "seconds":
        return lower, upper
    fine = vocabulary.step(run)
    return outwards(lower, fine, up=False), outwards(upper, fine, up=True)


def _like(found: Estimate) -> float:
    return max(abs(end or 0.0) for end in (found.estimate, found.ci_lower, found.ci_upper))


def _size(value: float, unit: Unit, run: Run, like: float) -> str:
    if unit == "seconds":
        fine = vocabulary.step(run)
        return signed(0.0, fine) if value == 0 else duration(value, fine, like=like)
    if unit == "share":
        return points(value)
    return _minutes(value) if unit == "minutes" else _number(value)


def _signed(value: float, unit: Unit, run: Run, like: float) -> str:
    if unit == "seconds":
        fine = vocabulary.step(run)
        if value and round_to(value, fine) == 0:
            return signed(0.0, fine)
        return signed(value, fine, like=like)
    if unit == "share":
        return points(value)
    sign = MINUS if value < 0 else ""
    return sign + (_minutes(abs(value)) if unit == "minutes" else _number(abs(value)))


def _minutes(value: float) -> str:
    """Always minutes, so that arms and difference are in one unit."""
    return f"{value:.1f} minutes" if value < 9.95 else f"{value:,.0f} minutes"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 9.995 else f"{value:,.1f}"


def _share(value: float) -> str:
    size = abs(value) * 100
    return f"{size:.1f} %" if round(size, 1) < 10 else f"{size:.0f} %"
