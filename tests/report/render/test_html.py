"""Text as it is set: options as code, numbers with their units."""

from __future__ import annotations

from resume_gap.report.render import html


def test_every_option_in_a_text_is_code_and_nothing_else() -> None:
    text = "give --gap or --ignore ping, or both with --away idle; a < b"
    assert html.prose(text) == (
        "give <code>--gap</code> or <code>--ignore</code> ping, or both with"
        " <code>--away</code> idle; a &lt; b"
    )


def test_a_number_keeps_its_unit_and_an_interval_its_numbers() -> None:
    assert html.prose("after 5 min 3 s of work") == "after 5\xa0min 3\xa0s of work"
    assert html.figures("5 min 3 s [2 s, 9 s]") == "5\xa0min\xa03\xa0s [2\xa0s,\xa09\xa0s]"
