"""Where the inactivity threshold comes from: the option, the gaps, or what those follow."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from resume_gap.analysis import inactivity
from resume_gap.commands import thresholds
from resume_gap.commands.thresholds import find_threshold
from resume_gap.constants import FALLBACK_GAP, ONE_EVENT_REACH
from resume_gap.pipeline.bursts import NEVER
from resume_gap.pipeline.gap_counts import READ_OF_BURSTS
from resume_gap.quality.lost_rows import AtReturns
from resume_gap.results.common import RowLedger
from resume_gap.settings import Settings

if TYPE_CHECKING:
    import pytest

    from resume_gap.arrays import Ints

LEARNED = inactivity.Learned(
    threshold_us=90_000_000,
    source="learned",
    ci_lower=80.0,
    ci_upper=100.0,
    reason="valley",
    night_seconds=None,
)
LEDGER = RowLedger(read=0, used=0, dropped={})
INTAKE = SimpleNamespace(contents="contents")
LOG: Any = SimpleNamespace(
    counts="counts",
    resolution=SimpleNamespace(seconds=1.0),
    ledger=LEDGER,
    tally="tally",
    intake=INTAKE,
)


def found_with(
    monkeypatch: pytest.MonkeyPatch, learned: inactivity.Learned, **more: int
) -> tuple[inactivity.Learned, dict[str, int]]:
    def learn(counts: str, *, resolution_seconds: float, seed: int) -> inactivity.Learned:
        assert (counts, resolution_seconds, seed) == ("counts", 1.0, 5)
        return learned

    def between(found: inactivity.Learned, after: dict[str, int]) -> inactivity.Learned:
        assert after == {"edit": 7}
        return replace(found, event="edit")

    def gaps_after_events(bursts: Any, contents: Any, **bounds: int) -> Ints:
        assert (bursts, contents) == (("tally", READ_OF_BURSTS), "contents")
        given.update(bounds)
        return np.array([0, 0, 7])

    given: dict[str, int] = {}
    names = {id(INTAKE): ("view", "edit")}
    monkeypatch.setattr(thresholds, "event_names", lambda intake: names[id(intake)])
    monkeypatch.setattr(thresholds, "gaps_after_events", gaps_after_events)
    monkeypatch.setattr(inactivity, "learn", learn)
    monkeypatch.setattr(inactivity, "between_kinds_of_work", between)
    engine = SimpleNamespace(bursts=lambda tally: lambda columns: (tally, columns))
    job: Any = SimpleNamespace(settings=Settings(seed=5), runner=None, engine=engine)
    return find_threshold(job, LOG, **more), given


def test_a_given_threshold_is_taken() -> None:
    job: Any = SimpleNamespace(settings=Settings(gap_us=60_000_000))
    found = find_threshold(job, LOG)
    assert (found.threshold_us, found.source, found.reason) == (60_000_000, "given", "given")


def test_a_valley_is_held_against_the_events_that_its_gaps_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, bounds = found_with(monkeypatch, LEARNED, before_us=9)
    assert found == replace(LEARNED, event="edit")
    assert bounds == {
        "above_us": 90_000_000,
        "up_to_us": round(ONE_EVENT_REACH.value * 90_000_000),
        "before_us": 9,
    }
    assert found_with(monkeypatch, LEARNED)[1]["before_us"] == NEVER


def test_a_default_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    default = replace(LEARNED, source="fallback", reason="few_gaps")
    assert found_with(monkeypatch, default) == (default, {})


def test_none_is_learned_where_rows_are_missing_that_people_begin_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*_: object, threshold_us: int) -> dict[str, AtReturns]:
        assert threshold_us == LEARNED.threshold_us
        return {"no_event": AtReturns(100, hit, 0.1, None, owned=True)}

    monkeypatch.setattr(thresholds, "lost_at_returns", lost)
    hit = 21
    found, _ = found_with(monkeypatch, LEARNED)
    assert (found.threshold_us, found.source, found.reason) == (
        FALLBACK_GAP.us,
        "fallback",
        "starts_lost",
    )
    hit = 19
    assert found_with(monkeypatch, LEARNED)[0] == replace(LEARNED, event="edit")
