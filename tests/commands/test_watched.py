"""An input that changes during the run ends it, at every step, whichever input it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import resume_gap
from resume_gap.commands.watched import Watched
from resume_gap.errors import InputError, OutputError
from resume_gap.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = (
    "opening the input",
    "reading the events",
    "ordering the events",
    "learning the inactivity threshold",
    "measuring returns",
    "replaying the marker",
    "finding the figures",
    "checking the data",
    "writing the tables",
    "drawing the report",
)
"""What `analyze` says it is doing, in order."""
HEADER = "user_id,timestamp,event\n"


def rows(users: int = 2, events: int = 6) -> str:
    return HEADER + "".join(
        f"u{user},2026-03-02T{9 + event:02}:00:0{user}Z,edit\n"
        for user in range(users)
        for event in range(events)
    )


def replaced(path: Path) -> None:
    """The same bytes in another file, as an export job does it."""
    other = path.with_name("other")
    shutil.copy2(path, other)
    other.replace(path)


def truncated(path: Path) -> None:
    os.truncate(path, len(HEADER) + 5)


def grown(path: Path) -> None:
    with path.open("a") as stream:
        stream.write("u9,2026-03-02T12:00:00Z,edit\n")


def removed(path: Path) -> None:
    path.unlink()


CHANGES = (replaced, truncated, grown, removed)


def at_step(step: str, change: Callable[[Path], None], path: Path) -> Callable[[str], None]:
    """A listener that changes a file when a step begins."""

    def listen(name: str) -> None:
        if name == step:
            change(path)

    return listen


def changed(folder: Path, path: Path, call: Callable[[], Any]) -> None:
    """The call ends in the one line for the file, and nothing is written."""
    before = sorted(p.name for p in folder.iterdir() if p != path)
    with pytest.raises(InputError, match="changed while it was being read") as caught:
        call()
    assert str(caught.value).startswith(f"{path.name}: ")
    assert "\n" not in str(caught.value)
    assert sorted(p.name for p in folder.iterdir() if p != path) == before


def test_the_steps_are_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(rows())
    said: list[str] = []
    resume_gap.analyze(tmp_path / "log.csv", out=tmp_path / "out", on_progress=said.append)
    assert tuple(said) == STEPS


@pytest.mark.parametrize(
    ("step", "form"),
    [
        pytest.param(
            step,
            form,
            # Every second step, and with them all changes; both forms at all steps in the full run.
            marks=() if form == "csv" and at % 2 == 0 else pytest.mark.full,
        )
        for at, step in enumerate(STEPS)
        for form in ("csv", "parquet")
    ],
)
def test_a_log_that_changes_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, form: str
) -> None:
    """Each step meets two of the changes; all changes meet all parts of the run."""
    import polars as pl

    monkeypatch.chdir(tmp_path)
    path = Path(f"log.{form}")
    change = CHANGES[(STEPS.index(step) + 2 * (form == "csv")) % len(CHANGES)]
    if form == "csv":
        path.write_text(rows())
    else:
        pl.read_csv(rows().encode()).write_parquet(path)
    changed(
        Path(),
        path,
        lambda: resume_gap.analyze(
            str(path), out="out", on_progress=at_step(step, change, path), productive=["edit"]
        ),
    )


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("opening the input", marks=pytest.mark.full),
        "measuring returns",
        pytest.param("drawing the report", marks=pytest.mark.full),
    ],
)
@pytest.mark.parametrize(
    "change",
    [replaced, removed, *(pytest.param(c, marks=pytest.mark.full) for c in (truncated, grown))],
)
def test_a_file_beside_the_log_that_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any, step: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text(rows())
    Path("beside").write_text("u1\n" * 20)
    changed(
        Path(),
        Path("beside"),
        lambda: resume_gap.analyze(
            "log.csv",
            out="out",
            on_progress=at_step(step, change, Path("beside")),
            exclude_users="beside",
        ),
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param(name, change, marks=() if (at + place) % 2 == 0 else pytest.mark.full)
        for at, name in enumerate(("arms.csv", "prediction.json"))
        for place, change in enumerate(CHANGES)
    ],
)
def test_files_of_an_evaluation_that_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text(rows(users=4))
    Path("arms.csv").write_text(
        "user_id,variant,assigned_at\n"
        + "".join(f"u{i},{'ab'[i % 2]},2026-03-02T08:00:00Z\n" for i in range(4))
    )
    Path("prediction.json").write_text("no prediction; that is found later " * 9)
    changed(
        Path(),
        Path(name),
        lambda: resume_gap.evaluate(
            "log.csv",
            assignments="arms.csv",
            control="a",
            productive=["edit"],
            gap="30m",
            prediction="prediction.json",
            on_progress=at_step("opening the input", change, Path(name)),
        ),
    )


def test_a_file_that_comes_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "1.csv").write_text(rows())
    monkeypatch.chdir(tmp_path)

    def come(_: Path) -> None:
        Path("days/2.csv").write_text(rows())

    with pytest.raises(InputError, match=r"days/2\.csv: changed"):
        resume_gap.analyze("days", on_progress=at_step("opening the input", come, Path()))


def test_a_failure_that_a_change_led_to_is_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is cut in the middle of a step makes the engine fail first."""
    from resume_gap.commands import context

    (tmp_path / "log.csv").write_text(rows())

    def fail(*_: object, **__: object) -> None:
        (tmp_path / "log.csv").unlink()
        raise RuntimeError("whatever an engine says")

    monkeypatch.setattr(context, "take_in", fail)
    with pytest.raises(InputError, match="changed while it was being read"):
        resume_gap.analyze(tmp_path / "log.csv")


def test_nothing_changed_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(rows())
    log = str(tmp_path / "log.csv")
    watched = Watched.of([log], Settings(), (None, tmp_path / "missing.toml"))
    assert watched.changed() is None
    watched.check([log])
    assert watched.bytes == len(rows())
    with pytest.raises(InputError, match="changed"):
        watched.check([log, "another"])


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "log.csv").write_text(rows())
    resume_gap.analyze(folder / "log.csv", out=folder / "out")
    return folder / "out"


@pytest.mark.parametrize("which", ["the log", "exclude_users", "prediction", "assignments"])
def test_what_is_read_may_not_lie_in_the_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Path, which: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text(rows())
    shutil.copytree(report, "out")
    Path("out/file.csv").write_text("user_id,variant,assigned_at\nu1,a,2026-03-02\n")
    Path("out/log.csv").write_text(rows())
    after = which in ("assignments", "prediction")
    call: Any = resume_gap.evaluate if after else resume_gap.analyze
    log = "out/log.csv" if which == "the log" else "log.csv"
    options: dict[str, Any] = {} if which == "the log" else {which: "out/file.csv"}
    for force in (False, True):
        with pytest.raises(OutputError, match="is read by this run and lies in out"):
            call(log, out="out", force=force, **options)
    assert Path("out/log.csv").read_text() == rows()
