"""Parts of what is measured before a launch, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

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


def test_the_reason_why_nothing_is_measured() -> None:
    def reason(columns: dict[str, Any], *, known: bool = True, blind: str | None = None) -> Any:
        headline: Any = SimpleNamespace(columns=columns)
        measurability = SimpleNamespace(reason=blind)
        measured: Any = SimpleNamespace(has_productive=known, measurability=measurability)
        return before_launch._reason(measured, headline)

    followed, none = {"eligible": np.array([0, 2])}, {"eligible": np.array([0, 0])}
    assert reason(followed, known=False) == "no_productive_events"
    assert reason({}) == reason(none) == "no_interruptions"
    assert reason({}, blind="too_coarse") == "no_interruptions"
    assert reason(followed, blind="too_coarse") == "too_coarse"
    assert reason(followed) is None
