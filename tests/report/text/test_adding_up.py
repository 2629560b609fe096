"""Lengths add up as they are printed."""

import pytest

from resume_gap.report.text.adding_up import tenths, two_parts


@pytest.mark.parametrize(
    ("first", "second", "step", "total", "parts"),
    [
        (51.4, 21.4, 0, 72.8, ("51 s", "22 s")),
        (0.44, 9.5, 0, 9.94, ("0.4 s", "9.5 s")),
        (0.5, 41.2, 2, 41.7, ("under 2 s", "42 s")),
        (9.5, 51.3, 0, 60.8, ("10 s", "51 s")),
        (60.0, 5.6, 0, 65.6, ("60 s", "5.6 s")),
    ],
)
def test_two_parts_add_up_to_the_printed_total(
    first: float, second: float, step: float, total: float, parts: tuple[str, str]
) -> None:
    shown = two_parts(first, second, step, total=total, most=65.5)
    assert shown == parts


@pytest.mark.parametrize(
    ("first", "second", "step", "difference", "shown"),
    [
        (90.4, 65.6, 0.0, -24.8, ("90.4 s", "65.6 s")),
        (56.4, 47.8, 0.0, -8.6, ("56.4 s", "47.8 s")),
        (90.4, 65.4, 0.0, -25.0, None),
        (90.4, 65.6, 2.0, -24.8, None),
        (9.4, 5.6, 0.0, -3.8, None),
        (130.4, 65.6, 0.0, -64.8, None),
    ],
    ids=["to_the_second_24", "to_the_second_8", "adds_up", "coarse", "in_tenths", "in_minutes"],
)
def test_two_lengths_differ_by_what_is_printed(
    first: float, second: float, step: float, difference: float, shown: tuple[str, str] | None
) -> None:
    assert tenths(first, second, step, difference=difference) == shown
