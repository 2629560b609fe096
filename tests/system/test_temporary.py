"""The temporary folder: private, limited, and gone afterwards."""

from __future__ import annotations

import gc
import io
import time
from typing import TYPE_CHECKING

import duckdb
import pytest

from resume_gap.constants import TEMP_FACTOR, TEMP_LEAST
from resume_gap.errors import OutputError
from resume_gap.system import locked, temporary
from resume_gap.system.temporary import SourceFolder, Workspace, default_limit, size

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def test_it_lies_where_tmpdir_says_and_goes_with_the_block(own: Path) -> None:
    with Workspace() as workspace:
        assert workspace.path.parent == own
        assert workspace.path.stat().st_mode & 0o777 == 0o700
        (workspace.folder("spill") / "x").write_text("raw ids")
        assert len(list(own.iterdir())) == 1
    assert list(own.iterdir()) == []


def test_nothing_is_made_unless_it_is_used(own: Path) -> None:
    with Workspace() as workspace:
        assert workspace.used() == 0
    assert list(own.iterdir()) == []


def test_it_goes_with_the_last_reference(own: Path) -> None:
    workspace = Workspace()
    _ = workspace.path
    del workspace
    gc.collect()
    assert list(own.iterdir()) == []
    folder = SourceFolder()
    assert folder.path.is_dir()
    del folder
    gc.collect()
    assert list(own.iterdir()) == []


def test_a_source_of_a_run_uses_the_runs_folder(own: Path) -> None:
    with Workspace() as workspace:
        folder = SourceFolder(workspace)
        assert folder.path.parent == workspace.path
        folder.remove()
        assert workspace.path.is_dir()
    assert list(own.iterdir()) == []


def test_folders_of_dead_runs_go_when_the_next_begins(own: Path) -> None:
    dead = locked.make(own, temporary.PREFIX)
    (dead.path / "input-0.parquet").write_text("raw ids")
    dead.release()
    alive = locked.make(own, temporary.PREFIX)
    with Workspace() as workspace:
        expected = sorted([alive.path, workspace.path])
        assert sorted(own.iterdir()) == expected
    alive.remove()


@pytest.mark.parametrize("name", ["missing", "file", "bytes-\udcff", "x" * 300])
def test_a_tmpdir_that_cannot_be_used_is_one_line(
    own: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Somebody chose it, so nothing goes elsewhere."""
    (own / "file").touch()
    if name.startswith("bytes"):
        (own / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(own / name))
    with pytest.raises(OutputError, match="the temporary folder") as caught:
        _ = Workspace().path
    assert "\n" not in str(caught.value)


def test_the_default_limit_grows_with_the_input() -> None:
    least = int(TEMP_LEAST.value * 1e9)
    assert default_limit(0) == default_limit(1_000_000) == least
    assert default_limit(10**12) == TEMP_FACTOR.value * 10**12


def test_a_copy_ends_at_the_limit() -> None:
    with Workspace(4_000_000) as workspace:
        with (workspace.path / "x").open("wb") as target:
            workspace.copy(io.BytesIO(b"x" * 3_000_000), target)
        assert workspace.used() >= 3_000_000
        with (
            (workspace.path / "y").open("wb") as target,
            pytest.raises(OutputError, match=r"more than 4MB.*--temp-limit 8MB"),
        ):
            workspace.copy(io.BytesIO(b"x" * 90_000_000), target)
        assert workspace.used() < 8_000_000


def test_an_endless_query_ends_at_the_limit() -> None:
    """The engine's own limit is for what it spills, not for the files it is asked to write."""
    with Workspace(4_000_000) as workspace, duckdb.connect() as con:
        path = workspace.path / "x.csv"
        started = time.monotonic()
        with pytest.raises(OutputError, match="--temp-limit"), workspace.bounded(con):
            con.execute(f"copy (select md5(i::text) from range(1000000000000) r(i)) to '{path}'")
        assert time.monotonic() - started < 20


def test_what_is_found_too_large_afterwards_is_refused_too() -> None:
    with (
        Workspace(1_000_000) as workspace,
        duckdb.connect() as con,
        pytest.raises(OutputError, match="--temp-limit"),
        workspace.bounded(con),
    ):
        (workspace.path / "x").write_bytes(b"x" * 2_000_000)


def test_other_errors_stay_what_they_are() -> None:
    with (
        Workspace(1_000_000) as workspace,
        duckdb.connect() as con,
        pytest.raises(ZeroDivisionError),
        workspace.bounded(con),
    ):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5 * 10**8, "500MB"),
        (2 * 10**9, "2GB"),
        (3 * 10**12, "3TB"),
        *[(1, "1MB"), (100_000, "1MB"), (10**6, "1MB"), (1_500_000, "2MB"), (2_000_001, "3MB")],
        *[(10**9, "1GB"), (10**12, "1TB"), (1_100_000_000_000, "1.1TB"), (0, "0MB")],
        *[(1_500_000_000, "1.5GB"), (2_400_000_000, "2.4GB"), (999_999_999, "1000MB")],
        *[(1_717_986_918, "1.8GB"), (134_217_728, "135MB"), (10**9 + 1, "1.1GB")],
    ],
)
def test_sizes_as_an_option_takes_them(number: int, text: str) -> None:
    assert size(number) == text


def test_room_is_what_the_limit_leaves_and_never_less_than_a_piece() -> None:
    assert Workspace(None).room() is None
    limit = 10 * temporary._PIECE
    with Workspace(limit) as workspace:
        assert workspace.room() == limit
        (workspace.path / "x").write_bytes(b"x" * 100_000)
        assert workspace.used() >= 100_000
        assert workspace.room() == limit - workspace.used()
    with Workspace(1) as workspace:
        assert workspace.room() == temporary._PIECE


def test_the_folder_in_messages_is_the_one_that_is_given(tmp_path: Path) -> None:
    given, usual = temporary.place(tmp_path), temporary.place()
    assert (given.path, given.label) == (tmp_path, f"the temporary folder {tmp_path}")
    assert usual.path == temporary.root() != tmp_path


def test_a_folder_is_looked_at_as_often_as_that_costs_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a thousand files each is not another reason to look at all those before."""
    now, looks = 0.0, 0

    def used(_: Workspace) -> int:
        nonlocal now, looks
        now, looks = now + 0.01, looks + 1
        return 10 if now < 1 else 10_000

    monkeypatch.setattr(temporary.time, "monotonic", lambda: now)
    monkeypatch.setattr(Workspace, "used", used)
    workspace = Workspace(limit=1000)
    for _ in range(1000):
        workspace.check()
        now += 0.0005
    assert looks == 3
    now = 1.0
    with pytest.raises(OutputError, match="more than 1MB"):
        workspace.check()


def test_files_and_folders_that_go_away_meanwhile_hold_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Workspace() as workspace:
        (workspace.folder("gone") / "x").write_bytes(b"x" * 100_000)
        (workspace.path / "y").write_bytes(b"x" * 10_000)
        (workspace.path / "link").symlink_to(workspace.path)
        before = workspace.used()
        assert 110_000 <= before < 200_000
        scan = temporary.os.scandir

        def gone(folder: str) -> object:
            if "gone" in str(folder):
                raise FileNotFoundError(folder)
            return scan(folder)

        monkeypatch.setattr(temporary.os, "scandir", gone)
        assert 10_000 <= workspace.used() < before
        monkeypatch.undo()
