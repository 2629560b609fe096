"""Every row of SECURITY.md names a test that there is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"`(tests/[^`:]+)::(\w+)`")


def test_every_threat_has_a_test() -> None:
    rows = [
        line
        for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| threat")
    ]
    assert rows
    for row in rows:
        ((path, name),) = ROW.findall(row)
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), row
