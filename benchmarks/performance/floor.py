"""The floor: DuckDB hashes the four columns of a log. Prints the CPU of the query, and of imports.

    python -m benchmarks.performance.floor LOG

The second of two runs counts, so that the file is in memory as for everybody else.
"""

import json
import resource
import sys

import duckdb


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _main() -> None:
    imports = spent = _cpu()
    with duckdb.connect() as con:
        for _ in range(2):
            begun = _cpu()
            con.execute(
                "select bit_xor(hash(user_id, timestamp, event, target)) from read_parquet($1)",
                [sys.argv[1]],
            ).fetchall()
            spent = _cpu() - begun
    print(json.dumps({"query": spent, "imports": imports}))


if __name__ == "__main__":
    _main()
