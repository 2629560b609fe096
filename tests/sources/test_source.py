"""A log as it was given: what it writes, and how it tells of its progress."""

import pytest
from factories.source_files import PLAIN, broken_csv, write

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source


def test_what_was_written_goes_with_the_source(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with open_source([write(tmp_path, PLAIN, "csv")], Settings()) as source:
        assert list(folder.iterdir())
        assert all(folder in path.parents for path in source.paths)
    assert not list(folder.iterdir())
    with pytest.raises(InputError):
        open_source([broken_csv(tmp_path, 1, "x\n")], Settings())
    assert not list(folder.iterdir())
