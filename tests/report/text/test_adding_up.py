"""Lengths add up as they are printed."""

import pytest

from resume_gap.report.text.adding_up import shares, tenths, two_parts


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


@pytest.mark.parametrize(
    ("hit", "baselines", "shown"),
    [
        (0.58, (0.19, 0.46), ("58 %", (("19 %", "39 points"), ("46 %", "12 points")))),
        (0.397, (0.054,), ("39.7 %", (("5.4 %", "34.3 points"),))),
        (0.2425, (0.0383,), ("24 %", (("3.8 %", "20 points"),))),
        (0.0349, (0.0383,), ("3.5 %", (("3.8 %", "\N{MINUS SIGN}0.3 points"),))),
        (0.104, (0.146,), ("10.4 %", (("14.6 %", "\N{MINUS SIGN}4.2 points"),))),
        (
            0.105,
            (0.186, 0.0),
            ("10.5 %", (("18.6 %", "\N{MINUS SIGN}8.1 points"), ("0 %", "10.5 points"))),
        ),
        (0.4, (), ("40 %", ())),
    ],
)
def test_a_share_and_its_baseline_differ_by_what_is_printed(
    hit: float, baselines: tuple[float, ...], shown: tuple[str, object]
) -> None:
    assert shares(hit, *baselines) == shown


def test_shares_of_few_have_no_tenths() -> None:
    assert shares(0.75, 0.625) == ("75.0 %", (("62.5 %", "12.5 points"),))
    assert shares(0.75, 0.625, whole=True) == ("75 %", (("62 %", "13 points"),))
