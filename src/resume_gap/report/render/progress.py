"""The line on a terminal that says what a run is doing, and how long it will take.

A step that takes longer than two seconds shows the time since it began; where its rows are counted
(`system/progress.py`), a bar with the rows that are done, how many a second, and the time left.
All of it fits into 80 columns.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text

from resume_gap.report.text.numbers import count
from resume_gap.system import progress

SHOWN_AFTER: Final = 2.0
"""Seconds of a step before more than its name is shown: quick steps do not flicker."""
_BAR_WIDTH: Final = 12


@contextmanager
def progress_line(
    console: Console | None = None, clock: Callable[[], float] | None = None
) -> Iterator[Callable[[str], None]]:
    """Show a line until the block is over; called with the name of each step as it begins.

    Args:
        console: Where it is shown; None: standard error.
        clock: Seconds, for tests.
    """
    line = Progress(
        _Spinner(),
        TextColumn("{task.description}", markup=False),
        _Bar(bar_width=_BAR_WIDTH),
        _Details(),
        console=console or Console(stderr=True),
        transient=True,
        speed_estimate_period=math.inf,  # rows may come in a few large portions
        get_time=clock,
    )
    with line:
        shown = _ShownRows(line)
        with progress.reported_to(shown):
            yield shown.begin


class _ShownRows:
    """Hands on what is counted to the line."""

    def __init__(self, line: Progress) -> None:
        self._line = line
        self._task = line.add_task("starting", total=None)

    def begin(self, step: str) -> None:
        self._line.remove_task(self._task)
        self._task = self._line.add_task(step, total=None)

    def expect(self, rows: int) -> None:
        self._line.update(self._task, total=rows)

    def add(self, rows: int) -> None:
        self._line.advance(self._task, rows)


class _Spinner(SpinnerColumn):
    """It turns until the step is over: work may follow when all rows are done."""

    def render(self, task: Task) -> RenderableType:
        return self.spinner.render(task.get_time())


class _Bar(BarColumn):
    """A bar once a step is slow and its rows are counted."""

    def render(self, task: Task) -> Text:  # type: ignore[override]
        if not (_is_slow(task) and _is_under_way(task)):
            return Text()
        return super().render(task)  # type: ignore[return-value]


class _Details(ProgressColumn):
    """Rows, rate and time left; or the time since a step began."""

    def render(self, task: Task) -> Text:
        if not _is_slow(task):
            return Text()
        if not _is_under_way(task):
            return Text(_clock(task.elapsed or 0))
        parts = [f"{_short(task.completed)} of {_short(task.total or 0)} rows"]
        if task.speed:
            parts.append(f"{_short(task.speed)}/s")
        if task.time_remaining is not None:
            parts.append(f"{_clock(task.time_remaining)} left")
        return Text(", ".join(parts), no_wrap=True)


def _is_slow(task: Task) -> bool:
    return task.elapsed is not None and task.elapsed >= SHOWN_AFTER


def _is_under_way(task: Task) -> bool:
    """Some rows are done, and not all: what a step does after its rows has no count."""
    return task.total is not None and 0 < task.completed < task.total


def _clock(seconds: float) -> str:
    """`0:01:05`, without the hours where there are none."""
    return str(timedelta(seconds=int(seconds))).removeprefix("0:").removeprefix("0")


def _short(rows: float) -> str:
    """`9,999`, `10k`, `1.5M`: the line has to fit into 80 columns."""
    if rows < 10_000:
        return count(int(rows))
    return f"{rows / 1e6:.1f}M" if rows >= 999_500 else f"{rows / 1e3:.0f}k"
