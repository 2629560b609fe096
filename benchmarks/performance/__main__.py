"""Measures what the tool costs, and writes docs/performance.md.

    python -m benchmarks.performance --work FOLDER [--events 10000000,A:100000000]
        [--only NAME,...] [--python INTERPRETER ...] [--out docs/performance.md]

Logs are made once and kept in the work folder, which needs 100 bytes for each event of each log,
and as much again while a log is made. A peer runs under the first interpreter that has its library:
--python names further ones. `figures.json` in the work folder holds what was measured; --page
writes the page from it again.
"""

import argparse
import os
import platform
import sys
from compileall import compile_dir
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.performance.figures import Figures
from benchmarks.performance.logs import SHAPES
from benchmarks.performance.measure import NAMES, Bench
from benchmarks.performance.page import page
from benchmarks.performance.process import ROOT

NOTES: Final = Path(__file__).with_name("notes.md")
"""What the page says at its end, written by hand: what was changed and tried, with what gain."""
_LIBRARIES: Final = ("duckdb", "polars", "numpy", "numba", "pyarrow")


def machine() -> str:
    """The computer in a sentence, without its name."""
    cores = len(os.sched_getaffinity(0))
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cores} cores, {gib:.0f} GiB, {platform.system()}, Python {platform.python_version()};"


def versions() -> list[str]:
    """The libraries that the tool runs on."""
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except ModuleNotFoundError:
            continue
    return found


def _sizes(text: str) -> list[tuple[str, int]]:
    """`1000000,A:100000000` to names of logs and their events."""
    found = []
    for part in text.split(","):
        name, _, size = part.rpartition(":")
        if name and name not in SHAPES:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(SHAPES)}")
        found.append((name, int(size)))
    return found


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for logs and reports")
    parser.add_argument("--events", type=_sizes, default="1000000,10000000", help="N, or LOG:N")
    parser.add_argument("--only", default="", help=f"some of {', '.join(NAMES)}")
    parser.add_argument("--python", action="append", default=[], help="an interpreter with peers")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement")
    parser.add_argument("--timeout", type=float, help="seconds that one run may take")
    parser.add_argument("--all-up-to", type=int, default=10_000_000, help="larger: analyze alone")
    parser.add_argument("--out", type=Path, help="where the page goes; nowhere unless given")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page")
    asked = parser.parse_args()
    if unknown := set(filter(None, asked.only.split(","))) - set(NAMES):
        parser.error(f"--only: {', '.join(sorted(unknown))} is none of {', '.join(NAMES)}")
    return asked


def main() -> None:
    """Measure and write."""
    asked = _asked()
    asked.work.mkdir(parents=True, exist_ok=True)
    work = asked.work.resolve()
    kept = work / "figures.json"
    if asked.page:
        figures = Figures.load(kept)
    else:
        compile_dir(ROOT / "src", quiet=1)  # as an installation does
        bench = Bench(
            work=work,
            runs=asked.runs,
            pythons=(sys.executable, *asked.python),
            timeout=asked.timeout,
            all_up_to=asked.all_up_to,
            only=frozenset(filter(None, asked.only.split(","))),
            figures=Figures(machine=machine(), versions=versions(), runs=asked.runs),
            tell=lambda line: print(line, flush=True),
        )
        figures = bench.everything(asked.events)
        figures.save(kept)
    if asked.out is not None:
        notes = NOTES.read_text(encoding="utf-8") if NOTES.exists() else ""
        asked.out.write_text(page(figures, notes), encoding="utf-8")


if __name__ == "__main__":
    main()
