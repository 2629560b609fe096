"""What is made of the option table stands in the repository as it is made."""

import pytest

from benchmarks.option_pages import PAGE, ROOT, files
from resume_gap.options.table import OPTIONS

MADE = files()


@pytest.mark.parametrize("path", MADE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_generated_file_is_up_to_date(path) -> None:
    assert path.read_text("utf-8") == MADE[path], "run: python -m benchmarks.option_pages"


def test_every_option_is_in_the_page_with_its_bounds() -> None:
    text = PAGE.read_text("utf-8")
    for one in OPTIONS:
        assert f"`{one.flag}`" in text
        assert one.kind.bounds in text
