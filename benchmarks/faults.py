"""Runs that are killed or whose disk is full, at random moments: the old report or the new one.

    python -m benchmarks.faults --moments 50 --limits 20 --seed 1

A run writes over a report. After each one that was ended, the folder must be the old report or the
new one, whole; after a whole run nothing may lie beside it or in the temporary folder.
"""

import argparse
import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

LOG: Final = Path(__file__).parents[1] / "sample_events" / "workday.parquet"
SMALLEST: Final = 1_000
LARGEST: Final = 2_000_000
"""Bytes that a file may have where the disk is full."""


class Place:
    """A folder with a report and a temporary folder, of which nothing else uses either."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "reports" / "log"
        self.temporary = folder / "temporary"
        self.temporary.mkdir(parents=True)
        self.out.parent.mkdir()

    def start(self, title: str, limit: int | None = None) -> "subprocess.Popen[bytes]":
        """A run; `limit` is what a file may have."""

        def less() -> None:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        options = ("--gap", "30m", "--title", title, "-q", "--isolated", "--force")
        return subprocess.Popen(
            [sys.executable, "-m", "resume_gap", "analyze", LOG, "-o", self.out, *options],
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=less,  # noqa: PLW1509 - this process has one thread
        )

    def whole(self, title: str) -> dict[str, str]:
        """The report of a run that nobody disturbs."""
        child = self.start(title)
        _, said = child.communicate()
        if child.returncode:
            raise SystemExit(f"a run ended with {child.returncode}: {said.decode()}")
        return self.report()

    def report(self) -> dict[str, str]:
        """Hashes of the files of the report, by name."""
        files = (path for path in sorted(self.out.rglob("*")) if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def litter(self) -> list[str]:
        """What lies where nothing should."""
        beside = [path for path in self.out.parent.iterdir() if path != self.out]
        return [path.name for path in (*beside, *self.temporary.iterdir())]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 where every folder was one report or the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--moments", type=int, default=50, help="runs that are killed")
    parser.add_argument("--limits", type=int, default=20, help="runs whose disk is full")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    random = Random(given.seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        new, old = place.whole("new"), place.whole("old")
        begin = time.monotonic()
        place.whole("old")
        takes = time.monotonic() - begin
        found: Counter[str] = Counter()
        for _ in range(given.moments):
            child = place.start("new")
            try:
                child.wait(random.uniform(0, 1.1 * takes))
                ended = "ended before it was killed"
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                ended = "killed"
            child.communicate()
            found[f"{ended}, {_which(place, old, new)}"] += 1
        for _ in range(given.limits):
            limit = round(SMALLEST * (LARGEST / SMALLEST) ** random.random())
            child = place.start("new", limit)
            _, said = child.communicate()
            lines = said.decode().strip().splitlines()
            fine = child.returncode == 0 or (child.returncode == 1 and len(lines) == 1)
            found[f"disk full, {_which(place, old, new)}{'' if fine else f': {lines[-1:]}'}"] += 1
        place.whole("old")
        left = place.litter()
    print(*(f"{n} {what}" for what, n in sorted(found.items())), f"left over: {left}", sep="\n")
    return 1 if left or any("NEITHER" in what or "[" in what for what in found) else 0


def _which(place: Place, old: dict[str, str], new: dict[str, str]) -> str:
    now = place.report()
    return "the old report" if now == old else "the new report" if now == new else "NEITHER"


if __name__ == "__main__":
    sys.exit(main())
