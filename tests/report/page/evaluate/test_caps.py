"""The primary effect at other caps, on the page."""

from __future__ import annotations

import dataclasses

from factories.trial_results import at_cap, better, trial

from resume_gap.report.page.evaluate.caps import counted_up_to
from resume_gap.report.page.model import Table
from resume_gap.report.text.numbers import MINUS


def test_every_cap_is_a_row_and_the_primary_one_is_marked() -> None:
    (part,) = counted_up_to(better())
    text, table = part.blocks
    assert "The first return is counted up to 2 min: the time within which" in str(text)
    assert isinstance(table, Table)
    assert table.rows == (
        ("1 min", "56 s", "51 s", f"{MINUS}5.7 s [{MINUS}8.0 s, {MINUS}3.3 s]"),
        ("2 min (primary)", "56 s", "48 s", f"{MINUS}8.1 s [{MINUS}12 s, {MINUS}4.2 s]"),
        ("15 min", "56 s", "45 s", f"{MINUS}11 s [{MINUS}27 s, 4.3 s]"),
    )


def test_caps_without_a_difference_are_left_out() -> None:
    known = at_cap(60.0, -5.0, 2.0, "better")
    unknown = dataclasses.replace(at_cap(900.0, -5.0, 2.0, "better"), estimate=None)
    (part,) = counted_up_to(trial(caps=(known, unknown)))
    table = part.blocks[1]
    assert isinstance(table, Table)
    assert len(table.rows) == 1
    assert counted_up_to(trial(caps=(unknown,))) == ()


def test_no_level_is_above_its_cap_and_one_that_is_not_known_is_a_dash() -> None:
    row = dataclasses.replace(at_cap(60.0, -5.0, 2.0, "better"), control=63.0, treatment=None)
    (part,) = counted_up_to(trial(caps=(row,)))
    table = part.blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0][1:3] == ("60 s", "\N{EN DASH}")
