"""A column that knows the people behind each user id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import resume_gap

if TYPE_CHECKING:
    from pathlib import Path


def found(path: Path, column: str, people: list[tuple[str, str]]) -> list[str]:
    """What is said of a log of (user id, person), each with two edits."""
    lines = [f"user_id,timestamp,event,{column}"]
    for n, (user, person) in enumerate(people):
        lines += [f"{user},2026-03-02T08:{n % 60:02}:0{k}.5Z,edit,{person}" for k in range(2)]
    path.write_text("\n".join([*lines, ""]))
    checks = resume_gap.analyze(path).data_quality
    return [f"{one.message}; {one.action}" for one in checks if one.check == "several_people"]


TEAMS = [(f"t{n // 2}", f"p{n}") for n in range(12)]


def test_an_id_of_several_people_is_reported_with_their_column(tmp_path: Path) -> None:
    (said,) = found(tmp_path / "a.csv", "member", TEAMS)
    assert "6 user ids look like accounts or teams: 'member' has 12 values" in said
    assert "--user member tells them apart" in said


@pytest.mark.parametrize(
    ("column", "people"),
    [
        ("page", TEAMS),
        ("member", [(f"t{n}", f"p{n}") for n in range(12)]),
        ("member", [(f"t{n // 2}", f"p{n % 6}") for n in range(12)]),
        ("member", [(f"t{n // 2}", "") for n in range(12)]),
    ],
)
def test_other_columns_know_nobody(
    tmp_path: Path, column: str, people: list[tuple[str, str]]
) -> None:
    assert found(tmp_path / "a.csv", column, people) == []
