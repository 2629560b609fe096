"""Sentences about the data with other figures than usual: `findings.txt`, as it was reviewed.

RESUME_GAP_GOLDEN=write python -m pytest tests/report/text/test_findings_in_every_size.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from factories.findings import FIGURES, usual

from resume_gap.report.text.findings.table import FINDINGS

REVIEWED = Path(__file__).parent / "findings.txt"
SIZES: dict[str, dict[str, Any]] = {
    "as usual": {},
    "one": {"count": 1, "share": 0.0004, "names": ("a",)},
    "two": {"count": 2, "share": 0.5, "names": ("a", "b"), "severity": "note"},
    "all": {"count": 1_000_000, "share": 1.0, "names": ("a", "b", "c", "d", "e", "f", "g")},
    "nothing named": {"share": None, "names": ()},
}
TIMES = {"as usual": 1.0, "one": 0.01, "two": 3_600.0, "all": 90.0, "nothing named": 0.0}
"""How many times its usual value each figure has."""


def lines() -> list[str]:
    found = []
    for code in sorted(FINDINGS):
        figures = FIGURES.get(code, {})
        for size, parts in SIZES.items():
            other = {name: type(value)(value * TIMES[size]) for name, value in figures.items()}
            try:
                one = usual(code, **{"figures": other} | parts)
                told = f"{one.message} > {one.action}"
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                told = type(error).__name__  # no such check is made
            found.append(f"{code}, {size}: {told}")
    return found


def test_every_sentence_is_the_one_that_was_reviewed() -> None:
    text = "\n".join([*lines(), ""])
    if os.environ.get("RESUME_GAP_GOLDEN") == "write":
        REVIEWED.write_text(text, encoding="utf-8")
    assert text.splitlines() == REVIEWED.read_text(encoding="utf-8").splitlines()
