"""The index of a state folder: whole, ours and of one version, or not used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.system.state_index import Fault, load, save

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = {"1" * 64: {"facts": {"names": ["ü", None, 2]}, "about": "file a", "sha256": None}}


def test_what_is_saved_is_loaded_by_its_version_alone(tmp_path: Path) -> None:
    path = tmp_path / "index"
    assert load(path, "v1") == ({}, None)
    save(path, ENTRIES, "v1")
    assert load(path, "v1") == (ENTRIES, None)
    assert load(path, "v2") == ({}, Fault.VERSION)


def damaged(index: dict[str, Any], what: str) -> str:
    whole = json.dumps(index)
    if what == "cut":
        return whole[:-20]
    if what == "edited":
        return whole.replace("file a", "file x")
    if what == "deep":
        return "[" * 100_000
    if what in ("format", "entries"):
        return json.dumps(index | {what: []})
    if what == "no checksum":
        return json.dumps({key: value for key, value in index.items() if key != "sha256"})
    return {"a list": "[]", "a number": "7", "nothing": ""}[what]


@pytest.mark.parametrize(
    "what",
    ["cut", "edited", "deep", "format", "entries", "no checksum", "a list", "a number", "nothing"],
)
def test_a_damaged_index_is_not_used(tmp_path: Path, what: str) -> None:
    path = tmp_path / "index"
    save(path, ENTRIES, "v1")
    path.write_text(damaged(json.loads(path.read_text()), what))
    assert load(path, "v1") == ({}, Fault.DAMAGE)


@pytest.mark.parametrize(
    "entries",
    [
        [],
        None,
        {"1" * 64: []},
        {"1" * 64: {"facts": {}, "about": ""}},
        {"1" * 64: {"facts": {}, "about": [], "sha256": None}},
        {"1" * 64: {"facts": [], "about": "", "sha256": None}},
        {"1" * 64: {"facts": {}, "about": "", "sha256": 7}},
        {"1" * 64: {"facts": {}, "about": "", "sha256": "x"}},
        {"*": {"facts": {}, "about": "", "sha256": None}},
        {"x/../../" + "1" * 64: {"facts": {}, "about": "", "sha256": None}},
    ],
)
def test_entries_that_are_none_of_ours_are_not_used(tmp_path: Path, entries: Any) -> None:
    """Whoever writes an index can write its checksum, too."""
    save(tmp_path / "index", entries, "v1")
    assert load(tmp_path / "index", "v1") == ({}, Fault.DAMAGE)


def test_no_link_is_followed(tmp_path: Path) -> None:
    save(tmp_path / "other", ENTRIES, "v1")
    (tmp_path / "index").symlink_to(tmp_path / "other")
    assert load(tmp_path / "index", "v1") == ({}, Fault.DAMAGE)
