"""Full disks and limits, by size and by inodes: one line that names the place, and no litter."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest

import resume_gap
from resume_gap.commands.failures import explained
from resume_gap.commands.watched import Watched
from resume_gap.errors import DataError, InputError, OutputError
from resume_gap.options.numbers import size_bytes
from resume_gap.pipeline.memory import database_bytes
from resume_gap.system import temporary
from resume_gap.system.filesystem import WritableFolder
from resume_gap.system.state import Entry, StateFolder
from resume_gap.system.temporary import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = "user_id,timestamp,event\n" + "".join(
    f"u{user},2026-03-02T{hour:02}:00:0{user}Z,edit\n" for user in range(3) for hour in range(24)
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small file system."""
    mounted = []

    def mount(options: str) -> Path:
        place = tmp_path / "disk"
        place.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"no small file system can be mounted: {done.stderr.strip()}")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(ROWS)
    return path


def full(call: Callable[[], object], place: str) -> None:
    with pytest.raises(OutputError, match="No space left on device") as caught:
        call()
    assert str(caught.value).startswith(place)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        "size=60k",
        "nr_inodes=5",
        *(
            pytest.param(o, marks=pytest.mark.full)
            for o in ("size=16k", "nr_inodes=2", "nr_inodes=8")
        ),
    ],
)
def test_a_full_disk_of_the_report(disk: Callable[[str], Path], log: Path, options: str) -> None:
    place = disk(f"{options},size=4m" if "inodes" in options else options)
    full(lambda: resume_gap.analyze(log, out=place / "out"), f"{place}/out: cannot be written")
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    "options", ["size=4k", "size=12k", "nr_inodes=1", "nr_inodes=4", "nr_inodes=6"]
)
def test_a_full_temporary_folder(
    disk: Callable[[str], Path],
    log: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: str,
) -> None:
    place = disk(f"{options},size=4m" if "inodes" in options else options)
    monkeypatch.setenv("TMPDIR", str(place))
    full(
        lambda: resume_gap.analyze(log, out=tmp_path / "out"),
        f"the temporary folder {place}: cannot be written",
    )
    assert list(place.iterdir()) == []
    assert not (tmp_path / "out").exists()


def test_an_old_report_survives_a_full_disk(disk: Callable[[str], Path], log: Path) -> None:
    place = disk("size=1m")
    resume_gap.analyze(log, out=place / "out")
    before = (place / "out" / "summary.json").read_bytes()
    room = 40_000  # less than a report takes, whose page alone is longer
    assert (place / "out" / "report.html").stat().st_size > room
    notes = b"x" * (shutil.disk_usage(place).free - room)
    (place / "out" / "notes").write_bytes(notes)
    full(lambda: resume_gap.analyze(log, out=place / "out"), f"{place}/out: ")
    assert [p.name for p in place.iterdir()] == ["out"]
    assert (place / "out" / "summary.json").read_bytes() == before
    assert (place / "out" / "notes").stat().st_size == len(notes)


