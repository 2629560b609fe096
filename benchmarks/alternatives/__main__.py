"""Compares `resume-gap` with what people use today, and writes docs/alternatives.md.

    python -m benchmarks.alternatives [--retentioneering INTERPRETER] [--gbstats INTERPRETER]
        [--page] [--out docs/alternatives.md]

The two libraries need environments of their own; what has no interpreter is not run, and the page
says so. Figures are kept beside the page as JSON; --page writes the page from them again.
"""

import argparse
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.alternatives.figures import Figures
from benchmarks.alternatives.page import page
from benchmarks.alternatives.sessions import NAMES, in_retentioneering, sample
from benchmarks.alternatives.trial import compared

ROOT: Final = Path(__file__).parents[2]
SAMPLES: Final = ROOT / "sample_events"
_LIBRARIES: Final = ("scipy", "polars", "duckdb")


def measured(retentioneering: str | None, gbstats: str | None) -> Figures:
    """Run everything that there is an interpreter for."""
    skipped, versions = [], [f"{name} {version(name)}" for name in _LIBRARIES]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        samples = [sample(SAMPLES, name, work / "report") for name in NAMES]
        sessions = []
        if retentioneering is None:
            skipped.append("retentioneering was not run: no interpreter that has it was named.")
        else:
            for one in samples:
                rows, ran = in_retentioneering(retentioneering, SAMPLES, one, work)
                sessions += rows
            versions.append(ran)
        if gbstats is None:
            skipped.append("gbstats was not run: no interpreter that has it was named.")
        trial, ran = compared(SAMPLES, work / "trial", gbstats)
        versions += [ran] if ran else []
    return Figures(
        samples=samples, sessions=sessions, trial=trial, versions=versions, skipped=skipped
    )


def main() -> None:
    """Measure, unless only the page is asked for, and write."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.alternatives", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--retentioneering", metavar="INTERPRETER")
    parser.add_argument("--gbstats", metavar="INTERPRETER")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "alternatives.md")
    asked = parser.parse_args()
    kept = ROOT / "docs" / "alternatives.json"
    if not asked.page:
        try:
            measured(asked.retentioneering, asked.gbstats).save(kept)
        except subprocess.CalledProcessError as error:
            raise SystemExit(f"{error.cmd[0]}: {error.stderr.strip()[-500:]}") from None
    asked.out.write_text(page(Figures.load(kept)), encoding="utf-8")


if __name__ == "__main__":
    main()
