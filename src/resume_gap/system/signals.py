"""Ctrl-C, SIGTERM and SIGHUP end a run in the same way, and never inside of a clean-up.

A signal raises `Stopped` once. From then on, and inside `shielded` blocks, signals are only
remembered, so that nothing interrupts the removal of folders. A library may swallow the exception
or turn it into an error of its own; `check` and `kept` raise it again.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, Final

CAUGHT: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_WORDS: Final = {
    signal.SIGINT: "interrupted",
    signal.SIGTERM: "ended by SIGTERM",
    signal.SIGHUP: "ended by SIGHUP",
}


class Stopped(BaseException):
    """The process was asked to end; no `Exception`, so that nothing handles it by accident."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell shows for a process that ended by this signal."""
        return 128 + self.number


class _SignalState:
    """What happened so far in this process."""

    received: int | None = None
    raised = False
    shields = 0
    ours = False
    """Whether a signal raises `Stopped`; otherwise Ctrl-C stays a KeyboardInterrupt."""
    outcome = "nothing was written"


_state = _SignalState()


def _handle(number: int, _: FrameType | None) -> None:
    if _state.received is None:
        _state.received = number
    if not (_state.raised or _state.shields):
        _raise()


def _raise() -> None:
    _state.raised = True
    if _state.ours:
        raise Stopped(_state.received or signal.SIGINT)
    raise KeyboardInterrupt


@contextmanager
def _handled(numbers: tuple[int, ...], *, last: bool = False) -> Iterator[None]:
    """Signals that nobody ignores (as under nohup) go to `_handle`, and back at the end.

    Args:
        numbers: The signals.
        last: Whether nothing but the process's end follows, which no signal disturbs.
    """
    before: dict[int, Any] = {}
    _state.received, _state.raised = None, False
    _state.outcome = _SignalState.outcome
    try:
        with suppress(ValueError):  # another thread than the main one
            for number in numbers:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    before[number] = signal.signal(number, _handle)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if last else handler)


@contextmanager
def caught(*, last: bool = False) -> Iterator[None]:
    """For a command: the first signal ends it in one line and with its exit code.

    Args:
        last: Whether the process ends after the block: all is done and printed, so that a signal
            is too late to count.

    Raises:
        SystemExit: A signal came; the line is printed and everything is cleaned up.
    """
    outer, _state.ours = _state.ours, True
    try:
        with _handled(CAUGHT, last=last), kept():
            yield
    except Stopped as stopped:
        say(f"{_WORDS[signal.Signals(stopped.number)]}; {_state.outcome}")
        sys.exit(stopped.exit_code)
    finally:
        _state.ours = outer


@contextmanager
def noticed() -> Iterator[None]:
    """For a call from Python: Ctrl-C stays KeyboardInterrupt, whatever an engine makes of it."""
    if _state.ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        with kept():
            yield
        return
    with _handled((signal.SIGINT,)), kept():
        yield


@contextmanager
def kept() -> Iterator[None]:
    """What fails because a signal came is the signal, not the failure."""
    try:
        yield
    except (Stopped, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if _state.received is None:
            raise
        try:
            _raise()
        except BaseException as stop:
            raise stop from error


def check() -> None:
    """Raise for a signal that came while it could not, or was swallowed.

    Raises:
        Stopped: In a command.
        KeyboardInterrupt: In a call from Python.
    """
    if _state.received is not None:
        _raise()


@contextmanager
def shielded() -> Iterator[None]:
    """Signals wait until the block is over; `check` raises for them then."""
    _state.shields += 1
    try:
        yield
    finally:
        _state.shields -= 1


def finished(outcome: str) -> None:
    """From here on a signal ends the command, but does not undo this.

    Args:
        outcome: What is true then: "the report in DIR was written".
    """
    _state.outcome = outcome


def say(line: str) -> None:
    """One line of a command to standard error, which may be closed, full or gone."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"resume-gap: {line}\n")
        sys.stderr.flush()


def forget_output() -> None:
    """Standard output cannot be written: what is left in its buffer must not fail at the exit."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
