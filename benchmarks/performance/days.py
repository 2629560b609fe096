"""A log that gets a file a day: what the last day costs with a state folder, and without.

The first days of a log, each a file of text, are read whole, and again after a run that read all
but the last of them. Both reports have to be the same, byte for byte.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.performance.process import Outcome

DAYS: Final = 31
FORMS: Final = {
    "jsonl": ("JSON lines", "format json"),
    "csv": ("CSV", "format csv, header"),
    "parquet": ("Parquet", "format parquet"),
}
"""By ending what the files are called, and how DuckDB writes them."""
_TIMES: Final = "timestampformat '%Y-%m-%dT%H:%M:%S.%fZ'"


def daily(work: Path, log: Path, form: str) -> tuple[Path, int]:
    """The first days of a log, a file each, made unless they are there; and how many rows.

    Args:
        work: Folder for them.
        log: A Parquet file.
        form: A key of `FORMS`.
    """
    folder = work / f"{log.stem}-days-{form}"
    with duckdb.connect(config={"threads": 2}) as con:
        con.execute("set timezone = 'UTC'")
        con.execute(
            f"create view days as select *, datediff('day', (select min(timestamp) from '{log}'),"
            f" timestamp) as day from '{log}'"
        )
        rows = con.execute(f"select count(*) from days where day < {DAYS}").fetchone()
        if not folder.exists():
            part = folder.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            for day in range(DAYS):
                con.execute(
                    f"copy (select * exclude (day) from days where day = {day})"
                    f" to '{part / f'day-{day:02}.{form}'}'"
                    f" ({FORMS[form][1]}{'' if form == 'parquet' else f', {_TIMES}'})"
                )
            part.rename(folder)
    return folder, int(rows[0]) if rows else 0


def day_on_top(
    folder: Path, work: Path, run: Callable[[list[str]], Outcome], options: Sequence[str]
) -> Iterator[tuple[str, Outcome]]:
    """Run `analyze` on all files, on all but the last, on all again, and once more.

    Args:
        folder: The files.
        work: Folder for reports and the state.
        run: Runs a command.
        options: Of every run.

    Yields:
        What it was, and what it took.
    """
    out, state = work / "days-report", work / "days-state"
    shutil.rmtree(state, ignore_errors=True)
    files = sorted(map(str, folder.iterdir()))
    command = [sys.executable, "-m", "resume_gap", "analyze", "--isolated", "--quiet", "--force"]
    command += [*options, "--out", str(out)]
    yield "all files, no state", run([*command, *files])
    plain = _content(out)
    kept = ["--state", str(state)]
    yield f"the first {DAYS - 1} days", run([*command, *kept, *files[:-1]])
    for what in ("a day on top", "nothing new"):
        yield what, run([*command, *kept, *files])
        if _content(out) != plain:
            raise SystemExit(f"another report with a state: {what} of {folder.name}")


def _content(report: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in report.iterdir()}
