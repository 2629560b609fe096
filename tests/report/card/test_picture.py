"""A card as a picture: everything is on it, inside of its edges, and text is only text."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from resume_gap.report.card import picture
from resume_gap.report.card.chart import CardChart
from resume_gap.report.card.letters import width
from resume_gap.report.page.model import Tone

if TYPE_CHECKING:
    from resume_gap.report.card.content import Card, CardFigure, Scheme

SPACE = "{http://www.w3.org/2000/svg}"
CHART = CardChart(Markup("<g><text>axis</text></g>"), 1000, 200)


def drawn(card: Card, chart: CardChart | None = CHART, scheme: Scheme = "light") -> ET.Element:
    return ET.fromstring(picture.drawn(card, chart, scheme=scheme))  # noqa: S314 - ours


def texts(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SPACE}text")]


def test_everything_is_on_it_in_the_order_of_the_page(card: Card) -> None:
    root = drawn(card)
    shown = " ".join(texts(root))
    at = 0
    for part in (
        "ACME Budget · 90 users · simulated",
        card.word,
        "36 s to 61 s longer",
        "How sure: at least 95 % confident of 29 s to 67 s.",
        "40 %",
        "95 % interval [36 %, 44 %]",
        "3.8 minutes",
        "Next: Show a random half of users the marker.",
        "Why not build yet: the goal is 5 s.",
        "axis",
        card.caption,
        "All checks of the data passed.",
        "Made with resume-gap analyze",
    ):
        assert part in shown[at:], part
        at = shown.index(part, at)
    assert root.findtext(f"{SPACE}title") == card.headline


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tone", get_args(Tone))
def test_every_tone_has_a_sign_and_a_color(card: Card, tone: Tone, scheme: Scheme) -> None:
    text = picture.drawn(replace(card, tone=tone), CHART, scheme=scheme)
    assert picture.COLORS[scheme][tone] in text
    assert picture.COLORS[scheme]["ground"] in text


def test_nothing_leaves_the_picture_however_long(card: Card) -> None:
    long = "A sentence of many words with 36 s in it, " * 6
    wide = replace(
        card, headline=long, proviso=long, word="W" * 30, subject=(long,), cautions=(long, long)
    )
    root = drawn(wide)
    for one in root.iter(f"{SPACE}text"):
        if "x" in one.attrib:
            end = float(one.attrib["x"]) + width(one.text or "", float(one.attrib["font-size"]))
            assert end <= picture.WIDTH
            assert float(one.attrib["y"]) <= float(root.attrib["height"])
    assert "And 1 more caution in the report." in " ".join(texts(root))


def test_text_is_only_text(card: Card) -> None:
    hostile = '</text><script>x</script>"&'
    some = replace(card, headline=hostile, word=hostile, subject=(hostile,), cautions=(hostile,))
    root = drawn(some)
    assert not list(root.iter(f"{SPACE}script"))
    assert hostile in texts(root)


def test_without_badge_figures_and_chart_it_is_lower(card: Card) -> None:
    bare = replace(card, word="", figures=(), caption="")
    assert float(drawn(bare, None).attrib["height"]) < float(drawn(card).attrib["height"]) - 300


def test_a_value_is_large_where_it_fits_in_bold(card: Card) -> None:
    sizes = set()
    for many in range(30, 45):
        value = "m" * many
        root = drawn(replace(card, figures=(replace(card.figures[0], value=value),)), None)
        panel = next(one for one in root.iter(f"{SPACE}rect") if one.attrib.get("rx") == "8")
        (text,) = [one for one in root.iter(f"{SPACE}text") if one.text == value]
        inset = float(text.attrib["x"]) - float(panel.attrib["x"])
        fits = width(value, 30, bold=True) <= float(panel.attrib["width"]) - 2 * inset
        assert float(text.attrib["font-size"]) == (30 if fits else 20)
        sizes.add(fits)
    assert sizes == {True, False}


def test_figures_stand_in_their_panels_one_row_below_the_other(card: Card) -> None:
    long = replace(card.figures[1], label="A label of so many words that it takes two rows " * 2)
    root = drawn(replace(card, figures=(card.figures[0], long)), None)
    panels = [one for one in root.iter(f"{SPACE}rect") if one.attrib.get("rx") == "8"]
    assert len(panels) == 2
    assert (
        len({(one.attrib["y"], one.attrib["height"], one.attrib["width"]) for one in panels}) == 1
    )
    values = set()
    for panel in panels:
        left, top = float(panel.attrib["x"]), float(panel.attrib["y"])
        inside = [
            (float(one.attrib["y"]), float(one.attrib["font-size"]), one.text)
            for one in root.iter(f"{SPACE}text")
            if "x" in one.attrib
            and left < float(one.attrib["x"]) < left + float(panel.attrib["width"])
            and top < float(one.attrib["y"]) < top + float(panel.attrib["height"]) + 100
        ]
        bottoms = [y for y, *_ in inside]
        assert bottoms == sorted(bottoms)
        for (above, *_), (below, size, _) in pairwise(inside):
            assert below - above >= size
        assert bottoms[0] - inside[0][1] >= top
        last = next(y for y, _, text in reversed(inside) if text in _details(card))
        assert last < top + float(panel.attrib["height"])
        values |= {y for y, size, _ in inside if size == 30}
    assert len(values) == 1  # side by side, however many rows their labels take


@pytest.mark.parametrize("field", ["label", "detail"])
def test_panels_are_as_high_as_the_longest_of_them_needs(card: Card, field: str) -> None:
    short, long = card.figures[0], replace(card.figures[1], **{field: "many words " * 30})

    def height(*figures: CardFigure) -> float:
        root = drawn(replace(card, figures=figures), None)
        panels = [one for one in root.iter(f"{SPACE}rect") if one.attrib.get("rx") == "8"]
        (found,) = {float(one.attrib["height"]) for one in panels}
        return found

    assert height(short, long) == height(long, short) == height(long, long)
    assert height(short, long) > height(short, short)


def _details(card: Card) -> set[str]:
    return {one.detail for one in card.figures}


def variants(card: Card) -> dict[str, tuple[Card, CardChart | None]]:
    """Cards that differ in every part that changes where something is drawn."""
    long = "so that a person who reads it has to go on for a while, and then on and on and on"
    figure = replace(card.figures[0], label=long, detail=long, value="between 3.8 and 9.9 minutes")
    return {
        "whole": (card, CHART),
        "without a chart": (card, None),
        "beside its word": (replace(card, proviso="if it pays", tone="caution"), None),
        "below its word": (replace(card, proviso=long, tone="stop"), None),
        "long": (
            replace(card, headline=long, figures=(figure, *card.figures), caption=long),
            CHART,
        ),
        "bare": (replace(card, word="", sure="", figures=()), None),
        "careful": (replace(card, cautions=("one", "two", "three"), tone="open"), None),
        "told why": (replace(card, why=long, next_step=long, change="", tone="caution"), None),
        "careful once": (replace(card, cautions=("one",), tone="wait"), None),
    }


def test_every_part_is_drawn_where_it_was_reviewed(card: Card) -> None:
    """As pages are: RESUME_GAP_GOLDEN=write writes `cards.txt`, whose difference is read."""
    lines = []
    for name, (one, chart) in variants(card).items():
        lines += [f"# {name}", *picture.drawn(one, chart, scheme="light").split("\n")]
    text = "\n".join(lines).replace("><", ">\n<")
    path = Path(__file__).parent / "cards.txt"
    if os.environ.get("RESUME_GAP_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()
