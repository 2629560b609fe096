"""`python -m benchmarks.calibration`: run the gates, write the page and its figures."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from benchmarks.calibration import ci, page
from benchmarks.calibration.gates import (
    CI_FEWEST_REPLICATIONS,
    CI_REPLICATIONS,
    EXTENDED_REPLICATIONS,
    FULL_REPLICATIONS,
    Experiment,
    Family,
    Records,
)
from benchmarks.calibration.page import Findings
from benchmarks.calibration.registry import FAMILIES, chosen, names
from benchmarks.calibration.runner import Runner

_ROOT: Final = Path(__file__).resolve().parents[2]
_SEED: Final = 20_260_101
"""Chosen before the first run and never changed for a result."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 when every gate holds, 1 when one fails, 2 when the command cannot be meant."""
    given = _parser().parse_args(arguments)
    replications = given.replications
    if replications is None:
        replications = CI_REPLICATIONS if given.ci else FULL_REPLICATIONS
    fewer = given.ci and given.replications is None
    try:
        families = chosen(given.only)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if given.words:
        page.write(page.read_again(_content(given.out / "calibration.json"), families), given.out)
        return 0
    began = time.monotonic()
    with _progress() as progress:
        bar = progress.add_task("drawing", total=None)
        runner = Runner(
            seed=given.seed,
            jobs=given.jobs,
            work=given.work,
            report=lambda key, n: progress.update(bar, advance=n, description=key),
        )
        experiments = [e for family in families for e in family.experiments]
        if not given.resume:
            runner.forget(experiments)
        wanted = ci.replications(experiments) if fewer else {}
        by_number: dict[int, list[Experiment]] = {}
        for experiment in experiments:
            number = wanted.get(experiment.key, replications)
            drawn_at_once = min(experiment.batch, number) if fewer else experiment.batch
            by_number.setdefault(number, []).append(replace(experiment, batch=drawn_at_once))
        progress.update(bar, total=sum(runner.missing(e, n) for n, e in by_number.items()))
        records = {
            key: drawn
            for number, some in by_number.items()
            for key, drawn in runner.records(some, number).items()
        }
        found = _extended(runner, families, records, replications)
    given.out.mkdir(parents=True, exist_ok=True)
    written = given.out / "calibration.json"
    if given.only and not given.ci and written.is_file():
        found = page.joined(found, _content(written), FAMILIES)
    page.write(found, given.out)
    cpu = ", ".join(f"{name} {spent:.0f}" for name, spent in runner.cpu_seconds.items())
    print(f"{time.monotonic() - began:.0f} s; CPU seconds: {cpu or 'none'}", file=sys.stderr)
    for gate, figure in found.failed():
        print(f"FAILS {gate.name}: {figure.label}: {figure.value}", file=sys.stderr)
    return 1 if found.failed() else 0


def _content(path: Path) -> dict[str, Any]:
    """The figures of an earlier run."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _extended(
    runner: Runner, families: Sequence[Family], records: Records, replications: int
) -> Findings:
    """Judge; draw to 10,000 what a full run finds outside its band by under three errors."""
    full = replications >= FULL_REPLICATIONS
    found = page.judged(families, records, seed=runner.seed, replications=replications, full=full)
    more = found.to_extend()
    if not more:
        return found
    experiments = [e for family in families for e in family.experiments if e.key in more]
    longer = {**records, **runner.records(experiments, EXTENDED_REPLICATIONS)}
    return page.judged(families, longer, seed=runner.seed, replications=replications, full=full)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:32}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibration",
        description="Run the method's gates on planted worlds; write calibration.md and .json.",
    )
    add = parser.add_argument
    add("--replications", type=_positive, help=f"worlds per situation ({FULL_REPLICATIONS:,})")
    add(
        "--ci",
        action="store_true",
        help=f"what CI runs: {CI_FEWEST_REPLICATIONS} to {CI_REPLICATIONS} replications",
    )
    add("--only", metavar="PART", help=f"one part, the page keeps the others: {names()}")
    add("--jobs", type=_positive, default=os.cpu_count() or 1, help="processes (all cores)")
    add("--seed", type=int, default=_SEED, help="of the run")
    add("--out", type=Path, default=_ROOT / "docs", help="folder of the page (docs)")
    add("--work", type=Path, default=_ROOT / "build" / "calibration", help="folder of the batches")
    add("--words", action="store_true", help="draw nothing; write the page's figures anew")
    add("--resume", action="store_true", help="take what this code drew before")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


if __name__ == "__main__":
    sys.exit(main())
