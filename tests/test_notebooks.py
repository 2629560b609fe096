"""The notebooks run from top to bottom in real kernels, and print what they mean to print.

They need the extra `notebooks`; in CI, where RESUME_GAP_NEED_SITE is set, a skip is a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TOUR = ROOT / "notebooks" / "tour.ipynb"
MARIMO = ROOT / "notebooks" / "tour_marimo.py"
NEEDED = os.environ.get("RESUME_GAP_NEED_SITE")
WITHOUT = "import sys\nsys.modules['ipywidgets'] = None\n"
RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
notebook.cells.insert(0, nbformat.v4.new_code_cell(sys.argv[2]))
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": sys.argv[3]}}).execute()
json.dump(notebook.cells[1:], sys.stdout)
"""


def needs(*modules: str) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing and not NEEDED:
        pytest.skip(f"{', '.join(missing)}: the extra `notebooks` is not installed")
    assert missing == []


@pytest.mark.full
@pytest.mark.parametrize("widgets", [True, False], ids=["with ipywidgets", "without"])
def test_the_jupyter_notebook_runs_and_prints_nothing_else(widgets: bool) -> None:
    needs("nbclient", "ipykernel", *(["ipywidgets"] if widgets else []))
    before = "import ipywidgets" if widgets else WITHOUT
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, str(TOUR), before, str(TOUR.parent)],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    cells = [cell for cell in json.loads(done.stdout) if cell["cell_type"] == "code"]
    assert len(cells) > 6
    for cell in cells:
        check(cell)
    shown = [html for cell in cells for html in htmls(cell) if 'class="resume-gap"' in html]
    assert len(shown) == 3
    assert all("<script" not in html for html in shown)
    charts = [cell for cell in cells if "image/svg+xml" in kinds(cell)]
    assert len(charts) == 1
    texts = [output["text"] for cell in cells for output in cell["outputs"] if "text" in output]
    assert "recommendation: test" in "".join(texts)
    assert "verdict: better" in "".join(texts)


def check(cell: dict[str, Any]) -> None:
    """A cell shows its last value, and streams only what it prints."""
    source = "".join(cell["source"])
    for output in cell["outputs"]:
        assert output["output_type"] in ("stream", "execute_result"), (source, output)
        if output["output_type"] == "stream":
            assert output["name"] == "stdout", (source, output["text"])
            assert "print(" in source, (source, output["text"])


def htmls(cell: dict[str, Any]) -> list[str]:
    return ["".join(one.get("data", {}).get("text/html", "")) for one in cell["outputs"]]


def kinds(cell: dict[str, Any]) -> list[str]:
    return [kind for one in cell["outputs"] for kind in one.get("data", {})]


@pytest.mark.full
def test_the_marimo_notebook_runs_and_prints_nothing(tmp_path: Path) -> None:
    needs("marimo")
    # It keeps a record beside the notebook.
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "sample_events").symlink_to(ROOT / "sample_events")
    notebook = shutil.copy(MARIMO, tmp_path / "notebooks")
    out = tmp_path / "tour.html"
    command = ["export", "html", str(notebook), "-o", str(out), "--no-include-code"]
    done = subprocess.run(
        [sys.executable, "-m", "marimo", *command],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    page = out.read_text(encoding="utf-8")
    assert page.count("class=\\u0022resume-gap") + page.count('class=\\"resume-gap') == 1
    assert "Traceback" not in page


def test_they_hold_no_output_and_no_path_of_a_machine() -> None:
    notebook = json.loads(TOUR.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert [cell["execution_count"] for cell in cells] == [None] * len(cells)
    for path in (TOUR, MARIMO):
        assert "/home/" not in path.read_text(encoding="utf-8")
    kept = {path.name for path in TOUR.parent.iterdir()} - {"__marimo__", ".ipynb_checkpoints"}
    assert kept == {"README.md", TOUR.name, MARIMO.name}
