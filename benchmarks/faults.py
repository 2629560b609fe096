"""Runs that are killed, whose disk is full, or that may not write: the old report or the new one.

    python -m benchmarks.faults --moments 50 --limits 20 --disks 20 --seed 1

A run writes over a report. After each one that was ended, the folder must be the old report or the
new one, whole; what failed ends with 1 and one line; after a whole run nothing may lie beside the
report or in the temporary folder. The disks are real ones, which only root can mount.
"""

import argparse
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

LOG: Final = Path(__file__).parents[1] / "sample_events" / "workday.parquet"
SMALLEST: Final = 1_000
LARGEST: Final = 2_000_000
"""Bytes that a file may have, or that a disk has left."""
OLD: Final = "the old report"
NEW: Final = "the new report"
NEITHER: Final = "NEITHER"
LEFT: Final = "SOMETHING"
ENOUGH: Final = 100_000_000
OBEYING: Final = ("-dac_override", "-dac_read_search")
"""What root must be without, so that a folder's permissions bind it as anybody."""


class Place:
    """A folder with a report and a temporary folder, of which nothing else uses either."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "reports" / "log"
        self.temporary = folder / "temporary"
        self.temporary.mkdir(parents=True)
        self.out.parent.mkdir()

    def start(
        self, title: str, limit: int | None = None, before: Sequence[str] = ()
    ) -> "subprocess.Popen[bytes]":
        """A run; `limit` is what a file may have, `before` a command that starts it."""

        def less() -> None:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        options = ("--gap", "30m", "--title", title, "-q", "--isolated", "--force")
        run = (sys.executable, "-m", "resume_gap", "analyze", LOG, "-o", self.out, *options)
        return subprocess.Popen(
            [*before, *run],
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=less,  # noqa: PLW1509 - this process has one thread
        )

    def ended(
        self, title: str, limit: int | None = None, before: Sequence[str] = ()
    ) -> tuple[int, list[str]]:
        """The exit code of a run, and the lines that it wrote to standard error."""
        child = self.start(title, limit, before)
        _, said = child.communicate()
        return child.returncode, said.decode().strip().splitlines()

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


@contextmanager
def disk(folder: Path) -> Iterator[Callable[[str], None]]:
    """A small file system of its own at a folder; what changes it, by options of mount."""
    _mount("-t", "tmpfs", "-o", f"size={ENOUGH}", "tmpfs", str(folder))
    try:
        yield lambda options: _mount("-o", f"remount,{options}", str(folder))
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _mount(*options: str) -> None:
    subprocess.run(["mount", *options], check=True)


def kills(place: Place, random: Random, moments: int) -> Iterator[str]:
    """Runs that are killed with SIGKILL at random moments."""
    new, old = place.whole("new"), place.whole("old")
    begin = time.monotonic()
    place.whole("old")
    takes = time.monotonic() - begin
    for _ in range(moments):
        child = place.start("new")
        try:
            child.wait(random.uniform(0, 1.1 * takes))
            ended = "ended before it was killed"
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            ended = "killed"
        child.communicate()
        report = _which(place, old, new)
        yield f"{ended}, {report}"
        if report == NEW:
            place.whole("old")


def limits(place: Place, random: Random, many: int) -> Iterator[str]:
    """Runs of which no file can become longer than some limit."""
    new, old = place.whole("new"), place.whole("old")
    for _ in range(many):
        code, lines = place.ended("new", limit=_bytes(random.random()))
        yield f"no file too long, {_outcome(place, old, new, code, lines)}"
        if code == 0:
            place.whole("old")


def disks(folder: Path, many: int) -> Iterator[str]:
    """Runs that fill a disk: that of the report, of the temporary folder, or of both."""
    for kind in ("report", "temporary", "both"):
        (folder / kind).mkdir()
        with disk(folder / kind) as change:
            place = Place(folder / kind)
            if kind == "report":
                place.temporary = folder
            elif kind == "temporary":
                place.out = folder / "elsewhere" / "log"
                place.out.parent.mkdir()
            new, old = place.whole("new"), place.whole("old")
            for number in range(many // 3):
                change(f"size={ENOUGH}")
                held = shutil.disk_usage(folder / kind).used
                change(f"size={held + _bytes((number + 0.5) / (many // 3))}")
                code, lines = place.ended("new")
                yield f"full disk ({kind}), {_outcome(place, old, new, code, lines)}"
                if code == 0:
                    change(f"size={ENOUGH}")
                    place.whole("old")
            change(f"size={ENOUGH}")
            place.whole("old")
            beside = [] if kind == "report" else [*place.temporary.iterdir()]
            beside += [path for path in place.out.parent.iterdir() if path != place.out]
            yield f"full disk ({kind}), {LEFT if beside else 'nothing'} left over"


def refusals(folder: Path) -> Iterator[str]:
    """Runs that may not write: by the permissions of a folder, or by the mount."""
    place = Place(folder / "refusing")
    old = place.whole("old")
    allowed = place.out.parent.stat().st_mode
    obeying = ("setpriv", f"--bounding-set={','.join(OBEYING)}", f"--inh-caps={','.join(OBEYING)}")
    for refusing in (place.out.parent, place.temporary):
        refusing.chmod(0o555)
        code, lines = place.ended("new", before=obeying)
        yield f"read-only {refusing.name}, {_outcome(place, old, {}, code, lines)}"
        refusing.chmod(allowed)
    mounted = folder / "mounted"
    mounted.mkdir()
    with disk(mounted) as change:
        place = Place(mounted)
        old = place.whole("old")
        change("ro")
        code, lines = place.ended("new")
        yield f"read-only disk, {_outcome(place, old, {}, code, lines)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 where every folder was one report or the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--moments", type=int, default=50, help="runs that are killed")
    parser.add_argument("--limits", type=int, default=20, help="runs with a limit for each file")
    parser.add_argument("--disks", type=int, default=0, help="runs that fill a disk; as root")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    random = Random(given.seed)  # noqa: S311 - no secret
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name, "place"))
        found.update(kills(place, random, given.moments))
        found.update(limits(place, random, given.limits))
        place.whole("old")
        left = place.litter()
        if given.disks:
            found.update(disks(Path(name), given.disks))
            found.update(refusals(Path(name)))
    print(*(f"{n} {what}" for what, n in sorted(found.items())), f"left over: {left}", sep="\n")
    return 1 if left or any(bad in what for what in found for bad in (NEITHER, LEFT)) else 0


def _bytes(share: float) -> int:
    """Between the smallest and the largest number of bytes, on a scale of ratios."""
    return round(SMALLEST * (LARGEST / SMALLEST) ** share)


def _outcome(
    place: Place, old: dict[str, str], new: dict[str, str], code: int, lines: Sequence[str]
) -> str:
    """What a run that may fail left, and that it ended as it should."""
    report = _which(place, old, new)
    if code == 0:
        return report if report == NEW else f"{NEITHER}: 0 with {report}"
    if code == 1 and len(lines) == 1 and report == OLD:
        return report
    return f"{NEITHER}: {code} with {report}, {lines[-1:]}"


def _which(place: Place, old: dict[str, str], new: dict[str, str]) -> str:
    now = place.report()
    return OLD if now == old else NEW if now == new else NEITHER


if __name__ == "__main__":
    sys.exit(main())
