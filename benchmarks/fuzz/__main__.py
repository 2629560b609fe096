"""`python -m benchmarks.fuzz`: many cases of every kind; the faults, and what was said."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.fuzz import configurations, inputs, predictions
from benchmarks.fuzz.outcomes import Outcome, outcome

Case = Callable[[Random, Path], Callable[[], object]]
KINDS: Final[dict[str, tuple[int, Case]]] = {
    "inputs": (12, inputs.case),
    "configurations": (8, configurations.configuration),
    "options": (6, configurations.option),
    "predictions": (4, predictions.case),
}
"""Kind to its share of the cases, in thirtieths, and what makes a case."""
SHARES: Final = 30


def run(kind: str, number: int, seed: int, folder: Path) -> Outcome:
    """Make one case in a folder and run it."""
    _, make = KINDS[kind]
    case = make(Random(f"{seed}:{kind}:{number}"), folder)  # noqa: S311 - no secret
    return outcome(case)


def cases(many: int, only: str | None = None) -> Iterator[tuple[str, int]]:
    """Kinds and numbers of so many cases."""
    for kind, (share, _) in KINDS.items():
        if only in (None, kind):
            for number in range(many if only else many * share // SHARES):
                yield kind, number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 without a fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--case", type=int, help="one case of a kind, kept in the folder fuzz-case")
    given = parser.parse_args(arguments)
    if given.case is not None:
        kept = Path("fuzz-case")
        kept.mkdir(exist_ok=True)
        print(run(given.only, given.case, given.seed, kept))
        return 0
    ends: Counter[str] = Counter()
    faults = 0
    for kind, number in cases(given.cases, given.only):
        with tempfile.TemporaryDirectory() as folder:
            found = run(kind, number, given.seed, Path(folder))
        ends[f"{kind}: {'refused' if found.message else 'done'}"] += 1
        if found.fault:
            faults += 1
            print(f"FAULT --only {kind} --case {number} --seed {given.seed}\n{found.fault}")
            sys.stdout.flush()
    print(*(f"{n:,} {name}" for name, n in sorted(ends.items())), f"{faults} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
