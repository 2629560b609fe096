"""Widths that are never too small for the font, and rows that fit."""

from __future__ import annotations

import pytest

from resume_gap.report.card.letters import rows, width

ARIAL = {
    "i": 0.222,
    "t": 0.278,
    "r": 0.333,
    "c": 0.5,
    "e": 0.556,
    "5": 0.556,
    "%": 0.889,
    "A": 0.667,
    "M": 0.833,
    "m": 0.833,
    "W": 0.944,
    " ": 0.278,
    "w": 0.722,
    "/": 0.278,
    "G": 0.778,
    "[": 0.278,
}
"""Published widths of the font, as parts of its size."""


@pytest.mark.parametrize("letter", ARIAL)
def test_no_letter_is_taken_for_narrower_than_it_is(letter: str) -> None:
    assert ARIAL[letter] - 0.025 <= width(letter, 1.0) <= ARIAL[letter] + 0.2


def test_rows_fit_and_keep_a_number_with_its_unit() -> None:
    text = "It took 36 s to 61 s longer, in 5.4 % of all " * 4
    for room in (80, 200, 333):
        found = rows(text, 16, room)
        assert all(width(row, 16) <= room for row in found)
        assert " ".join(found).split() == text.split()
        assert not any(row.startswith(("s ", "% ")) for row in found)


def test_a_long_word_is_broken_and_wide_letters_are_wide() -> None:
    found = rows("x" * 100, 10, 60)
    assert "".join(found) == "x" * 100
    assert len(found) > 5
    assert width("\N{CJK UNIFIED IDEOGRAPH-6F22}", 10) > 10
    assert rows("", 10, 60) == []
    assert rows("ab", 10, 1) == ["a", "b"]
