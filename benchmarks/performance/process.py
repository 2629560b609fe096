"""What a whole process costs: CPU, wall time, memory, and space in its temporary folder."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

_LOOK: Final = 0.05
_LOOK_INTO_FOLDER: Final = 1.0
"""Seconds from one look at all files of the folder, which may be thousands, to the next."""
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_TICK: Final = os.sysconf("SC_CLK_TCK")
_LAST_LINES: Final = 300
ROOT: Final = Path(__file__).parents[2]


class Cost(NamedTuple):
    """What one run took.

    Attributes:
        cpu: User and system seconds of the process and of all that it started.
        wall: Seconds.
        peak_mib: Largest resident memory of the process and all that it started, together.
        disk_mib: Largest size of its temporary folder.
    """

    cpu: float
    wall: float
    peak_mib: float
    disk_mib: float


class Outcome(NamedTuple):
    """How one run ended.

    Attributes:
        cost: What it took.
        output: Its standard output.
        failure: The end of its standard error, or `out of time`; empty where it succeeded.
    """

    cost: Cost
    output: str
    failure: str


def measured(
    command: Sequence[str],
    *,
    work: Path,
    given: str = "",
    timeout: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Run a command in the checkout, with a temporary folder of its own.

    Args:
        command: What is run.
        work: Folder in which the temporary one is made.
        given: Its standard input.
        timeout: Seconds after which it is killed, with all that it started.
        environment: Variables besides those of this process.
    """
    work = work.resolve()
    folder = Path(tempfile.mkdtemp(prefix="tmp-", dir=work))
    variables = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    variables |= environment or {}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        with tempfile.TemporaryFile() as entered:
            entered.write(given.encode())
            entered.seek(0)
            begun = time.perf_counter()
            process = subprocess.Popen(
                list(command),
                stdin=entered,
                stdout=output,
                stderr=errors,
                env=variables,
                cwd=ROOT,
                start_new_session=True,
            )
        watch = _Watch(process.pid, folder, timeout)
        try:
            with watch:
                _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # Ctrl-C: the run has a session of its own and would go on
            watch.kill()
            process.wait()
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begun
        for file in (output, errors):
            file.seek(0)
        failure = ""
        if process.returncode:
            said = errors.read().decode(errors="replace").strip()
            failure = "out of time" if watch.killed else said[-_LAST_LINES:] or "no message"
        return Outcome(
            Cost(
                max(usage.ru_utime + usage.ru_stime, watch.cpu),
                wall,
                watch.peak / 2**20,
                watch.disk / 2**20,
            ),
            output.read().decode(errors="replace"),
            failure,
        )


class _Watch:
    """Looks at a process, all that it started, and a folder, until the block is over.

    It ends the process when its time is over.
    """

    def __init__(self, pid: int, folder: Path, timeout: float | None) -> None:
        self._pid, self._folder = pid, folder
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._seconds: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.peak = self.disk = 0
        self.killed = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def cpu(self) -> float:
        """Seconds of all processes as they were last seen: some end without being waited for."""
        return sum(self._seconds.values())

    def kill(self) -> None:
        """End it and what it started."""
        self.killed = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, 9)

    def _look(self) -> None:
        again = 0.0
        while not self._over.wait(_LOOK):
            resident = 0
            for pid in _family(self._pid):
                with contextlib.suppress(OSError, IndexError, ValueError):
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    self._seconds[pid] = (int(fields[11]) + int(fields[12])) / _TICK
                    resident += int(fields[21]) * _PAGE
                    self.peak = max(self.peak, _highest(pid))
            self.peak = max(self.peak, resident)
            if time.monotonic() >= again:
                self.disk = max(self.disk, _size(self._folder))
                again = time.monotonic() + _LOOK_INTO_FOLDER
            if self._deadline is not None and time.monotonic() > self._deadline:
                self.kill()


def _highest(pid: int) -> int:
    """The largest resident memory of one process so far.

    What the system reports at its end counts the memory of the process that started it, too.
    """
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                for child in (task / "children").read_text().split():
                    found += _family(int(child))
    return found


def _size(folder: Path) -> int:
    """Bytes on the disk below a folder."""
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                total += os.lstat(Path(place) / name).st_blocks * 512
    return total
