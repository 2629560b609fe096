"""A card as an SVG picture: badge, headline, figures, chart and caution, in one of two schemes."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from resume_gap.marks import MADE_BY
from resume_gap.report.card.chart import CardChart
from resume_gap.report.card.content import Card, CardFigure, Scheme
from resume_gap.report.card.letters import rows, width
from resume_gap.report.page.model import Tone
from resume_gap.report.text import reasons
from resume_gap.report.text.cautions import passed
from resume_gap.report.text.numbers import many

WIDTH: Final = 1200
_MARGIN: Final = 56
_ROOM: Final = WIDTH - 2 * _MARGIN
_FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first one comes with the library that makes the PNG, so that all machines draw the same."""
COLORS: Final[Mapping[Scheme, Mapping[str, str]]] = {
    "light": {
        "ground": "#fdfdfc", "panel": "#f3f4f2", "ink": "#1d2329", "soft": "#565e67",
        "c1": "#0072b2", "c2": "#d55e00", "shade": "#c0c7cc", "line": "#d5d9dc",
        "go": "#00694d", "try": "#00598c", "stop": "#565e67", "same": "#565e67",
        "open": "#565e67", "wait": "#8a5a00", "caution": "#a3261b", "warn": "#8a5a00",
    },
    "dark": {
        "ground": "#14181c", "panel": "#1e242a", "ink": "#e7eaec", "soft": "#a9b2ba",
        "c1": "#56b4e9", "c2": "#e69f00", "shade": "#4c5761", "line": "#3a434b",
        "go": "#5fd0a8", "try": "#7cc4f0", "stop": "#a9b2ba", "same": "#a9b2ba",
        "open": "#a9b2ba", "wait": "#f2c14e", "caution": "#ff9d8f", "warn": "#f2c14e",
    },
}  # fmt: skip  # one line a color would hide the table
"""The page's own colors."""
_SIGN: Final[Mapping[Tone, str]] = {
    "go": "M2,10 L8,16 L18,4",
    "try": "M10,1 L19,10 L10,19 L1,10 Z",
    "stop": "M3,3 L17,17 M17,3 L3,17",
    "same": "M2,7 H18 M2,13 H18",
    "open": "M10,2 A8,8 0 1 1 9.9,2 Z",
    "wait": "M6,3 V17 M14,3 V17",
    "caution": "M10,2 L19,18 H1 Z",
}
"""The page's signs, drawn, as few fonts have them."""
_FILLED: Final = ("try", "caution")


class _Drawing:
    """Elements one below the other.

    Attributes:
        parts: What was drawn.
        y: Where the next one begins.
    """

    def __init__(self, colors: Mapping[str, str]) -> None:
        self.colors = colors
        self.parts: list[Markup] = []
        self.y = float(_MARGIN)

    def text(
        self, text: str, x: float, y: float, size: float, *, color: str, bold: bool = False
    ) -> None:
        """One row of text with its base line at `y`."""
        weight = 700 if bold else 400
        element = Markup(
            '<text x="{:g}" y="{:g}" font-size="{:g}" font-weight="{}" fill="{}">{}</text>'
        )
        self.parts.append(element.format(x, y, size, weight, self.colors[color], text))

    def paragraph(
        self, text: str, size: float, *, color: str = "ink", bold: bool = False, most: int = 4
    ) -> None:
        """Rows over the whole width; what needs more than `most` rows is left out as a whole."""
        found = rows(text, size, _ROOM, bold=bold)
        if len(found) > most:
            return
        for row in found:
            self.y += size * 1.25
            self.text(row, _MARGIN, self.y, size, color=color, bold=bold)


def drawn(card: Card, chart: CardChart | None, *, scheme: Scheme) -> str:
    """The card as an SVG file."""
    drawing = _Drawing(COLORS[scheme])
    drawing.paragraph(" \N{MIDDLE DOT} ".join(card.subject), 19, color="soft", most=2)
    _badge(drawing, card)
    drawing.y += 16
    drawing.paragraph(card.headline, 34, bold=True, most=6)
    if card.sure:
        drawing.y += 6
        drawing.paragraph(f"How sure: {card.sure}.", 21)
    _figures(drawing, card.figures)
    _steps(drawing, card)
    if chart is not None:
        _chart(drawing, chart, card.caption)
    _bottom(drawing, card)
    height = round(drawing.y + _MARGIN)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"'
        ' font-family="{2}" role="img"><title>{3}</title><desc>{4}</desc>'
        '<rect width="{0}" height="{1}" fill="{5}"/>'
    ).format(WIDTH, height, _FONT, card.headline, MADE_BY, drawing.colors["ground"])
    return head + Markup("\n").join(drawing.parts) + Markup("</svg>\n")


