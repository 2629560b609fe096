"""Files with every mess that exports arrive with, what is to become of each, and docs/messes.md.

    python -m benchmarks.messes docs/messes.md

`table.py` has all of them, by kind of trouble; tests/test_messes.py holds the tool to it.
"""
