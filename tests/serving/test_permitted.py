"""One folder is read, and nothing outside of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import InputError
from resume_gap.report.text.names import terminal_text
from resume_gap.serving.permitted import Permitted
from resume_gap.sources.inputs import InputFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def marked(folder: Path) -> Iterator[None]:
    """Links and folders whose names look like tables of files."""
    link, inner = folder / "log.parquet::x.csv", folder / "log.parquet::d"
    (log := folder / "log").touch()
    link.symlink_to(folder.parent / "secret.csv")
    inner.mkdir()
    (other := folder / "log::d").mkdir()
    yield
    for path in (link, log):
        path.unlink()
    for path in (inner, other):
        path.rmdir()


def test_what_lies_in_the_folder_is_found(shared_folder: Path) -> None:
    permitted = Permitted(shared_folder)
    assert permitted.file("log.parquet") == str(shared_folder.resolve() / "log.parquet")
    assert permitted.file("./log.parquet::events").endswith("/log.parquet::events")
    assert permitted.report("report") == shared_folder.resolve() / "report"


@pytest.mark.parametrize(
    "given",
    [
        "../secret.csv",
        "report/../../secret.csv",
        "linked/secret.csv",
        "link.csv",
        "folder",
        "folder/inner.csv",
        "/etc/passwd",
        "~/secret.csv",
        "",
        "..",
        "*.parquet",
        "log[.]parquet",
        "nothing.csv",
        "log.parquet\0",
        "../secret.csv::t",
        "log.parquet::x.csv",
        "log::d/../../secret.csv",
        "log.parquet::d/../../secret.csv",
        ".",
    ],
)
def test_what_leads_outside_is_refused_in_one_line(given: str, shared_folder: Path) -> None:
    with marked(shared_folder), pytest.raises(InputError) as refused:
        Permitted(shared_folder).file(given)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_called_like_a_table_is_read(shared_folder: Path) -> None:
    (path := shared_folder / "log.parquet::y.csv").touch()
    assert Permitted(shared_folder).file(path.name) == str(shared_folder.resolve() / path.name)
    path.unlink()


def test_what_was_found_outside_is_refused(shared_folder: Path) -> None:
    files = [
        InputFile(given=name, path=shared_folder / name, kind="csv")
        for name in ("log.parquet", "link.csv")
    ]
    Permitted(shared_folder).refuse_outside(files[:1])
    with pytest.raises(InputError, match=r"link\.csv: leads outside"):
        Permitted(shared_folder).refuse_outside(files)


def test_a_report_is_a_folder_without_a_link(shared_folder: Path) -> None:
    for given in ("linked", "log.parquet", "../served/report", "nothing"):
        with pytest.raises(InputError):
            Permitted(shared_folder).report(given)


def test_the_permitted_folder_must_be_one(shared_folder: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        Permitted(shared_folder / "log.parquet")


def test_paths_in_a_text_become_those_in_the_folder(tmp_path: Path) -> None:
    permitted = Permitted(tmp_path)
    root = str(tmp_path.resolve())
    assert permitted.without_root(f"{root}/a.csv and {root}/b/c.csv") == "a.csv and b/c.csv"
    assert permitted.without_root(f"{root}: is empty") == ".: is empty"
    assert permitted.without_root(f"{root}2/a.csv") == f"{root}2/a.csv"
    assert Permitted(tmp_path.resolve().root).without_root("/etc/x") == "/etc/x"


def test_a_folder_with_an_odd_name_is_taken_out_as_messages_write_it(tmp_path: Path) -> None:
    folder = tmp_path / "odd\tname"
    folder.mkdir()
    permitted = Permitted(folder)
    for written in (str(folder.resolve()), terminal_text(str(folder.resolve()))):
        assert permitted.without_root(f"{written}/a.csv: is empty") == "a.csv: is empty"
