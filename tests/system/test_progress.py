"""Rows are counted for a listener, step by step, and every row once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import resume_gap
from resume_gap.system import progress

if TYPE_CHECKING:
    from pathlib import Path


class Listener:
    """Rows by step: those that were expected, and those that were done."""

    def __init__(self) -> None:
        self.expected: dict[str, int] = {}
        self.done: dict[str, int] = {}
        self.step = ""

    def begin(self, step: str) -> None:
        self.step = step

    def expect(self, rows: int) -> None:
        self.expected[self.step] = self.expected.get(self.step, 0) + rows

    def add(self, rows: int) -> None:
        self.done[self.step] = self.done.get(self.step, 0) + rows


def test_a_listener_hears_until_its_block_is_over() -> None:
    outer, inner = Listener(), Listener()
    progress.add(1)  # nobody listens
    with progress.reported_to(outer):
        progress.expect(10)
        with progress.reported_to(inner):
            progress.add(4)
        progress.add(5)
        with pytest.raises(ValueError, match="over"), progress.reported_to(inner):
            raise ValueError("over")
        progress.add(2)
    progress.add(1)
    assert (outer.expected, outer.done, inner.done) == ({"": 10}, {"": 7}, {"": 4})


def test_every_row_of_a_log_is_counted_in_the_long_steps(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    rows = [
        f"u{user},2026-03-02T{hour:02}:{minute:02}:0{user}Z,edit"
        for user in range(3)
        for hour in range(24)
        for minute in (0, 1, 7)
    ]
    log.write_text("\n".join(["user_id,timestamp,event", *rows]))
    listener = Listener()
    with progress.reported_to(listener):
        resume_gap.analyze(log, productive="edit", on_progress=listener.begin)
    counted = {"ordering the events": len(rows), "replaying the marker": len(rows)}
    assert listener.expected == listener.done == counted
