"""What the documents say of the tree is so: every part is described, every path exists."""

import re
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
