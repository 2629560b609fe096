"""One folder is read, and nothing outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import InputError
from resume_gap.report.text.names import terminal_text
from resume_gap.serving.permitted import Permitted

if TYPE_CHECKING:
    from pathlib import Path


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
        ".",
    ],
)
def test_what_leads_outside_is_refused_in_one_line(given: str, shared_folder: Path) -> None:
    with pytest.raises(InputError) as refused:
        Permitted(shared_folder).file(given)
    assert "\n" not in str(refused.value)


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
