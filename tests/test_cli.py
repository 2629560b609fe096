"""What the documents say of the command, and what stays unloaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from factories.command_line import call

import resume_gap

ROOT = Path(__file__).parents[1]


HEAVY = (
    "altair",
    "duckdb",
    "jinja2",
    "numpy",
    "polars",
    "pyarrow",
    "rich.progress",
    "scipy",
    "vl_convert",
)


@pytest.mark.parametrize(
    ("command", "own"),
    [
        ("analyze", "--noticed"),
        ("evaluate", "--assignments"),
        ("compare", "--rollout-by"),
        ("plan", "--effect"),
    ],
)
def test_every_option_is_documented(command: str, own: str) -> None:
    """Word for word in the README or a page of docs."""
    done = call(command, "--help", cwd=ROOT)
    options = set(re.findall(r"--[a-z][a-z-]+", done.stdout.decode())) - {"--help"}
    assert {"--gap", "--productive", "--map", "--strict", own} <= options
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    said = set(re.findall(r"--[a-z][a-z-]+", "\n".join(p.read_text() for p in pages)))
    assert sorted(options - said) == []


@pytest.mark.parametrize(
    "code",
    [
        "import resume_gap",
        "import resume_gap.cli",
        "import resume_gap.settings, resume_gap.errors, resume_gap.results.analyze",
        "import resume_gap.cli as c; sys.argv = ['x', '--help']; c.run()",
        "import resume_gap.cli as c; sys.argv = ['x', 'analyze', '--help']; c.run()",
        "import resume_gap.cli as c; sys.argv = ['x', 'analyze', 'y', '--gap', '?']; c.run()",
        "import resume_gap.cli as c; sys.argv = ['x', 'evaluate', '--help']; c.run()",
        "import resume_gap.cli as c; sys.argv = ['x', 'plan', 'y', '--power', '2']; c.run()",
        "import resume_gap.cli as c; sys.argv = ['x', '--version']; c.run()",
    ],
)
def test_heavy_modules_stay_out(tmp_path: Path, code: str) -> None:
    watch = f"import atexit, sys; atexit.register(lambda: print('loaded:', *sorted(\
m for m in {HEAVY!r} if m in sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{watch}\n{code}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.stdout.decode().splitlines()[-1].strip() == "loaded:"


@pytest.mark.parametrize("command", ["analyze log.csv -o out", "init log.csv -o out"])
def test_a_closed_standard_error_changes_nothing(tmp_path: Path, command: str) -> None:
    rows = [f"u{u},2026-03-02T{h:02}:00:0{u}Z,edit" for u in range(3) for h in range(24)]
    (tmp_path / "log.csv").write_text("\n".join(["user_id,timestamp,event", *rows]))
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m resume_gap {command} 2>&-'],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"out")
    assert (tmp_path / "out").exists()


@pytest.mark.full
def test_analyze_does_without_what_other_commands_need(tmp_path: Path) -> None:
    """Loading tea-tasting takes two seconds; numba asks for SciPy's version, no more.

    The texts and results of launches would be loaded for their names alone.
    """
    code = (
        "import sys, resume_gap.cli as c, atexit;"
        " sys.argv = ['x', 'analyze', sys.argv[1], '-o', 'report', '-q'];"
        " atexit.register(lambda: print(*sorted(sys.modules))); c.run()"
    )
    log = ROOT / "sample_events" / "workday.parquet"
    done = subprocess.run(
        [sys.executable, "-c", code, str(log)], cwd=tmp_path, capture_output=True, check=True
    )
    loaded = set(done.stdout.decode().split())
    assert "resume_gap.report.page.analyze.page" in loaded
    assert {"tea_tasting", "scipy.stats", "scipy.special"} & loaded == set()
    others = ("evaluate", "compare", "plan", "history")
    forbidden = [
        "resume_gap.trial.",
        "resume_gap.comparison.",
        "resume_gap.report.card.",
        "resume_gap.report.text.check_remedies",
        "resume_gap.report.text.launch",
        "resume_gap.report.text.trialchecks",
        "resume_gap.report.text.trust",
        *(f"resume_gap.{part}.{name}" for part in ("results", "report.page") for name in others),
    ]
    assert [name for name in sorted(loaded) if name.startswith(tuple(forbidden))] == []


def test_public_names_are_few_and_there() -> None:
    for name in resume_gap.__all__:
        assert getattr(resume_gap, name) is not None
    with pytest.raises(AttributeError):
        _ = resume_gap.nonsense
