"""Draws experiments in batches over all cores; what was drawn is kept so that a run can go on.

A batch is drawn by one seed, which derives from the run's seed, the experiment's key and the
number of the batch and from nothing else. Processes, their number and the order in which they
finish change no figure.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.calibration.gates import Experiment, Record
from benchmarks.calibration.sources import fingerprint, source

_ONE_THREAD: Final = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "POLARS_MAX_THREADS",
        "RAYON_NUM_THREADS",
    ),
    "1",
)

Report = Callable[[str, int], None]
"""Called with the experiment and the number of replications, batch by batch."""


@dataclass(slots=True)
class Runner:
    """Draws what is asked for and remembers it.

    Attributes:
        seed: Of the run.
        jobs: Processes.
        work: Folder for the batches; each experiment's lie in one that is named after its key and
            the very code that draws it, so batches of other code are no batches of this run.
        report: Called for each batch as it is done.
        cpu_seconds: CPU time of the batches drawn in this run, by family; never in the page.
    """

    seed: int
    jobs: int
    work: Path
    report: Report
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    def records(
        self, experiments: Sequence[Experiment], replications: int
    ) -> dict[str, list[Record]]:
        """The first so many replications of each experiment.

        Those kept in the work folder are not drawn again; batches are drawn whole.
        """
        todo = [
            (experiment, number)
            for experiment in experiments
            for number in range(_batches(experiment, replications))
            if not self._path(experiment, number).is_file()
        ]
        for experiment, seconds in self._drawn(todo):
            family = experiment.key.partition(".")[0]
            self.cpu_seconds[family] = self.cpu_seconds.get(family, 0.0) + seconds
            self.report(experiment.key, experiment.batch)
        return {e.key: self._read(e, replications) for e in experiments}

    def missing(self, experiments: Sequence[Experiment], replications: int) -> int:
        """Replications that are still to be drawn."""
        return sum(
            experiment.batch
            for experiment in experiments
            for number in range(_batches(experiment, replications))
            if not self._path(experiment, number).is_file()
        )

    def _drawn(self, todo: Sequence[tuple[Experiment, int]]) -> Iterator[tuple[Experiment, float]]:
        if not todo:
            return
        with _one_thread_each():
            pool = ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"))
            with pool:
                waiting = {
                    pool.submit(
                        _draw,
                        experiment,
                        batch_seed(self.seed, experiment.key, number),
                        self._path(experiment, number),
                    ): experiment
                    for experiment, number in todo
                }
                try:
                    for done in as_completed(waiting):
                        yield waiting[done], done.result()
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise

    def _read(self, experiment: Experiment, replications: int) -> list[Record]:
        records: list[Record] = []
        for number in range(_batches(experiment, replications)):
            path = self._path(experiment, number)
            records += json.loads(path.read_text(encoding="utf-8"))
        return records[:replications]

    def forget(self, experiments: Sequence[Experiment]) -> None:
        """Remove what earlier runs drew for these experiments, by this code or by any other."""
        keys = {experiment.key for experiment in experiments}
        for folder in self.work.glob("*"):
            if folder.name.rpartition("-")[0] in keys:
                shutil.rmtree(folder)

    def _path(self, experiment: Experiment, number: int) -> Path:
        drawn_by = fingerprint(
            experiment.draw,
            parameters=experiment.parameters,
            more=f"{experiment.batch} {self.seed} {source(batch_seed)}",
        )
        return self.work / f"{experiment.key}-{drawn_by}" / f"{number:05}.json"


def batch_seed(seed: int, key: str, number: int) -> int:
    """A seed in [0, 2^62), unrelated between experiments and batches."""
    digest = hashlib.blake2b(f"{seed}:{key}:{number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2


def _batches(experiment: Experiment, replications: int) -> int:
    return -(-replications // experiment.batch)


def _draw(experiment: Experiment, seed: int, path: Path) -> float:
    """Draw one batch in a process of the pool and keep it; return its CPU seconds."""
    began = time.process_time()
    records = experiment.draw(seed, experiment.batch, **experiment.parameters)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: a run that is stopped leaves no half batch.
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(records, allow_nan=False), encoding="utf-8")
    beside.replace(path)
    return time.process_time() - began


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started inside use one thread each; libraries read this when they are loaded."""
    before: Mapping[str, str | None] = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
