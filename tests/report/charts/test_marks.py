"""Shapes and words that are drawn by hand."""

from __future__ import annotations

import pytest

from resume_gap.report.charts import marks


def test_words_are_escaped_and_stand_on_their_ground() -> None:
    drawn = marks.text(1, 2, "<b>", ground=True, bold=True, soft=True, anchor="end")
    assert "&lt;b&gt;</text>" in drawn
    assert 'text-anchor="end"' in drawn
    assert 'stroke="var(--ground)"' in drawn
    assert 'fill="var(--soft)"' in drawn
    assert "stroke" not in marks.text(1, 2, "a")


def test_an_element_escapes_texts_and_leaves_markup_and_numbers() -> None:
    drawn = marks.element('<g a="{}" x="{:.1f}">{}</g>', '"&', 1.25, marks.element("<b/>"))
    assert drawn == '<g a="&#34;&amp;" x="1.2"><b/></g>'


@pytest.mark.parametrize("shape", ["circle", "hollow", "diamond", "stroke"])
def test_every_shape_has_its_color(shape: marks.MarkShape) -> None:
    assert marks.BLUE in marks.mark(5, 5, shape, color=marks.BLUE)


def test_a_bar_is_never_too_thin_to_be_seen() -> None:
    assert 'width="1.0"' in marks.bar(0, 0, 0, 9, color=marks.INK)


def test_a_picture_is_hidden_from_readers() -> None:
    drawn = marks.picture(10, 20, [marks.line(0, 0, 1, 1, dash="3 3")])
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" aria-hid')
    assert 'stroke-dasharray="3 3"' in drawn
