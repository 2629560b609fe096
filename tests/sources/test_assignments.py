"""Who was assigned to which variant: the columns of a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import assignments
from resume_gap.sources.assignments import open_assignments, other_columns
from resume_gap.system.temporary import SourceFolder

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.sources import Source
    from resume_gap.system.temporary import Workspace


def opened(folder: Path, header: str, row: str = "u1,treatment,2026-01-01,x,y") -> Source:
    path = folder / "assignments.csv"
    path.write_text(f"{header}\n{row}\n" if header else "")
    return open_assignments(str(path), Settings())


def test_columns_are_known_by_name_and_the_others_stand_beside(tmp_path: Path) -> None:
    with opened(tmp_path, "user_id,variant,assigned_at,company,plan") as source:
        taken = {name: source.columns[name] for name in ("user_id", "event", "timestamp")}
        assert taken == {"user_id": "user_id", "event": "variant", "timestamp": "assigned_at"}
        assert other_columns(source) == ("company", "plan")


def test_the_best_name_counts_whatever_its_case(tmp_path: Path) -> None:
    with opened(tmp_path, "User ID,group,Exposed-At,Variation,created_at") as source:
        taken = [source.columns[name] for name in ("user_id", "event", "timestamp")]
        assert taken == ["User ID", "Variation", "Exposed-At"]
        assert other_columns(source) == ("group", "created_at")


def test_a_missing_column_is_named_with_those_found(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        opened(tmp_path, "user_id,color,when", "u1,red,2026-01-01")
    line = str(caught.value)
    assert "no column for variant and assigned_at; rename yours" in line
    assert "columns found: user_id, color, when" in line


def test_of_many_columns_the_likeliest_are_found(tmp_path: Path) -> None:
    others = ",".join(f"context_{n}" for n in range(90))
    with pytest.raises(InputError) as caught:
        opened(tmp_path, f"{others},user_id,test_variant,date_assigned")
    line = str(caught.value)
    _, _, found = line.partition("columns found: ")
    assert {"test_variant", "date_assigned"} < set(found.split(", "))
    assert line.endswith("(the likeliest of 93)")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is empty; assignments need user_id, variant"):
        opened(tmp_path, "")


def test_the_rows_carry_the_other_columns_and_the_folder_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[object] = []

    class Folder(SourceFolder):
        def __init__(self, workspace: Workspace | None = None) -> None:
            super().__init__(workspace)
            steps.append("made")

        def remove(self) -> None:
            super().remove()
            steps.append("removed")

    given: list[Settings] = []

    def opened_with(paths: list[str], settings: Settings, **more: object) -> str:
        assert (paths, more) == (
            [str(tmp_path / "assignments.csv")],
            {"workspace": None, "is_beside": True},
        )
        given.append(settings)
        return "a source"

    monkeypatch.setattr(assignments, "SourceFolder", Folder)
    monkeypatch.setattr(assignments, "open_source", opened_with)
    assert opened(tmp_path, "plan,user_id,variant,assigned_at,company") == "a source"
    assert given == [
        Settings(
            mapping={"user_id": "user_id", "timestamp": "assigned_at", "event": "variant"},
            by=("plan", "company"),
        )
    ]
    assert steps == ["made", "removed"]


def test_every_option_of_reading_is_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Settings] = []

    def opened_with(_: list[str], settings: Settings, **__: object) -> None:
        given.append(settings)

    monkeypatch.setattr(assignments, "open_source", opened_with)
    options: dict[str, Any] = {
        "tz": "Europe/Berlin",
        "lenient": True,
        "memory_limit": "700MB",
        "threads": 3,
        "allow_views": True,
    }
    path = tmp_path / "a.csv"
    path.write_text("user_id,variant,assigned_at\nu,treatment,2026-01-01\n")
    open_assignments(str(path), Settings(**options, strict=True))
    (found,) = given
    assert {name: getattr(found, name) for name in options} == options
    assert not found.strict
