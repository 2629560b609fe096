"""A column that knows the people behind each user id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from factories.groups import group_of

import resume_gap
from resume_gap.report.text.findings.table import worded
from resume_gap.sources.people_columns import people_checks

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


def checked(*pairs: tuple[Any, Any], names: Any = ("x", "member"), taken: Any = ()) -> Any:
    with duckdb.connect() as con:
        con.execute("create table a (team varchar, member varchar)")
        con.execute("create table other (team varchar[], member varchar)")
        con.execute("insert into other values (['t'], 'nobody')")
        for pair in pairs:
            con.execute("insert into a values (?, ?)", list(pair))
        groups = [group_of(con, "other"), group_of(con, "a")]
        return people_checks(con, groups, names, "team", taken)


TWO_TEAMS = [(f"t{n % 2}", f"m{n}") for n in range(4)]


def test_people_behind_an_id_are_counted_each_once() -> None:
    (made,) = checked(*TWO_TEAMS * 3, ("t0", " "), (None, "m9"), ("t1", None))
    check = worded(made)
    assert (check.check, check.severity, check.count, check.share) == (
        *("several_people", "warn"),
        *(2, None),
    )
    assert check.action == "--user member tells them apart"
    assert check.message == (
        "the 2 user ids look like accounts or teams: 'member' has 4 values, and each belongs to one"
        " of them"
    )
    assert checked(*TWO_TEAMS, taken=["member"]) == ()
    assert checked(*TWO_TEAMS, names=["x"]) == ()
    assert checked() == ()
    assert checked(*TWO_TEAMS[:3]) == ()
    several = [(f"t{n}", f"m{k}") for n in range(2) for k in range(4)]
    assert checked(*several) == ()
