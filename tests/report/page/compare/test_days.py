"""A row a day, with a dash where a day has no return."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factories.launch_results import another_change, shorter

from resume_gap.report.page.compare.days import days
from resume_gap.report.page.model import Folded

if TYPE_CHECKING:
    from resume_gap.results.compare import Compared


def rows(found: Compared) -> tuple[tuple[str, ...], ...]:
    (section,) = days(found)
    (block,) = section.blocks
    assert isinstance(block, Folded)
    assert block.table is not None
    return block.table.rows


def test_days_are_counted_from_the_launch_and_a_missing_one_is_no_0() -> None:
    found = rows(shorter())
    assert [row[0] for row in found] == [f"\N{MINUS SIGN}{n}" for n in (5, 4, 3, 2, 1)] + [
        str(n) for n in range(5)
    ]
    missing, launch = found[3], found[5]
    dash = "\N{EN DASH}"
    assert missing == ("\N{MINUS SIGN}2", "2026-02-28", "0", dash, "77 s", "0", dash)
    assert launch == ("0", "2026-03-02", "90", "52 s", "77 s", "60", "9.5 s")


def test_where_a_check_failed_only_the_control_has_figures() -> None:
    assert {row[3:5] for row in rows(another_change())} == {("\N{EN DASH}", "\N{EN DASH}")}


def test_a_roll_out_has_no_days() -> None:
    found = shorter()
    assert days(replace(found, comparison=replace(found.comparison, days=()))) == ()
