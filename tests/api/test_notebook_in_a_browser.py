"""The first screen of a notebook in a real Chromium, among styles that are not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.results import ALL
from factories.trial_results import LAUNCHES
from test_browser import ARGUMENTS, CHROMIUM

from resume_gap.report.page import build
from resume_gap.report.render import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
FOREIGN = """<style>
body { background: #111; color: #eee; font: 20px monospace; }
div, p { line-height: 1.2; } p { margin: 2em; } strong { color: red; }
dt { float: left; width: 20px; } svg { max-width: 40px; } code { background: yellow; }
</style><p id="other">another cell</p>"""
KINDS = {
    "full": ALL["full"],
    "hostile": ALL["hostile"],
    "empty": ALL["empty"],
    "better": LAUNCHES["better"],
    "withheld": LAUNCHES["withheld"],
    "plan": LAUNCHES["plan"],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as run:
        opened = run.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("name", KINDS)
def test_it_is_whole_and_touches_nothing_else(
    name: str, width: int, browser: Any, tmp_path: Path
) -> None:
    shown = html.first_screen(build.page(KINDS[name]()))
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    file = tmp_path / "cell.html"
    file.write_text(f"<!doctype html><meta charset=utf-8>{FOREIGN}", encoding="utf-8")
    page.goto(file.as_uri())
    before = page.evaluate(STYLE_OF_OTHERS)
    file.write_text(f"<!doctype html><meta charset=utf-8>{FOREIGN}{shown}", encoding="utf-8")
    page.goto(file.as_uri())
    assert page.evaluate(STYLE_OF_OTHERS) == before
    assert set(asked) == {file.as_uri()}
    assert said == []
    box = page.locator(".resume-gap").bounding_box()
    assert box["width"] > 0.8 * width - 50
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in page.locator(".resume-gap .rg-facts > div").all():
        assert part.bounding_box()["width"] > 90
    assert page.evaluate(CONTRAST) == "rgb(29, 35, 41) on rgb(253, 253, 252)"
    page.close()


STYLE_OF_OTHERS = """() => {
  const style = getComputedStyle(document.getElementById('other'));
  return [style.color, style.font, style.margin, style.backgroundColor].join();
}"""
CONTRAST = """() => {
  const style = getComputedStyle(document.querySelector('.resume-gap'));
  return `${style.color} on ${style.backgroundColor}`;
}"""
