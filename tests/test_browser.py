"""Pages in a real Chromium: nothing is fetched, nothing runs unasked, everything can be read."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from factories.results import ALL, full
from factories.trial_results import LAUNCHES

from resume_gap.report.page import build
from resume_gap.report.render import html
from resume_gap.report.text.numbers import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = next(
    (
        p
        for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        if Path(p).exists()
    ),
    None,
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
KINDS = {
    "full": ALL["full"],
    "hostile": ALL["hostile"],
    "no_productive": ALL["no_productive"],
    "no_interruptions": ALL["no_interruptions"],
    "one_user": ALL["one_user"],
    "empty": ALL["empty"],
    "blind": ALL["blind"],
    "set_by_cap": ALL["set_by_cap"],
    "sensitive": ALL["sensitive"],
    "depends_on_matching": ALL["depends_on_matching"],
    "unordered": ALL["unordered"],
    "no_elements": ALL["no_elements"],
    "better": LAUNCHES["better"],
    "hostile_trial": LAUNCHES["hostile_trial"],
    "trial_without_elements": LAUNCHES["no_elements"],
    "withheld": LAUNCHES["withheld"],
    "twelve_users": LAUNCHES["twelve_users"],
    "nobody": LAUNCHES["nobody"],
    "launch": LAUNCHES["with_prediction"],
    "another_change": LAUNCHES["another_change"],
    "launch_without_p": LAUNCHES["few_dates"],
    "short_history": LAUNCHES["short"],
    "units": LAUNCHES["units"],
    "all_launched": LAUNCHES["all_launched"],
    "methods_part": LAUNCHES["methods_part"],
    "hostile_launch": LAUNCHES["hostile_launch"],
    "plan": LAUNCHES["plan"],
    "enough_users": LAUNCHES["enough_users"],
    "hostile_plan": LAUNCHES["hostile_plan"],
    "plan_few_users": LAUNCHES["plan_few_users"],
}
"""Every kind of report and of empty state."""
INTERACTIVE = {f"{name}_interactive": name for name in ("full", "better", "launch", "plan")}
NAMES = [*KINDS, *INTERACTIVE]
WORDS_BESIDE_FIGURES = 90
TALLEST = 9_000
MOST_BYTES = 400_000
MOST_BYTES_INTERACTIVE = 1_500_000
LAYOUTS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
SERIOUS = """
async (run) => {
  const svg = [['svg']];  // What is inside of a picture is measured below.
  const options = { resultTypes: ['violations'] };
  if (run.rules) options.runOnly = run.rules;
  else options.rules = Object.fromEntries(run.without.map((name) => [name, { enabled: false }]));
  const context = run.rules
    ? { include: [['[data-style]'], ['.scroll'], ['pre']], exclude: svg }
    : { include: [['html']], exclude: svg };
  const found = await axe.run(context, options);
  return found.violations
    .filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}
