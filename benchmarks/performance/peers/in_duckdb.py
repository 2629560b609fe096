"""The event query in DuckDB."""

import json
import sys

import duckdb

asked = json.load(sys.stdin)
with duckdb.connect(config={"temp_directory": asked["spill"]}) as con:
    con.execute(f"create view events as from read_parquet('{asked['log']}')")
    row = con.execute(asked["query"]).fetchone() or (None, None, None)
answer = dict(zip(("returns", "interruptions", "wait_us"), map(int, row), strict=True))
print(json.dumps({**answer, "version": f"DuckDB {duckdb.__version__}"}))
