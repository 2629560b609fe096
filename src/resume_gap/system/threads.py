"""Work on several cores, handed over in order, so that results do not depend on their number."""

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Self, TypeVar

from resume_gap.errors import UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 4
"""Threads of one step; each holds a part of the log in memory."""


class _Threads:
    """Which process starts threads: ours, and those of the libraries."""

    owner: int | None = None


def refuse_fork() -> None:
    """Refuse to work in a copy of a process that has started threads, which do not come along.

    What a library waits for there never comes, so that the copy would wait for ever.

    Raises:
        UsageError: This process was forked of one that did such work before.
    """
    if _Threads.owner is None:
        _Threads.owner = os.getpid()
    if _Threads.owner != os.getpid():
        raise UsageError(
            "this process was forked from one that had used resume-gap before, and its threads did"
            " not come along; start processes with multiprocessing.get_context('spawn')"
        )


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers(asked: int | None) -> int:
    """How many threads a step may use.

    Args:
        asked: What the user allows; None: one per core.
    """
    return max(1, min(asked or cores(), cores(), _MOST))


def in_turn(
    work: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Generator[Result]:
    """The results of some items, in their order, several at work at a time.

    Args:
        work: What is done with each; it shares nothing with the others.
        items: Are taken as results are asked for, one more than there are threads.
        threads: With 1, everything happens in the caller's.
    """
    if threads == 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads, thread_name_prefix="resume-gap") as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def ahead(
    items: Iterator[Item], threads: int, stop: Callable[[], None] = lambda: None
) -> Generator[Item]:
    """The same items, the next one made while the caller works on one.

    Args:
        items: Is only asked in one thread.
        threads: With 1, everything happens in the caller's.
        stop: Makes an item that is being made end early, where the caller wants no more.
    """
    if threads == 1:
        yield from items
        return
    with ThreadPoolExecutor(1, thread_name_prefix="resume-gap") as pool:
        following = pool.submit(_next, items)
        try:
            while found := following.result():
                following = pool.submit(_next, items)
                yield found[0]
        except BaseException:
            if not (following.done() or following.cancel()):
                stop()
            raise


class Stop:
    """Ends what another thread does, also where it is between two calls that can be interrupted.

    Args:
        interrupt: Ends such a call, if there is one at that moment.
    """

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self._interrupt = interrupt
        self._asked = threading.Event()

    def __call__(self) -> None:
        """End it."""
        self._asked.set()
        self._interrupt()

    def until(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, as long as nobody asks for the end.

        Raises:
            CancelledError: Somebody did.
        """
        for item in items:
            if self._asked.is_set():
                raise CancelledError
            yield item


class Background:
    """Work that is begun in a thread and waited for later; the block around it leaves none behind.

    Args:
        threads: With 1, work is done where it is begun, in the caller's.
    """

    def __init__(self, threads: int) -> None:
        self._pool = None
        if threads > 1:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="resume-gap")
        self._begun: list[tuple[Future[None], Callable[[], None]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if self._pool is None:
            return
        with self._pool:
            for doing, stop in self._begun if failed else ():
                if not (doing.done() or doing.cancel()):
                    stop()

    def begin(self, work: Callable[[], None], stop: Callable[[], None] = lambda: None) -> None:
        """Begin some work, after what was begun before.

        Args:
            work: Shares nothing with what the caller goes on with.
            stop: Makes it end early, where the block fails or is interrupted.
        """
        if self._pool is None:
            work()
        else:
            self._begun.append((self._pool.submit(work), stop))

    def wait(self) -> None:
        """Wait for all that was begun, and raise what it raised."""
        for doing, _ in self._begun:
            doing.result()


def _next(items: Iterator[Item]) -> tuple[Item] | None:
    """The next item, or None at the end."""
    try:
        return (next(items),)
    except StopIteration:
        return None