"""
IN_EVERY_LAYOUT = (
    "full",
    "better",
    "launch",
    "plan",
    "empty",
    "blind",
    "withheld",
    "full_interactive",
)
"""What axe looks at in every layout: every kind of page; at the others in one, by turns."""
OF_A_LAYOUT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
"""The rules of axe whose answer depends on the scheme and the width."""
ONE_OF_EACH_STYLE = """
() => {
  // Measuring contrast takes axe longer than all the rest: one text of each look does.
  const seen = new Set(), bare = ['rgba(0, 0, 0, 0)', 'transparent'];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || node.closest('svg')) continue;
    let ground = node;
    while (ground !== document.body && bare.includes(getComputedStyle(ground).backgroundColor))
      ground = ground.parentElement;
    const own_style = getComputedStyle(node), under = getComputedStyle(ground);
    const key = [node.tagName, node.className, own_style.color, own_style.fontSize,
      own_style.fontWeight, ground.tagName, ground.className, under.backgroundColor].join();
    node.toggleAttribute('data-style', !seen.has(key));
    seen.add(key);
  }
  document.querySelectorAll('svg > *, tbody tr:not(:has([data-style]))').forEach((n) => n.remove());
}
"""
OVERLAPS = """
() => [...document.querySelectorAll('figure svg')].flatMap((svg) => {
  if (!svg.getBoundingClientRect().width) return [];
  const boxes = [...svg.querySelectorAll('text')]
    .map((t) => [t.getBoundingClientRect(), t.textContent])
    .filter(([b, words]) => b.width && words.trim());
  const found = [];
  boxes.forEach(([a, one], i) => boxes.slice(i + 1).forEach(([b, other]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 3) found.push(`${one} | ${other}`);
  }));
  return found;
})
"""
OUTSIDE = """
() => [...document.querySelectorAll('figure svg')].flatMap((svg) => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter((t) => {
    const own = t.getBoundingClientRect();
    return own.width && (own.left < box.left - 1 || own.right > box.right + 1
      || own.top < box.top - 6 || own.bottom > box.bottom + 6);
  }).map((t) => t.textContent);
})
"""
HEIGHT = "document.documentElement.scrollHeight"
WORDS = """
() => [...document.querySelectorAll('.about, .headline > p, h1, .headline figcaption')]
  .map((e) => e.innerText).join(' ').split(/\\s+/)
  .filter((word) => /[a-z]/i.test(word) && !/^\\W*(s|min|h)\\W*$/.test(word)).length
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    # Late, as importing it takes half a second in every run without a browser.
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {}
    for name in NAMES:
        page = build.page(KINDS[INTERACTIVE.get(name, name)]())
        path = tmp_path_factory.mktemp("pages") / f"{name}.html"
        path.write_bytes(html.render(page, interactive=name in INTERACTIVE))
        found[name] = path
    return found


class Opened:
    """A page with all that it said and asked for."""

    def __init__(self, browser: Any, path: Path, scheme: str, width: int) -> None:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri(), wait_until="load")


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def assert_accessible(page: Any, axe: str) -> None:
    """No serious finding of axe in any layout; takes rows out of the page's tables."""
    page.evaluate(axe)
    assert page.evaluate(SERIOUS, {"without": OF_A_LAYOUT}) == []
    page.evaluate(ONE_OF_EACH_STYLE)
    for scheme, width in LAYOUTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SERIOUS, {"rules": OF_A_LAYOUT}) == [], (scheme, width)


def assert_accessible_at_a_glance(page: Any, axe: str, layout: tuple[str, int]) -> None:
    """The same by all rules at once, in one layout and with one text of each look."""
    scheme, width = layout
    page.evaluate(axe)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(ONE_OF_EACH_STYLE)
    assert page.evaluate(SERIOUS, {"without": []}) == [], layout


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_quiet_and_fits(
    browser: Any, pages: dict[str, Path], name: str, axe: str
) -> None:
    """Small, short, without a request or a message, readable in every layout."""
    size = pages[name].stat().st_size
    assert size < (MOST_BYTES_INTERACTIVE if name in INTERACTIVE else MOST_BYTES)
    opened = Opened(browser, pages[name], *LAYOUTS[0])
    page = opened.page
    try:
        assert page.evaluate(WORDS) <= WORDS_BESIDE_FIGURES
        assert "hostile" in name or page.evaluate(HEIGHT) < TALLEST
        assert page.evaluate("document.scripts.length") == (name in INTERACTIVE)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        for scheme, width in LAYOUTS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            assert page.locator("h1").count() == 1
            assert page.locator("h1").is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert name == "hostile" or page.evaluate(OUTSIDE) == []
            assert page.evaluate(OVERLAPS) == []
        assert page.evaluate("window.hit") is None
        if name in IN_EVERY_LAYOUT:
            assert_accessible(page, axe)
        else:
            turn = NAMES.index(name) % len(LAYOUTS)
            assert_accessible_at_a_glance(page, axe, LAYOUTS[turn])
        assert opened.said == []
        asked = [url for url in opened.asked if not url.startswith("data:")]
        assert asked == [pages[name].as_uri()]
    finally:
        page.context.close()


