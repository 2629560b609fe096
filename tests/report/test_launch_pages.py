"""Whole pages of trials and of their plans, with screen and JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from factories.pages import METHODS_ONLY, NEVER, floats, part, plain_spaces, rendered, screen_text
from factories.trial_results import (
    LAUNCHES,
    TRIALS,
    better,
    hostile,
    no_elements,
    trial,
    twelve_users,
    withheld,
)
from rich.cells import cell_len

from resume_gap.output import write
from resume_gap.report.charts import svg as charts
from resume_gap.report.page import build
from resume_gap.report.render import html, jsonfile, terminal
from resume_gap.report.text import names as display
from resume_gap.results.evaluate import Evaluated, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.plan import Planned
    from resume_gap.results.run import Run


STATISTICIAN = (
    *METHODS_ONLY,
    r"\bP[123]\b",
    r"\bWelch\b",
    r"\bHolm\b",
    r"Benjamini",
    r"Imbens",
    r"bootstrap",
    r"\bestimand\b",
    r"statistically significant",
)
EFFECTS = {"difference", "where", "more", "predicted"}


@pytest.fixture(params=LAUNCHES, ids=str)
def result(request: pytest.FixtureRequest) -> Evaluated | Planned:
    return LAUNCHES[request.param]()


def test_a_page_is_well_formed(result: Run) -> None:
    page = rendered(result)
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == 1
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for t, a in page.tags if t == "a" and a.get("href", "")[:1] == "#"}
    assert targets <= set(ids)
    assert sum(t == "table" for t, _ in page.tags) == sum(t == "caption" for t, _ in page.tags)
    for tag, attributes in page.tags:
        assert tag not in ("script", "img", "iframe", "object", "embed", "image", "form")
        assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_no_page_says_nan_none_or_an_empty_part(result: Run) -> None:
    page = rendered(result)
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b", page.visible)
    for section in build.page(result).sections:
        assert section.blocks or section.parts, section.name
        assert all(p.blocks for p in section.parts), section.name


def test_the_words_of_page_and_screen(result: Run) -> None:
    page = rendered(result)
    screen = terminal.screen(result, "r").plain
    for pattern in NEVER:
        assert not re.search(pattern, page.visible + screen, re.IGNORECASE), pattern
    before = plain_spaces(" ".join(page.before_methods))
    for pattern in STATISTICIAN:
        assert not re.search(pattern, before, re.IGNORECASE), pattern
        assert not re.search(pattern, screen, re.IGNORECASE), pattern


@pytest.mark.full
@pytest.mark.parametrize("name", ["better", "hostile_trial", "plan"])
def test_two_renderings_are_the_same_bytes(name: str) -> None:
    result = LAUNCHES[name]()
    first = html.render(build.page(result))
    charts.svg.cache_clear()
    assert html.render(build.page(result)) == first
    assert jsonfile.summary(result) == jsonfile.summary(result)


def test_the_json_holds_numbers_or_null(result: Run) -> None:
    for data in (jsonfile.summary(result), jsonfile.data_quality(result)):
        value = json.loads(data, parse_constant=pytest.fail)
        assert all(number == number for number in floats(value))  # noqa: PLR0124
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", data.decode())
        value.pop("generated_from", None)
        assert "alice.smith@" not in json.dumps(value)


def test_the_screen_is_a_screen(result: Run) -> None:
    lines = terminal.screen(result, "reports/x/report.html").plain.split("\n")
    assert len(lines) <= terminal.HEIGHT
    assert max(map(cell_len, lines)) <= terminal.WIDTH
    assert lines[-1].split() == ["report", "reports/x/report.html"]
    assert not any(display.hidden(c) for line in lines for c in line)


STOPPED = trial(verdict=Verdict(word="withheld", reason="check_failed"))


@pytest.mark.parametrize("found", [withheld(), STOPPED], ids=["silent", "stopped"])
def test_nothing_of_an_effect_stands_where_a_check_failed(found: Evaluated) -> None:
    page = build.page(found)
    assert not EFFECTS & {section.name for section in page.sections}
    text = str(page.headline) + part(found, "trust") + part(found, "log") + screen_text(found)
    assert not re.search(r"faster|slower|8\.1 s|points|guardrail", text)
    assert "figure" not in [tag for tag, _ in rendered(found).tags]
    if found.evaluation.primary.reason == "withheld":
        value = json.loads(jsonfile.summary(found))["evaluation"]
        assert value["primary"]["estimate"] is None
        assert value["verdict"]["word"] == "withheld"


def test_few_users_make_no_sentence_that_reads_like_a_result() -> None:
    found = twelve_users()
    page = rendered(found)
    before = plain_spaces(" ".join(page.before_methods))
    text = before.rpartition("The words on this page")[0]
    assert not re.search(
        r"faster|slower|better|worse|\d points|%[^.]*less", text + screen_text(found)
    )
    assert "describe 12 people and nobody else" in text
    assert "svg" not in [tag for tag, _ in page.tags]
    assert "77 s" not in screen_text(found)


def test_what_cannot_be_had_says_why() -> None:
    text = rendered(no_elements()).visible
    assert "the log names no elements to point at" in text
    assert "could not be adjusted: nothing is known of the users before" in text
    assert "Predicted and measured" not in text
    assert "(many alike)" in rendered(better()).visible
    assert "Many alike: many users took exactly this long" in rendered(better()).visible


def test_hostile_names_are_text(tmp_path: Path) -> None:
    write.write_report(tmp_path, hostile())
    text = (tmp_path / "report.html").read_text()
    assert "<script" not in text
    assert "onerror=window.hit=1>" not in text
    assert not re.search(r'href="(?!#|data:,"|data:text/csv;)', text)
    for char in ("\x00", "\x07", "\x1b", "\x9b", "\u202e", "\u200b", "\ufeff", "\ufffe"):
        assert char not in text
    assert "x" * 1_000 not in text
    assert "alice.smith" not in text
    drawn = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert drawn
    assert not any("window" in svg or "evil" in svg for svg in drawn)


def test_coarse_stamps_print_nothing_finer() -> None:
    found = TRIALS["coarse_trial"]()
    text = part(found, "difference") + part(found, "more")
    assert not re.search(r"(?<![\d.])[1-9]\d*(\.\d)? s\b", text.replace("30 s", ""))
