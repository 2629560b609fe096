"""What cannot be read is an error that names it: never skipped, never waited for."""

from __future__ import annotations

import gzip
import os
import socket
import zipfile
from pathlib import Path

import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import expansion
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.expansion import Reading, expand, reading_of

LOG = "user_id,timestamp,event\nu,2026-01-01,edit\n"


def refused(*events: str) -> str:
    with pytest.raises(InputError) as caught:
        expand(events)
    line = str(caught.value)
    assert "\n" not in line
    assert line.isprintable()
    assert len(line) < 500
    return line


def log(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LOG)
    return path


def as_somebody_else(patch: pytest.MonkeyPatch, closed: Path, *, readable: bool = False) -> None:
    """Let the system refuse a path, as it does for a user without rights (root has all)."""
    real_stat, real_lstat, real_list, real_open = os.stat, os.lstat, os.listdir, Path.open

    def guard(path: object, *, inside_only: bool) -> None:
        found = Path(os.fsdecode(path)) if isinstance(path, (str, bytes, Path)) else None
        if found is None:
            return
        inside = closed in found.absolute().parents
        if inside or (found.absolute() == closed and not inside_only):
            raise PermissionError(13, "Permission denied", str(path))

    def my_stat(path: object, **options: object) -> os.stat_result:
        guard(path, inside_only=True)
        return real_stat(path, **options)  # type: ignore[call-overload]

    def my_lstat(path: object, **options: object) -> os.stat_result:
        guard(path, inside_only=True)
        return real_lstat(path, **options)  # type: ignore[call-overload]

    def my_list(path: object = ".") -> list[str]:
        guard(path, inside_only=readable)
        return real_list(path)  # type: ignore[call-overload]

    def my_open(self: Path, *arguments: object, **options: object) -> object:
        guard(self, inside_only=False)
        return real_open(self, *arguments, **options)  # type: ignore[arg-type, call-overload]

    patch.setattr(os, "stat", my_stat)
    patch.setattr(os, "lstat", my_lstat)
    patch.setattr(os, "listdir", my_list)
    patch.setattr(Path, "open", my_open)


@pytest.mark.parametrize("given", ["events.csv", "*.csv", ".", "x.duckdb::t"])
def test_a_file_without_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "x.duckdb" if "::" in given else "events.csv"
    log(tmp_path / name)
    as_somebody_else(monkeypatch, tmp_path / name)
    line = refused(given)
    assert name in line
    assert "Permission denied" in line


@pytest.mark.parametrize("readable", [False, True], ids=["unreadable", "unsearchable"])
@pytest.mark.parametrize("given", [".", "*/*.csv", "**/*.csv", "closed", "closed/*.csv", "*"])
def test_a_folder_without_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, *, readable: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "closed" / "a.csv")
    log(tmp_path / "open" / "b.csv")
    as_somebody_else(monkeypatch, tmp_path / "closed", readable=readable)
    line = refused(given)
    assert "closed" in line
    assert "Permission denied" in line


@pytest.mark.parametrize("given", ["gone.csv", "*.csv", "."])
def test_a_link_that_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "good.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nothing.csv")
    line = refused(given)
    assert "gone.csv" in line
    assert "link" in line


def test_links_in_circles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert "a.csv" in refused("a.csv")
    (tmp_path / "a.csv").unlink()
    (tmp_path / "b.csv").unlink()
    log(tmp_path / "logs" / "one.csv")
    (tmp_path / "logs" / "again").symlink_to(tmp_path / "logs")
    log(tmp_path / "elsewhere" / "two.csv")
    (tmp_path / "logs" / "linked").symlink_to(tmp_path / "elsewhere")
    files, _ = expand(["logs"])
    assert [file.given for file in files] == ["logs/linked/two.csv", "logs/one.csv"]


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
@pytest.mark.parametrize("given", ["events.csv", "*.csv", "."])
def test_what_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.csv"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as door:
            door.bind("events.csv")
    else:
        path.symlink_to("/dev/zero")
    assert f"events.csv: is a {kind}, no regular file; write what" in refused(given)
    with pytest.raises(InputError, match="no regular file"):
        read_excluded(path, "user_id")


