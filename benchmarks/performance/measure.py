"""Runs floor, commands and peers, each a process of its own, and collects what they take."""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import polars as pl

import resume_gap
from benchmarks.performance import days
from benchmarks.performance.figures import Answer, Figures, Measured, Parts
from benchmarks.performance.logs import SHAPES, Shape, assignments, log_path
from benchmarks.performance.peers import PEERS, Peer
from benchmarks.performance.process import Cost, Outcome, measured
from resume_gap.constants import MID_TASK_WINDOW

PRODUCTIVE: Final = ("edit_cell", "update_field", "write_note", "save_draft")
COMPLETE: Final = ("submit", "close_document")
GAP: Final = "15m"
GAP_US: Final = 900_000_000
SMALL: Final = 50_000
ONE_RUN_FROM: Final = 50_000_000
_OPTIONS: Final = {"gap": GAP, "productive": ",".join(PRODUCTIVE), "complete": ",".join(COMPLETE)}
_SUMS: Final = (
    "select count(*), sum(case when is_interruption then 1 else 0 end), sum(lag_us) from (\n{}\n)"
    " as found"
)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """How to measure.

    Attributes:
        work: Folder for logs, reports and temporary files.
        runs: Runs of each measurement; one from `ONE_RUN_FROM` events on.
        pythons: Interpreters in which peers are looked for, in this order.
        timeout: Seconds that one run may take.
        all_up_to: Events of the largest log that gets more than `analyze`.
        only: Names of logs, commands and peers that are measured; empty: all.
        figures: What was measured so far.
        tell: Called with a line for every measurement.
    """

    work: Path
    runs: int = 3
    pythons: Sequence[str] = (sys.executable,)
    timeout: float | None = None
    all_up_to: int = 10_000_000
    only: frozenset[str] = frozenset()
    figures: Figures = field(default_factory=lambda: Figures(machine=""))
    tell: Callable[[str], None] = print

    def wants(self, name: str) -> bool:
        """Whether something is measured; log A is where a command or a peer needs it."""
        on_a = {"steps", "launch", "days", *(peer.name for peer in PEERS)}
        return not self.only or name in self.only or (name == "A" and bool(on_a & self.only))

    def everything(self, sizes: Sequence[tuple[str, int]]) -> Figures:
        """All that was asked for.

        Args:
            sizes: Names of logs and how many events they have; an empty name: every log.
        """
        for name, size in sizes:
            for shape in SHAPES.values():
                if name in ("", shape.name) and self.wants(shape.name):
                    self._log(shape, size)
        if self.wants("small"):
            self._small()
        if self.wants("help"):
            self._help()
        return self.figures

    def _log(self, shape: Shape, size: int) -> None:
        if shape.most is not None and size > shape.most:
            self.figures.skipped.append(
                f"Log {shape.name} was not drawn with {size:,} events; it is drawn in one piece."
            )
            return
        path = log_path(self.work, shape, size)
        runs = 1 if size >= ONE_RUN_FROM else self.runs
        found = self._analyze(shape, size, path, runs)
        if shape.name == "A":
            self._on_a(shape, size, path, runs, found)

    def _on_a(self, shape: Shape, size: int, path: Path, runs: int, found: Measured) -> None:
        """What is measured on one log only, unless that is too large."""
        peers = [peer for peer in PEERS if self.wants(peer.name)]
        if size > self.all_up_to:
            if peers:
                self.figures.skipped.append(
                    f"Log {shape.name} with {size:,} events got `analyze` alone;"
                    f" all the rest has up to {self.all_up_to:,}."
                )
            return
        if self.wants("steps"):
            self._steps(path, shape, size)
        if self.wants("launch"):
            self._launch(shape, size, path, runs, found.floor)
        if self.wants("days"):
            self._days(shape, path)
        for peer in peers:
            self._peer(peer, path, found, runs)

    def _analyze(self, shape: Shape, size: int, path: Path, runs: int) -> Measured:
        """Floor and analysis in turn."""
        out = self.work / "report"
        floors, outcomes = [], []
        for _ in range(runs):
            floors.append(self.floor(path))
            outcomes.append(self._run(_command("analyze", path, out)))
        found = _of(
            outcomes,
            Measured(
                log=shape.name,
                events=size,
                what="analyze",
                label="resume-gap analyze",
                floor=statistics.median(floors),
            ),
        )
        if found.cost is not None:
            found = replace(found, answer=answer_of(out))
        self._keep(found)
        return found

    def floor(self, path: Path) -> float:
        """CPU seconds of the floor on a log."""
        outcome = self._run([sys.executable, "-m", "benchmarks.performance.floor", str(path)])
        if outcome.failure:
            raise SystemExit(f"the floor failed: {outcome.failure}")
        return float(json.loads(outcome.output)["query"])

    def _launch(self, shape: Shape, size: int, path: Path, runs: int, floor: float | None) -> None:
        """The commands for a randomized launch."""
        arms = assignments(self.work, path)
        for name, more in (("evaluate", ["--assignments", str(arms)]), ("plan", [])):
            command = _command(name, path, self.work / f"{name}-report", *more)
            outcomes = [self._run(command) for _ in range(runs)]
            label = f"resume-gap {name}"
            self._keep(
                _of(
                    outcomes,
                    Measured(log=shape.name, events=size, what=name, label=label, floor=floor),
                )
            )

    def _days(self, shape: Shape, path: Path) -> None:
        """A file a day, with a state folder and without."""
        for form, (label, _) in days.FORMS.items():
            folder, rows = days.daily(self.work, path, form)
            for what, outcome in days.day_on_top(folder, self.work, self._run, _options()):
                about = Measured(log=shape.name, events=rows, what=f"days: {label}", label=what)
                self._keep(_of([outcome], about))

    def _steps(self, path: Path, shape: Shape, size: int) -> None:
        command = [sys.executable, "-m", "benchmarks.performance.steps", str(path)]
        outcome = self._run([*command, str(self.work / "steps-report"), json.dumps(_OPTIONS)])
        if outcome.failure:
            self.figures.skipped.append(f"The steps were not timed: {outcome.failure}")
            return
        found = json.loads(outcome.output)
        self.figures.parts.append(
            Parts(log=shape.name, events=size, steps=found["steps"], queries=found["queries"])
        )

    def _peer(self, peer: Peer, path: Path, expected: Measured, runs: int) -> None:
        python = next((one for one in self.pythons if _has(one, peer.modules)), None)
        if python is None:
            self.figures.skipped.append(
                f"{peer.label} was not run: {', '.join(peer.modules)} is not installed."
            )
            return
        question = question_for(peer, path, self.work)
        outcomes = [
            self._run([python, str(peer.script)], given=json.dumps(question)) for _ in range(runs)
        ]
        about = replace(expected, what=peer.name, label=peer.label, cost=None, answer=None)
        found = _of(outcomes, about)
        if found.cost is not None:
            answer = json.loads(outcomes[-1].output.strip().splitlines()[-1])
            self.figures.others.append(answer.pop("version"))
            found = replace(found, answer=Answer(**answer))
            if found.answer is not None and expected.answer is not None:
                found = replace(found, agrees=found.answer.agrees(expected.answer))
        self._keep(found)

    def _small(self) -> None:
        """A log of the size of a first try, with warm caches and with none."""
        path = log_path(self.work, SHAPES["A"], SMALL)
        command = _command("analyze", path, self.work / "small-report")
        about = Measured(
            log="A",
            events=SMALL,
            what="small",
            label="resume-gap analyze, with the report",
            floor=self.floor(path),
        )
        empty = self.work / "empty-cache"
        shutil.rmtree(empty, ignore_errors=True)
        cache = {"NUMBA_CACHE_DIR": str(empty)}
        cold = replace(about, what="cold", label="the first time, before anything is compiled")
        self._keep(_of([self._run(command, environment=cache)], cold))
        self._keep(_of([self._run(command) for _ in range(max(3, self.runs))], about))

    def _help(self) -> None:
        for what, arguments in (("--help", ["--help"]), ("analyze --help", ["analyze", "--help"])):
            command = [sys.executable, "-m", "resume_gap", *arguments]
            outcomes = [self._run(command) for _ in range(max(5, self.runs))]
            label = f"resume-gap {what}"
            self._keep(_of(outcomes, Measured(log="", events=0, what="help", label=label)))

    def _run(self, command: Sequence[str], **more: Any) -> Outcome:  # noqa: ANN401
        return measured(command, work=self.work, timeout=self.timeout, **more)

    def _keep(self, found: Measured) -> None:
        self.figures.measured.append(found)
        self.figures.save(self.work / "figures.json")
        cost = found.failure if found.cost is None else f"{found.cost.cpu:.2f} s CPU"
        ratio = "" if found.ratio is None else f", {found.ratio:.1f} x floor"
        odd = "" if found.agrees is not False else f", another answer: {found.answer}"
        self.tell(f"{found.log} {found.events:,} {found.label}: {cost}{ratio}{odd}")


