"""What the command refuses in one line, with its exit code, and what it leaves behind."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from factories.command_line import call, refusal

from resume_gap import settings
from resume_gap.errors import ExitCode, UsageError
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse"],
        ["analyze"],
        ["analyze", "x", "--gapp", "30m"],
        ["--nonsense"],
        ["--gap", "30m", "analyze", "x"],
        ["analyze", "x", "--gap"],
        ["analyze", "x", "--strict=yes"],
        ["analyze", "x", "--assignments", "y"],
        ["plan", "x", "--noticed", "0/0/0"],
        ["simulate", "workday", "trial"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line(tmp_path: Path, arguments: list[str]) -> None:
    assert "--help" in refusal(call(*arguments, cwd=tmp_path), 2)


WRONG: dict[str, Sequence[str]] = {
    "no duration": ("--gap", "soon"),
    "a bare number": ("--gap", "30"),
    "no gap at all": ("--gap", "0s"),
    "a negative gap": ("--gap", "-5m"),
    "a gap of geological length": ("--gap", "99999999999d"),
    "no zone": ("--tz", "Middle-earth"),
    "a zone outside of the data base": ("--tz", "../../../etc/passwd"),
    "the machine's own zone": ("--tz", "localtime"),
    "a folder of zones": ("--tz", "Europe"),
    "no date": ("--since", "tomorrow"),
    "no such day": ("--until", "2026-02-30"),
    "a date at the edge of time": ("--since", "0001-01-01T00:00+14:00"),
    "an empty range": ("--since", "2026-03-02"),
    "no event column": ("--map", "targt=x"),
    "no pair": ("--map", "target"),
    "no column": ("--map", "target="),
    "two ends": ("--map", "end=a,duration=b"),
    "no unit": ("--time-unit", "h"),
    "a specifier of another tool": ("--time-format", "%F %T"),
    "a pattern of another language": ("--time-format", "yyyy-MM-dd"),
    "no source": ("--source", "segmnt"),
    "no size": ("--memory-limit", "lots"),
    "no threads": ("--threads", "0"),
    "fewer threads": ("--threads", "-1"),
}


@pytest.mark.parametrize("options", WRONG.values(), ids=WRONG)
def test_wrong_values_are_one_line_and_leave_nothing(here: Path, options: Sequence[str]) -> None:
    more = ["--until", "2026-03-01"] if options == WRONG["an empty range"] else []
    said = refusal(call("analyze", "office.parquet", *options, *more, cwd=here), 2)
    assert options[0].lstrip("-") in said
    assert sorted(p.name for p in here.iterdir()) == ["office.parquet"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--user", "uid"], ExitCode.DATA),
        (["--map", "target=elment"], ExitCode.DATA),
        (["--by", "tariff"], ExitCode.USAGE),
        (["--productive", "edit_cel"], ExitCode.USAGE),
        (["--marker", "shown=marker_shwn"], ExitCode.USAGE),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_what_the_log_lacks_ends_in_the_code_that_the_docs_say(
    here: Path, options: list[str], code: int
) -> None:
    refusal(call("analyze", "office.parquet", *options, cwd=here), code)
    assert sorted(p.name for p in here.iterdir()) == ["office.parquet"]


def test_a_report_without_a_result_is_done_also_with_strict(here: Path) -> None:
    rows = pl.read_parquet(here / "office.parquet")
    few = rows["user_id"].unique().sort()[:3]
    rows.filter(pl.col("user_id").is_in(few.implode())).write_parquet(here / "few.parquet")
    for command, words in (("plan", b"No plan"), ("analyze", b"Not enough data")):
        done = call(command, "few.parquet", "--strict", cwd=here)
        assert (done.returncode, words in done.stderr) == (0, True), done.stderr


def test_the_nearest_name_is_reported() -> None:
    with pytest.raises(UsageError, match="did you mean target"):
        settings.resolve({"map": {"targt": "x"}}, {})
    with pytest.raises(UsageError, match="did you mean productive"):
        settings.resolve({"productiv": "x"}, {})


def test_strict_ends_in_3_and_leaves_nothing(here: Path) -> None:
    rows = pl.read_parquet(here / "office.parquet").with_columns(
        user_id=pl.when(pl.col("user_id").rank("ordinal") == 1)
        .then(pl.lit("undefined"))
        .otherwise("user_id")
    )
    rows.write_parquet(here / "warned.parquet")
    said = refusal(call("analyze", "warned.parquet", "--strict", cwd=here), 3)
    assert "--strict" in said
    assert "undefined" in said
    assert sorted(p.name for p in here.iterdir()) == ["office.parquet", "warned.parquet"]


def test_strict_without_a_warning_is_done(here: Path) -> None:
    done = call("analyze", "office.parquet", "--strict", "-q", cwd=here)
    quality = json.loads((here / "reports/office/data_quality.json").read_bytes())
    assert [c for c in quality["checks"] if c["severity"] != "note"] == []
    assert done.returncode == 0


def test_a_foreign_folder_is_refused_without_force(here: Path) -> None:
    (here / "thesis").mkdir()
    (here / "thesis/chapter.txt").write_text("years")
    said = refusal(call("analyze", "office.parquet", "-o", "thesis", cwd=here), 1)
    assert "--force" in said
    assert [p.name for p in (here / "thesis").iterdir()] == ["chapter.txt"]
    done = call("analyze", "office.parquet", "-o", "thesis", "--force", "-q", cwd=here)
    assert done.returncode == 0
    assert (here / "thesis/report.html").is_file()
    assert (here / "thesis.before-1/chapter.txt").read_text() == "years"


def test_a_report_of_ours_is_replaced(here: Path) -> None:
    """A word is said of it where it is another command's."""
    summary = here / "reports/office/summary.json"
    replaced = b"the report of plan that stood in reports/office was replaced; see --out"
    for gap, is_other in (("20m", False), ("30m", True)):
        done = call("analyze", "office.parquet", "--gap", gap, cwd=here)
        assert done.returncode == 0
        assert (replaced in done.stderr) == is_other
        assert b"was replaced" not in done.stderr.replace(replaced, b"")
        content = json.loads(summary.read_bytes())
        summary.write_text(json.dumps(content | {"command": "plan"}))
    assert content["command"] == "analyze"
    assert content["threshold"]["seconds"] == 1800
    assert sorted(p.name for p in (here / "reports").iterdir()) == ["office"]


