"""What to record, on the page of a log that cannot be measured."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from factories.plan_results import plan
from factories.results import blind, full
from factories.trial_results import better

from resume_gap.report.page import build
from resume_gap.report.page.model import Table
from resume_gap.report.page.shared.tracking import tracking
from resume_gap.report.text import measurability
from resume_gap.results.common import BlindReason
from resume_gap.results.run import Measurability


@pytest.mark.parametrize("reason", get_args(BlindReason))
def test_the_section_says_what_this_log_lacks(reason: BlindReason) -> None:
    (section,) = tracking(blind(reason))
    assert section.title == measurability.remedy(reason)
    (table, *_) = section.blocks
    assert isinstance(table, Table)
    first, *rest = [row[0] for row in table.rows]
    in_order = ["person", "time", "act", "looking around", "element", "idle time"]
    assert rest == [what for what in in_order if what != first]
    whole_events = reason in ("sessions_cut", "too_sparse")
    assert table.marked == (None if whole_events else 0)
    assert ("what this log lacks comes first" in table.caption) != whole_events


def test_the_row_of_a_log_of_saves_is_looking_around() -> None:
    (section,) = tracking(blind())
    table = section.blocks[0]
    assert isinstance(table, Table)
    assert table.marked is not None
    assert table.rows[table.marked][0] == "looking around"


def test_a_log_that_can_be_measured_has_no_such_section() -> None:
    assert tracking(full()) == ()


@pytest.mark.parametrize("make", [blind, better, plan])
def test_every_command_shows_it_first(make: object) -> None:
    assert callable(make)
    found = replace(make(), measurability=Measurability(reason="too_coarse", figures={}))
    assert build.page(found).story[0].name == "tracking"
