"""What a process of the command line does without."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from resume_gap.system import startup

LOG = Path(__file__).parents[2] / "sample_events" / "workday.parquet"


def printed(code: str, *arguments: str, cwd: Path) -> str:
    """The last line of a process, which has nothing to say to people."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, check=True
    )
    assert done.stderr == b""
    return done.stdout.decode().splitlines()[-1]


def test_a_run_searches_for_no_cycles_and_ends_quietly(tmp_path: Path) -> None:
    """Loading modules alone would make hundreds of searches, and the end three of everything.

    The few that are counted were made before the command began.
    """
    watch = (
        "import atexit, gc; seen = []; gc.callbacks.append(lambda phase, _: seen.append(phase)); "
        "atexit.register(lambda: print(len(seen) // 2, gc.get_freeze_count() > 100_000)); "
        "from resume_gap.__main__ import main; main()"
    )
    searches, frozen = printed(watch, "analyze", str(LOG), "-o", "r", "-q", cwd=tmp_path).split()
    assert int(searches) < 20
    assert frozen == "True"


def test_a_run_loads_no_pandas_where_there_is_one(tmp_path: Path) -> None:
    """It would be loaded with the first array of Arrow."""
    (tmp_path / "pandas.py").write_text("raise RuntimeError('pandas was loaded')")
    code = (
        "import atexit, sys; sys.path.insert(0, '.'); from resume_gap.__main__ import main; "
        "atexit.register(lambda: print('pandas' in sys.modules)); main()"
    )
    assert printed(code, "analyze", str(LOG), "-o", "r", "-q", cwd=tmp_path) == "False"


def test_the_replay_of_a_plain_log_loads_no_functions_of_arrow(tmp_path: Path) -> None:
    """All of them are wrapped when one is loaded, which takes longer than a small log takes."""
    rows = "\n".join(
        f"u{user},2025-03-03T{hour:02}:{minute:02}:00Z,{('open', 'edit')[minute % 2]},cell {minute}"
        for user in range(40)
        for hour in range(8, 18, 3)
        for minute in range(5 + user % 7)
    )
    (tmp_path / "log.csv").write_text(f"user_id,timestamp,event,element\n{rows}\n")
    code = (
        "import atexit, sys; from resume_gap.__main__ import main; "
        "atexit.register(lambda: print('pyarrow.compute' in sys.modules)); main()"
    )
    given = ("analyze", "log.csv", "-o", "r", "-q", "--productive", "edit")
    assert printed(code, *given, cwd=tmp_path) == "False"
    assert b'"interruptions": 120' in (tmp_path / "r" / "summary.json").read_bytes()


def test_pandas_may_be_loaded_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("")
    code = (
        "import sys; sys.path.insert(0, '.'); from resume_gap.system import startup; "
        "before = list(sys.meta_path); startup.without_pandas(); "
        "print(sys.meta_path == before, 'pandas' in sys.modules); import pandas"
    )
    assert printed(code, cwd=tmp_path) == "True False"


def test_numba_is_loaded_without_matrices_in_a_command_alone(tmp_path: Path) -> None:
    for begins, loaded in (("startup.begin()", False), ("", True)):
        code = (
            "import sys; from resume_gap import compiled; from resume_gap.system import startup\n"
            f"{begins}\nbefore = list(sys.meta_path)\n"
            "with startup.without_matrices(): compiled.prepare(1_000_000)\n"
            "there = 'scipy.linalg' in sys.modules, sys.meta_path == before\n"
            "import scipy.linalg, numpy\n"
            "print(*there, scipy.linalg.det(numpy.eye(2)), compiled.is_loaded())"
        )
        assert printed(code, cwd=tmp_path) == f"{loaded} True 1.0 True"


