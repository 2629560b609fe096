"""How many rows the step at work has behind it, for whoever shows it.

What works through the rows adds them up here as they are done, so that no counter is handed through
every layer. Without a listener nothing happens. Counts may come from several threads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class RowListener(Protocol):
    """Whoever is informed."""

    def expect(self, rows: int) -> None:
        """The step at work has so many rows before it."""

    def add(self, rows: int) -> None:
        """This many more rows are done."""


class _ProgressState:
    """Who listens in this process."""

    listener: RowListener | None = None


_state = _ProgressState()


@contextmanager
def reported_to(listener: RowListener) -> Iterator[None]:
    """Inform a listener until the block is over."""
    before, _state.listener = _state.listener, listener
    try:
        yield
    finally:
        _state.listener = before


def expect(rows: int) -> None:
    """The step that has just been announced will go through so many rows.

    Args:
        rows: All of them, counted before.
    """
    if _state.listener is not None:
        _state.listener.expect(rows)


def add(rows: int) -> None:
    """The step is done with so many more rows."""
    if _state.listener is not None:
        _state.listener.add(rows)
