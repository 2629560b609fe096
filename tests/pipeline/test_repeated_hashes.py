"""Hashes that come more than once are found in memory and in parts, by sorting and by tables."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from resume_gap.arrays import Ints
from resume_gap.compiled import COMPILED_FROM
from resume_gap.pipeline import repeated_hashes
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.repeated_hashes import find_repeated

MOST = 1_000_000


def spread(*numbers: int) -> Ints:
    """Numbers under 16 in the uppermost bits that say the part."""
    return np.array(numbers, dtype=np.int64) << 59


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("compiled", [False, True])
def test_hashes_wait_in_as_many_parts_as_are_asked_for(
    parts: int, compiled: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of hashes in two and three parts, none is in two of them."""
    folders: list[Path | None] = []
    names: set[str] = set()

    class Watched(Shelf):
        def __init__(self, folder: Path | None) -> None:
            super().__init__(folder)
            folders.append(folder)

        def put(self, tables: Any) -> None:
            names.update(name for name, table in tables.items() if len(table))
            super().put(tables)

    monkeypatch.setattr(repeated_hashes, "Shelf", Watched)
    monkeypatch.setattr(repeated_hashes, "pays", lambda *_: compiled)
    batches = [spread(6, 5, 9, 0), spread(4, 6, 12), spread(), spread(5, 5, 12)]
    found = find_repeated(iter(batches), 20, parts=parts, most=MOST, spill=tmp_path)
    assert found.hashes.tolist() == spread(5, 6, 12).tolist()
    assert found.rows == 10
    assert names == (set() if parts == 1 else {"0", "1", "2"} - ({"2"} if parts == 2 else set()))
    assert (folders[-1] is None) == (parts == 1)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_parts_are_looked_through_until_there_are_enough() -> None:
    batches = [spread(1, 7, 8, 14), spread(1, 7, 8, 14)]
    some = find_repeated(batches, 8, parts=2, most=1, spill=None)
    assert some.hashes.tolist() == spread(1, 7).tolist()
    assert some.rows == 8
    assert len(find_repeated(batches, 8, parts=2, most=2, spill=None).hashes) == 4


@pytest.mark.parametrize("parts", [1, 3])
def test_a_log_without_hashes_has_none_again(parts: int) -> None:
    found = find_repeated([], 9, parts=parts, most=MOST, spill=None)
    assert (found.hashes.tolist(), found.rows) == ([], 0)


@pytest.mark.parametrize("parts", [1, 3])
def test_many_hashes_are_found_by_tables_as_by_sorting(parts: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    once = rng.integers(-(2**63), 2**63, 2 * parts * COMPILED_FROM)
    hashes = np.concatenate([once, once[:50], once[:9], [0, 0, -1, -1]])
    rng.shuffle(hashes)
    batches = np.array_split(hashes, 11)
    found = find_repeated(batches, len(hashes), parts=parts, most=MOST, spill=tmp_path)
    every, many = np.unique(hashes.view(np.uint64), return_counts=True)
    assert found.hashes.tolist() == every[many > 1].tolist()
    assert len(found.hashes) == 52
    assert found.rows == len(hashes)


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("parts", [1, 2])
def test_numba_that_is_loaded_meanwhile_changes_nothing(
    parts: int, first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another analysis of the same process may load it between two batches."""
    asked: list[bool] = []

    def pays(*_: object) -> bool:
        asked.append(first if not asked else not asked[-1])
        return asked[-1]

    monkeypatch.setattr(repeated_hashes, "pays", pays)
    batches = [spread(14, 9, 6, 5), spread(12, 9, 6, 5), spread(14, 4, 1)]
    found = find_repeated(iter(batches), 20, parts=parts, most=MOST, spill=None)
    assert found.hashes.tolist() == spread(5, 6, 9, 14).tolist()
