"""The README shows what happens: its Python call, its pictures, the examples it links to."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from factories.results import full

from benchmarks import example_reports

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.full
def test_the_python_call_prints_what_the_readme_shows(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    (output,) = re.findall(r"```text\n(.*?)```", README, flags=re.DOTALL)
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.chdir(ROOT):
        exec(code.replace("reports/workday", str(tmp_path / "workday")), {})  # noqa: S102
    assert written.getvalue() == output


def test_what_the_readme_links_to_is_there_and_small() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert len(links) > 10
    for link in links:
        assert (ROOT / link).is_file(), link
    for page in (ROOT / "reports" / "examples").rglob("*"):
        assert page.is_dir() or page.stat().st_size < 400_000, page
    assert (ROOT / "reports/examples/report.png").stat().st_size < 150_000


def test_the_picture_of_the_terminal_holds_the_screen_and_fetches_nothing() -> None:
    picture = example_reports.terminal_picture(full())
    assert "url(http" not in picture
    assert "@font-face" not in picture
    assert picture == example_reports.terminal_picture(full())
    text = re.sub(r"<[^>]+>", "", picture).replace("&#160;", " ")
    assert "Run an A/B test" in text
    assert "Show a random half of users the marker" in text