def _badge(drawing: _Drawing, card: Card) -> None:
    """The word in a frame of its color, with its sign; beside it what it still asks for."""
    if not card.word:
        return
    color = drawing.colors[card.tone]
    filled = color if card.tone in _FILLED else "none"
    panel = drawing.colors["panel"]
    long = width(card.word, 24, bold=True) + 78
    drawing.y += 22
    top = drawing.y
    drawing.parts.append(
        Markup(
            '<rect x="{}" y="{:g}" width="{:g}" height="46" rx="23" fill="{}" stroke="{}"'
            ' stroke-width="2"/><path transform="translate({},{:g})" d="{}" fill="{}" stroke="{}"'
            ' stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>'
        ).format(
            _MARGIN,
            top,
            long,
            panel,
            color,
            _MARGIN + 22,
            top + 13,
            _SIGN[card.tone],
            filled,
            color,
        )
    )
    drawing.text(card.word, _MARGIN + 54, top + 32, 24, color=card.tone, bold=True)
    drawing.y = top + 46
    if not card.proviso:
        return
    if width(card.proviso, 21) <= _ROOM - long - 18:
        drawing.text(card.proviso, _MARGIN + long + 18, top + 31, 21, color="ink")
    else:
        drawing.y += 6
        drawing.paragraph(card.proviso, 21)


def _figures(drawing: _Drawing, figures: tuple[CardFigure, ...]) -> None:
    """Tiles side by side, as high as the highest needs."""
    if not figures:
        return
    gap = 18
    wide = (_ROOM - gap * (len(figures) - 1)) // len(figures)
    inner = wide - 36
    named = [rows(one.label, 16, inner) for one in figures]
    below = [rows(one.detail, 15, inner) for one in figures]
    labels = max(map(len, named))
    high = 38 + 20 * labels + 42 + 19 * max(map(len, below))
    drawing.y += 26
    for number, one in enumerate(figures):
        x = _MARGIN + number * (wide + gap)
        drawing.parts.append(
            Markup('<rect x="{}" y="{:g}" width="{}" height="{}" rx="8" fill="{}"/>').format(
                x, drawing.y, wide, high, drawing.colors["panel"]
            )
        )
        at = drawing.y + 12
        for row in named[number]:
            at += 20
            drawing.text(row, x + 18, at, 16, color="soft")
        at = drawing.y + 12 + 20 * labels + 38
        size = 30 if width(one.value, 30, bold=True) <= inner else 20
        drawing.text(one.value, x + 18, at, size, color="ink", bold=True)
        at += 6
        for row in below[number]:
            at += 19
            drawing.text(row, x + 18, at, 15, color="soft")
    drawing.y += high


def _steps(drawing: _Drawing, card: Card) -> None:
    """Why this word, what to do next, and what is still open."""
    texts = (
        f"Why: {card.why}" if card.why else "",
        f"Next: {reasons.sentence(card.next_step)}" if card.next_step else "",
        card.change,
    )
    for number, text in enumerate(filter(None, texts)):
        drawing.y += 8 if number else 20
        drawing.paragraph(text, 19)


def _chart(drawing: _Drawing, chart: CardChart, caption: str) -> None:
    scale = _ROOM / chart.width
    drawing.y += 22
    drawing.parts.append(
        Markup('<g transform="translate({},{:g}) scale({:.6g})" fill="{}">{}</g>').format(
            _MARGIN, drawing.y, scale, drawing.colors["ink"], chart.inside
        )
    )
    drawing.y += chart.height * scale
    drawing.paragraph(caption, 16, color="soft", most=2)


def _bottom(drawing: _Drawing, card: Card) -> None:
    """What to be careful about, and what made the picture."""
    drawing.y += 18
    more = len(card.cautions) - 1
    if card.cautions:
        rest = f" And {many(more, 'more caution')} in the report." if more > 0 else ""
        drawing.paragraph(f"Caution: {card.cautions[0]}{rest}", 17, color="warn", most=6)
    else:
        drawing.paragraph(f"{passed(card.command)}.", 17, color="soft")
    drawing.y += 6
    drawing.paragraph(f"{MADE_BY} {card.command}", 14, color="soft")
