"""`python -m benchmarks.fuzz`: many cases of every kind; the faults, and what was said."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz.draw import KINDS, cases, run
from benchmarks.fuzz.watched import watched


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 without a fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first case of a kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--case", type=int, help="one case of a kind, kept in the folder fuzz-case")
    given = parser.parse_args(arguments)
    if given.case is not None:
        kept = Path("fuzz-case").absolute()
        kept.mkdir(exist_ok=True)
        print(run(given.only, given.case, given.seed, kept))
        return 0
    ends: Counter[str] = Counter()
    faults = 0
    began = time.monotonic()
    for kind, number, found in watched(cases(given.cases, given.only, given.first), given.seed):
        ends[f"{kind}: {'refused' if found.message else 'done'}"] += 1
        if found.fault:
            faults += 1
            print(f"FAULT --only {kind} --case {number} --seed {given.seed}\n{found.fault}")
        if ends.total() % 1_000 == 0:
            print(f"{ends.total():,} cases, {faults} faults, {time.monotonic() - began:,.0f} s")
        sys.stdout.flush()
    print(*(f"{n:,} {name}" for name, n in sorted(ends.items())), f"{faults} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
