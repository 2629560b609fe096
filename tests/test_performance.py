"""The benchmark measures what it claims, all in it agree, and the page follows from figures."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from benchmarks.performance import days, logs, measure, page
from benchmarks.performance.__main__ import _sizes
from benchmarks.performance.figures import Answer, Figures, Measured, Parts
from benchmarks.performance.measure import Bench
from benchmarks.performance.peers import PEERS, Peer
from benchmarks.performance.process import ROOT, Cost, Outcome, measured
from benchmarks.performance.steps import StepTimer

if TYPE_CHECKING:
    from pathlib import Path

COST = Cost(cpu=30.0, wall=18.0, peak_mib=1500.0, disk_mib=640.0)


def drawn(folder: Path, name: str, events: int = 3_000) -> pl.DataFrame:
    return pl.read_parquet(logs.log_path(folder, logs.SHAPES[name], events))


def test_a_log_has_unique_ids_and_columns_that_nothing_maps(tmp_path: Path) -> None:
    found = drawn(tmp_path, "A")
    assert found.columns == [
        "user_id",
        "timestamp",
        "event",
        "target",
        "event_id",
        "release",
        "payload_bytes",
    ]
    assert found.height == found["event_id"].n_unique() == 3_000
    uuid4 = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    assert found["event_id"].str.contains(uuid4).all()
    bare = drawn(tmp_path, "A-bare")
    assert bare.equals(found.select(bare.columns))
    assert not list(tmp_path.glob("*-blocks"))


def test_what_is_odd_about_the_other_logs(tmp_path: Path) -> None:
    again = drawn(tmp_path, "repeated-ids")
    assert again.height == 3_000
    assert again["event_id"].n_unique() == again.unique().height == 2_970
    twice = drawn(tmp_path, "twice")
    assert twice.height == 2 * twice.unique().height == 2 * twice["event_id"].n_unique() == 3_000
    ties = drawn(tmp_path, "ties")
    assert (ties["timestamp"].dt.microsecond() == 0).all()
    assert ties.select("user_id", "timestamp").is_duplicated().sum() > 900
    own = drawn(tmp_path, "own-elements")
    assert own["target"].n_unique() == 3_000
    one = drawn(tmp_path, "one-user")
    assert (one["user_id"] == logs.OWNER).sum() >= 1_500


def test_blocks_are_merged_in_order_of_arrival(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "BLOCK", 1_000)
    found = drawn(tmp_path, "A", 2_500)
    assert found.height == found["event_id"].n_unique() == 2_500
    blocks = [
        logs._block(logs.SHAPES["A"], rows, number) for number, rows in enumerate((1000, 1000, 500))
    ]
    whole = pl.concat(blocks).sort("arrival", maintain_order=True)
    assert found.equals(whole.drop("arrival"))


def test_users_who_come_after_a_day_are_assigned(tmp_path: Path) -> None:
    log = logs.log_path(tmp_path, logs.SHAPES["A"], 3_000)
    found = pl.read_csv(logs.assignments(tmp_path, log), try_parse_dates=True)
    late = pl.read_parquet(log).filter(
        pl.col("timestamp").dt.epoch("d") >= 1_767_225_600 // 86_400 + logs.ASSIGNED_DAY
    )
    assert found["user_id"].to_list() == sorted(late["user_id"].unique())
    assert set(found["variant"]) == {"control", "treatment"}
    first = late.group_by("user_id").agg(pl.min("timestamp").alias("first"))
    both = found.join(first, on="user_id")
    assert both.height == found.height
    assert (both["assigned_at"] == both["first"]).all()


WORKS = """
import os, pathlib, subprocess, sys, time
child = "import time\\nwhile time.process_time() < 0.4: pass\\nb = bytearray(80 << 20)"
child += "\\ntime.sleep(1.5)"
subprocess.run([sys.executable, "-c", child], check=True)
pathlib.Path(os.environ["TMPDIR"], "spilled").write_bytes(os.urandom(3 << 20))
time.sleep(1.5)
os.remove(pathlib.Path(os.environ["TMPDIR"], "spilled"))
print(sys.stdin.read())
"""


def test_a_run_costs_what_its_children_and_files_cost(tmp_path: Path) -> None:
    held = bytearray(400 << 20)  # of this process, which is not that of the run
    found = measured([sys.executable, "-c", WORKS], work=tmp_path, given="asked")
    assert found.failure == ""
    assert held
    assert found.output == "asked\n"
    assert 0.4 < found.cost.cpu < found.cost.wall
    assert found.cost.wall > 0.6
    assert 80 < found.cost.peak_mib < 300
    assert 2.9 < found.cost.disk_mib < 4
    assert list(tmp_path.iterdir()) == []


def test_what_fails_says_why(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('no memory left')"]
    assert measured(failing, work=tmp_path).failure == "no memory left"
    hanging = [sys.executable, "-c", "import time; time.sleep(60)"]
    found = measured(hanging, work=tmp_path, timeout=0.5)
    assert found.failure == "out of time"
    assert found.cost.wall < 30


STOPPED = """
import signal
import sys
from pathlib import Path
from benchmarks.performance.process import measured
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background ignores it
work = Path(sys.argv[1])
code = f"import os, time; os.chdir({str(work)!r}); print(os.getpid(), file=open('started', 'w'))"
measured([sys.executable, "-c", code + "; time.sleep(60)"], work=work)
"""


def test_ctrl_c_ends_the_run_that_is_measured(tmp_path: Path) -> None:
    bench = subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(tmp_path)], stderr=subprocess.DEVNULL, cwd=ROOT
    )
    started = tmp_path / "started"
    while not (started.exists() and started.read_text().strip()):
        assert bench.poll() is None
        time.sleep(0.02)
    bench.send_signal(signal.SIGINT)
    assert bench.wait(timeout=30) != 0
    assert list(tmp_path.iterdir()) == [started]
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)


def available(peer: Peer) -> object:
    there = all(map(find_spec, peer.modules))
    why = f"{', '.join(peer.modules)} is not there"
    return pytest.param(peer, id=peer.name, marks=pytest.mark.skipif(not there, reason=why))


@pytest.fixture(scope="module")
def log_a(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """A small log A, and what `analyze` finds in it."""
    work = tmp_path_factory.mktemp("work")
    path = logs.log_path(work, logs.SHAPES["A"], 8_000)
    done = measured(measure._command("analyze", path, work / "report"), work=work)
    assert done.failure == ""
    return path, measure.answer_of(work / "report")


@pytest.mark.full
@pytest.mark.parametrize("peer", [available(peer) for peer in PEERS])
def test_peers_have_the_answer_of_analyze(peer: Peer, log_a: tuple[Path, Answer]) -> None:
    path, expected = log_a
    question = measure.question_for(peer, path, path.parent)
    done = subprocess.run(
        [sys.executable, str(peer.script)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found.pop("version")
    assert expected.returns > 100
    assert expected.interruptions
    assert Answer(**found).agrees(expected)
    if peer.name != "in_retentioneering":
        assert Answer(**found) == expected


def test_answers_are_compared_where_both_know() -> None:
    one = Answer(returns=3, interruptions=2, wait_us=10)
    assert one.agrees(one)
    assert one.agrees(Answer(returns=3, interruptions=None, wait_us=None))
    assert not one.agrees(Answer(returns=4, interruptions=None, wait_us=None))
    assert not one.agrees(Answer(returns=3, interruptions=2, wait_us=11))


def test_steps_add_up() -> None:
    clock = iter([1.0, 3.0, 3.5, 7.0])
    timer = StepTimer("starting", clock=lambda: next(clock))
    for step in ("reading", "replaying", "reading", "end"):
        timer.begin(step)
    assert timer.spent == Counter({"starting": 1.0, "reading": 5.5, "replaying": 0.5})


@pytest.mark.full
def test_the_steps_of_a_run_are_timed(log_a: tuple[Path, Answer]) -> None:
    path, _ = log_a
    bench = Bench(work=path.parent, tell=lambda _: None)
    bench._steps(path, logs.SHAPES["A"], 8_000)
    (parts,) = bench.figures.parts
    assert bench.figures.skipped == []
    assert sum(parts.steps.values()) > 0.5
    assert len(parts.steps) > 3
    assert parts.queries


@pytest.mark.full
def test_a_small_run_measures_all_of_it(tmp_path: Path) -> None:
    lines: list[str] = []
    bench = Bench(
        work=tmp_path,
        runs=1,
        only=frozenset({"in_duckdb", "launch", "help"}),
        tell=lines.append,
    )
    figures = bench.everything([("A", 20_000)])
    assert [one.what for one in figures.measured] == [
        "analyze",
        "evaluate",
        "plan",
        "in_duckdb",
        "help",
        "help",
    ]
    assert all(one.cost is not None for one in figures.measured)
    assert figures.measured[3].agrees
    assert len(lines) == 6
    assert Figures.load(tmp_path / "figures.json") == figures


@pytest.mark.full
def test_a_day_on_top_of_others_is_compared_with_all_of_them(tmp_path: Path) -> None:
    path = logs.log_path(tmp_path, logs.SHAPES["A"], 20_000)
    bench = Bench(work=tmp_path, tell=lambda _: None)
    bench._days(logs.SHAPES["A"], path)
    assert [one.what for one in bench.figures.measured] == [
        f"days: {label}" for label, _ in days.FORMS.values() for _ in range(4)
    ]
    assert all(one.cost is not None for one in bench.figures.measured)
    assert 1_000 < bench.figures.measured[0].events < 20_000
    assert len(list((tmp_path / f"{path.stem}-days-csv").iterdir())) == days.DAYS


def test_another_report_with_a_state_ends_the_benchmark(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "a.csv").touch()
    runs: list[list[str]] = []

    def run(command: list[str]) -> Outcome:
        out = tmp_path / "days-report"
        out.mkdir(exist_ok=True)
        (out / "summary.json").write_text(str(len(runs) // 3))
        runs.append(command)
        return Outcome(COST, "", "")

    with pytest.raises(SystemExit, match="another report with a state: nothing new of log"):
        list(days.day_on_top(tmp_path / "log", tmp_path, run, ["--gap=15m"]))
    assert ["--state" in command for command in runs] == [False, True, True, True]


def test_only_what_is_asked_for_is_measured(tmp_path: Path) -> None:
    every = Bench(work=tmp_path)
    assert all(map(every.wants, measure.NAMES))
    some = Bench(work=tmp_path, only=frozenset({"B", "in_polars"}))
    assert [name for name in measure.NAMES if some.wants(name)] == ["A", "B", "in_polars"]
    small = Bench(work=tmp_path, only=frozenset({"small"}))
    assert [name for name in measure.NAMES if small.wants(name)] == ["small"]


def test_sizes_are_of_one_log_or_of_all() -> None:
    assert _sizes("10,A:20,one-user:5") == [("", 10), ("A", 20), ("one-user", 5)]
    with pytest.raises(argparse.ArgumentTypeError, match="C is none of A, "):
        _sizes("C:10")


def test_large_logs_get_the_analysis_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    analyzed: list[tuple[str, int]] = []

    def found(_: Bench, shape: logs.Shape, size: int, *_more: object) -> Measured:
        analyzed.append((shape.name, size))
        return Measured(log=shape.name, events=size, what="analyze", label="")

    monkeypatch.setattr(Bench, "_analyze", found)
    monkeypatch.setattr(measure, "log_path", lambda *_: tmp_path)
    bench = Bench(work=tmp_path, all_up_to=5, only=frozenset({"in_polars", "B"}))
    bench.everything([("A", 10), ("", 30_000_000), ("ties", 10)])
    assert analyzed == [("A", 10), ("A", 30_000_000)]
    assert [line.partition(" events")[0] for line in bench.figures.skipped] == [
        "Log A with 10",
        "Log A with 30,000,000",
        "Log B was not drawn with 30,000,000",
    ]


def test_a_peer_that_is_not_there_is_skipped_by_name(tmp_path: Path) -> None:
    bench = Bench(work=tmp_path, tell=lambda _: None)
    about = Measured(log="A", events=10, what="analyze", label="")
    bench._peer(Peer("in_nothing", "Nothing", ("no_such_module",), None, ""), tmp_path, about, 1)
    assert bench.figures.skipped == ["Nothing was not run: no_such_module is not installed."]


def figures() -> Figures:
    """Made up."""

    def one(log: str, events: int, what: str, **more: object) -> Measured:
        given = {"label": what, "floor": 0.5, "cost": COST, **more}
        return Measured(log=log, events=events, what=what, **given)  # type: ignore[arg-type]

    small = Cost(cpu=3.0, wall=2.0, peak_mib=700.0, disk_mib=64.0)
    return Figures(
        machine="2 cores;",
        versions=["duckdb 9.9"],
        others=["Polars 8.8"],
        runs=3,
        measured=[
            one("A", 1_000_000, "analyze", cost=small, floor=0.05),
            one("A", 10_000_000, "analyze"),
            one("A", 10_000_000, "plan", cost=COST._replace(cpu=36.0)),
            one("A", 10_000_000, "in_duckdb", label="Textbook", agrees=True),
            one("A", 10_000_000, "in_polars", label="Polars", agrees=False),
            one("B", 10_000_000, "analyze", cost=None, failure="no | memory\nout of memory"),
            *(
                one("A", 800, "days: CSV", label=label, cost=COST._replace(cpu=cpu))
                for label, cpu in (("all", 20.0), ("first", 18.0), ("a day", 5.0), ("none", 4.0))
            ),
            one("", 0, "help", floor=None, cost=small._replace(cpu=0.04)),
        ],
        parts=[Parts(log="A", events=9, steps={"reading": 1.0, "x": 3.0}, queries={"12_q": 0.5})],
        skipped=["Spark was not run: pyspark is not installed."],
    )


def test_the_page_follows_from_figures(tmp_path: Path) -> None:
    figures().save(tmp_path / "figures.json")
    text = page.page(Figures.load(tmp_path / "figures.json"), "## By hand\n")
    assert "2 cores; duckdb 9.9." in text
    assert "| A | 10,000,000 | 0.50 | 30.00 | 3.00 | 60.0 | 0.60 | 1,500 | 640 |" in text
    assert "- A: CPU grows with the events to the power of 1.00 (1,000,000 to 10,000,000" in text
    assert "| B | 10,000,000 | 0.50 | failed: out of memory |  |  |  |  |  |" in text
    assert "| plan | 10,000,000 | 36.00 | 3.60 | 72.0 | 1.20 | 1,500 |" in text
    assert "| help |  | 0.04 |  |  |  | 700 |" in text
    assert "days of log A (800 events)" in text
    assert "| CSV | 20.00 | 18.00 | 5.00 | 4.00 | 0.25 | 0.20 |" in text
    assert "| x | 3.00 | 75% |" in text
    assert "| `queries/12_q.sql` | 0.50 |" in text
    assert "Versions: Polars 8.8." in text
    assert "- Spark was not run: pyspark is not installed." in text
    assert text.endswith("## By hand\n")


def test_another_answer_has_no_time() -> None:
    lines = page.page(figures()).splitlines()
    (polars,) = [line for line in lines if line.startswith("| Polars")]
    assert "another answer" in polars
    assert "30.00" not in polars
    (textbook,) = [line for line in lines if line.startswith("| Textbook")]
    assert "30.00" in textbook


def test_random_ids_do_not_repeat() -> None:
    found = logs._uuids(np.random.default_rng(1), 2_000)
    assert found.n_unique() == 2_000
    assert found.str.len_bytes().unique().to_list() == [36]