NAMES: Final = (
    *(*SHAPES, "steps", "launch", "days", "small", "help"),
    *(peer.name for peer in PEERS),
)
"""All that --only takes."""


def answer_of(report: Path) -> Answer:
    """The answer in the table of a report."""
    rows = pl.scan_parquet(report / "interruptions.parquet")
    returns, interruptions, wait = (
        rows.select(
            pl.len(),
            pl.sum("is_interruption"),
            (pl.col("lag_seconds") * 1e6).round().cast(pl.Int64).sum().alias("wait"),
        )
        .collect()
        .row(0)
    )
    return Answer(returns=int(returns), interruptions=int(interruptions), wait_us=int(wait))


def question_for(peer: Peer, log: Path, work: Path) -> dict[str, Any]:
    """What a peer is asked."""
    question: dict[str, Any] = {
        "log": str(log),
        "threshold_us": GAP_US,
        "mid_task_window_us": MID_TASK_WINDOW.us,
        "productive": PRODUCTIVE,
        "complete": COMPLETE,
        "spill": str(work / "spill"),
    }
    if peer.dialect is not None:
        query = resume_gap.sql(
            dialect=peer.dialect, gap=GAP, productive=PRODUCTIVE, complete=COMPLETE
        )
        question["query"] = _SUMS.format(query)
    return question


def _command(name: str, path: Path, out: Path, *more: str) -> list[str]:
    command = [sys.executable, "-m", "resume_gap", name, str(path), "--isolated", "--quiet"]
    return [*command, "--force", *_options(), "--out", str(out), *more]


def _options() -> list[str]:
    return [f"--{key}={value}" for key, value in _OPTIONS.items()]


def _of(outcomes: Sequence[Outcome], about: Measured) -> Measured:
    """The medians of some runs, the largest memory and space."""
    failed = [one.failure for one in outcomes if one.failure]
    if failed:
        return replace(about, failure=failed[0])
    costs = [one.cost for one in outcomes]
    return replace(
        about,
        cost=Cost(
            cpu=statistics.median(one.cpu for one in costs),
            wall=statistics.median(one.wall for one in costs),
            peak_mib=max(one.peak_mib for one in costs),
            disk_mib=max(one.disk_mib for one in costs),
        ),
    )


def _has(python: str, modules: Sequence[str]) -> bool:
    """Whether an interpreter can import some modules."""
    code = (
        "import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, sys.argv[1:])))"
    )
    return subprocess.run([python, "-c", code, *modules], check=False).returncode == 0
