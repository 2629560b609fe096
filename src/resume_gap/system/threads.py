"""Work on several cores, handed over in order, so that results do not depend on their number."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 4
"""Threads of one step; each holds a part of the log in memory."""


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
            if not following.cancel():
                stop()
            raise


@contextmanager
def beside(
    work: Callable[[], None], threads: int, stop: Callable[[], None] = lambda: None
) -> Generator[None]:
    """Work done while the block runs, and done when it is over.

    Args:
        work: Shares nothing with the block; what it raises is raised at the block's end.
        threads: With 1, it is done before the block, in the caller's.
        stop: Makes the work end early, where the block fails or is interrupted.
    """
    if threads == 1:
        work()
        yield
        return
    with ThreadPoolExecutor(1, thread_name_prefix="resume-gap") as pool:
        doing = pool.submit(work)
        try:
            yield
            doing.result()
        except BaseException:
            if not doing.cancel():
                stop()
            raise


def _next(items: Iterator[Item]) -> tuple[Item] | None:
    """The next item, or None at the end."""
    try:
        return (next(items),)
    except StopIteration:
        return None
