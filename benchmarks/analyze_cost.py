"""What `analyze` costs, in multiples of the floor: hashing the same four columns in DuckDB.

    python -m benchmarks.analyze_cost [--rows 1000000 10000000] [--runs 3] [--writer pyarrow]

Generates the logs, runs floor and analysis in turn, each a process of its own, and prints CPU
(user + system, of the whole process, imports and report included), the ratio of the medians,
peak memory, and the exponent of the growth between the first and the last size; before each size
the CPU seconds of every step of one more run (replay, comparison moments and intervals are the step
"replaying the marker"; what the heavy pass prepares for them is in "ordering the events"). The
floor is the CPU of the one query, without starting Python, the second of two runs.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.make_log import event_log

FLOOR = """
import duckdb, resource, sys
con = duckdb.connect()
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
for _ in range(2):
    before = cpu()
    con.execute("select bit_xor(hash(user_id, timestamp, event, target)) from read_parquet($1)",
                [sys.argv[1]]).fetchall()
print(cpu() - before)
"""
STEPS = """
import json, sys, time, resume_gap
begun, spent, last = time.process_time(), {}, "opening the input"
def step(name):
    global begun, last
    now = time.process_time()
    spent[last] = spent.get(last, 0) + now - begun
    begun, last = now, name
resume_gap.analyze(sys.argv[1], out=sys.argv[2], force=True, on_progress=step, gap="15m",
                   productive="edit_cell,update_field,write_note,save_draft",
                   complete="submit,close_document")
step("end")
print(json.dumps(spent))
"""
OPTIONS = [
    "--gap",
    "15m",
    "--productive",
    "edit_cell,update_field,write_note,save_draft",
    "--complete",
    "submit,close_document",
    "--quiet",
]


def used_by(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory in MiB of a whole process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def floor_of(path: Path) -> float:
    """CPU seconds of the floor query."""
    run = subprocess.run(
        [sys.executable, "-c", FLOOR, str(path)], capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def write(table: pa.Table, path: Path, writer: str) -> None:
    """The log as Parquet.

    How the ids are encoded moves the floor more than the analysis: hashing a dictionary is nearly
    free, so the ratio is worst where DuckDB wrote the file and every page has one.
    """
    if writer == "pyarrow":
        pq.write_table(table, path, compression="zstd")
        return
    con = duckdb.connect()
    con.register("log", table)
    limit = ", dictionary_size_limit 1" if writer == "plain" else ""
    con.execute(f"copy log to '{path}' (format parquet, compression zstd{limit})")
    con.close()


def measure(rows: int, folder: Path, runs: int, writer: str) -> dict[str, float]:
    """Medians over `runs` alternating runs on one generated log."""
    path = folder / f"log{rows}.parquet"
    write(event_log(rows).to_arrow(), path, writer)
    command = [sys.executable, "-m", "resume_gap", "analyze", str(path), *OPTIONS]
    command += ["--out", str(folder / f"report{rows}")]
    floors, costs, peaks = [], [], []
    for _ in range(runs):
        floors.append(floor_of(path))
        cpu, peak = used_by(command)
        costs.append(cpu)
        peaks.append(peak)
    steps = subprocess.run(
        [sys.executable, "-c", STEPS, str(path), str(folder / f"report{rows}")],
        capture_output=True,
        text=True,
        check=True,
    )
    print(json.dumps({k: round(v, 2) for k, v in json.loads(steps.stdout).items()}))
    floor, cost = statistics.median(floors), statistics.median(costs)
    return {
        "rows": rows,
        "floor_cpu": floor,
        "cpu": cost,
        "ratio": cost / floor,
        "peak_mib": max(peaks),
    }


def main() -> None:
    """Print one JSON line a size, then the exponent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--writer", choices=["pyarrow", "duckdb", "plain"], default="pyarrow")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [measure(rows, Path(folder), chosen.runs, chosen.writer) for rows in chosen.rows]
        for one in found:
            print(json.dumps({k: round(v, 3) for k, v in one.items()}))
        if len(found) > 1:
            first, last = found[0], found[-1]
            growth = math.log(last["cpu"] / first["cpu"]) / math.log(last["rows"] / first["rows"])
            print(json.dumps({"exponent": round(growth, 3)}))


if __name__ == "__main__":
    main()
