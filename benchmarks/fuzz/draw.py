"""Cases by kind and number: made, and run in this process."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.fuzz import commands, configurations, inputs, predictions
from benchmarks.fuzz.outcomes import Outcome, outcome
from benchmarks.fuzz.reading import Reading

Case = Callable[[Random, Path], Callable[[], object]]
KINDS: Final[dict[str, tuple[int, Case]]] = {
    "inputs": (12, inputs.case),
    "configurations": (8, configurations.configuration),
    "options": (6, configurations.option),
    "predictions": (4, predictions.case),
    "commands": (0, commands.case),
}
"""Kind to its share of the cases, in thirtieths, and what makes a case; commands are asked for."""
SHARES: Final = 30


def random_of(kind: str, number: int, seed: int) -> Random:
    """What decides everything about a case."""
    return Random(f"{seed}:{kind}:{number}")  # noqa: S311 - no secret


def cases(many: int, only: str | None = None, first: int = 0) -> Iterator[tuple[str, int]]:
    """Kinds and numbers of so many cases, the first of a kind with that number."""
    for kind, (share, _) in KINDS.items():
        if only in (None, kind):
            for number in range(many if only else many * share // SHARES):
                yield kind, first + number


def run(kind: str, number: int, seed: int, folder: Path) -> Outcome:
    """Make one case in a folder and run it as the product does."""
    _, make = KINDS[kind]
    case = make(random_of(kind, number, seed), folder)
    return outcome(case, "log." if kind == "inputs" else "")


def each(asked: Iterable[tuple[str, int]], seed: int) -> Iterator[tuple[str, int, Outcome]]:
    """The cases, one after the other; inputs are read in one database for many of them."""
    with TemporaryDirectory() as name, Reading(Path(name)) as reading:
        for kind, number in asked:
            folder = Path(name, f"{kind}-{number}")
            folder.mkdir()
            if kind == "inputs":
                log = inputs.made(random_of(kind, number, seed), folder)
                found = outcome(partial(reading.read, *log, number), log.path.name)
            else:
                found = run(kind, number, seed, folder)
            yield kind, number, found
            shutil.rmtree(folder)