def test_a_pipe_as_a_database(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.duckdb")
    assert "no regular file" in refused(f"{tmp_path / 'x.duckdb'}::t")


def test_a_folder_whose_name_is_not_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / os.fsdecode(b"\xfe")
    folder.mkdir()
    (folder / "a.csv").write_text("user_id\n")
    monkeypatch.chdir(folder)
    assert "a.csv: lies in a folder whose name is not UTF-8; rename" in refused("a.csv")


def test_a_table_of_what_is_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.csv").write_text("user_id,timestamp,event\n")
    assert "b.csv::t: is no database, workbook or archive" in refused("b.csv::t")
    assert refused("::t").startswith("::t: there is no such database file")


@pytest.mark.parametrize("given", ["x" * 300 + ".csv", "x" * 300 + ".csv::t", "y/" * 4000 + "a"])
def test_a_path_that_is_too_long(given: str) -> None:
    assert given[:100] in refused(given)


def test_a_name_that_is_not_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        Path(os.fsdecode(b"caf\xe9.csv")).write_text(LOG)
    except OSError:
        pytest.skip("the file system takes no such name")
    for given in (os.fsdecode(b"caf\xe9.csv"), "*.csv", "."):
        line = refused(given)
        assert "caf" in line
        assert "not UTF-8" in line


def test_a_name_with_a_newline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "a\nb.csv")
    files, _ = expand(["."])
    assert files[0].label.endswith("a\\nb.csv")
    assert "\\n" in refused("c\nd.csv")


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    refused("events.csv")
    refused("*.csv")
    refused(".")


def test_a_folder_is_read_in_order_with_all_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["b.csv", "a/z.csv", "a/_hidden/x.csv", "a/.x.csv", "c.csv", "a/y.tsv", "d.md"]
    for name in names:
        log(tmp_path / name)
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    listed = os.listdir
    for order in (False, True):
        monkeypatch.setattr(
            os, "listdir", lambda path, order=order: sorted(listed(path), reverse=order)
        )
        found = [one.given for one in expand([str(tmp_path)])[0]]
        expected = ("a/y.tsv", "a/z.csv", "b.csv", "c.csv")
        assert found == [str(tmp_path / name) for name in expected]


def test_a_folder_without_a_log_is_refused_unless_others_match(tmp_path: Path) -> None:
    log(tmp_path / "one" / "notes.md")
    log(tmp_path / "two" / "a.csv")
    with pytest.raises(InputError, match="holds no event files; there should be"):
        expand([str(tmp_path / "one")])
    ((found,), _) = expand([str(tmp_path / "*")])
    assert found.given == str(tmp_path / "two" / "a.csv")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "no input; give a file, a folder or a quoted glob"),
        (("",), "'' is no path; give a file, a folder or a quoted glob"),
        (("a\x00b",), r"'a\x00b' is no path; give a file, a folder or a quoted glob"),
        (("https://a.org/x.csv",), "https://a.org/x.csv: is an address, and nothing is fetched"),
        (("x.duckdb::",), "x.duckdb::: names no table; write x.duckdb::TABLE"),
        (("*.parquet",), "*.parquet: no file matches; quote the glob and check the folder"),
        (("no.duckdb::t",), "no.duckdb: there is no such database file; check the path"),
        (("no.csv",), "no.csv: there is no such file or folder; check the path"),
    ],
)
def test_what_is_no_input_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "x.duckdb")
    assert refused(*given).startswith(said)


def test_a_file_that_comes_twice_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "a.csv")
    log(tmp_path / "b.csv")
    (tmp_path / "link.csv").symlink_to("a.csv")
    files, twice = expand(["b.csv", "./b.csv", "link.csv", "*.csv"])
    assert [file.given for file in files] == ["b.csv", "link.csv"]
    assert twice == ("./b.csv", "a.csv", "b.csv", "link.csv")
    known, _ = expand([files[0], "a.csv"])
    assert [file.given for file in known] == ["b.csv", "a.csv"]


