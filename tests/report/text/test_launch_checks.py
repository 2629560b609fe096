"""Every code of a check has a sentence, every failed one plain words and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from factories.launch_results import (
    COMPARED,
    CONTROL,
    EARLY,
    ELSEWHERE,
    EVENTS,
    FAST_BEFORE,
    FIXED,
    GAPS,
    JUMP,
    LONGER_GAPS,
    MARKERS,
    MIX,
    OTHERS,
    RENAMED,
    SLOW_BEFORE,
    UNITS,
    UNITS_JUMP,
    check,
)

from resume_gap.report.text import launch_checks

if TYPE_CHECKING:
    from resume_gap.results.trust import TrustCheck

FEW = check("units_compared", "few", "warned", units=27, of=100_000)
FAILED = (JUMP, RENAMED, OTHERS, LONGER_GAPS, EARLY, ELSEWHERE, SLOW_BEFORE)
ALL = (
    CONTROL,
    EVENTS,
    MIX,
    GAPS,
    FIXED,
    *MARKERS,
    *UNITS[:4],
    FAST_BEFORE,
    FEW,
    UNITS_JUMP,
    *FAILED,
)


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.name}-{one.code}")
def test_every_check_has_a_name_and_a_sentence(one: TrustCheck) -> None:
    assert "_" not in launch_checks.name(one)
    text = launch_checks.found(one)
    assert text != one.code.replace("_", " ")
    assert not re.search(r"\bNone\b|nan", text)


@pytest.mark.parametrize("one", FAILED, ids=lambda one: one.name)
def test_a_failed_check_says_what_is_wrong_and_what_to_do(one: TrustCheck) -> None:
    plain = launch_checks.plain(one)
    assert plain is not None
    assert plain.why(one.figures).endswith(".")
    assert not plain.finding.endswith(".")
    assert plain.next_step[0].islower()


def test_a_check_that_nobody_knows_is_its_code() -> None:
    unknown = check("moon_phase", "full_moon", "failed")
    assert launch_checks.found(unknown) == "full moon"
    assert launch_checks.name(unknown) == "Moon phase"
    assert launch_checks.plain(unknown) is None


def test_the_control_says_how_far_and_which_way_it_moved() -> None:
    assert "3.4 s longer than expected over 14 days (p = 0.01, among 71" in launch_checks.found(
        JUMP
    )
    assert "0.6 s shorter than expected" in launch_checks.found(CONTROL)
    assert launch_checks.sure(JUMP) == "chance alone does this on 1 of 100 dates"
    assert launch_checks.sure(EARLY) == ""


@pytest.mark.parametrize("name", COMPARED)
def test_the_others_are_counted(name: str) -> None:
    checks = COMPARED[name]().comparison.trust.checks
    counted = re.findall(r"\d+", launch_checks.status_counts(checks))
    assert sum(map(int, counted)) == len([one for one in checks if one.status != "passed"])
