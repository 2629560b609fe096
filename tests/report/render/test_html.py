"""Text as it is set: options as code, numbers with their units, no style but ours."""

from __future__ import annotations

import base64
import hashlib
import html as stdlib_html
import re

from factories.results import full

from resume_gap.report.page import build
from resume_gap.report.render import html


def test_every_option_in_a_text_is_code_and_nothing_else() -> None:
    text = "give --gap or --ignore ping, or both with --away idle; a < b"
    assert html.prose(text) == (
        "give <code>--gap</code> or <code>--ignore</code> ping, or both with"
        " <code>--away</code> idle; a &lt; b"
    )


def test_a_number_keeps_its_unit_and_an_interval_its_numbers() -> None:
    assert html.prose("after 5 min 3 s of work") == "after 5\xa0min 3\xa0s of work"
    assert html.figures("5 min 3 s [2 s, 9 s]") == "5\xa0min\xa03\xa0s [2\xa0s,\xa09\xa0s]"


def test_a_word_with_a_hyphen_stays_whole_in_a_heading() -> None:
    assert html.heading("5 min of <re-orientation>, -1 s") == (
        '5\xa0min of <span class="whole">&lt;re-orientation&gt;,</span> -1\xa0s'
    )
    assert "<span" not in html.heading("a-very-long-name-of-an-element")


def test_the_policy_names_the_style_sheet_that_is_there() -> None:
    text = html.render(build.page(full())).decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    shown_text = stdlib_html.unescape(policy[1])
    assert f"style-src 'sha256-{digest}'" in shown_text
    assert shown_text.startswith("default-src 'none'")
    assert "unsafe" not in shown_text


def test_an_interactive_page_holds_one_script_that_the_policy_names() -> None:
    page = build.page(full())
    static, text = html.render(page).decode(), html.render(page, interactive=True).decode()
    assert "<script" not in static
    assert "script-src" not in static
    assert "data-" not in re.sub(r"data:text/csv[^\"]*", "", static)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in text
    assert not re.search(r"https?://(?!www\.w3\.org)|fetch|import\(|eval|innerHTML", script)
