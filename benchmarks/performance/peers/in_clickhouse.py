"""The event query in ClickHouse, in process."""

import json
import sys

import chdb
import chdb.session

asked = json.load(sys.stdin)
session = chdb.session.Session()
session.query(f"create view events as select * from file('{asked['log']}', Parquet)")
row = json.loads(str(session.query(asked["query"], "JSONCompactEachRow")))
version = str(session.query("select version()", "TSV")).strip()
session.close()
answer = dict(zip(("returns", "interruptions", "wait_us"), map(int, row), strict=True))
print(json.dumps({**answer, "version": f"ClickHouse {version} (chdb {chdb.__version__})"}))
