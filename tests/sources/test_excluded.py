"""Users who are left out by a list."""

from pathlib import Path

import pytest
from factories.source_files import PLAIN, write

import resume_gap
from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.excluded import as_line, read_excluded


def test_excluded_users(tmp_path):
    listed = tmp_path / "out.txt"
    listed.write_text("\ufeffuser_id\n007\n\n u \n007\n")
    source = open_source([write(tmp_path, PLAIN, "csv")], Settings(exclude_users=str(listed)))
    assert source.excluded_users == ("007", "u")
    with pytest.raises(InputError):
        open_source([write(tmp_path, PLAIN, "csv")], Settings(exclude_users=str(tmp_path / "no")))


ROWS = "".join(f"u{n % 3},2026-03-02T08:{n:02}:00.5Z,edit\n" for n in range(30))


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        pytest.param("u1\nx\n", None, marks=pytest.mark.full),
        ("x\ny\n", "none of the 2 ids in the file of --exclude-users is a user of this log"),
        ("U1\n", "the only id in the file of --exclude-users is no user of this log"),
    ],
)
def test_a_list_that_names_nobody_is_a_warning(
    listed: str, message: str | None, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"user_id,timestamp,event\n{ROWS}")
    (tmp_path / "out.txt").write_text(listed)
    found = resume_gap.analyze(tmp_path / "a.csv", exclude_users=tmp_path / "out.txt")
    said = [one for one in found.data_quality if one.check == "excluded_users_unmatched"]
    assert bool(said) == (message is not None)
    if message is not None:
        assert message in said[0].message
        assert said[0].severity == "warn"
        assert said[0].count == listed.count("\n")
        assert ("1 user differs" in said[0].message) == (listed == "U1\n")


def test_a_list_of_ids_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text('person\nb\n"a"\n\u200b\nb\nuser_id\n')
    assert read_excluded(path, "person") == ("b", "a", "user_id")
    assert read_excluded(path, "id") == ("person", "b", "a", "user_id")
    path.write_text("")
    assert read_excluded(path, "id") == ()
    path.write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match="is not UTF-8 text; write one user id a line"):
        read_excluded(path, "id")
    path.unlink()
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_excluded(path, "id")
    with pytest.raises(InputError, match="is a folder, no regular file"):
        read_excluded(tmp_path, "id")


@pytest.mark.parametrize(
    "user",
    ["007", "b, c", " bot", "bot\t", '"q"', '"', '""', 'a"b', '"open', 'a "b" c', "'", '" x"'],
)
def test_an_id_is_read_as_it_was_listed(user: str, tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text(f"user_id\n{as_line(user)}\n", encoding="utf-8", newline="\n")
    assert read_excluded(path, "id") == (user,)


@pytest.mark.parametrize("user", ["two\nlines", "a\u2028b", "end\r", ""])
def test_no_line_holds_some_ids(user: str) -> None:
    assert as_line(user) is None
