"""Users who are left out by a list."""

import pytest
from factories.source_files import PLAIN, write

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source


def test_excluded_users(tmp_path):
    listed = tmp_path / "out.txt"
    listed.write_text("\ufeffuser_id\n007\n\n u \n007\n")
    source = open_source([write(tmp_path, PLAIN, "csv")], Settings(exclude_users=str(listed)))
    assert source.excluded_users == ("007", "u")
    with pytest.raises(InputError):
        open_source([write(tmp_path, PLAIN, "csv")], Settings(exclude_users=str(tmp_path / "no")))
