"""Blank text is the same in Python and in SQL."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import duckdb
import pytest

from resume_gap.errors import InputError
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.values import is_blank

if TYPE_CHECKING:
    from pathlib import Path


def test_blank_in_python_and_in_sql() -> None:
    letters = [
        chr(n)
        for n in range(1, sys.maxunicode + 1)
        if unicodedata.category(chr(n))[0] in "ZC" and not 0xD800 <= n < 0xE000
        and unicodedata.category(chr(n)) not in ("Cn", "Co")
    ]  # fmt: skip
    texts = ["", "a", "0", "_", "\u00a0", "\u200b\ufeff", "\u3000 \t\n", " a ", "\u3164", *letters]
    with duckdb.connect() as con:
        Runner(con)
        con.execute("create table given (i int, v varchar)")
        con.executemany("insert into given values (?, ?)", list(enumerate(texts[:60])))
        found = con.execute("select is_blank(v) from given order by i").fetchall()
    assert [row[0] for row in found] == [is_blank(text) for text in texts[:60]]
    assert all(map(is_blank, letters))
    assert not is_blank("\u00a0x")


def test_a_list_of_users_to_leave_out(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("user_id\nu1\n \n\u00a0\n\u200b\nu2\n")
    assert read_excluded(path, "who") == ("u1", "u2")


@pytest.mark.parametrize("name", ["e.csv", "e.jsonl", "e.tsv"])
@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("code", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_wide_text_is_called_by_its_name(
    tmp_path: Path, name: str, code: str, *, mark: bool
) -> None:
    text = '{"user_id": "u", "timestamp": 1}\n' if "json" in name else "user_id,timestamp,event\n"
    (tmp_path / name).write_bytes((("\ufeff" if mark else "") + text).encode(code))
    with pytest.raises(InputError, match=code[:6].upper()):
        open_source([str(tmp_path / name)], Settings())
