"""Sentences that page and screen share: warnings, names of events, the parts of the mean."""

from __future__ import annotations

import pytest
from factories.results import changed, full

from resume_gap.constants import CONFIDENCE
from resume_gap.report.render import terminal
from resume_gap.report.text import numbers, vocabulary
from resume_gap.results.common import Check, Estimate


def warning(code: str, message: str, action: str, severity: str = "warn") -> Check:
    return Check(
        check=code,
        severity=severity,
        count=1,
        share=None,
        message=message,
        action=action,
    )  # type: ignore[arg-type]


def shown(*checks: Check) -> list[tuple[str, str]]:
    run = changed(full(), data_quality=checks)
    return [(check.message, check.action) for check in vocabulary.warnings(run)]


def test_the_level_of_intervals_is_the_one_they_are_made_with() -> None:
    assert (CONFIDENCE, vocabulary.LEVEL) == (0.95, "95 %")


def test_warnings_of_one_kind_are_merged() -> None:
    assert shown(
        warning("machine_events", "ping ticks", "--ignore ping"),
        warning("short_log", "short", "look at a longer one"),
        warning("machine_events", "poll ticks", "--ignore poll"),
    ) == [
        ("ping ticks; poll ticks", "--ignore ping; --ignore poll"),
        ("short", "look at a longer one"),
    ]


def test_warnings_with_one_remedy_are_merged() -> None:
    remedy = "give the order with --map sequence=COL"
    found = [warning("order_unknown", "ties", remedy), warning("arrows", "targets", remedy)]
    assert shown(*found) == [("ties; targets", remedy)]


def test_errors_stay_apart_and_come_first() -> None:
    found = [warning("a", "one", "do"), warning("a", "two", "do", "error")]
    assert shown(*found) == [("two", "do"), ("one", "do")]
    assert shown(warning("a", "one", ""), warning("b", "two", "")) == [("one", ""), ("two", "")]


def test_the_caution_stands_before_the_names() -> None:
    name = "an_event_with_a_name_that_is_rather_long"
    run = changed(full(), roles={"productive": (name,) * 9, "completing": (name,) * 3})
    assert "work            guessed from names: " in terminal.screen(run, "r").plain


def test_the_most_frequent_event_names_are_all_offered() -> None:
    said = vocabulary.nothing_productive(full())
    assert len(full().roles.leading) == 5
    for name, n in full().roles.leading:
        assert f"{name} ({n:,})" in said


@pytest.mark.parametrize(
    ("unnamed", "productive", "says"),
    [
        ({}, ("a", "b"), "a, b"),
        ({"productive": 3}, ("a", "b"), "a, b and 3 more"),
        ({"productive": 1}, (), "1 name of few users"),
        ({"productive": 2}, (), "2 names of few users"),
        ({}, (), ""),
        ({"productive": 1}, tuple("abcdefghij"), "a, b, c, d, e, f, g, h and 3 more"),
    ],
)
def test_names_that_are_not_shown_are_counted(
    unnamed: dict[str, int], productive: tuple[str, ...], says: str
) -> None:
    some = changed(full(), roles={"productive": productive, "unnamed": unnamed})
    assert vocabulary.role(some, "productive") == says


def test_the_parts_of_the_mean_add_up_as_printed() -> None:
    for estimate in (72.4, 72.6, 119.4, 9.96, 10.04):
        for charged in (0.0, 0.44, 0.5, 9.94, 51.5):
            if charged > estimate:
                continue
            some = changed(
                full(),
                reorientation={"mean": Estimate(estimate=estimate), "not_reached_seconds": charged},
            )
            parts = vocabulary.parts_of_mean(some)
            assert parts is not None
            total = numbers.round_to(estimate, 0)
            assert abs(sum(float(p.split()[0]) for p in parts) - total) < 0.06, (parts, total)


def test_eight_names_of_forty_letters_are_listed_unless_more_are_asked_for() -> None:
    whole, cut = "n" * 40, "n" * 41
    names = (whole, cut, *(f"e{number}" for number in range(7)))
    roles = {"leading": tuple((name, 1) for name in names), "productive": names, "unnamed": {}}
    run = changed(full(), roles=roles)
    listed = [one.removesuffix(" (1)") for one in vocabulary.leading(run).split(", ")]
    assert listed[0] == whole
    assert len(listed[1]) == 40 < len(cut)
    assert listed[2:] == [f"e{number}" for number in range(6)]
    assert vocabulary.role(run, "productive") == f"{', '.join(listed)} and 1 more"
    assert vocabulary.leading(run, most=1, limit=5) == f"{vocabulary.label(cut, limit=5)} (1)"
