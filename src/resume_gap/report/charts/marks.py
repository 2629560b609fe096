"""Shapes and words of the charts that are drawn by hand, each an escaped piece of SVG."""

from typing import Final, Literal

from markupsafe import Markup

MarkShape = Literal["circle", "diamond", "stroke", "hollow"]
Anchor = Literal["start", "middle", "end"]
BLUE: Final = "var(--c1)"
VERMILION: Final = "var(--c2)"
INK: Final = "currentColor"
_ON_GROUND: Final = Markup(' paint-order="stroke" stroke="var(--ground)" stroke-width="5"')


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: Anchor = "start",
    size: int = 13,
    soft: bool = False,
    bold: bool = False,
    ground: bool = False,
) -> Markup:
    """Words that start, are centred or end at x; on ground of their own, lines pass behind them."""
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}"{}{}{}>{}</text>'
    ).format(
        x,
        y,
        anchor,
        size,
        Markup(' fill="var(--soft)"') if soft else "",
        Markup(' font-weight="600"') if bold else "",
        _ON_GROUND if ground else "",
        words,
    )


def line(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    *,
    colour: str = INK,
    width: float = 1,
    opacity: float = 1,
    dash: str = "",
) -> Markup:
    """A straight line."""
    dashes = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup(
        '<path d="M{:.1f},{:.1f}L{:.1f},{:.1f}" stroke="{}" stroke-width="{}" '
        'stroke-opacity="{}"{}/>'
    ).format(x, y, to_x, to_y, colour, width, opacity, dashes)


def bar(x: float, y: float, width: float, height: float, *, colour: str) -> Markup:
    """A bar from its upper left corner on."""
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" fill-opacity="0.35" '
        'stroke="{}"/>'
    ).format(x, y, max(width, 1), height, colour, colour)


def mark(x: float, y: float, shape: MarkShape, *, colour: str) -> Markup:
    """A mark whose middle is at (x, y)."""
    if shape == "stroke":
        return line(x, y - 9, x, y + 9, colour=colour, width=2.5)
    if shape == "diamond":
        return Markup('<path d="M{:.1f},{:.1f}l6,6l-6,6l-6,-6z" fill="{}" stroke="{}"/>').format(
            x, y - 6, colour, colour
        )
    fill = "var(--ground)" if shape == "hollow" else colour
    return Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="5.5" fill="{}" stroke="{}" stroke-width="2"/>'
    ).format(x, y, fill, colour)


def picture(width: float, height: float, parts: list[Markup]) -> Markup:
    """The whole as an SVG element that scales with its box."""
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" aria-hidden="true" '
        'font-family="system-ui, sans-serif" font-size="13" fill="currentColor">'
    ).format(width, height)
    return head + Markup("").join(parts) + Markup("</svg>")
