"""What a launch has shown, in sentences: words for sizes, reasons, and what to do next."""

from __future__ import annotations

import dataclasses

import pytest
from factories.launch_results import (
    COMPARED,
    another_change,
    blind,
    compared,
    few_dates,
    horizon,
    short,
    shorter,
    unchanged,
)

from resume_gap.report.text import comparison


def test_sizes_and_intervals_are_worded_alike() -> None:
    found = shorter()
    primary = found.comparison.primary
    assert comparison.size(primary, found) == "24 s faster"
    assert comparison.between(primary, found) == "12 s to 35 s faster"
    assert comparison.size(short().comparison.primary, short()) is None


def test_levels_differ_by_what_is_printed_between_them() -> None:
    found = compared(horizon(14, -4.4, 2.0, measured=73.3, expected=77.7))
    measured, expected = comparison.levels(found.comparison.primary, found)
    assert (measured, expected) == ("73 s", "78 s") or (measured, expected) == ("73.3 s", "77.7 s")
    assert comparison.level(900.0, found) == "2 min 35 s"  # never above the cap
    assert comparison.level(None, found) == "\N{EN DASH}"


def test_how_sure_is_only_said_of_an_interval() -> None:
    assert comparison.sure(shorter()) == "95 % confident of 12 s to 35 s faster"
    assert comparison.sure(unchanged()) == "95 % confident of 16 s faster to 7.2 s slower"
    assert comparison.sure(few_dates()) == ""
    assert comparison.sure(another_change()) == "chance alone does this on 1 of 100 dates"
    assert comparison.sure(blind()) == ""


@pytest.mark.parametrize("name", COMPARED)
def test_every_result_has_a_next_step_and_a_reason(name: str) -> None:
    found = COMPARED[name]()
    assert comparison.next_step(found)
    assert not comparison.next_step(found).endswith(".")
    assert comparison.because(found)[-1] in ".?"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("short_history", "28 days before the launch"),
        ("no_days_after", "14 days from the launch on"),
        ("few_days", "half of the days"),
        ("few_placebos", "53 earlier dates"),
        ("no_control", "never shown"),
        ("withheld", "A check of the launch failed."),
        ("something_new", "Something new."),
    ],
)
def test_a_missing_figure_has_its_reason(reason: str, said: str) -> None:
    assert said in comparison.why(reason)
    assert comparison.why(None) == ""


def test_the_least_p_is_said_where_it_is_not_the_p() -> None:
    several = horizon(14, -9.0, 4.0, p=3 / 72)
    assert comparison.ranked(several) == (
        "Of 71 earlier dates without a launch 2 show a change as large (p = 0.042; the smallest "
        "that this many dates allow is 0.014)."
    )
    assert comparison.ranked(dataclasses.replace(several, p=None)) == ""


def test_a_small_p_beside_an_interval_with_0_is_explained() -> None:
    few = "But such dates share most of their days, which makes them few; the interval allows for"
    alone = horizon(14, -9.0, 9.5, p=1 / 72)
    assert comparison.ranked(alone).endswith(f" {few} it, and includes 0.")
    assert few in comparison.ranked(dataclasses.replace(alone, p=3 / 72))
    assert few not in comparison.ranked(dataclasses.replace(alone, p=4 / 72))
    assert few not in comparison.ranked(dataclasses.replace(alone, ci_upper=-0.1))


def test_the_cap_is_said_with_where_it_is_from() -> None:
    assert comparison.cap(shorter()) == "2 min 35 s"
    assert "before the launch" in comparison.cap_source(shorter())


def test_instants_and_places_are_short() -> None:
    assert comparison.day("2026-03-02T00:00:00Z") == "2026-03-02"
    assert comparison.day("2026-03-02T22:00:00Z") == "2026-03-02T22:00:00Z"
    assert [comparison.counted(n) for n in (-3, 0, 12)] == ["\N{MINUS SIGN}3", "0", "12"]


def test_one_day_is_one_day() -> None:
    found = short()
    trust = dataclasses.replace(found.comparison.trust, days_before=1)
    told = dataclasses.replace(found, comparison=dataclasses.replace(found.comparison, trust=trust))
    assert comparison.headline(told) == (
        "1 day before the launch is too few to know what was usual"
    )
