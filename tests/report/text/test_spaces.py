"""Spaces at which a row must not end."""

from resume_gap.report.text.spaces import TIED, tied


def test_a_number_keeps_its_unit_and_a_word_is_no_unit() -> None:
    assert tied("36 s, 5 % and 3 days") == f"36{TIED}s, 5{TIED}% and 3{TIED}days"
    assert tied("90 hits, 5 sessions, s 3") == "90 hits, 5 sessions, s 3"
