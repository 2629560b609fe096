"""Cases in a child process, of which one that ends or hangs is a fault of its case, not of all."""

import multiprocessing
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from typing import Final

from benchmarks.fuzz.draw import each
from benchmarks.fuzz.outcomes import Outcome

Asked = tuple[str, int]
METHOD: Final = "spawn"
CASES_A_CHILD: Final = 1_000
LONGEST_SECONDS: Final = 120
"""A case takes a twentieth of a second, the import of everything a second."""


def watched(asked: Iterable[Asked], seed: int) -> Iterator[tuple[str, int, Outcome]]:
    """The cases, run in one child after the other."""
    left = iter(asked)
    while batch := list(islice(left, CASES_A_CHILD)):
        while batch:
            done = 0
            for kind, number, found in _child(batch, seed):
                done += 1
                yield kind, number, found
            batch = batch[done:]


def _child(batch: list[Asked], seed: int) -> Iterator[tuple[str, int, Outcome]]:
    """The outcomes of a child; the last one is a fault where it did not come to an end."""
    context = multiprocessing.get_context(METHOD)
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(batch, seed, sender), daemon=True)
    child.start()
    sender.close()
    try:
        for kind, number in batch:
            fault = ""
            try:
                if receiver.poll(LONGEST_SECONDS):
                    yield kind, number, receiver.recv()
                    continue
                fault = f"no end after {LONGEST_SECONDS} s"
            except EOFError:
                child.join()
                fault = f"the process ended with {child.exitcode}"
            yield kind, number, Outcome("", fault)
            return
    finally:
        child.kill()
        child.join()
        receiver.close()


def _serve(batch: list[Asked], seed: int, sender: Connection) -> None:
    for _, _, found in each(batch, seed):
        sender.send(found)
