"""Writes docs/messes.md.

python -m benchmarks.messes docs/messes.md
"""

import argparse
from pathlib import Path

from benchmarks.messes.page import written

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.parse_args().page.write_text(written(), encoding="utf-8")
