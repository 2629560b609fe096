"""Write the tables of docs/method.md: the constants at its end, the target rules in section 6.

    python benchmarks/method_constants.py [docs/method.md]

In the text of that page a number that is a constant is followed by a comment with its name, as in
`10 minutes<!--MID_TASK_WINDOW-->`; `tests/test_method.py` compares both.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from resume_gap.constants import named
from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.units import Constant

PAGE = Path(__file__).parents[1] / "docs" / "method.md"
MARK = "<!-- constants: "
_NUMBER = re.compile(
    r"(half|five|\d[\d,.]*)\s*(%|[a-z]+)?(?:(?!half|five)[^<>|\d]){0,30}<!--([A-Z_]+)-->"
)
_RULES_HEAD = "| rule (`policy`) | points at |"
_WORDS = {"half": 0.5, "five": 5.0}
_SECONDS = {"s": 1, "minutes": 60, "h": 3600, "hours": 3600, "days": 86400}


def statements(text: str) -> Iterator[tuple[str, float, str]]:
    """Every number of the page that names a constant: the name, the number, its unit there."""
    for number, unit, name in _NUMBER.findall(text):
        value = _WORDS[number] if number in _WORDS else float(number.replace(",", ""))
        yield name, value, unit


def in_unit_of(constant: Constant, value: float, unit: str) -> float:
    """A number of the page in the unit of the constant."""
    if constant.unit == "s" and unit in _SECONDS:
        return value * _SECONDS[unit]
    percent = unit == "%" or (unit == "points" and not constant.unit)
    return value / 100 if percent else value


def table() -> str:
    """The constants with value, unit and reason."""
    rows = [
        f"| `{name}` | {one.value:,g} | {one.unit} | {one.reason} |"
        for name, one in named().items()
    ]
    head = ["## Constants", "", "| constant | value | unit | reason |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def rules() -> str:
    """The target rules and the elements they point at."""
    rows = [f"| `{rule.name}` | {rule.definition} |" for rule in TARGET_RULES]
    return "\n".join([_RULES_HEAD, "|---|---|", *rows])


def with_table(text: str) -> str:
    """The page with the table of rules, and everything behind the mark, written anew."""
    before, head, rest = text.partition(_RULES_HEAD)
    text = f"{before}{rules()}\n{rest[rest.index(chr(10) * 2) + 1 :]}" if head else text
    before, mark, rest = text.partition(MARK)
    if not mark:
        raise ValueError(f"the page lacks the line that begins with {MARK}")
    return f"{before}{mark}{rest.partition(chr(10))[0]}\n\n{table()}"


if __name__ == "__main__":
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")
