"""Lengths printed so that a reader who adds them up finds what is printed beside them."""

from typing import Final

from resume_gap.report.text.numbers import duration, round_to

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
