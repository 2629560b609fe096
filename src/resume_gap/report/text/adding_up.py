"""Lengths printed so that a reader who adds them up finds what is printed beside them."""

from typing import Final

from resume_gap.report.text.numbers import MINUS, duration, percent, points, round_to

_LONGEST: Final = 120
"""In seconds: longer ones are printed in minutes and seconds."""


def two_parts(
    first: float, second: float, step: float, *, total: float, most: float
) -> tuple[str, str]:
    """Two lengths that add up to a third one, printed so that they add up to it as printed.

    Where the first is finer than may be printed, both are rounded for themselves.

    Args:
        first: The one that is rounded.
        second: The one that takes what is left of the printed total.
        step: Twice the resolution of the stamps; nothing finer is printed.
        total: Their sum.
        most: What the total is printed as at most.
    """
    if 0 < first < step:
        return duration(first, step), duration(second, step)
    whole = min(round_to(total, step), max(most, total))
    own = min(round_to(first, max(step, 0.1 if whole < 10 else 1.0)), whole)
    return duration(own, step), duration(whole - own, step)


def tenths(
    first: float, second: float, step: float, *, difference: float
) -> tuple[str, str] | None:
    """Two lengths to a tenth of a second, where whole seconds do not add up as printed.

    Args:
        first: In seconds.
        second: In seconds.
        step: Twice the resolution of the stamps; nothing finer is printed.
        difference: The second less the first, which is printed beside them.

    Returns:
        None where whole seconds add up, are not what is printed, or may not be finer.
    """
    if round(second) - round(first) == round(difference):
        return None
    return to_a_tenth(first, second, step)


def to_a_tenth(first: float, second: float, step: float) -> tuple[str, str] | None:
    """The same whether or not whole seconds add up; None where they may not be finer."""
    tenth = 0.1
    if step > tenth or not 10 <= min(first, second) <= max(first, second) < _LONGEST:
        return None
    return f"{first:.1f} s", f"{second:.1f} s"


def shares(
    hit: float, *baselines: float, whole: bool = False
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A share, and baselines each with what the share has more, as printed.

    In whole percent where these add up, else all of them in tenths.

    Args:
        hit: The share.
        baselines: What it is compared with.
        whole: Whether they are whole in any case, as shares of few are; then differences are those
            of the figures as printed.
    """
    if whole:
        return percent(hit), tuple(
            (percent(one), points((_as_printed(hit) - _as_printed(one)) / 100)) for one in baselines
        )
    coarse = all(_adds_up(hit, one) for one in baselines)
    if coarse:
        return percent(hit), tuple((percent(one), points(hit - one)) for one in baselines)
    return _tenth(hit), tuple((_tenth(one), _difference(hit, one)) for one in baselines)


def _adds_up(hit: float, baseline: float) -> bool:
    """Whether whole figures do, as far as the coarsest of them says."""
    printed, base, more = (_as_printed(share) for share in (hit, baseline, hit - baseline))
    exact = 0.1 if max(printed, base, abs(more)) < _WHOLE else 0.5
    return abs(round(printed - base - more, 1)) <= exact


_WHOLE: Final = 10
"""In percent: from here on no tenths are printed."""


def _as_printed(share: float) -> float:
    """In percent, in the digits in which it is printed."""
    return round(100 * share, 1 if round(abs(100 * share), 1) < _WHOLE else 0)


def _tenth(share: float) -> str:
    return percent(share) if share <= 0 else f"{100 * share:.1f} %"


def _difference(hit: float, baseline: float) -> str:
    """Of the figures as they are printed."""
    more = round(100 * hit, 1) - round(100 * baseline, 1)
    return f"{MINUS if more < 0 else ''}{abs(more):.1f} points"
