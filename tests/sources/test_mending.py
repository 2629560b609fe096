"""Parquet files whose values the engine cannot read, and which of them are written anew."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import mending
from resume_gap.sources.columns import Taken
from resume_gap.sources.findings import Unread
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.parquet import Mended
from resume_gap.sources.tables import Column, InputTable

if TYPE_CHECKING:
    from collections.abc import Sequence

TAKEN = {"user_id": Taken("user", "known name"), "timestamp": Taken("when", "known name")}
LOG = Path("/logs")


def table(name: str, column: str, kind: Any = "parquet") -> InputTable:
    file = InputFile(given=name, path=LOG / name, kind=kind)
    return InputTable(file, LOG / name, {column: Column(column, "VARCHAR")}, rows=3)


class Mender:
    """What the reader of Parquet files would do, with a note of what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, left_out: tuple[str, ...] = ()) -> None:
        self.asked: list[Any] = []
        self.renewed = 0
        self.left_out = left_out
        for name in ("suspects", "reads", "broken_columns", "mend"):
            monkeypatch.setattr(mending, name, getattr(self, name))

    def suspects(self, some: Sequence[InputTable], text: set[str]) -> tuple[str, ...]:
        assert text == {"user"}  # times are read in other ways, too
        one = some[0]
        return () if "sound" in one.columns else tuple(one.columns)

    def reads(self, con: str, tables: Any, names: tuple[str, ...]) -> bool:
        self.asked.append((con, [one.file.given for one in tables], names))
        return "fine" in names

    def broken_columns(self, tables: Any, names: tuple[str, ...], limit: str) -> dict[int, Any]:
        self.asked.append(limit)
        return {len(tables) - 1: names}

    def mend(self, one: InputTable, columns: tuple[str, ...], target: Path) -> Mended:
        new = InputTable(one.file, target, {"new": Column("new", "BLOB")}, rows=3)
        return Mended(new, columns, self.left_out)

    def renew(self) -> None:
        self.renewed += 1

    def tables(self, *given: InputTable, limit: str | None = None) -> Any:
        opener: Any = SimpleNamespace(
            con="con", renew=self.renew, settings=Settings(memory_limit=limit)
        )
        folder: Any = SimpleNamespace(path=Path("/own"))
        return mending.mend_tables(given, TAKEN, folder, opener)


def test_only_broken_files_are_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    mender = Mender(monkeypatch)
    given = (
        table("a", "sound"),
        table("b", "fine"),
        table("c", "bad"),
        table("d", "bad"),
        table("e", "ugly", "csv"),
        table("f", "odd", "arrow"),
    )
    found, unread = mender.tables(*given, limit="1GB")
    assert found[:3] == given[:3]
    assert (found[3].file.given, str(found[3].parquet)) == ("d", "/own/mended-3.parquet")
    assert found[4] == given[4]  # text was read as it should be
    assert (found[5].file.given, str(found[5].parquet)) == ("f", "/own/mended-5.parquet")
    assert unread == [
        Unread("d", ("bad",), ()),
        Unread("f", ("odd",), ()),
    ]
    assert mender.asked[:3] == [("con", ["b"], ("fine",)), ("con", ["c", "d"], ("bad",)), "1GB"]
    assert mender.renewed == 2


def test_without_a_limit_of_memory_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    mender = Mender(monkeypatch)
    mender.tables(table("a", "bad"))
    assert mender.asked[-1] == mending.MEMORY_LIMIT


def test_what_the_analysis_needs_cannot_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    mender = Mender(monkeypatch, left_out=("other",))
    _, unread = mender.tables(table("a", "bad"))
    assert unread[0].left_out == ("other",)
    mender.left_out = ("other", "when", "user")
    with pytest.raises(InputError, match=r"^a: column 'user' holds values that cannot be read"):
        mender.tables(table("a", "bad"))
