"""Clauses: those of a long sentence that fit, and forms of words that go with a number."""

from typing import Final

from resume_gap.report.text.names import ELLIPSIS

_UNITS: Final = ("s", "min", "h")
_ENDS: Final = (".", ";", ":", "?", ",")
"""Marks at which a clause ends."""


def agreeing(n: float, one: str, more: str) -> str:
    """The form that goes with a number: `it has` with one, `they have` with any other."""
    return one if n == 1 else more


def words(text: str) -> int:
    """Words beside figures: a number and its unit are none."""
    return sum(map(_is_word, text.split()))


def clipped(text: str, most: int) -> str:
    """The text, or as many of its first clauses as `most` words hold, with an ellipsis.

    Args:
        text: One sentence or several.
        most: Words beside figures.
    """
    parts = text.split(" ")
    fitting = _fitting(parts, most)
    if fitting == len(parts):
        return text
    last = next((n for n in range(fitting, 0, -1) if parts[n - 1].endswith(_ENDS)), 0)
    fitting = last if 2 * last > fitting else fitting
    return f"{' '.join(parts[:fitting]).rstrip('.;:,')} {ELLIPSIS}"


def _is_word(part: str) -> bool:
    return any(map(str.isalpha, part)) and part.strip(".,;:?()[]") not in _UNITS


def _fitting(parts: list[str], most: int) -> int:
    """How many parts hold at most so many words."""
    found = 0
    for number, part in enumerate(parts):
        found += _is_word(part)
        if found > most:
            return number
    return len(parts)
