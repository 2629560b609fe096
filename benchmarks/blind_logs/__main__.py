"""Writes docs/blind-logs.md.

python -m benchmarks.blind_logs docs/blind-logs.md
"""

import argparse
from pathlib import Path

from benchmarks.blind_logs.page import written
from benchmarks.blind_logs.troubles import TROUBLES

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.parse_args().page.write_text(written(TROUBLES), encoding="utf-8")
