"""The rules that several queries share, on both sides of their borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES

if TYPE_CHECKING:
    from .conftest import HandMade


def value(runner: HandMade, sql: str, **variables: Any) -> Any:
    runner.let(**variables)
    return runner.one(f"select {sql}")[0]


def test_gaps_at_the_end_of_a_class_are_in_it(runner: HandMade) -> None:
    for name, end in zip(GAP_CLASSES, GAP_CLASS_ENDS_US, strict=False):
        assert value(runner, f"gap_class({end})") == name
        assert value(runner, f"gap_class({end + 1})") != name
    assert value(runner, f"gap_class({GAP_CLASS_ENDS_US[-1] + 1})") == GAP_CLASSES[-1]


@pytest.mark.parametrize(
    ("macro", "bits"),
    [
        ("is_productive", {1}),
        ("is_completing", {2}),
        ("is_ignored", {8}),
        ("is_marker", {16}),
        ("is_assignment", {32}),
        ("is_agent", {64}),
        ("is_set_aside", {8, 16, 32, 64}),
    ],
)
def test_roles_are_bits(runner: HandMade, macro: str, bits: set[int]) -> None:
    every = (0, 1, 2, 4, 8, 16, 32, 64)
    assert {bit for bit in every if value(runner, f"{macro}({bit})")} == bits
    assert value(runner, f"{macro}({sum(every)})")


def test_reasons_say_what_is_counted(runner: HandMade) -> None:
    reasons = ("mid_task", "away_event", "completed", "idle", "unknown")

    def those(macro: str) -> list[str]:
        return [one for one in reasons if value(runner, f"{macro}('{one}')")]

    assert those("is_mid_task") == ["mid_task", "away_event"]
    assert those("is_rated") == ["mid_task", "away_event", "unknown"]


def test_borders_of_time_count(runner: HandMade) -> None:
    week = {"follow_up_us": 7, "cap_us": 5, "buffer_us": 5, "delay_varies_us": 2}
    for sql, expected in {
        "is_followed_up(3, 10)": True,
        "is_followed_up(4, 10)": False,
        "is_back_in_time(3, 10)": True,
        "is_back_in_time(3, 11)": False,
        "is_reached(5)": True,
        "is_reached(6)": False,
        "is_buffered(8, 5)": True,
        "is_buffered(9, 6)": False,
        "is_buffered(7, 5)": False,
        "is_buffered(3, 0)": True,
        "is_changed(1, 2)": True,
        "is_changed(2, 2)": False,
        "is_changed(0, 2)": None,
        "is_changed(2, 0)": None,
        "kind_of(content_of(3, 9))": 3,
        "label_of(content_of(3, 9))": 9,
        "never()": 2**63 - 1,
    }.items():
        assert value(runner, sql, **week) is expected or value(runner, sql) == expected, sql


def test_blanks_and_values_of_a_group(runner: HandMade) -> None:
    for text, blank in (("", True), (" \t\u00a0\u200b", True), (" a ", False), ("0", False)):
        assert runner.con.execute("select is_blank($1)", [text]).fetchall() == [(blank,)]
    assert value(runner, "is_mapped('task')", log_columns=["user_id", "task"])
    assert not value(runner, "is_mapped('device')")
    for values, single in (("(1), (1), (null)", True), ("(1), (2), (1)", False)):
        found = runner.one(f"select is_single(v) from (values {values}) as t(v)")
        assert found == (single,)


def test_placeholders_are_nobody_in_any_case(runner: HandMade) -> None:
    runner.let(placeholder_ids=["unknown", "null"])
    for user_id, is_nobody in ((" Unknown", True), ("NULL ", True), ("nullo", False)):
        assert value(runner, f"is_placeholder('{user_id}')") is is_nobody
    assert not value(runner, "is_placeholder('null')", placeholder_ids=[])
