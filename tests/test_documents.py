"""What the documents say of the tree is so: every part is described, every path exists."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "resume_gap"
PLACES = (ROOT, SOURCE, SOURCE / "report")
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
TO_FILL_IN = ("NAME", "COMMAND", "FOLDER")


def test_every_part_of_the_package_is_in_the_table_of_folders() -> None:
    parts = {
        path.stem if path.is_file() else f"{path.name}/"
        for path in SOURCE.iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("__")
    }
    named = set(re.findall(r"`([a-z]+/?)`", DESIGN))
    assert parts - named == set()


def test_notes_on_performance_are_the_end_of_their_page() -> None:
    """What is on the page alone is lost when `benchmarks.performance --page` writes it anew."""
    notes = (ROOT / "benchmarks" / "performance" / "notes.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "performance.md").read_text(encoding="utf-8").endswith(notes)


@pytest.mark.parametrize("page", ["docs/design.md", "docs/method.md", "CONTRIBUTING.md"])
def test_every_path_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"\n +", "", text)  # a path may be broken over two lines
    paths = re.findall(r"`((?:[\w.]+/)+[\w.]*|[\w/]+\.(?:py|sql|md|toml))`", text)
    assert paths
    missing = [
        path
        for path in paths
        if not any(word in path for word in TO_FILL_IN)
        and not any((place / path).exists() for place in PLACES)
        and not any(SOURCE.rglob(path) if "/" not in path else ())
    ]
    assert missing == []


PRIVATE = re.compile(
    r"\bways? back\b|\btold\b|\bhang(s|ing)? on\b|\bstands? on\b|\bholds (0|zero)\b"
    r"|\bpause limits?\b|\brungs?\b|\bladder\b|\babsences?\b|\bspells?\b|\bsaid\b"
    r"|\barrows?\b|\bcomparison moments?\b",
    re.IGNORECASE,
)
"""Words of our own where the field has a term (docs/glossary.md)."""
ALLOWED = {
    r"\brung\b": "a key of summary.json and prediction.json, and the field of that name",
    r"wrong-arrow-cost": "an option; its name is kept",
    r"\bArrow\b|ARROW1|ARROW:schema": "the format and its library",
    r"[\".]arrow\b|\barrow(\.py|\")|json, arrow,": "the kind of a file",
    r"WARDS ARROW|[Aa]n arrow": "what is drawn",
}
"""What a line may hold nevertheless, and why."""
WRITTEN = [
    *sorted((ROOT / "src").rglob("*.py")),
    *sorted((ROOT / "src").rglob("*.j2")),
    *sorted((ROOT / "queries").glob("*.sql")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
]


def private_words(text: str) -> list[str]:
    """The lines that hold a word of our own, less what is allowed."""
    found = []
    for line in text.splitlines():
        rest = line
        for pattern in ALLOWED:
            rest = re.sub(pattern, "", rest)
        if PRIVATE.search(rest):
            found.append(line.strip())
    return found


def test_the_terms_are_those_of_the_field() -> None:
    found = {
        str(path.relative_to(ROOT)): private_words(path.read_text(encoding="utf-8"))
        for path in WRITTEN
    }
    assert len(found) > 300
    assert {path: lines for path, lines in found.items() if lines} == {}


OLD = re.compile(
    r"\bways? back\b|\btold\b|\bhang(s|ing)? on\b|\bstands? on\b|\bholds (0|zero)\b"
    r"|\bpause limits?\b|\bladder\b|\bspells?\b|\bthe house\b|\btells? whether\b",
    re.IGNORECASE,
)
"""Of these words, those that comments of tests and benchmarks do without as well."""


def comments(text: str) -> Iterator[str]:
    """Comments and docstrings of a module, by line."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from str(node.value.value).splitlines()


def old_words(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if not OLD.search(text):  # reading a module's comments takes a hundred times as long
        return []
    return [line.strip() for line in comments(text) if OLD.search(line)]


def test_comments_of_tests_and_benchmarks_use_the_terms() -> None:
    modules = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    found = {str(path.relative_to(ROOT)): old_words(path) for path in modules}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_old_words_in_comments_are_found() -> None:
    text = "told = 1  # it hangs on it\ndef f():\n    \"Tell whether.\"\n    return 'told'\n"
    assert [line for line in comments(text) if OLD.search(line)] == [
        "# it hangs on it",
        "Tell whether.",
    ]


def test_private_words_are_found() -> None:
    assert private_words(
        "it hangs on the pause limit\nAn arrow, as Arrow tables\nthe way back"
    ) == [
        "it hangs on the pause limit",
        "the way back",
    ]
