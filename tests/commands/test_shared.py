"""What all results share, part by part."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl

from resume_gap.analysis import inactivity
from resume_gap.commands import shared
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.common import Check
from resume_gap.sources.roles import RoleChoice


def test_undecided_names_are_noted_with_their_share_where_there_are_any() -> None:
    def found(*undecided: str) -> list[Check]:
        choice = RoleChoice({"edit": 1}, "suggested", (), undecided)
        kinds = pl.DataFrame({"event": ["edit", "edit", "zorp"], "n": [4, 4, 2]})
        log: Any = SimpleNamespace(
            intake=SimpleNamespace(roles=choice, kinds=kinds),
            names=EventNames(users=dict.fromkeys(("edit", "zorp"), frozenset(range(5)))),
        )
        return shared._undecided(log)

    assert found() == []
    (check,) = found("zorp")
    assert (check.check, check.severity, check.count) == ("roles_undecided", "note", 1)
    assert check.share == 0.2


def test_checks_are_listed_by_weight_then_name() -> None:
    def named(name: str, severity: Any, message: str = "") -> Check:
        return Check(check=name, severity=severity, count=1, share=None, message=message)

    ordered = [
        named("z", "error"),
        named("b", "warn"),
        named("c", "warn", "one"),
        named("c", "warn", "two"),
        named("a", "note"),
    ]
    mixed = [*ordered[3:], *ordered[:3]]
    assert sorted(mixed, key=shared._by_severity) == ordered


def test_an_input_without_rows_spans_nothing() -> None:
    spans = pl.DataFrame({"input_no": [1], "n": [7], "first_us": [0], "last_us": [1_000_000]})
    source: Any = SimpleNamespace(
        inputs=[
            SimpleNamespace(path="a.csv", sha256="1", simulated=False),
            SimpleNamespace(path="b.csv", sha256="2", simulated=True),
        ]
    )
    empty, other = shared.inputs_of(source, spans)
    assert (empty.path, empty.rows, empty.first_at, empty.last_at) == ("a.csv", 0, None, None)
    assert (other.path, other.sha256, other.rows) == ("b.csv", "2", 7)
    assert (empty.simulated, other.simulated) == (False, True)
    assert (other.first_at, other.last_at) == ("1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z")


def test_a_threshold_is_sensitive_by_its_rows_and_names_only_what_may_be_shown() -> None:
    def row(seconds: float, mean: float, hit: float, lower: float) -> Any:
        return SimpleNamespace(
            seconds=seconds,
            reorientation_mean_seconds=mean,
            hit=hit,
            excess_lower_seconds=lower,
        )

    grid = (row(450, 50, 0.5, 9), row(900, 51, 0.5, 20), row(1_800, 52, 0.9, 21))
    learned = inactivity.Learned(
        threshold_us=900_000_000,
        source="learned",
        ci_lower=800.0,
        ci_upper=1_000.0,
        reason="valley",
        night_seconds=40_000.0,
        event="rare",
    )
    found = shared._threshold(learned, grid, lambda _: False)
    assert (found.seconds, found.source, found.reason) == (900, "learned", "valley")
    assert (found.ci_lower, found.ci_upper, found.night_seconds) == (800.0, 1_000.0, 40_000.0)
    assert (found.sensitive, found.event) == (("excess", "hit"), None)
    assert found.sensitivity is grid
    assert shared._threshold(learned, grid, lambda name: name == "rare").event == "rare"
