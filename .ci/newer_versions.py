"""Prints what `pip install --dry-run --report FILE` would install besides this package."""

import json
import sys
from pathlib import Path

report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
for item in report["install"]:
    found = item["metadata"]
    if found["name"] != "resume-gap":
        print(f"{found['name']}=={found['version']}")  # noqa: T201
