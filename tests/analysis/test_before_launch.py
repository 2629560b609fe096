"""Parts of what is measured before a launch, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from resume_gap.analysis import before_launch
from resume_gap.constants import ORDER_TIES
from resume_gap.settings import Settings

if TYPE_CHECKING:
    import pytest


def test_the_order_of_ties_is_looked_at_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(before_launch, "unknown_order", lambda *_: ("last_touched",))
    limit = round(10_000 * ORDER_TIES.value)

    def found(ties: int, *, has_sequence: bool = False) -> tuple[str, ...]:
        tally = SimpleNamespace(ties=ties, rows=10_000, sample=[])
        measured: Any = SimpleNamespace(
            has_sequence=has_sequence, tally=tally, aside=None, asked=None
        )
        runner: Any = None
        return before_launch._unknown_order(runner, measured)

    assert found(limit) == ()
    assert found(limit + 1) == ("last_touched",)
    assert found(10_000, has_sequence=True) == ()


def test_segments_have_the_values_of_their_columns_in_the_order_asked() -> None:
    tally: Any = SimpleNamespace(
        names={"segment_1": {"pro": 1, "free": 2}, "segment_2": {"web": 1}, "device": {"x": 1}}
    )
    assert before_launch.segment_names(Settings(by=("plan", "platform", "team")), tally) == {
        "plan": {1: "pro", 2: "free"},
        "platform": {1: "web"},
        "team": {},
    }
