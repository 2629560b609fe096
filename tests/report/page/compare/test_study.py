"""A roll-out by weeks and by methods: every figure is one of the result."""

from __future__ import annotations

from factories.launch_results import (
    all_launched,
    methods_part,
    shorter,
    units,
    units_alike,
    young_units,
)
from factories.pages import number, part

from resume_gap.report.page.compare.study import event_study, methods
from resume_gap.report.page.model import Figure

DASH = "\N{EN DASH}"


def test_a_row_is_a_week_with_both_methods() -> None:
    found = units()
    figure = event_study(found, size="page")
    assert figure is not None
    assert len(figure.table.rows) == len(found.comparison.periods) == len(figure.at)
    for row, week in zip(figure.table.rows, found.comparison.periods, strict=True):
        assert number(row[0]) == week.period
        assert abs(number(row[1]) - week.estimate) <= 0.5
    # The other method's base is the week before the launch.
    assert figure.table.rows[3][2] == DASH
    assert figure.table.rows[4][2] != DASH


def test_one_date_a_failed_check_and_no_figure_have_no_study() -> None:
    for found in (shorter(), methods_part(), young_units()):
        assert event_study(found, size="page") is None


def test_both_methods_are_drawn_where_both_were_asked() -> None:
    (both,) = methods(units())
    (one,) = methods(units_alike())
    assert isinstance(both, Figure)
    assert isinstance(one, Figure)
    assert [row[0] for row in both.table.rows] == [
        "each unit's own trend (decides)",
        "not yet launched units",
    ]
    assert [row[2] for row in both.table.rows] == ["0.006", DASH]
    assert len(one.table.rows) == 1
    assert methods(young_units()) == ()


def test_the_story_says_who_was_compared_and_what_the_other_method_says() -> None:
    text = part(units(), "change")
    assert "17 of 23 units (by team) got the marker within the log" in text
    assert "Left out: 1 unit with too few weeks before the launch, 2 units without an event" in text
    assert "4 users without a unit" in text
    assert "finds: 22 s faster [4.0 s, 39 s]" in text
    assert "(HonestDiD), the first 4 weeks fit anything from 3.0 s to 79 s faster" in text
    assert "1.4 times as much would make that include 0" in text
    assert "not even 10 times as much" in part(all_launched(), "change")
    assert "its library is not installed" in part(units_alike(), "change")


def test_a_roll_out_has_its_own_methods_and_words() -> None:
    text = part(units(), "methods")
    assert "Imputation (Borusyak, Jaravel and Spiess)" in text
    assert "8 weeks before its launch" in text
    assert "interrupted time series" not in text
    words = part(units(), "words")
    assert "Other orders" in words
    assert "Earlier dates (placebos)" not in words
