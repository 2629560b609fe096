"""Parts of what is measured before a launch, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from factories.replays import replays_with
from factories.streams import steps_of

from resume_gap.analysis import before_launch
from resume_gap.settings import Settings


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


@pytest.mark.parametrize("blind", [None, "too_coarse"])
@pytest.mark.parametrize("known", [True, False])
def test_without_figures_every_part_says_why(
    monkeypatch: pytest.MonkeyPatch, blind: Any, *, known: bool
) -> None:
    monkeypatch.setattr(before_launch, "user_sums_of", lambda *given, known: (*given[2:], known))
    counts = {"returns": 5, "interruptions": 4, "users_interrupted": 3, "eligible": 2}
    total = SimpleNamespace(threshold_us=900_000_000, productive=1, mean_seconds=7.0, **counts)
    measured: Any = SimpleNamespace(
        measurability=SimpleNamespace(reason=blind, figures={"seconds": 60.0}),
        returns=SimpleNamespace(totals=(total,)),
        replays=None,
        asked=SimpleNamespace(cap_us=900_000_000),
        has_productive=known,
    )
    reason: Any = blind or "no_interruptions"
    found: Any = before_launch._nothing(reason, Settings(near=2.0), measured, "headline")  # type: ignore[arg-type]
    for part in (found.excess, found.recovery, found.marker, found.opportunity):
        assert part.reason == reason
    word = found.marker.recommendation
    assert word.reason == reason
    assert word.word == ("cannot_be_measured" if blind else "not_enough_data")
    assert word.figures == ({"seconds": 60.0} if blind else {})
    (row,) = found.sensitivity
    assert (row.word, row.returns) == (word.word, 5)
    assert row.reorientation_mean_seconds == (None if blind else 7.0)
    assert (found.marker.near, found.days, found.decide) == (2.0, (None, None), None)
    assert found.user_sums == ("headline", None, known and not blind)
    assert (found.segments, found.checks, found.primary_cap.reason) == ((), (), "not_measured")


def returns() -> pl.DataFrame:
    """Counted and reached: 1, 2, 3 and 6."""
    return pl.DataFrame(
        {
            "is_counted": [True, True, True, False, True, True],
            "is_reached": [True, True, True, True, False, True],
            "stream_no": [1, 2, 9, 1, 1, 1],
            "user_no": [11, 12, 19, 11, 11, 11],
            "return_us": [100, 200, 300, 400, 500, 600],
            "stop_us": [90, 190, 290, 390, 490, 590],
            "lag_us": [1, 2, 3, 4, 5, 6],
            "place_no": [7, 8, 9, 7, 7, 0],
            "pointed_no": [7, 0, 8, 7, 7, 5],
            "last_touched_addressable": [True, False, False, True, True, False],
            "last_touched_hit": [True, False, False, True, True, False],
        }
    )


def measured_returns() -> Any:
    return SimpleNamespace(
        tally=SimpleNamespace(sample=[steps_of({1: [(0, 0)]}), steps_of({2: [(0, 0)]})]),
        replays=replays_with(returns()),
        resampling=SimpleNamespace(contents="contents"),
        asked=SimpleNamespace(threshold_us=5),
        resolution_seconds=1.0,
        names=SimpleNamespace(may_show=lambda name: name != "rare"),
        event_names=("edit", "rare"),
    )


def test_recovery_is_of_counted_returns_of_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(before_launch, "recovery", lambda *given, **named: (given, named))
    (_, contents, rows), named = before_launch._recovery(measured_returns())  # type: ignore[misc]
    assert contents == "contents"
    assert rows.tolist() == [[1, 100], [2, 200], [1, 600]]  # type: ignore[attr-defined]
    assert named == {"threshold_us": 5, "resolution_seconds": 1.0}


def test_days_are_chosen_among_hits_and_misses(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def choose(candidates: pl.DataFrame, _sample: Any, contents: str, **named: Any) -> str:
        asked.append((candidates, contents, named))
        return "hit" if named["hit"] else "miss"

    monkeypatch.setattr(before_launch, "choose_day", choose)
    monkeypatch.setattr(before_launch, "pseudonyms", lambda *_: {11: "user 4"})
    runner: Any = None
    measured = measured_returns()
    assert before_launch._days(runner, Settings(), measured, None) == (None, None)
    found = before_launch._days(runner, Settings(tz="Europe/Berlin"), measured, "most_used")
    assert found == ("hit", "miss")
    candidates, contents, named = asked[0]
    assert candidates["return_us"].to_list() == [100, 200, 300, 600]
    assert candidates["is_hit"].to_list() == [True, False, False, False]
    assert candidates["is_miss"].to_list() == [False, False, True, False]
    assert (contents, named["tz"], named["element_names"]) == ("contents", "Europe/Berlin", None)
    assert named["event_names"] == ["edit", before_launch.UNNAMED_EVENT]
    assert named["called"] is None
    runner = SimpleNamespace(read=lambda _: SimpleNamespace(fetchall=lambda: [(1, "cell")]))
    before_launch._days(runner, Settings(show_ids=True), measured, "most_used")
    assert asked[-1][2]["element_names"] == {1: "cell"}
    assert asked[-1][2]["called"](11) == "user 4"