def test_charts_take_the_colors_of_the_scheme(browser: Any, pages: dict[str, Path]) -> None:
    inks = []
    for scheme in ("light", "dark"):
        opened = Opened(browser, pages["full"], scheme, 1000)
        axis = "getComputedStyle(document.querySelector('figure svg text')).fill"
        inks.append(opened.page.evaluate(axis))
        paths = "[...document.querySelectorAll('figure svg path')]"
        area = f"{paths}.map((p) => getComputedStyle(p).fill)"
        inks.append(sorted(set(opened.page.evaluate(area))))
        opened.page.context.close()
    assert inks[0] != inks[2]
    assert inks[1] != inks[3]


def test_a_keyboard_reaches_the_result_first(browser: Any, pages: dict[str, Path]) -> None:
    opened = Opened(browser, pages["full"], "light", 1000)
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    assert opened.page.locator("a.skip").bounding_box()["x"] >= 0
    opened.page.context.close()


@pytest.mark.parametrize("name", ["full", "better", "launch", "units", "plan"])
def test_headings_descend_without_a_gap(browser: Any, pages: dict[str, Path], name: str) -> None:
    opened = Opened(browser, pages[name], "light", 1000)
    found = "[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])"
    levels = opened.page.evaluate(found)
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    opened.page.context.close()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("better", ["Do not ship yet", "8.1 s faster", "a faster return"]),
        ("withheld", ["Result withheld", "1 failed"]),
        ("plan", ["12,120 interrupted users in all", "Too few users"]),
    ],
)
def test_the_first_screen_tells_verdict_size_and_trust(
    browser: Any, pages: dict[str, Path], name: str, parts: list[str]
) -> None:
    for width in (1000, 390):
        opened = Opened(browser, pages[name], "light", width)
        for part in parts:
            spaced = part.replace(" ", r"\s")
            box = opened.page.locator(".headline").get_by_text(re.compile(spaced)).first
            place = box.bounding_box()
            assert place["y"] + place["height"] <= 800, (part, width)
        opened.page.context.close()