def test_no_more_files_than_have_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MAX_INPUTS", 2)
    for name in "ab":
        log(tmp_path / f"{name}.csv")
    assert len(expand([str(tmp_path)])[0]) == 2
    log(tmp_path / "c.csv")
    assert refused(str(tmp_path)) == "3 files are more than 2; join some of them"


@pytest.mark.parametrize("given", ["*.csv", "*", "*/*.csv"])
def test_a_glob_is_in_the_order_of_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["d/q.csv", "c/r.csv"] if "/" in given else ["b.csv", "a.csv", "c.csv"]
    for name in names:
        log(tmp_path / name)
    found = expansion.glob.glob
    monkeypatch.setattr(
        expansion.glob, "glob", lambda *a, **k: sorted(found(*a, **k), reverse=True)
    )
    assert [file.given for file in expand([given])[0]] == sorted(names)


def test_the_stated_format_and_encoding_are_taken() -> None:
    assert reading_of(Settings()) == Reading(None, None)
    stated = Settings(file_format="tsv", encoding="latin-1")
    assert reading_of(stated) == Reading("tsv", "latin-1")


def test_a_log_is_kept_with_its_place_format_and_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_bytes(LOG.encode("utf-16"))
    ((file,), _) = expand(["a.csv"])
    assert (file.given, file.path, file.kind, file.member, file.table) == (
        *("a.csv", tmp_path / "a.csv", "csv"),
        *(None, None),
    )
    assert file.encoding == "utf-16"
    ((file,), _) = expand(["a.csv"], Reading("tsv", "utf-8"))
    assert (file.kind, file.encoding, file.compression) == ("tsv", "utf-8", None)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(LOG.encode("utf-16")))
    ((file,), _) = expand(["b.csv.gz"])
    assert (file.kind, file.encoding, file.compression) == ("csv", "utf-16", "gzip")
    (tmp_path / "c.log").write_text('{"user_id": "u"}\n')
    ((file,), _) = expand(["c.log"])
    assert (file.kind, file.encoding) == ("json", None)


def test_the_files_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("a.zip", "w") as archive:
        for name in ("b.csv", "a/z.tsv", "a/_x.csv", ".h/y.csv", "notes.md", "c.duckdb"):
            archive.writestr(name, LOG)
        archive.mkdir("d.csv")
    with zipfile.ZipFile("none.zip", "w") as archive:
        archive.writestr("notes.md", LOG)
    (files, _) = expand(["a.zip"])
    assert [(file.given, file.member, file.kind) for file in files] == [
        ("a.zip::a/z.tsv", "a/z.tsv", "tsv"),
        ("a.zip::b.csv", "b.csv", "csv"),
    ]
    ((file,), _) = expand(["a.zip::b.csv"])
    assert (file.given, file.member) == ("a.zip::b.csv", "b.csv")
    assert refused("a.zip::b.cvs") == (
        "a.zip::b.cvs: there is no such file in the archive (did you mean b.csv?)"
    )
    assert refused("none.zip").startswith("none.zip: is an archive without an event file; there")


def test_a_database_and_a_workbook_have_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.db").write_bytes(b"\0" * 8 + b"DUCK" + b"\0" * 64)
    ((file,), _) = expand(["x.db::main.log"])
    assert (file.given, file.path, file.kind, file.table) == (
        "x.db::main.log",
        tmp_path / "x.db",
        "duckdb",
        "main.log",
    )
    (tmp_path / "x.db").rename(tmp_path / "x.duckdb")
    assert refused("x.duckdb") == "x.duckdb: is a database; name the table: x.duckdb::TABLE"
    with zipfile.ZipFile("w.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<x/>")
    for given, table in (("w.xlsx", None), ("w.xlsx::Sheet", "Sheet")):
        ((file,), _) = expand([given])
        assert (file.given, file.kind, file.table, file.member) == (given, "excel", table, None)
