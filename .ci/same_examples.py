"""Whether two folders of example reports say the same: `same_examples.py COMMITTED MADE`.

All files are the same byte for byte, but for pictures, which are drawn on demand, and for numbers
of `summary.json`, whose last digits depend on the processor where they come from products of
matrices.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

NEARLY = 1e-7
"""By how much a number may differ, relative to itself."""


def main() -> None:
    """Say what differs; nothing where nothing does."""
    committed, made = map(Path, sys.argv[1:])
    names = sorted(found(committed) | found(made))
    others = [name for name in names if not is_same(committed / name, made / name)]
    for name in others:
        sys.stdout.write(f"{committed / name} is not what the code writes\n")
    sys.exit(1 if others else 0)


def found(folder: Path) -> set[Path]:
    """The files in a folder that are compared, from there."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png")
    return {path.relative_to(folder) for path in files}


def is_same(one: Path, other: Path) -> bool:
    """Whether two files say the same."""
    if not (one.exists() and other.exists()):
        return False
    if one.read_bytes() == other.read_bytes():
        return True
    if one.name != "summary.json":
        return False
    return is_near(json.loads(one.read_bytes()), json.loads(other.read_bytes()))


def is_near(one: Any, other: Any) -> bool:  # noqa: ANN401 - of JSON
    """Whether two values are the same but for the last digits of fractions."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=NEARLY)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(is_near(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_near, one, other))
    return type(one) is type(other) and bool(one == other)


if __name__ == "__main__":
    main()
