"""The sandbox itself: what it asks of DuckDB, on every machine and in every shell."""

import subprocess
import sys

import duckdb
import pytest

from resume_gap.sources import sandbox
from resume_gap.sources.sandbox import cores, open_sandbox

NOTEBOOK = """
import sys, types
shell = types.SimpleNamespace(config={"IPKernelApp": {}})
sys.modules["IPython"] = types.ModuleType("IPython")
sys.modules["IPython"].get_ipython = lambda: shell
sys.modules["ipywidgets"] = None
import duckdb
bare = duckdb.connect(":memory:")
try:
    bare.execute("set enable_progress_bar = false")
except duckdb.InvalidInputException as error:
    assert "ipywidgets" in str(error), error
else:
    raise SystemExit("this DuckDB does not know the fake notebook: mend the test")
from resume_gap.sources.sandbox import open_sandbox
with open_sandbox(files=[]) as con:
    off = con.execute("select current_setting('enable_progress_bar'), sum(i) from range(9) r(i)")
    print(off.fetchall())
"""


def test_it_opens_in_a_notebook_without_widgets() -> None:
    """DuckDB takes a process without a main file and with an IPython kernel for a notebook."""
    done = subprocess.run(
        [sys.executable, "-c", NOTEBOOK], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[(False, 36)]\n"), done.stderr


def test_no_progress_bar_anywhere() -> None:
    with open_sandbox(files=[]) as con:
        row = con.execute("select current_setting('enable_progress_bar')").fetchone()
    assert row == (False,)


@pytest.mark.parametrize(("asked", "used"), [(1, 1), (3, 3), (4, 4), (1024, 4)])
def test_more_threads_than_cores_are_not_used(
    monkeypatch: pytest.MonkeyPatch, asked: int, used: int
) -> None:
    taken: list[object] = []

    def connect(_: str, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
        taken.append(config["threads"])
        raise duckdb.Error

    monkeypatch.setattr(sandbox, "cores", lambda: 4)
    monkeypatch.setattr(sandbox.duckdb, "connect", connect)
    with pytest.raises(duckdb.Error):
        open_sandbox(files=[], threads=asked)
    assert taken == [str(used)]


def test_there_is_a_core() -> None:
    assert cores() >= 1
