"""Round numbers along an axis, in as many digits as keep them apart."""

import math
from typing import Final, Literal, NamedTuple

_BY: Final = (1, 2, 5, 10, 20)
_ROUGH: Final = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))
"""From such a multiple of a power of ten on, the step of an axis that Vega divides."""
_ALIKE: Final = 0.1
"""Of a value: room around it, where all values are alike."""
_EVEN: Final = 12
"""Decimals of a tick; more are those of binary fractions."""


class Ticks(NamedTuple):
    """An axis from its first tick to its last.

    Attributes:
        values: At even steps, the ends of the axis first and last.
        step: From one to the next.
    """

    values: tuple[float, ...]
    step: float

    @property
    def ends(self) -> tuple[float, float]:
        """Where the axis begins and ends."""
        return self.values[0], self.values[-1]


def round_ticks(lowest: float, highest: float, most: int) -> Ticks:
    """Ticks around all values, at most so many steps and the one at either end of them.

    Args:
        lowest: The least of what is drawn.
        highest: The greatest; where it is the same, there is room on both sides of it.
        most: Steps between the two.
    """
    if highest <= lowest:
        room = abs(lowest) * _ALIKE or 1.0
        lowest, highest = lowest - room, highest + room
    step = step_of(highest - lowest, most)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    return Ticks(tuple(round(i * step, _EVEN) for i in range(first, last + 1)), step)


def step_of(span: float, most: int) -> float:
    """A round number that fits into the span at most `most` times."""
    size = 10.0 ** math.floor(math.log10(span / most))
    return next(size * by for by in _BY if span / (size * by) <= most)


def rough_step(span: float, about: int) -> float:
    """The step of an axis that Vega divides into about `about` parts."""
    step = span / about
    size: float = 10.0 ** math.floor(math.log10(step))
    return size * next((by for least, by in _ROUGH if step / size >= least), 1)


def decimals(step: float) -> int:
    """Digits after the point that keep values apart whose distance is a round number."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def number_format(step: float, unit: Literal["number", "share"]) -> str:
    """The form of an axis' labels, as Vega takes it: `1,200`, `0.25`; of shares `99.5%`."""
    if unit == "share":
        return f".{decimals(step * 100)}%"
    return f",.{decimals(step)}f"