@pytest.mark.parametrize("name", ["full", "better", "launch", "units", "plan"])
def test_a_manager_sees_the_whole_answer_without_scrolling(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    """Recommendation, headline, figures and picture at 1280 x 800, in few words."""
    opened = Opened(browser, pages[name], "light", 1280)
    for what in (".decision", "h1", ".headline .facts", ".headline .large svg"):
        box = opened.page.locator(what).first.bounding_box()
        assert box["y"] + box["height"] <= 800, what
        assert box["width"] > 0
    opened.page.context.close()


@pytest.mark.parametrize(
    "name", ["full", "better", "launch", "units", "plan", "blind", "withheld", "another_change"]
)
def test_what_was_found_what_comes_next_and_whether_to_trust_it_need_no_scrolling(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    opened = Opened(browser, pages[name], "light", 1280)
    ends = []
    for what in ("h1", ".next", ".trust"):
        box = opened.page.locator(f"{what}").first.bounding_box()
        assert box["height"] > 0
        ends.append(box["y"] + box["height"])
    assert ends == sorted(ends)
    assert ends[-1] <= 800
    opened.page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_more_cautions_stand_below_the_first_one(
    browser: Any, pages: dict[str, Path], width: int
) -> None:
    opened = Opened(browser, pages["sensitive"], "light", width)
    first, more = (opened.page.locator(what).first.bounding_box() for what in (".first", ".trust"))
    assert "more caution" in opened.page.locator(".trust").inner_text().lower()
    assert first["y"] + first["height"] <= more["y"]
    opened.page.context.close()


@pytest.mark.parametrize("name", ["full", "better", "launch", "units", "plan"])
def test_a_telephone_gets_a_picture_of_its_own(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    opened = Opened(browser, pages[name], "light", 390)
    assert not opened.page.locator(".headline .large").first.is_visible()
    small = opened.page.locator(".headline .small svg").first
    assert small.bounding_box()["width"] <= 390
    size = "parseFloat(getComputedStyle(document.querySelector('.small svg text')).fontSize)"
    scale = small.evaluate("(e) => e.getBoundingClientRect().width / e.viewBox.baseVal.width")
    assert opened.page.evaluate(size) * scale >= 9
    opened.page.context.close()


def test_the_appendix_is_closed_on_the_screen_and_open_on_paper(
    browser: Any, pages: dict[str, Path]
) -> None:
    opened = Opened(browser, pages["full"], "light", 1280)
    inside = opened.page.locator("details.appendix h3").first
    assert not inside.is_visible()
    opened.page.emulate_media(media="print")
    assert inside.bounding_box()["height"] > 0
    assert inside.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    opened.page.context.close()


UNBROKEN = """
() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().height
    && getComputedStyle(e).breakInside === 'avoid')
  .map((e) => [e.tagName, e.getBoundingClientRect().height])
"""
BREAKS_INSIDE = """
() => [...document.querySelectorAll('h1, h2, h3, figure, .facts, .note, tr')]
  .filter((e) => e.getBoundingClientRect().height
    && getComputedStyle(e).breakInside !== 'avoid')
  .map((e) => e.outerHTML.slice(0, 80))
"""
LEFT_ALONE = """
() => [...document.querySelectorAll('.topic, h2, h3, caption, summary')]
  .filter((e) => e.getBoundingClientRect().height
    && getComputedStyle(e).breakAfter !== 'avoid')
  .map((e) => e.outerHTML.slice(0, 80))
"""
LEFTOVERS = """
() => [...document.querySelectorAll('nav, .skip, .download, .tip, .control, button, select, input')]
  .filter((e) => e.getBoundingClientRect().height).map((e) => e.outerHTML.slice(0, 80))
  .concat([...document.querySelectorAll('summary')]
    .filter((e) => getComputedStyle(e).listStyleType !== 'none').map((e) => e.textContent))
"""
PAPER = {"width": 673, "height": 979}
"""What the margins leave of A4, in CSS pixels."""


@pytest.mark.parametrize(
    "name", ["full", "better", "plan", "blind", "withheld", "empty", "full_interactive"]
)
def test_paper_cuts_nothing_in_half_and_shows_nothing_to_click(
    browser: Any, pages: dict[str, Path], name: str
) -> None:
    opened = Opened(browser, pages[name], "dark", 1280)
    page = opened.page
    try:
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
        whole = page.evaluate(UNBROKEN)
        assert {tag for tag, _ in whole} >= {"H1", "H2", "TR"}
        assert [one for one in whole if one[1] > PAPER["height"]] == []
        assert page.evaluate(BREAKS_INSIDE) == []
        assert page.evaluate(LEFT_ALONE) == []
        assert page.evaluate(LEFTOVERS) == []
        assert page.evaluate(OVERLAPS) == []
        appendix = page.locator("#appendix")
        assert appendix.evaluate("(e) => getComputedStyle(e).breakBefore") == "page"
    finally:
        page.context.close()


def test_an_interactive_page_answers_the_pointer_and_a_choice(
    browser: Any, pages: dict[str, Path]
) -> None:
    opened = Opened(browser, pages["full_interactive"], "light", 1280)
    page = opened.page
    box = page.locator(".headline .large").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 60)
    last = full().reorientation.curve[-1]
    assert page.locator(".tip").inner_text().startswith(f"{exact(last[0])}: after an interruption")
    page.mouse.move(2, 2)
    assert not page.locator(".tip").is_visible()
    control, sized = page.locator("fieldset.control"), full().opportunity
    result = control.locator(".result")
    assert f"At most {sized.search_upper_seconds:.2g} s per interruption" in result.inner_text()
    assert f"{sized.minutes_per_user_week:.2g} minutes per person" in result.inner_text()
    low = next(one for one in sized.scenarios if one.name == "low")
    control.get_by_role("button", name="low").click()
    assert f"{low.noticed * 100:g} %" in control.inner_text()
    page.locator("#groups select").select_option(label="pro")
    assert page.locator("#groups [role=status]").inner_text().startswith("pro: users 81;")
    assert page.locator("#groups .large .chosen").count() == 1
    assert opened.said == []
    page.context.close()


def test_print_shows_the_page_on_paper(browser: Any, pages: dict[str, Path]) -> None:
    opened = Opened(browser, pages["full"], "dark", 1000)
    opened.page.emulate_media(media="print", color_scheme="dark")
    ground = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [int(n) for n in re.findall(r"\d+", ground)[:3]] == [255, 255, 255]
    assert not opened.page.locator("nav").is_visible()
    assert opened.page.pdf()[:5] == b"%PDF-"
    opened.page.context.close()
