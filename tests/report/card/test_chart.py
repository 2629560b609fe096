"""The chart of a page: drawn anew of what is known, or not at all."""

from __future__ import annotations

import pytest
from factories.pages import PAGES

from resume_gap.report.card.chart import first_chart
from resume_gap.report.card.picture import COLORS
from resume_gap.report.page import build
from resume_gap.report.render import html

LIGHT = COLORS["light"]


def page(inside: str, box: str = "0 0 100 50") -> bytes:
    return f'<p><figure role="img"><div><svg viewBox="{box}">{inside}</svg></div></figure>'.encode()


@pytest.mark.parametrize("command", PAGES)
def test_the_picture_of_every_first_screen_can_be_taken(command: str) -> None:
    for scheme in COLORS.values():
        found = first_chart(html.render(build.page(PAGES[command]())), scheme)
        assert found is not None
        assert found.width > found.height > 100
        assert scheme["c1"] in found.inside
        assert "var(" not in found.inside
        assert "currentColor" not in found.inside


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<image/>",
        "<foreignObject/>",
        "<a><text>x</text></a>",
        "<style>*{}</style>",
        "<!DOCTYPE x><g/>",
        "<g>",
        "<use/>",
        "<g/>" * 30_000,
    ],
)
def test_a_page_that_holds_more_than_a_drawing_has_no_chart(inside: str) -> None:
    assert first_chart(page("<g/>"), LIGHT) is not None
    assert first_chart(page(inside), LIGHT) is None


def test_what_is_not_known_is_left_out() -> None:
    found = first_chart(
        page('<text onload="x" href="y" style="z" fill="url(#a)" x="1">&lt;b&gt; &amp;</text>'),
        LIGHT,
    )
    assert found is not None
    assert found.inside == '<text x="1">&lt;b&gt; &amp;</text>'
    colored = first_chart(page('<path d="M0,1" stroke="var(--c2)" fill="currentColor"/>'), LIGHT)
    assert colored is not None
    assert colored.inside == f'<path d="M0,1" stroke="{LIGHT["c2"]}" fill="{LIGHT["ink"]}"></path>'


@pytest.mark.parametrize("box", ["", "0 0 0 5", "0 0 5", "0 0 1e9 5", "0 0 -3 5", "1 1 5 5"])
def test_a_box_without_a_sane_size_is_none(box: str) -> None:
    assert first_chart(page("<g/>", box), LIGHT) is None


def test_a_page_without_a_picture() -> None:
    assert first_chart(b"<p>", LIGHT) is None
    assert first_chart(b"", LIGHT) is None
