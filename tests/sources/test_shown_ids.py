"""Columns with ids of people are known by their names and by their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.settings import resolve
from resume_gap.sources.shown_ids import first_with_ids
from resume_gap.sources.source import open_source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (("team", "note"), None),
        (("team", "uid"), "uid"),
        (("user_id",), "uid"),
        (("team", "email"), "email"),
        (("by",), "by"),
        (("code",), None),
        (("nothing",), None),
    ],
)
def test_the_first_column_with_ids(
    columns: tuple[str, ...], found: str | None, tmp_path: Path
) -> None:
    lines = ["uid,timestamp,event,team,note,email,by,code"]
    lines += [
        f"anna{n},2026-03-02T08:00:0{n}Z,edit,red1,{note},x,anna{9 - n},{n}"
        for n in range(10)
        for note in ["anna1" if n == 1 else f"text{n}"]
    ]
    lines += [f"{n},2026-03-02T08:00:0{n}Z,edit,red1,text,x,{n},{n}" for n in range(10)]
    (path := tmp_path / "log.csv").write_text("\n".join(lines))
    settings = resolve({"by": ["by", "note", "code", "team"]}, {})
    with open_source([str(path)], settings) as source:
        assert first_with_ids(source, columns) == found
