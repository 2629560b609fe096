"""Clauses of a long sentence, and words that go with a number."""

from __future__ import annotations

from resume_gap.report.text.clauses import agreeing, clipped, words

LONG = "Rows 12 (4.1 %) share their instant: order is unknown, and times are unknown there"


def test_only_one_is_one() -> None:
    assert [agreeing(n, "it", "they") for n in (0, 1, 1.0, 2)] == ["they", "it", "it", "they"]


def test_a_number_and_its_unit_are_no_words() -> None:
    assert words("At most 6.1 s of search (2 min) in 40 % of them") == 7


def test_a_short_text_stays() -> None:
    assert clipped(LONG, words(LONG)) == LONG


def test_a_long_one_ends_at_a_clause() -> None:
    assert clipped(LONG, 6) == "Rows 12 (4.1 %) share their instant …"
    assert clipped(LONG, 9) == "Rows 12 (4.1 %) share their instant: order is unknown …"
    assert clipped(LONG, 3) == "Rows 12 (4.1 %) share their …"
    assert clipped("It rains. It snows, and there is more of it.", 5) == "It rains. It snows …"
