"""The engine of this process hands everything on as it is given."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.engines import local
from resume_gap.engines.local import LocalEngine

if TYPE_CHECKING:
    from resume_gap.engines.engine import Engine


class CalledWith:
    """Notes what it was called with."""

    def __init__(self) -> None:
        self.given: tuple[tuple[Any, ...], dict[str, Any]] | None = None

    def __call__(self, *arguments: Any, **options: Any) -> str:
        self.given = (arguments, options)
        return "found"


class TallyWithShelf:
    shelf: Any = "shelf"


@pytest.mark.parametrize("all_returns", [False, True])
def test_everything_is_handed_on(monkeypatch: pytest.MonkeyPatch, *, all_returns: bool) -> None:
    calls = {name: CalledWith() for name in ("reduce_events", "measure", "replay")}
    for name, call in calls.items():
        monkeypatch.setattr(local, name, call)
    spill: Any = "spill"
    engine: Engine = LocalEngine(spill, threads=3)
    runner: Any = "runner"
    intake: Any = "intake"
    tally: Any = TallyWithShelf()
    split: Any = "split"
    asked: Any = "asked"
    contents: Any = "contents"
    passed: dict[str, Any] = {"cut_us": 1, "seed": 2, "all_returns": all_returns, "split": split}
    assert engine.reduce(runner, intake, **passed) == "found"
    rules: Any = "rules"
    assert engine.measure(runner, tally, rules) == "found"
    assert engine.replay(runner, tally, contents, asked) == "found"
    assert calls["reduce_events"].given == (
        (runner, intake),
        passed | {"spill": "spill", "threads": 3},
    )
    tally.shelf = SimpleNamespace(batches=lambda *given: given)
    assert engine.bursts(tally)(("start_us",)) == ("bursts", ("start_us",))
    assert calls["measure"].given == ((runner, "shelf", rules), {"threads": 3})
    assert calls["replay"].given == ((runner, "shelf", contents, asked), {"threads": 3})