def test_a_page_is_drawn_without_what_reads_example_data_in_a_command_alone(tmp_path: Path) -> None:
    draw = (
        "from resume_gap.report.charts.curve import CurveChart\n"
        "from resume_gap.report.charts.svg import svg\n"
        "drawn = svg(CurveChart(points=((0.0, 0.1), (900.0, 0.9)), end_label=''))\n"
    )
    for begins, loaded in (("startup.begin()", False), ("", True)):
        code = (
            f"import sys; from resume_gap.system import startup\n{begins}\n"
            f"before = list(sys.meta_path)\n{draw}"
            "there = 'altair.datasets._loader' in sys.modules, sys.meta_path == before\n"
            "from altair.datasets import data\n"
            "print(*there, len(drawn) > 1_000, len(data.list_datasets()) > 10)"
        )
        assert printed(code, cwd=tmp_path) == f"{loaded} True True True"


def test_matrices_take_one_thread_unless_somebody_says_otherwise(tmp_path: Path) -> None:
    for given, taken in (("", "1"), ("os.environ['OPENBLAS_NUM_THREADS'] = '3'", "3")):
        code = (
            f"import os\nos.environ.pop('OPENBLAS_NUM_THREADS', None)\n{given}\n"
            "from resume_gap.system import startup; startup.begin(); "
            "print(os.environ['OPENBLAS_NUM_THREADS'])"
        )
        assert printed(code, cwd=tmp_path) == taken


HEAPS = """
import ctypes, os, sys, threading
from resume_gap.system import startup
startup.with_one_heap()
threads = [threading.Thread(target=lambda: kept.append(os.urandom(100_000))) for _ in range(4)]
kept = []
[thread.start() for thread in threads]
[thread.join() for thread in threads]
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = library.fopen(b"heaps.xml", b"w")
library.malloc_info(0, ctypes.c_void_p(file))
library.fclose(ctypes.c_void_p(file))
print(open("heaps.xml").read().count("<heap "))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps are those of GNU's C library")
def test_threads_share_a_heap_unless_somebody_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    assert printed(HEAPS, cwd=tmp_path) == "1"
    monkeypatch.setenv("MALLOC_ARENA_MAX", "3")
    assert int(printed(HEAPS, cwd=tmp_path)) > 1


@pytest.mark.skipif(sys.platform != "linux", reason="threads have names in /proc there")
def test_no_thread_gives_back_memory_of_polars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = (
        "import pathlib, polars; polars.DataFrame({'n': range(100_000)}).sort('n')\n"
        "tasks = pathlib.Path('/proc/self/task').glob('*/comm')\n"
        "print(any('jemalloc' in task.read_text() for task in tasks))"
    )
    monkeypatch.delenv("_RJEM_MALLOC_CONF", raising=False)
    assert printed(names, cwd=tmp_path) == "True"
    begins = f"from resume_gap.system import startup; startup.begin()\n{names}"
    assert printed(begins, cwd=tmp_path) == "False"


@pytest.mark.parametrize("variable", sorted(startup._MEMORY))
def test_libraries_take_memory_as_asked_unless_somebody_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    asked = (
        "import os; from resume_gap.system import startup; startup.begin();"
        f" print(os.environ[{variable!r}])"
    )
    monkeypatch.delenv(variable, raising=False)
    assert printed(asked, cwd=tmp_path) != "7"
    monkeypatch.setenv(variable, "7")
    assert printed(asked, cwd=tmp_path) == "7"


def test_a_closed_standard_stream_is_nobody_elses_file(tmp_path: Path) -> None:
    code = (
        "import os; from resume_gap.system import startup; startup.begin();"
        " number = os.open('made', os.O_CREAT | os.O_WRONLY); print(number > 2)"
    )
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -c "{code}" 2>&- 0<&-'],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert done.stdout == b"True\n"


def test_a_report_without_docstrings_is_refused_in_one_line(tmp_path: Path) -> None:
    rows = [f"u{u},2026-03-02T{h:02}:00:0{u}Z,edit" for u in range(3) for h in range(24)]
    (tmp_path / "log.csv").write_text("\n".join(["user_id,timestamp,event", *rows]))
    for level, expected in (("-OO", 2), ("-O", 0)):
        done = subprocess.run(
            [sys.executable, level, "-m", "resume_gap", "analyze", "log.csv", "-o", "out", "-q"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expected, done.stderr
        assert (tmp_path / "out").exists() is (level == "-O")
        assert done.stderr.count("docstrings") == (level == "-OO")
        assert done.stderr.count("\n") == (level == "-OO")