def test_a_prediction_that_is_kept_is_named(here: Path) -> None:
    """A launch is compared with it, whatever report stands beside it meanwhile."""
    for command, words in (
        ("analyze", b""),
        ("plan", b"was replaced, but for its prediction.json"),
    ):
        done = call(command, "office.parquet", cwd=here)
        assert done.returncode == 0
        assert words in done.stderr
        assert (b"was replaced" in done.stderr) == bool(words)
    assert (here / "reports/office/prediction.json").is_file()


def interrupted(folder: Path, after: float) -> tuple[int, str]:
    """Exit code and words after SIGINT so many seconds into the work."""
    child = subprocess.Popen(
        [sys.executable, "-m", "resume_gap", "analyze", "big.parquet"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # The staging folder shows that the work began and imports are over.
    deadline = time.monotonic() + 60
    while not list(folder.glob("reports/.resume-gap-*")):
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.002)
    time.sleep(after)
    child.send_signal(signal.SIGINT)
    said, messages = child.communicate(timeout=60)
    assert said == b""
    return child.returncode, messages.decode()


@pytest.fixture(scope="module")
def big_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = replace(PRESETS["workday"], users=600, weeks=2)
    path = tmp_path_factory.mktemp("big") / "big.parquet"
    simulate(world, seed=1).log.write_parquet(path)
    return path


@pytest.mark.parametrize("after", [0, 0.1, 0.3, 0.6])
@pytest.mark.full
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, big_log: Path, after: float) -> None:
    (tmp_path / "big.parquet").symlink_to(big_log)
    assert interrupted(tmp_path, after) == (130, "resume-gap: interrupted; nothing was written\n")
    assert [p.name for p in tmp_path.iterdir()] == ["big.parquet"]


SLOW = (
    "from resume_gap.report.render import progress; progress.SHOWN_AFTER = 0;"
    "from resume_gap.pipeline import reduction; reduction.BATCH_ROWS = 200;"
    "from resume_gap.__main__ import main; main()"
)
"""The command, but that every step counts as slow, and takes its rows in small portions."""


@pytest.mark.full
def test_ctrl_c_at_a_terminal_leaves_nothing(tmp_path: Path, big_log: Path) -> None:
    """While rows are counted: the key, as a terminal hands it on, to the whole group."""
    (tmp_path / "big.parquet").symlink_to(big_log)
    (tmp_path / "temporary").mkdir()
    master, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW, "analyze", "big.parquet"],
        cwd=tmp_path,
        env={
            **os.environ,
            "TERM": "xterm",
            "COLUMNS": "100",
            "TMPDIR": str(tmp_path / "temporary"),
        },
        stdin=terminal,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        preexec_fn=lambda: (os.setsid(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)),  # noqa: PLW1509
    )
    os.close(terminal)
    seen = b""
    while b" rows, " not in seen:
        seen += os.read(master, 65_536)
    os.write(master, b"\x03")
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while piece := os.read(master, 65_536):
            seen += piece
    os.close(master)
    assert child.wait(timeout=60) == 130
    assert seen.decode().endswith("resume-gap: interrupted; nothing was written\r\n")
    assert seen.rfind(b"\x1b[?25h") > seen.rfind(b"\x1b[?25l")  # the cursor is back
    assert list((tmp_path / "temporary").iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["big.parquet", "temporary"]
