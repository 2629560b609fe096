"""Shapes and words of the charts that are drawn by hand, each an escaped piece of SVG."""

from typing import Final, Literal

from markupsafe import Markup, escape

MarkShape = Literal["circle", "diamond", "stroke", "hollow"]
Anchor = Literal["start", "middle", "end"]
BLUE: Final = "var(--c1)"
VERMILION: Final = "var(--c2)"
INK: Final = "currentColor"
_ON_GROUND: Final = Markup(' paint-order="stroke" stroke="var(--ground)" stroke-width="5"')


def element(template: str, *values: object) -> Markup:
    """A piece of SVG with these values in it, every text of which is escaped.

    `Markup.format` looks up how each value wants to be written, hundreds of times for a picture.
    """
    safe = (v if isinstance(v, (int, float)) else escape(v) for v in values)
    return Markup(template.format(*safe))  # noqa: S704 - templates are ours, values escaped


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
    """Words that start, are centered or end at x; on ground of their own, lines pass behind."""
    return element(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}"{}{}{}>{}</text>',
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
    color: str = INK,
    width: float = 1,
    opacity: float = 1,
    dash: str = "",
) -> Markup:
    """A straight line."""
    dashes = element(' stroke-dasharray="{}"', dash) if dash else ""
    return element(
        '<path d="M{:.1f},{:.1f}L{:.1f},{:.1f}" stroke="{}" stroke-width="{}" '
        'stroke-opacity="{}"{}/>',
        x,
        y,
        to_x,
        to_y,
        color,
        width,
        opacity,
        dashes,
    )


def bar(x: float, y: float, width: float, height: float, *, color: str) -> Markup:
    """A bar from its upper left corner on."""
    return element(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" fill-opacity="0.35" '
        'stroke="{}"/>',
        x,
        y,
        max(width, 1),
        height,
        color,
        color,
    )


def mark(x: float, y: float, shape: MarkShape, *, color: str) -> Markup:
    """A mark whose middle is at (x, y)."""
    if shape == "stroke":
        return line(x, y - 9, x, y + 9, color=color, width=2.5)
    if shape == "diamond":
        diamond = '<path d="M{:.1f},{:.1f}l6,6l-6,6l-6,-6z" fill="{}" stroke="{}"/>'
        return element(diamond, x, y - 6, color, color)
    fill = "var(--ground)" if shape == "hollow" else color
    circle = '<circle cx="{:.1f}" cy="{:.1f}" r="5.5" fill="{}" stroke="{}" stroke-width="2"/>'
    return element(circle, x, y, fill, color)


def picture(width: float, height: float, parts: list[Markup]) -> Markup:
    """The whole as an SVG element that scales with its box."""
    head = element(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0f} {:.0f}" aria-hidden="true" '
        'font-family="system-ui, sans-serif" font-size="13" fill="currentColor">',
        width,
        height,
    )
    return head + Markup("").join(parts) + Markup("</svg>")
