"""Each folder imports what stands below it, never above."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "resume_gap"
FLOORS = [
    "cli", "commands", "output", "report", "trial", "analysis", "quality", "replay", "stats",
    "pipeline", "sources", "simulate",
]  # fmt: skip
GROUND = {
    "results", "errors", "constants", "settings", "options", "sqltext", "arrays", "units",
    "filesystem", "locked", "signals", "temporary",
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """The parts of the package that a module imports, by their first name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("resume_gap"):
            module = (node.module or "").split(".")
            names = [module[1]] if len(module) > 1 else [alias.name for alias in node.names]
            found.update(names)
    return found - {"__version__"}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.stem)
def test_no_import_runs_upwards(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    for name in imports(path) - GROUND - {own}:
        assert own not in GROUND, f"{own} imports {name}"
        assert own != "simulate", f"simulate stands alone, and imports {name}"
        assert FLOORS.index(name) > FLOORS.index(own), f"{own} imports {name}"


@pytest.mark.parametrize("path", sorted((SOURCE / "stats").glob("*.py")), ids=lambda p: p.stem)
def test_statistics_know_no_result(path: Path) -> None:
    assert imports(path) <= {"constants", "stats", "units"}


def test_every_query_says_its_grain() -> None:
    queries = sorted((SOURCE.parents[1] / "queries").glob("*.sql"))
    assert queries
    for query in queries:
        if query.name == "00_macros.sql":
            continue
        assert query.read_text(encoding="utf-8").startswith("-- One row"), query.name