def obedient(log: Path, out: Path, temporary: Path) -> subprocess.CompletedProcess[str]:
    """An analysis by somebody who has to obey the rights of files."""
    obeying = "-dac_override,-dac_read_search,-fowner"  # else root may write anywhere
    before = ["setpriv", f"--bounding-set={obeying}", f"--inh-caps={obeying}"]
    run = [sys.executable, "-m", "resume_gap", "analyze", log, "--isolated", "-q"]
    return subprocess.run(
        [*(before if os.geteuid() == 0 else ()), *run, "--out", out],
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("why", ["read-only", "of somebody else"])
def test_an_old_report_that_may_not_be_moved(log: Path, tmp_path: Path, why: str) -> None:
    (place := tmp_path / "reports").mkdir()
    (empty := tmp_path / "temporary").mkdir()
    resume_gap.analyze(log, out=place / "out")
    before = {path.name: path.read_bytes() for path in (place / "out").iterdir()}
    if why == "read-only":
        (place / "out").chmod(0o555)
    elif os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    else:
        place.chmod(0o1777)
        for path in (place / "out", place):
            os.chown(path, 12345, 12345)
    done = obedient(log, place / "out", empty)
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert f"{place}/out: what stands there cannot be replaced: " in line
    assert "or name another one with --out" in line
    assert list(empty.iterdir()) == []
    assert [path.name for path in place.iterdir()] == ["out"]
    assert {path.name: path.read_bytes() for path in (place / "out").iterdir()} == before


@pytest.mark.parametrize("refusing", ["reports", "temporary"])
def test_a_folder_that_may_not_be_written(log: Path, tmp_path: Path, refusing: str) -> None:
    places = {name: tmp_path / name for name in ("reports", "temporary")}
    for place in places.values():
        place.mkdir()
    places[refusing].chmod(0o555)
    done = obedient(log, places["reports"] / "out", places["temporary"])
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert str(places[refusing]) in line
    assert "cannot be written: Permission denied" in line
    assert [list(place.iterdir()) for place in places.values()] == [[], []]


@pytest.mark.parametrize("files", [12, 20])
def test_too_few_open_files_are_one_line_and_leave_nothing(
    log: Path, tmp_path: Path, files: int
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    run = [sys.executable, "-m", "resume_gap", "analyze", log, "--isolated", "-q"]
    done = subprocess.run(
        ["prlimit", f"--nofile={files}", *run, "--out", tmp_path / "out"],
        env={**os.environ, "TMPDIR": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert f"too many files are open at once (at most {files} may be); allow more" in line
    assert list(place.iterdir()) == []
    assert sorted(tmp_path.iterdir()) == [log, place]


def test_a_limit_of_the_temporary_folder(log: Path, tmp_path: Path) -> None:
    with log.open("a") as stream:
        for second in range(200_000):
            stream.write(f"u{second % 7},{1_772_400_000 + second},edit\n")
    with pytest.raises(OutputError, match=r"more than 1MB in the temp.*--temp-limit 2MB"):
        resume_gap.analyze(log, out=tmp_path / "out", temp_limit="1MB", time_unit="s")
    assert not (tmp_path / "out").exists()


# One by one ------------------------------------------------------------------------------------


@pytest.fixture
def watched(log: Path) -> Watched:
    return Watched({"log.csv": log})


def raised_by(watched: Watched, error: BaseException, limit: int | None = None) -> BaseException:
    """What becomes of an error."""
    places = (WritableFolder("the report", Path("/report"), "advice"),)
    with pytest.raises(BaseException) as caught, explained(watched, Workspace(limit), places):  # noqa: PT011
        raise error
    return caught.value


def test_a_changed_input_comes_first(watched: Watched, log: Path) -> None:
    log.write_text("")
    for error in (OSError(errno.ENOSPC, "x"), DataError("no rows"), RuntimeError()):
        found = raised_by(watched, error)
        assert isinstance(found, InputError)
        assert found.__cause__ is error


def test_files_that_left_the_state_folder_are_no_fault_of_the_log(
    watched: Watched, tmp_path: Path
) -> None:
    rows = tmp_path / "rows"
    rows.write_text("rows")
    key, folder = "a" * 64, tmp_path / "kept"
    with StateFolder(folder, "v1") as state:
        state.add(key, Entry({}, "log.csv", rows))
        state.keep()
    error = InputError("log.csv: cannot be read: Permission Error")
    with StateFolder(folder, "v1") as state:
        for there in (True, False):
            assert state.find(key) is not None
            if not there:
                shutil.rmtree(folder)
            with (
                pytest.raises((InputError, OutputError)) as caught,
                explained(watched, Workspace(None), (), state),
            ):
                raise error
            assert (caught.value is error) is there
    assert f"the state folder {folder}: what is kept there went away" in str(caught.value)
    assert str(caught.value).endswith("run again")


def test_the_engines_words_for_its_limit(watched: Watched) -> None:
    error = duckdb.OutOfMemoryException(
        "failed to offload data block. This limit was set by the 'max_temp_directory_size' setting."
    )
    assert "--temp-limit" in str(raised_by(watched, error, limit=10**9))
    wrapped = InputError("x: needs more memory")
    wrapped.__cause__ = error
    assert "--temp-limit" in str(raised_by(watched, wrapped, limit=10**9))
    assert "--memory-limit" in str(
        raised_by(watched, duckdb.OutOfMemoryException("out"), limit=10**9)
    )
    # Where no limit was set, the engine's own words about one mean memory.
    assert "--memory-limit" in str(raised_by(watched, error, limit=None))
    assert "--temp-limit" in str(raised_by(watched, error, limit=0))


def test_the_engines_limit_met_while_arrow_hands_over_rows(watched: Watched) -> None:
    error = OSError("Out of Memory Error: could not allocate block (60.8 MiB/61.0 MiB used)")
    assert "--memory-limit" in str(raised_by(watched, error))


@pytest.mark.parametrize(
    ("given", "had", "advised"),
    [
        ("64MB", "64MB", "128MB"),
        ("64MiB", "64MiB", "135MB"),
        ("1.2GB", "1.2GB", "2.4GB"),
        ("600 MB", "600 MB", "1.2GB"),
    ],
)
def test_twice_the_limit_is_advised(watched: Watched, given: str, had: str, advised: str) -> None:
    with (
        pytest.raises(DataError) as caught,
        explained(watched, Workspace(None), memory_limit=given),
    ):
        raise duckdb.OutOfMemoryException("out")
    assert str(caught.value) == (
        f"the memory limit of {had} is too small for this log;"
        f" raise it with --memory-limit {advised}"
    )
    assert size_bytes(advised) >= 2 * size_bytes(given)


def test_twice_the_usual_limit_is_advised_where_none_was_given(watched: Watched) -> None:
    usual = database_bytes(None)
    line = str(raised_by(watched, duckdb.OutOfMemoryException("out")))
    assert f"limit of {temporary.size(usual)} is" in line
    assert f"--memory-limit {temporary.size(2 * usual)}" in line


def test_a_run_says_the_limit_that_it_had(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise duckdb.OutOfMemoryException("out")

    monkeypatch.setattr("resume_gap.commands.running.open_source", fail)
    with pytest.raises(DataError, match=r"limit of 64MB is .* --memory-limit 128MB$"):
        resume_gap.analyze(log, out=tmp_path / "out", memory_limit="64MB")
    with pytest.raises(DataError, match=r"limit of 32MB is .* --memory-limit 64MB$"):
        resume_gap.init(log, out=tmp_path / "found.toml", memory_limit="32MB")


@pytest.mark.parametrize("error", [MemoryError(), pa.ArrowMemoryError("malloc failed")])
def test_too_little_memory_is_one_line(watched: Watched, error: MemoryError) -> None:
    found = raised_by(watched, error)
    assert isinstance(found, DataError)
    assert "--exclude-users" in str(found)


def test_the_full_place_is_named(watched: Watched) -> None:
    error = duckdb.IOException("Could not write /report/x: No space left on device")
    assert str(raised_by(watched, error)).startswith("the report: cannot be written")


@pytest.mark.parametrize(
    "error",
    [
        KeyboardInterrupt(),
        SystemExit(2),
        OutputError("x"),
        ZeroDivisionError(),
        DataError("no rows"),
        duckdb.InternalException("x"),
    ],
)
def test_everything_else_stays(watched: Watched, error: BaseException) -> None:
    assert raised_by(watched, error) is error
