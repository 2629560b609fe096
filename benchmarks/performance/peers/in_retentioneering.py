"""Sessions by retentioneering; it has no interruptions and no waits."""

import json
import sys
from importlib.metadata import version

import pandas as pd
from retentioneering import Eventstream

asked = json.load(sys.stdin)
rows = pd.read_parquet(asked["log"], columns=["user_id", "timestamp", "event"])
users = rows["user_id"].nunique()
seconds = asked["threshold_us"] // 1_000_000
split = Eventstream(rows).split_sessions(timeout=f"{seconds}s").to_dataframe()
answer = {"returns": int(split["session_id"].nunique() - users)}
name = f"retentioneering {version('retentioneering')}"
print(json.dumps({**answer, "interruptions": None, "wait_us": None, "version": name}))
