"""The command: exit codes, streams, options over configuration, and what stays unloaded."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import resume_gap
from resume_gap import cli, settings
from resume_gap.commands.registry import COMMANDS
from resume_gap.errors import DataError, UsageError
from resume_gap.results.common import plain
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.settings import Settings

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
ESC = b"\x1b"


def command(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "resume_gap", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=False,
    )


def call(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """The same in this process, which is ten times quicker; a traceback fails the test itself."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("out", "err")}
    words = ["resume-gap", *map(str, arguments)]
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(streams["out"]),
        contextlib.redirect_stderr(streams["err"]),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            cli.run()
    for stream in streams.values():
        stream.flush()
    out, err = (stream.buffer.getvalue() for stream in streams.values())
    return subprocess.CompletedProcess(words, int(ended.value.code or 0), out, err)


@pytest.fixture(scope="module")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated log of some thousand rows."""
    world = replace(PRESETS["workday"], users=6, weeks=1)
    path = tmp_path_factory.mktemp("log") / "office.parquet"
    simulate(world, seed=1).log.write_parquet(path)
    return path


@pytest.fixture
def here(tmp_path: Path, log_file: Path) -> Path:
    """A folder to stand in, with the log in it."""
    (tmp_path / "office.parquet").symlink_to(log_file)
    return tmp_path


def refusal(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    """The one line of an expected failure."""
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (code, b""), said
    assert said.endswith("\n")
    assert said.count("\n") == 1, said
    assert said.startswith("resume-gap: ")
    assert "Traceback" not in said
    return said


# Streams and exit codes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "run", [call, pytest.param(command, marks=pytest.mark.full)], ids=["here", "process"]
)
def test_standard_output_is_the_path_of_the_report(here: Path, run: Any) -> None:
    """A process of its own draws all pictures; signals and `--version` have one quickly, too."""
    done = run("analyze", "office.parquet", cwd=here)
    assert done.returncode == 0
    assert done.stdout == b"reports/office/report.html\n"
    assert (here / "reports/office/report.html").is_file()
    assert b"interruptions" in done.stderr
    assert b"office.parquet" in done.stderr
    assert ESC not in done.stderr
    assert b"\r" not in done.stderr  # no bar
    assert len(done.stderr.splitlines()) <= 30
    assert max(len(line) for line in done.stderr.decode().splitlines()) <= 80


def test_json_prints_the_summary(here: Path) -> None:
    done = call("analyze", "office.parquet", "--json", "--out", "there", "-q", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (here / "there/summary.json").read_bytes()
    assert json.loads(done.stdout)["command"] == "analyze"


def test_quiet_says_nothing(here: Path) -> None:
    done = call("analyze", "office.parquet", "-q", "-o", "there", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"there/report.html\n"


def test_quiet_still_tells_errors(here: Path) -> None:
    assert "nothing.csv" in refusal(call("analyze", "nothing.csv", "-q", cwd=here), 1)


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> bytes:
    """What a person sees when standard error is a terminal."""
    master, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "resume_gap", "analyze", "office.parquet", *arguments],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        | {"TERM": "xterm-256color", "COLUMNS": "80"}
        | environment,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(master)
    assert child.wait(timeout=60) == 0
    return seen


@pytest.mark.full
def test_a_terminal_gets_colours_and_progress(here: Path) -> None:
    seen = on_a_terminal(here)
    assert b"reading the events" in seen or b"measuring returns" in seen or b"starting" in seen
    assert re.search(rb"\x1b\[[0-9;]*m", seen)


@pytest.mark.full
def test_no_color_is_honoured(here: Path) -> None:
    seen = on_a_terminal(here, "--no-progress", NO_COLOR="1")
    assert b"interruptions" in seen
    # Bold and dim are no colours; 30-49 and 90-107 are.
    colours = re.findall(rb"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10[0-7])(?:;\d+)*m", seen)
    assert colours == []


@pytest.mark.full
def test_no_progress_draws_no_bar(here: Path) -> None:
    seen = on_a_terminal(here, "--no-progress")
    assert b"reading the events" not in seen
    assert b"\x1b[?25l" not in seen


def test_version_and_help(tmp_path: Path) -> None:
    done = command("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode().strip()) == (0, resume_gap.__version__)
    for arguments in (("-V",), ("analyze", "-V"), ("share", "--version"), ("check-text", "-V")):
        assert call(*arguments, cwd=tmp_path).stdout.decode().strip() == resume_gap.__version__
    for arguments in (("-h",), ("--help",), *((name, "-h") for name in COMMANDS)):
        done = call(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"Usage" in done.stdout


def test_the_installed_command_is_the_module(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("resume-gap")
    done = subprocess.run([command, "--version"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().strip() == resume_gap.__version__


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


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_printed_by_either_flag(tmp_path: Path, flag: str) -> None:
    assert call(flag, cwd=tmp_path).stdout == call(cwd=tmp_path).stdout
    assert b"--min-lift" in call("analyze", flag, cwd=tmp_path).stdout


def test_version_is_printed_by_either_flag(tmp_path: Path) -> None:
    for flag in ("-V", "--version"):
        assert call(flag, cwd=tmp_path).stdout.decode() == f"{resume_gap.__version__}\n"


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


# Configuration ---------------------------------------------------------------------------------


def taken(folder: Path, *options: str) -> dict[str, Any]:
    """The settings that a run would take; it ends where its work would begin."""
    seen: list[Settings] = []

    def run(_: object, given: Settings, **__: object) -> None:
        seen.append(given)
        raise DataError("this is enough")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resume_gap.commands.analyze.run", run)
        refusal(call("analyze", "office.parquet", *options, cwd=folder), 1)
    whole: dict[str, Any] = plain(seen[0].shown("analyze"))
    return whole


def recorded(folder: Path, *options: str) -> dict[str, object]:
    """The settings that the report of a run shows."""
    done = call("analyze", "office.parquet", "--json", "-q", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    settings_of_run: dict[str, object] = json.loads(done.stdout)["generated_from"]["settings"]
    return settings_of_run


def test_options_over_the_file_over_defaults(here: Path) -> None:
    (here / "resume-gap.toml").write_text(
        'gap = "20m"\nproductive = ["edit_cell", "submit"]\nseed = 5\nthreads = 1\n'
        'tz = "Europe/Berlin"\nstrict = false\n[map]\ntarget = "context"\n'
    )
    of_file = taken(here)
    assert recorded(here) == json.loads(json.dumps(of_file))
    assert of_file["gap_us"] == 1_200_000_000
    assert of_file["productive"] == ["edit_cell", "submit"]
    assert (of_file["seed"], of_file["threads"], of_file["tz"]) == (5, 1, "Europe/Berlin")
    assert of_file["mapping"] == {"target": "context"}
    assert of_file["complete"] == []
    over = taken(
        here,
        "--gap",
        "45m",
        "--productive",
        "submit",
        "--seed",
        "0",
        "--tz",
        "UTC",
        "--map",
        "target=target,task=task",
    )
    assert over["gap_us"] == 2_700_000_000
    assert over["productive"] == ["submit"]
    assert (over["seed"], over["tz"], over["threads"]) == (0, "UTC", 1)
    assert over["mapping"] == {"target": "target", "task": "task"}
    alone = taken(here, "--isolated")
    assert (alone["gap_us"], alone["seed"], alone["mapping"]) == (None, 0, {})


def test_the_nearest_file_above_counts(here: Path) -> None:
    (here / "resume-gap.toml").write_text('gap = "20m"')
    below = here / "a" / "b"
    below.mkdir(parents=True)
    (below / "office.parquet").symlink_to(here / "office.parquet")
    assert taken(below)["gap_us"] == 1_200_000_000
    (here / "a" / "pyproject.toml").write_text('[tool.resume-gap]\ngap = "25m"\n')
    assert taken(below)["gap_us"] == 1_500_000_000
    (below / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert taken(below)["gap_us"] == 1_500_000_000
    (below / "mine.toml").write_text('gap = "40m"')
    assert taken(below, "--config", "mine.toml")["gap_us"] == 2_400_000_000


CONFIGURATIONS: dict[str, tuple[str | bytes, str]] = {
    "unknown key": ('produktive = ["edit"]', "did you mean productive"),
    "no toml": ("gap = ", "not valid TOML"),
    "no utf-8": (b'gap = "\xff"', "resume-gap.toml"),
    "wrong gap": ('gap = "soon"', "toml: gap: auto, or a duration"),
    "number for text": ("gap = 30", "not 30"),
    "text for number": ('seed = "five"', "seed"),
    "text for a flag": ('strict = "no"', "strict"),
    "true for a number": ("threads = true", "threads"),
    "no threads": ("threads = 0", "threads"),
    "number for names": ("productive = 5", "productive"),
    "table for names": ("[productive]\nedit = 1", "productive"),
    "numbers in names": ("productive = [1, 2]", "productive"),
    "list for a map": ('map = ["user_id"]', "map"),
    "number in a map": ("[map]\nuser_id = 5", "map"),
    "unknown in a map": ('[map]\nusr_id = "u"', "did you mean user_id"),
    "table for text": ('[gap]\nx = "30m"', "gap"),
    "list for text": ('tz = ["UTC"]', "tz"),
}


@pytest.mark.parametrize(("text", "words"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_wrong_configurations_are_one_line(here: Path, text: str | bytes, words: str) -> None:
    (here / "resume-gap.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    assert words in refusal(call("analyze", "office.parquet", cwd=here), 2)
    assert not (here / "reports").exists()


@pytest.mark.parametrize("text", ["[tool]\nresume-gap = 5\n", "tool = 5\n"])
def test_odd_tables_in_pyproject_are_one_line_or_left_alone(here: Path, text: str) -> None:
    (here / "pyproject.toml").write_text(text)
    done = call("analyze", "office.parquet", "-q", cwd=here)
    if done.returncode:
        assert "pyproject.toml" in refusal(done, 2)


def test_a_missing_configuration_is_one_line(here: Path) -> None:
    said = refusal(call("analyze", "office.parquet", "--config", "none.toml", cwd=here), 2)
    assert "none.toml" in said
    (here / "x.toml").write_text("")
    done = call("analyze", "office.parquet", "--config", "x.toml", "--isolated", cwd=here)
    assert "--isolated" in refusal(done, 2)


def test_dates_in_toml_are_dates(here: Path) -> None:
    (here / "resume-gap.toml").write_text("since = 2025-03-04\nuntil = 2025-03-06T12:00:00Z\n")
    found = taken(here)
    assert found["since_us"] == 1_741_046_400_000_000
    assert found["until_us"] == 1_741_262_400_000_000


# simulate --------------------------------------------------------------------------------------


def small(*more: str) -> list[str]:
    return ["simulate", "workday", "--set", "users=3", "--set", "weeks=1", *more]


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    for out in ("a", "b"):
        done = call(*small("--format", form, "--seed", "7", "-o", out), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        paths = done.stdout.decode().split()
        assert paths[0] == f"{out}/workday.{form}"
        assert all((tmp_path / path).is_file() for path in paths)
    for path in (p for p in (tmp_path / "a").rglob("*") if p.is_file()):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
    other = call(*small("--format", form, "--seed", "8", "-o", "c"), cwd=tmp_path)
    assert other.returncode == 0
    name = f"workday.{form}"
    assert (tmp_path / "a" / name).read_bytes() != (tmp_path / "c" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["simulate", "workdy"], "workday"),
        (["simulate", "--set", "usrs=3"], "did you mean users"),
        (["simulate", "--set", "users"], "users=40"),
        (["simulate", "--set", "users=many"], "--set"),
        (["simulate", "--set", "users=-1"], "users"),
        (["simulate", "--set", "users=NaN"], "users"),
        (["simulate", "--set", "users=[1]"], "--set"),
        (["simulate", "--set", "first_day=monday"], "first_day"),
        (["simulate", "--set", "attendance_share=0"], "attendance"),
        (["simulate", "--format", "xml"], "xml"),
        (["simulate", "--seed", "-1"], "seed"),
        (["simulate", "--name", "../x"], "--name"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_simulate_refuses_in_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    assert words in refusal(call(*arguments, cwd=tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


def test_simulate_into_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    refusal(call(*small("-o", "out"), cwd=tmp_path), 1)


# What the documents say, what stays unloaded ---------------------------------------------------


@pytest.mark.parametrize(
    ("command", "own"),
    [("analyze", "--noticed"), ("evaluate", "--assignments"), ("plan", "--effect")],
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


@pytest.mark.full
def test_analyze_does_without_the_packages_of_trials(tmp_path: Path) -> None:
    """Loading tea-tasting takes two seconds."""
    code = (
        "import sys, resume_gap; resume_gap.analyze(sys.argv[1], out='report');"
        " print(*sorted({m.partition('.')[0] for m in sys.modules} & {'tea_tasting', 'scipy'}))"
    )
    log = ROOT / "sample_events" / "workday.parquet"
    done = subprocess.run(
        [sys.executable, "-c", code, str(log)], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.strip() == b""


def test_public_names_are_few_and_there() -> None:
    for name in resume_gap.__all__:
        assert getattr(resume_gap, name) is not None
    with pytest.raises(AttributeError):
        _ = resume_gap.nonsense
