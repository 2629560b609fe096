"""No number is typed into a sentence: what the code decides by is said from where it decides."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import resume_gap

SOURCE = Path(resume_gap.__file__).parent
PATHS = sorted(
    [
        *(SOURCE / "report" / "text").rglob("*.py"),
        *(SOURCE / "report" / "page").rglob("*.py"),
        *(SOURCE / "report" / "screen").rglob("*.py"),
        *(SOURCE / "options").glob("*.py"),
        *(SOURCE / "commands").glob("*.py"),
        *(SOURCE / "quality").glob("*.py"),
        SOURCE / "sources" / "findings.py",
    ]
)
FORMS = {"report/text/numbers.py", "report/text/estimates.py"}
"""Modules whose numbers are forms of numbers: `under 0.1 %`."""
MEANT = re.compile(
    r"of 100 such|bounds \d and \d|2 \(z_a \+ z_b\)\^2|Per 100 people"  # of the method
    r"|\b(includes?|include|below|above|at|is|than|of) 0\b|\b0 is\b"  # no difference
    r"|\bP[123]\b|UTF-8|SHA-256|latin-1|utf-16|ISO 8601"  # names
    r"|\b1 (?=[a-z]+\b)(?!user-)"  # one: the singular of a counted noun
    r"|:00\b|before-1|[a-z0-9-]* like .*|--[a-z-]+ \d\w*|'0'|\[0\]|such as \d+m\b"  # examples
    r"|\w+64\w*|\{\}, 6\b"  # functions and types of an engine
)


def typed(text: str) -> list[str]:
    """Sentences of a source that hold a digit of their own."""
    tree = ast.parse(text)
    skipped = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            skipped |= {id(one) for one in ast.walk(node.format_spec)}
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "compile":
            skipped |= {id(one) for one in node.args}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in skipped
        and " " in node.value
        and re.search(r"\d", MEANT.sub("", node.value))
    ]


def test_no_number_is_typed_into_a_sentence() -> None:
    found = {
        place: typed(path.read_text(encoding="utf-8"))
        for path in PATHS
        for place in [path.relative_to(SOURCE).as_posix()]
        if place not in FORMS
    }
    assert len(found) > 100
    assert {place: sentences for place, sentences in found.items() if sentences} == {}


def test_typed_numbers_are_found() -> None:
    assert typed("x = 'under 25 users'") == ["under 25 users"]
    assert typed("x = f'in {n:.2f} of 3 cases'") == [" of 3 cases"]
    assert typed("x = 'more than 1 % of the lines'") == ["more than 1 % of the lines"]
    assert typed("'''Over 25 users.'''") == []
    assert typed("x = 'with 95 % intervals'") == ["with 95 % intervals"]
    assert typed("x = 'the interval includes 0'; y = '1 user differs'") == []
