"""How wide a text is, and its rows, in a picture whose font is one of Arial's width."""

import unicodedata
from typing import Final

from resume_gap.report.text.spaces import TIED, tied

_WIDTHS: Final = (
    (0.25, "ijl|'"),
    (0.34, " \N{NO-BREAK SPACE}.,:;!/\\I[]ft()r-`"),
    (0.40, '"*{}^'),
    (0.52, "ckszxyvJ"),
    (0.60, "abdeghnopqu0123456789?_$#L<>+=~"),
    (0.70, "ABEFKPSTVXYZ&w"),
    (0.84, "CDGHNOQRUM"),
    (0.95, "mW%@"),
)
"""Widths of letters as parts of the size of the font, rounded up."""
_WIDTH: Final = {letter: width for width, letters in _WIDTHS for letter in letters}
_OTHER, _WIDE, _BOLD = 0.62, 1.02, 1.07


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in the unit of the size of its font, rather too wide than too narrow."""
    letters = sum(_letter(letter) for letter in text)
    return letters * size * (_BOLD if bold else 1.0)


def _letter(letter: str) -> float:
    known = _WIDTH.get(letter)
    if known is not None:
        return known
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


def rows(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in rows that fit; a word that is too long for a row is broken."""
    found: list[str] = []
    row = ""
    for word in tied(text).split(" "):
        if not word:
            continue
        longer = f"{row} {word}" if row else word
        if width(longer, size, bold=bold) <= room:
            row = longer
            continue
        if row:
            found.append(row)
        rest = word
        while width(rest, size, bold=bold) > room:
            keep = _fitting(rest, size, room, bold=bold)
            found.append(rest[:keep])
            rest = rest[keep:]
        row = rest
    return [one.replace(TIED, " ") for one in ([*found, row] if row else found)]


def _fitting(word: str, size: float, room: float, *, bold: bool) -> int:
    """Letters of a word that fit into a row, at least one."""
    keep = len(word)
    while keep > 1 and width(word[:keep], size, bold=bold) > room:
        keep -= 1
    return keep
