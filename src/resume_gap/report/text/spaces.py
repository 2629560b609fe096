"""Spaces at which a row must not end."""

import re
from typing import Final

TIED: Final = "\N{NO-BREAK SPACE}"
_UNIT: Final = re.compile(r"(?<=\d) (?=(?:%|s|min|h|days?|points?)(?!\w))")


def tied(text: str) -> str:
    """The text with a `TIED` space between every number and its unit."""
    return _UNIT.sub(TIED, text)
