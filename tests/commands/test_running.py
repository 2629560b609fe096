"""What every command does around its work: strictness, the ledger of rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

import resume_gap
from resume_gap.commands import context
from resume_gap.commands.context import balance
from resume_gap.commands.running import _database, looked_at, warned, with_queries
from resume_gap.errors import DataError, ExitCode, InputError, InternalError, StrictError
from resume_gap.results.common import Check, RowLedger
from resume_gap.settings import Settings
from resume_gap.sources.sandbox import open_sandbox
from resume_gap.system.temporary import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.commands.context import Job

ROWS = "user_id,timestamp,event\n" + "".join(
    f"u{user},2026-03-02T{hour:02}:00:0{user}Z,edit\n" for user in range(3) for hour in range(24)
)


@dataclass
class _Methods:
    queries: dict[str, str] = field(default_factory=dict)


@dataclass
class _Found:
    methods: _Methods


def check(severity: str) -> Check:
    return Check(
        check="x", severity=severity, count=1, share=None, action="", message=f"says {severity}"
    )


def test_queries_are_listed_by_their_numbers() -> None:
    ran = {"100_pages.sql": "x", "20_steps.sql": "y", "03_streams.sql": "z", "20_a.sql": ""}
    runner: Any = SimpleNamespace(ran=ran)
    found = with_queries(_Found(_Methods()), runner)  # type: ignore[type-var]
    listed = ["03_streams.sql", "20_a.sql", "20_steps.sql", "100_pages.sql"]
    assert [*found.methods.queries] == listed


def test_notes_are_no_warnings() -> None:
    checks = [check(severity) for severity in ("note", "warn", "error")]
    assert warned(checks) == ("says warn", "says error")
    assert warned(checks[:1]) == ()


def test_strict_names_the_first_warning(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(ROWS + "undefined,2026-03-02T03:00:00Z,edit\n")
    log = tmp_path / "log.csv"
    found = resume_gap.analyze(log)
    (first, *rest) = warned(found.data_quality)
    with pytest.raises(StrictError) as caught:
        resume_gap.analyze(log, out=tmp_path / "out", strict=True)
    assert f"{len(rest) + 1} warnings, the first: {first}" in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("read", "used", "dropped"), [(0, 0, {}), (5, 5, {}), (5, 3, {"a": 1, "b": 1})]
)
def test_a_ledger_that_adds_up(read: int, used: int, dropped: dict[str, int]) -> None:
    balance(RowLedger(read=read, used=used, dropped=dropped))


@pytest.mark.parametrize(("used", "dropped"), [(4, {}), (6, {}), (4, {"a": 2}), (3, {"a": 1})])
def test_rows_that_went_missing_are_a_fault(used: int, dropped: dict[str, int]) -> None:
    with pytest.raises(InternalError, match=r"5 rows were read.*please report") as caught:
        balance(RowLedger(read=5, used=used, dropped=dropped))
    assert caught.value.exit_code == ExitCode.DATA


def test_no_figure_is_given_where_rows_went_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.csv").write_text(ROWS)
    count = context.dropped

    def lose(*given: Any) -> dict[str, int]:
        return count(*given) | {"lost": 1}

    monkeypatch.setattr(context, "dropped", lose)
    with pytest.raises(InternalError, match="72 rows were read, but 72 used and 1 dropped"):
        resume_gap.analyze(tmp_path / "log.csv", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("error", "blamed"),
    [
        (duckdb.InvalidInputException("broken page"), InputError("x.parquet: is broken")),
        (duckdb.InvalidInputException("broken page"), None),
        (OSError("Invalid Error: dictionary offset out of range"), InputError("is broken")),
        (OSError(2, "No such file or directory"), InputError("not to be blamed")),
        (OSError("Out of Memory Error: could not allocate"), InputError("not to be blamed")),
        (duckdb.OutOfMemoryException("out"), InputError("not to be blamed")),
        (duckdb.IOException("No space left on device"), InputError("not to be blamed")),
    ],
)
def test_an_input_is_blamed_for_what_the_engine_says_if_it_is_broken(
    error: duckdb.Error | OSError, blamed: InputError | None
) -> None:
    source: Any = SimpleNamespace(con=open_sandbox(files=[]), blame=lambda _: blamed)
    with (
        Workspace() as workspace,
        pytest.raises(Exception, match=r".") as caught,
        _database(source, workspace),
    ):
        raise error
    is_broken = blamed is not None and "broken" in str(blamed)
    assert caught.value is (blamed if is_broken else error)


def test_a_look_at_a_log_says_the_memory_limit_that_it_had(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(ROWS)

    def work(_: Job) -> int:
        raise duckdb.OutOfMemoryException("out")

    with pytest.raises(DataError, match=r"^the memory limit of 64MB .* --memory-limit 128MB$"):
        looked_at(
            work,
            [str(log)],
            Settings(memory_limit="64MB"),
            out=tmp_path / "new.toml",
            on_progress=lambda _: None,
        )


def test_a_log_that_changes_while_it_is_looked_at_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(ROWS)
    steps: list[str] = []

    def look(*, grow: bool) -> int:
        def work(job: Job) -> int:
            if grow:
                log.write_text(ROWS + "u1,2026-03-03T00:00:00Z,edit\n")
            return len(job.source.inputs)

        return looked_at(
            work, [str(log)], Settings(), out=tmp_path / "new.toml", on_progress=steps.append
        )

    assert look(grow=False) == 1
    assert steps == ["opening the input"]
    with pytest.raises(InputError, match=r"log\.csv"):
        look(grow=True)
